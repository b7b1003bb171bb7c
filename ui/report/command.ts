/** The terminal command that repeats a run, quoted so that a shell reads names as they are. */
import type { ReportModel } from './model.ts'

/** Name of the file that the report tells to save the rule's text under. */
export const RULE_FILE = 'rule.esql'

/** `rarebit hunt 'web 1.ndjson' --replay --hash`. */
export function rerunCommand(model: Pick<ReportModel, 'rule' | 'run' | 'inputs'>): string {
  const { rule, run, inputs } = model
  // A member of an archive is opened with it.
  const files = [...new Set(inputs.map(({ name }) => name.split('!', 1)[0]!))]
  const schedule = run.mode === 'replay' && !rule.builtIn ? ['--from', rule.from, '--interval', rule.interval] : []
  return [
    'rarebit hunt',
    ...files.map(fileWord),
    ...(rule.builtIn ? [] : ['--rule', RULE_FILE]),
    ...(run.mode === 'replay' ? ['--replay'] : []),
    ...schedule.filter((word) => word !== ''),
    ...(run.fromTime === null ? [] : ['--from-time', run.fromTime]),
    ...(run.toTime === null ? [] : ['--to-time', run.toTime]),
    '--hash'
  ].join(' ')
}

/** A file's name as one word; a name like an option gets a folder in front. */
function fileWord(name: string): string {
  return shellWord(/^-/.test(name) ? `./${name}` : name)
}

/** One word of a POSIX shell; bash's `$'...'` where there are characters that cannot be seen. */
export function shellWord(text: string): string {
  if (/^[\w./:@%+=,-]+$/.test(text)) return text
  if (!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`
  const escaped = Array.from(text, (character) => {
    if (character === "'" || character === '\\') return `\\${character}`
    const code = character.codePointAt(0)!
    if (!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(character)) return character
    return code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`
  })
  return `$'${escaped.join('')}'`
}
