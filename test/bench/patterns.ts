/**
 * What a pattern costs on the longest value a keyword has in Lucene, 32,766 bytes, when the value was made to be costly: the
 * slowest value of each language, and how the time grows at twice the length. JavaScript's engine is the peer where it
 * reads the pattern too; it is given up on when all values together take longer than two seconds.
 */
import { Worker } from 'node:worker_threads'
import type { Command, Expression } from '../../engine/language/ast.ts'
import { parseQuery } from '../../engine/language/parser.ts'
import { compileGrok } from '../../engine/patterns/grok/grok.ts'
import { JavaRegex } from '../../engine/patterns/java/java-regex.ts'
import { JavaReplacement } from '../../engine/patterns/java/java-replacement.ts'
import { MatchStopped } from '../../engine/patterns/regex/stopped.ts'
import { compileTextMatcher } from '../../engine/patterns/text-matcher.ts'
import { attacksOn, type PatternLanguage } from './pattern-attacks.ts'

export const VALUE_BYTES = 32_766
const ATTACKS = 36

export interface PatternUse {
  language: PatternLanguage
  pattern: string
  replacement: string
}

/** Patterns of ours that are known to be hard for a backtracking engine. */
export const HARD_PATTERNS: readonly PatternUse[] = [
  ...[
    '(a+)+$',
    '(a|a)*b',
    '(a|aa)+$',
    '(.*)*x',
    '(x+x+)+y',
    '(?:[^.]+\\.)+z',
    '^(\\w+\\s?)*$',
    '(?>a*)b',
    '(?>(?:a|b)*)c',
    '\\w++!',
    '(?=(a+))a*b',
    '(?=.*x)a',
    '(?!.*x)[ab]',
    '(?:a(?=.*b))*c',
    '.*.*=.*',
    '[a-z]{2,500}!',
    '(?:ab){2,50}c',
    '.{0,200}x.{0,200}y',
    '(?<=a{1,20})b',
    '(a*?)*?b',
    '"(?:[^"\\\\]|\\\\.)*"',
    '(?i)(?:é|É|a)*x',
    '(?:a?){30}a{30}',
    '(?>(?>a+|b)+)c',
    '(a)\\1*b',
    '(a+)\\1+b',
    '(?:(a+)b\\1)+c'
  ].map((pattern): PatternUse => ({ language: 'replace', pattern, replacement: '-' })),
  ...[
    '%{DATA:a} %{DATA:b} %{DATA:c} %{DATA:d}x',
    '%{URI:u}',
    '%{IPORHOST:a} %{IPORHOST:b}',
    '%{COMBINEDAPACHELOG}',
    '%{IPV6:a}z',
    '%{QUOTEDSTRING:q}',
    '%{PATH:p}$',
    '%{EMAILADDRESS:m}',
    '%{SYSLOG5424LINE}',
    '%{TIMESTAMP_ISO8601:t} %{LOGLEVEL:l} %{GREEDYDATA:m}x',
    '(?m)(?<all>.*)*end',
    '(?<a>(?>\\w+\\s*)+);',
    '%{HAPROXYHTTPBASE}',
    '%{JAVACLASS:c}!',
    '%{URN:u}!',
    '%{NUMBER:a}x%{NUMBER:b}'
  ].map((pattern): PatternUse => ({ language: 'grok', pattern, replacement: '' })),
  ...['*a*b*c*d*', '*a?b*a?b*'].map((pattern): PatternUse => ({ language: 'like', pattern, replacement: '' })),
  ...['.*a.{8}b', '(a|b)*abb(a|b)*', '.*=.*[0-9]{1,3}.*'].map((pattern): PatternUse => ({
    language: 'rlike',
    pattern,
    replacement: ''
  }))
]

/** Every pattern of LIKE, RLIKE, REPLACE and GROK in queries, each once. */
export function patternsOf(queries: readonly string[]): PatternUse[] {
  const found = new Map<string, PatternUse>()
  const textOf = (node: Expression | undefined) => (node?.type === 'string' ? node.value : null)
  const add = (language: PatternLanguage, pattern: string | null, replacement: string | null = null) => {
    if (pattern !== null) found.set(`${language}${pattern}`, { language, pattern, replacement: replacement ?? '' })
  }
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null) return
    const one = node as Command | Expression
    if (one.type === 'grok') for (const { value } of one.patterns) add('grok', value)
    if (one.type === 'pattern') for (const each of one.patterns) add(one.operator, textOf(each))
    if (one.type === 'call' && one.name.toUpperCase() === 'REPLACE') add('replace', textOf(one.args[1]), textOf(one.args[2]))
    Object.values(one).forEach(visit)
  }
  for (const query of queries) visit(parseQuery(query).query)
  return [...found.values()]
}

export interface PatternCost {
  use: PatternUse
  millis: number
  /** Of the slowest value, the time at twice the length over the time; null when it is too short to tell. */
  ratio: number | null
  stopped: number
  /** JavaScript's engine on the same values; Infinity when given up, null when it does not read the pattern. */
  peerMillis: number | null
}

/** Below this the time at twice the length says more about the machine than about the pattern. */
const LEAST_MILLIS = 1
const ROUNDS = 5

/** Measures one pattern on its attacks. */
export async function measurePattern(use: PatternUse): Promise<PatternCost> {
  const run = runnerOf(use)
  const attacks = attacksOn(use.language, use.pattern, ATTACKS)
  const texts = attacks.map((attack) => attack(VALUE_BYTES))
  let stopped = 0
  const once = (text: string) => {
    if (!run(text)) stopped++
  }
  const first = texts.map((text, i) => ({ i, millis: timed(once, text) }))
  // What looks slow once may be the machine or code not yet compiled: the slowest are taken again, the best of several counts.
  const slowest = first.toSorted((a, b) => b.millis - a.millis).slice(0, 4)
  const again = slowest.map(({ i }) => ({ i, millis: best(run, texts[i]!) }))
  const worst = again.toSorted((a, b) => b.millis - a.millis)[0]!
  const longer = attacks[worst.i]!(2 * VALUE_BYTES)
  let { millis } = worst
  let doubled = Infinity
  // In turns, so that both see the same machine.
  for (let round = 0; round < ROUNDS && millis >= LEAST_MILLIS; round++) {
    doubled = Math.min(doubled, timed(run, longer))
    millis = Math.min(millis, timed(run, texts[worst.i]!))
  }
  const ratio = millis < LEAST_MILLIS ? null : doubled / millis
  return { use, millis, ratio, stopped, peerMillis: await peerMillis(use, texts) }
}

/** False when the match was stopped. */
function runnerOf({ language, pattern, replacement }: PatternUse): (text: string) => boolean {
  if (language === 'replace') {
    const compiled = new JavaReplacement(new JavaRegex(pattern), replacement)
    return (text) => !('stopped' in compiled.replaceAll(text))
  }
  if (language === 'grok') {
    const extractor = compileGrok([pattern])
    return (text) => {
      try {
        extractor.match(text)
        return true
      } catch (failure) {
        if (failure instanceof MatchStopped) return false
        throw failure
      }
    }
  }
  const matcher = compileTextMatcher(language, [pattern])
  return (text) => {
    matcher.matches(text)
    return true
  }
}

/** Milliseconds of the processor, not of the clock: the machine may have other things to do. */
function timed(run: (text: string) => unknown, text: string): number {
  const start = process.cpuUsage()
  run(text)
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

function best(run: (text: string) => unknown, text: string): number {
  return Math.min(...Array.from({ length: ROUNDS }, () => timed(run, text)))
}

/** JavaScript's engine cannot be interrupted, so it works in a thread that can be ended. */
const PEER_THREAD = `
const { parentPort, workerData } = require('node:worker_threads')
const { source, flags, texts, replacement } = workerData
const regex = new RegExp(source, flags)
let worst = 0
for (const text of texts) {
  const start = process.cpuUsage()
  if (flags.includes('g')) text.replace(regex, () => replacement)
  else regex.exec(text)
  const { user, system } = process.cpuUsage(start)
  worst = Math.max(worst, (user + system) / 1000)
}
parentPort.postMessage(worst)`

const PEER_LIMIT_MILLIS = 2000

async function peerMillis({ language, pattern, replacement }: PatternUse, texts: readonly string[]): Promise<number | null> {
  if (language === 'like' || language === 'rlike' || pattern.includes('%{')) return null
  const ignoreCase = pattern.startsWith('(?i)')
  const source = ignoreCase ? pattern.slice(4) : pattern
  const flags = `${language === 'replace' ? 'g' : ''}${ignoreCase ? 'i' : ''}u`
  try {
    void new RegExp(source, flags)
  } catch {
    return null
  }
  const thread = new Worker(PEER_THREAD, { eval: true, workerData: { source, flags, texts, replacement } })
  const worst = await new Promise<number>((done, failed) => {
    const limit = setTimeout(() => done(Infinity), PEER_LIMIT_MILLIS)
    thread.once('error', failed).once('message', (millis: number) => {
      clearTimeout(limit)
      done(millis)
    })
  })
  await thread.terminate()
  return worst
}

/** A table: each language of the corpus and our hard ones, with the slowest of each. */
export function formatCosts(costs: readonly PatternCost[], ofCorpus: number): string {
  const groups = (['like', 'rlike', 'replace', 'grok'] as const).flatMap((language) => {
    const isOf = ({ use }: PatternCost) => use.language === language
    return [
      { title: `${language.toUpperCase()}, corpus`, costs: costs.slice(0, ofCorpus).filter(isOf) },
      { title: `${language.toUpperCase()}, hard ones`, costs: costs.slice(ofCorpus).filter(isOf) }
    ]
  })
  const rows = groups
    .filter((group) => group.costs.length > 0)
    .map(({ title, costs: group }) => {
      const slowest = group.toSorted((a, b) => b.millis - a.millis)[0]!
      const stopped = group.filter((cost) => cost.stopped > 0).length
      const peers = group.filter(({ peerMillis }) => peerMillis !== null)
      const slow = peers.filter(({ peerMillis }) => peerMillis! > 25).length
      const source = slowest.use.pattern.slice(0, 50).replaceAll('|', '\\|').replaceAll('\n', ' ')
      return `| ${title} | ${group.length} | ${slowest.millis.toFixed(1)} | ${slowest.ratio?.toFixed(2) ?? '-'} | ${stopped} | ${slow} of ${peers.length} | \`${source}\` |`
    })
  return [
    '| patterns | count | slowest ms | at twice the length | stopped | above 25 ms in JavaScript | the slowest |',
    '|---|---|---|---|---|---|---|',
    ...rows
  ].join('\n')
}
