/**
 * The command line: words in, a Command out, or what is wrong with them. Options may stand anywhere, `--name value` or
 * `--name=value`; `--` ends them.
 */
import { nearestName } from '../../engine/base/edit-distance.ts'
import { parseFrom, parseInterval } from '../../engine/rules/schedule.ts'

export const OUTPUT_FORMATS = ['table', 'json', 'ndjson', 'csv', 'markdown'] as const
export type OutputFormat = (typeof OUTPUT_FORMATS)[number]

export type Command =
  | { type: 'help'; of: CommandName | null }
  | { type: 'version' }
  | HuntCommand
  | QueryCommand
  | LintCommand
  | { type: 'stdio'; nowMillis: number | null }

export interface HuntCommand {
  type: 'hunt'
  files: string[]
  /** `--rule`: files or the built-in rule's name. */
  rules: string[]
  /** `--rules`: folders or files of many rules. */
  packs: string[]
  replay: boolean
  from: string | null
  interval: string | null
  fromMillis: number | null
  toMillis: number | null
  nowMillis: number | null
  lookups: LookupOption[]
  format: OutputFormat
  sourceOrder: boolean
  indexLimits: boolean
  hash: boolean
  failOnFindings: boolean
}

export interface QueryCommand {
  type: 'query'
  text: string
  files: string[]
  nowMillis: number | null
  lookups: LookupOption[]
  format: OutputFormat
  sourceOrder: boolean
  indexLimits: boolean
}

/** `--lookup NAME=FILE`, `--lookup NAME:FIELD=FILE`. */
export interface LookupOption {
  name: string
  /** What ENRICH compares; null for the first column. */
  matchField: string | null
  file: string
}

export const LINT_FORMATS = ['table', 'json', 'sarif'] as const
export type LintFormat = (typeof LINT_FORMATS)[number]
export const LINT_SEVERITIES = ['note', 'warning', 'error'] as const

export interface LintCommand {
  type: 'lint'
  files: string[]
  format: LintFormat
  /** Ids of the only checks to run; empty: all. */
  checks: string[]
  ignored: string[]
  /** Findings below it are left out. */
  severity: (typeof LINT_SEVERITIES)[number]
  /** Id of the check to explain instead of linting. */
  explain: string | null
  /** List the checks instead of linting. */
  list: boolean
}

export type CommandName = 'hunt' | 'query' | 'esql' | 'lint'
export const COMMANDS: readonly CommandName[] = ['hunt', 'query', 'esql', 'lint']

/** Bad arguments: a message of one or more lines for stderr; exit status 2. */
export class UsageError extends Error {}

interface Option {
  /** Takes the word behind it as its value. */
  value: boolean
  commands: readonly CommandName[]
}

const OPTIONS: ReadonlyMap<string, Option> = new Map([
  ['rule', { value: true, commands: ['hunt'] }],
  ['rules', { value: true, commands: ['hunt'] }],
  ['replay', { value: false, commands: ['hunt'] }],
  ['from', { value: true, commands: ['hunt'] }],
  ['interval', { value: true, commands: ['hunt'] }],
  ['from-time', { value: true, commands: ['hunt'] }],
  ['to-time', { value: true, commands: ['hunt'] }],
  ['now', { value: true, commands: ['hunt', 'query', 'esql'] }],
  ['format', { value: true, commands: ['hunt', 'query', 'lint'] }],
  ['lookup', { value: true, commands: ['hunt', 'query'] }],
  ['source-order', { value: false, commands: ['hunt', 'query'] }],
  ['index-limits', { value: false, commands: ['hunt', 'query'] }],
  ['hash', { value: false, commands: ['hunt'] }],
  ['fail-on-findings', { value: false, commands: ['hunt'] }],
  ['check', { value: true, commands: ['lint'] }],
  ['ignore', { value: true, commands: ['lint'] }],
  ['severity', { value: true, commands: ['lint'] }],
  ['explain', { value: true, commands: ['lint'] }],
  ['checks', { value: false, commands: ['lint'] }],
  ['stdio', { value: false, commands: ['esql'] }]
])

interface Words {
  plain: string[]
  /** Every value of an option, in order; flags have the value ''. */
  options: Map<string, string[]>
}

/** Reads the words behind `rarebit`. Throws UsageError. */
export function parseArguments(words: readonly string[]): Command {
  const options = words.slice(0, words.includes('--') ? words.indexOf('--') : undefined)
  const name = words.find((word) => !word.startsWith('-'))
  const command = COMMANDS.find((candidate) => candidate === name) ?? null
  if (options.some((word) => word === '--help' || word === '-h') || name === 'help') return { type: 'help', of: command }
  if (options.some((word) => word === '--version' || word === '-V')) return { type: 'version' }
  if (name === undefined && words.length === 0) throw new UsageError('Name a command: rarebit hunt FILE...')
  if (command === null) throw new UsageError(unknownCommand(name))
  // The first plain word is the command; an option's value cannot stand before it.
  const at = words.indexOf(command)
  return READERS[command](splitWords(command, [...words.slice(0, at), ...words.slice(at + 1)]))
}

function unknownCommand(name: string | undefined): string {
  if (name === undefined) return 'Name a command before its options: rarebit hunt FILE...'
  const near = nearestName(name, COMMANDS)
  return `Unknown command ${name}${near ? `, did you mean ${near}?` : ` (${COMMANDS.join(', ')})`}`
}

function splitWords(command: CommandName, words: readonly string[]): Words {
  const split: Words = { plain: [], options: new Map() }
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    if (word === '--') {
      split.plain.push(...words.slice(at + 1))
      break
    }
    // A lone `-` is the standard input.
    if (!word.startsWith('-') || word === '-') {
      split.plain.push(word)
      continue
    }
    const [name, inline] = nameAndValue(word)
    const option = OPTIONS.get(name)
    if (option === undefined || !option.commands.includes(command)) throw new UsageError(unknownOption(command, word, name))
    if (!option.value && inline !== null) throw new UsageError(`--${name} takes no value`)
    const value = option.value ? (inline ?? words[++at]) : ''
    if (value === undefined) throw new UsageError(`--${name} needs a value`)
    split.options.set(name, [...(split.options.get(name) ?? []), value])
  }
  return split
}

function nameAndValue(word: string): [string, string | null] {
  const text = word.replace(/^--?/, '')
  const equals = text.indexOf('=')
  return equals < 0 ? [text, null] : [text.slice(0, equals), text.slice(equals + 1)]
}

function unknownOption(command: CommandName, word: string, name: string): string {
  if (OPTIONS.has(name)) return `${command} takes no --${name}`
  const near = nearestName(
    name,
    [...OPTIONS].filter(([, option]) => option.commands.includes(command)).map(([known]) => known)
  )
  return `Unknown option ${word}${near ? `, did you mean --${near}?` : ''}`
}

const READERS: Record<CommandName, (words: Words) => Command> = {
  hunt: readHunt,
  query: readQuery,
  esql: readEsql,
  lint: readLint
}

function readHunt(words: Words): HuntCommand {
  if (words.plain.length === 0) throw new UsageError('hunt needs a file: rarebit hunt FILE...')
  const fromMillis = readTime(words, 'from-time')
  const toMillis = readTime(words, 'to-time')
  if (fromMillis !== null && toMillis !== null && fromMillis > toMillis)
    throw new UsageError('--from-time is later than --to-time')
  const replay = words.options.has('replay')
  const from = readMath(words, 'from', (text) => parseFrom(text) !== null, 'now-61m')
  const interval = readMath(words, 'interval', (text) => parseInterval(text) !== null, '1h')
  if (!replay && (from !== null || interval !== null)) throw new UsageError('--from and --interval belong to --replay')
  return {
    type: 'hunt',
    files: words.plain,
    rules: words.options.get('rule') ?? [],
    packs: words.options.get('rules') ?? [],
    replay,
    from,
    interval,
    fromMillis,
    toMillis,
    nowMillis: readTime(words, 'now'),
    lookups: readLookups(words),
    format: readChoice(words, 'format', OUTPUT_FORMATS),
    sourceOrder: words.options.has('source-order'),
    indexLimits: words.options.has('index-limits'),
    hash: words.options.has('hash'),
    failOnFindings: words.options.has('fail-on-findings')
  }
}

function readQuery(words: Words): QueryCommand {
  const [text, ...files] = words.plain
  if (text === undefined) throw new UsageError("query needs ES|QL and a file: rarebit query 'FROM * | LIMIT 5' FILE...")
  // ROW makes its own rows; everything else reads files.
  if (files.length === 0 && !/^\s*row\s/i.test(text)) throw new UsageError("query needs a file: rarebit query 'ES|QL' FILE...")
  return {
    type: 'query',
    text,
    files,
    nowMillis: readTime(words, 'now'),
    lookups: readLookups(words),
    format: readChoice(words, 'format', OUTPUT_FORMATS),
    sourceOrder: words.options.has('source-order'),
    indexLimits: words.options.has('index-limits')
  }
}

function readEsql(words: Words): Command {
  if (!words.options.has('stdio')) throw new UsageError('esql works over standard input and output: rarebit esql --stdio')
  if (words.plain.length > 0) throw new UsageError(`esql --stdio takes no file: ${words.plain[0]}`)
  return { type: 'stdio', nowMillis: readTime(words, 'now') }
}

function readLookups(words: Words): LookupOption[] {
  return (words.options.get('lookup') ?? []).map((text) => {
    const equals = text.indexOf('=')
    const [name, matchField] = splitOnce(text.slice(0, Math.max(equals, 0)), ':')
    const file = text.slice(equals + 1)
    if (equals < 1 || name === '' || matchField === '' || file === '')
      throw new UsageError(`--lookup is ${text}, expected NAME=FILE or NAME:FIELD=FILE`)
    return { name, matchField, file }
  })
}

function splitOnce(text: string, separator: string): [string, string | null] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + separator.length)]
}

function readLint(words: Words): LintCommand {
  const explain = lastValue(words, 'explain')
  const list = words.options.has('checks')
  if (words.plain.length === 0 && explain === null && !list)
    throw new UsageError('lint needs a rule: rarebit lint RULE... (TOML, rule export, .esql, or a folder of them)')
  const ids = (option: string) => (words.options.get(option) ?? []).flatMap((value) => value.split(',')).filter(Boolean)
  return {
    type: 'lint',
    files: words.plain,
    format: readChoice(words, 'format', LINT_FORMATS),
    checks: ids('check'),
    ignored: ids('ignore'),
    severity: readChoice(words, 'severity', LINT_SEVERITIES),
    explain,
    list
  }
}

function lastValue(words: Words, name: string): string | null {
  return words.options.get(name)?.at(-1) ?? null
}

/** One of the values an option knows; the first when it is not given. */
function readChoice<T extends string>(words: Words, option: string, known: readonly T[]): T {
  const name = lastValue(words, option) ?? known[0]!
  const choice = known.find((one) => one === name)
  if (choice === undefined) throw new UsageError(`--${option} is ${name}, expected one of ${known.join(', ')}`)
  return choice
}

function readMath(words: Words, name: string, valid: (text: string) => boolean, example: string): string | null {
  const text = lastValue(words, name)
  if (text !== null && !valid(text)) throw new UsageError(`--${name} is ${text}, expected date math such as ${example}`)
  return text
}

/** A date, or a date and time; without a zone it is UTC, as everywhere in Elasticsearch. */
const ISO_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/

function readTime(words: Words, name: string): number | null {
  const text = lastValue(words, name)
  if (text === null) return null
  const match = ISO_TIME.exec(text)
  const millis = match ? Date.parse(`${match[1]}T${match[2] ?? '00:00'}${match[3] ?? 'Z'}`) : NaN
  if (Number.isNaN(millis)) throw new UsageError(`--${name} is ${text}, expected a time such as 2026-01-31T08:00:00Z`)
  return millis
}
