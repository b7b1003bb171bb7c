/** Strings that broke log viewers: a few of our own, and the shared ones when they are there. */
import { readFileSync } from 'node:fs'
import { sharedPath } from './shared-facts.ts'

const OWN = [
  '<script>globalThis.hit = 1</script>',
  '"><img src=x onerror="globalThis.hit=1">',
  "'><svg onload=globalThis.hit=1>",
  '</bdi></pre></title></style><iframe src="http://hit.invalid/">',
  '<a href="javascript:globalThis.hit=1">x</a>',
  '<!-- --><meta http-equiv="refresh" content="0;url=http://hit.invalid/">',
  '[x](http://hit.invalid/) ![x](http://hit.invalid/y.png) <http://hit.invalid>',
  'www.hit.invalid http://hit.invalid @everyone #1',
  '| a | b |\n|---|---|\n`````',
  "=cmd|'/c calc'!A0",
  '+1',
  '-1',
  '@SUM(1)',
  '\t=1',
  '\r=1',
  '＝1',
  '＋1',
  '－1',
  '＠x',
  '\u200b=1',
  '\u202ecod.exe',
  'a\u0000b',
  '\u001b[31mred\u001b[0m',
  '\ufeffx',
  'a\r\nb',
  '\ud800',
  '\u2028',
  '&lt;b&gt;',
  '&#60;',
  '{{7*7}}',
  '${1}',
  '%3Cscript%3E'
]

/** All of them. */
export function hostileStrings(): string[] {
  const path = sharedPath('trust/made/hostile-strings.jsonl')
  if (!path) return OWN
  const shared = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { s?: string; repeat?: [string, number] })
    .map(({ s, repeat }) => s ?? repeat![0].repeat(repeat![1]))
  return [...OWN, ...shared]
}
