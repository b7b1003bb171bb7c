/**
 * Rule: one ES|QL detection rule, whatever file it came in.
 *
 * `toRule` turns an untrusted plain object (a parsed [rule] table, a line of a Kibana export, any JSON object with a query)
 * into a Rule with the defaults of Kibana, or says why it cannot.
 */
import { parseFrom, parseInterval } from './schedule.ts'

export interface Rule {
  /** The rule's own id (rule_id, else id); null for a bare .esql. */
  id: string | null
  name: string
  description: string
  query: string
  severity: string | null
  riskScore: number | null
  /** Date math of the window's start, relative to the run: `now-61m`. */
  from: string
  /** `1h` */
  interval: string
  maxSignals: number
  /** Ids of ATT&CK techniques and sub-techniques, in the order written, each once. */
  techniques: string[]
  threat: RuleThreat[]
  /** The field the window looks at beside @timestamp, as written. */
  timestampOverride: string | null
  /** The author's investigation guide (Markdown, foreign text). */
  note: string
  falsePositives: string[]
  references: string[]
  tags: string[]
  author: string[]
  license: string | null
  version: number | null
  buildingBlock: boolean
  suppression: RuleSuppression | null
  /** Set when the rule's own metadata says so. */
  retired: { date: string; reason: string; successors: string[] } | null
  /** What was replaced by a default, in words. */
  notes: string[]
}

export interface RuleThreat {
  tactic: { id: string; name: string } | null
  techniques: { id: string; name: string }[]
}

export interface RuleSuppression {
  groupBy: string[]
  duration: string | null
  missingFields: string | null
}

/** Something in a rule file that could not be used; `place` is `line 3` or a path such as `rule.query`. */
export interface RuleProblem {
  message: string
  place: string
  /** Set for a sound rule in another language (`eql`, `query`, `machine_learning`): nothing is wrong with it, it is not run here. */
  otherLanguage?: { name: string; language: string }
}

export const DEFAULT_FROM = 'now-6m'
export const DEFAULT_INTERVAL = '5m'
export const DEFAULT_MAX_SIGNALS = 100
/** A query longer than this is refused: the longest known rule has 9,858 characters. */
export const MAX_QUERY_LENGTH = 1_000_000
/** Items read from one list of strings or threats. */
const MAX_LIST = 1000

type PlainObject = Readonly<Record<string, unknown>>

/** The own member of a plain object, never one of its prototype. */
export function member(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, name) ? (object as PlainObject)[name] : undefined
}

export interface RuleSource {
  /** The rule's own members. */
  rule: unknown
  /** [metadata] of detection-rules, when there is one. */
  metadata?: unknown
  /** Used where the object has no name. */
  fallbackName: string
  /** Where the object stands: `line 3`, `rule`. */
  place: string
}

/** The rule, or the problem that makes it unusable. Wrong optional members are replaced by defaults and named in `notes`. */
export function toRule(source: RuleSource): { rule: Rule } | { problem: RuleProblem } {
  const { rule: object, place } = source
  const query = member(object, 'query')
  const refuse = (message: string, at = place) => ({ problem: { message, place: at } })
  const name = textOr(member(object, 'name'), source.fallbackName)
  const language = languageOf(object)
  if (language === null) return refuse(`Rule [${name}] names neither language nor type "esql": not read as ES|QL`)
  if (language !== 'esql') {
    const message = `Rule [${name}] is of type [${language}], which is not ES|QL: not run`
    return { problem: { message, place, otherLanguage: { name, language } } }
  }
  if (query === undefined || query === null) return refuse(`Rule [${name}] has no query`, `${place}.query`)
  if (typeof query !== 'string') return refuse(`Rule [${name}]: query is ${kindOf(query)}, expected text`, `${place}.query`)
  if (query.trim() === '') return refuse(`Rule [${name}] has an empty query`, `${place}.query`)
  if (query.length > MAX_QUERY_LENGTH) {
    return refuse(`Rule [${name}]: query has ${query.length} characters, the most read is ${MAX_QUERY_LENGTH}`, `${place}.query`)
  }
  const notes: string[] = []
  const threat = readThreat(member(object, 'threat'), notes)
  return {
    rule: {
      id: textOrNull(member(object, 'rule_id')) ?? textOrNull(member(object, 'id')),
      name,
      description: textOr(member(object, 'description'), ''),
      query,
      severity: textOrNull(member(object, 'severity')),
      riskScore: wholeOrNull(member(object, 'risk_score')),
      from: readMath(object, 'from', DEFAULT_FROM, (text) => parseFrom(text) !== null, notes),
      interval: readMath(object, 'interval', DEFAULT_INTERVAL, (text) => parseInterval(text) !== null, notes),
      maxSignals: readMaxSignals(member(object, 'max_signals'), notes),
      techniques: techniquesOf(threat),
      threat,
      timestampOverride: textOrNull(member(object, 'timestamp_override')),
      note: textOr(member(object, 'note'), ''),
      falsePositives: texts(member(object, 'false_positives')),
      references: texts(member(object, 'references')),
      tags: texts(member(object, 'tags')),
      author: texts(member(object, 'author')),
      license: textOrNull(member(object, 'license')),
      version: wholeOrNull(member(object, 'version')),
      buildingBlock: textOrNull(member(object, 'building_block_type')) !== null,
      suppression: readSuppression(member(object, 'alert_suppression')),
      retired: readRetirement(source.metadata ?? object),
      notes
    }
  }
}

/** `esql` when language or type says so; otherwise what they say; null when they say nothing. */
function languageOf(object: unknown): string | null {
  const language = textOrNull(member(object, 'language'))
  const type = textOrNull(member(object, 'type'))
  if (language?.toLowerCase() === 'esql' || type?.toLowerCase() === 'esql') return 'esql'
  return type ?? language
}

function readMath(object: unknown, name: string, fallback: string, valid: (text: string) => boolean, notes: string[]): string {
  const value = member(object, name)
  if (value === undefined || value === null) return fallback
  if (typeof value === 'string' && valid(value)) return value.trim()
  const shown = typeof value === 'string' ? `[${value.slice(0, 40)}]` : kindOf(value)
  notes.push(`${name} is ${shown}, which cannot be read: ${fallback} is used`)
  return fallback
}

function readMaxSignals(value: unknown, notes: string[]): number {
  if (value === undefined || value === null) return DEFAULT_MAX_SIGNALS
  const count = wholeOrNull(value)
  if (count !== null && count > 0) return count
  notes.push(`max_signals is ${count ?? kindOf(value)}, expected a positive whole number: ${DEFAULT_MAX_SIGNALS} is used`)
  return DEFAULT_MAX_SIGNALS
}

function readThreat(value: unknown, notes: string[]): RuleThreat[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) {
    notes.push(`threat is ${kindOf(value)}, expected a list: left out`)
    return []
  }
  return value.slice(0, MAX_LIST).flatMap((entry: unknown) => {
    const techniques = list(member(entry, 'technique')).flatMap((technique) => [
      ...idAndName(technique),
      ...list(member(technique, 'subtechnique')).flatMap(idAndName)
    ])
    const tactic = idAndName(member(entry, 'tactic'))[0] ?? null
    return tactic === null && techniques.length === 0 ? [] : [{ tactic, techniques }]
  })
}

function idAndName(value: unknown): { id: string; name: string }[] {
  const id = textOrNull(member(value, 'id'))
  return id === null ? [] : [{ id, name: textOr(member(value, 'name'), id) }]
}

function techniquesOf(threat: readonly RuleThreat[]): string[] {
  const ids = threat.flatMap((entry) => entry.techniques.map((technique) => technique.id))
  // T1505 says nothing beside T1505.003.
  return [...new Set(ids)].filter((id) => !ids.some((other) => other.startsWith(`${id}.`)))
}

function readSuppression(value: unknown): RuleSuppression | null {
  const groupBy = texts(member(value, 'group_by'))
  if (groupBy.length === 0) return null
  const duration = member(value, 'duration')
  const amount = wholeOrNull(member(duration, 'value'))
  const unit = textOrNull(member(duration, 'unit'))
  return {
    groupBy,
    duration: amount !== null && unit !== null ? `${amount}${unit}` : null,
    missingFields: textOrNull(member(value, 'missing_fields_strategy'))
  }
}

/** detection-rules: `deprecation_date = "2026/07/02"`, `deprecated_reason = "..."`, in [metadata] or beside the rule. */
function readRetirement(value: unknown): Rule['retired'] {
  const date = textOrNull(member(value, 'deprecation_date'))
  if (date === null) return null
  return { date: date.replaceAll('/', '-'), reason: textOr(member(value, 'deprecated_reason'), ''), successors: [] }
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, MAX_LIST) : []
}

function texts(value: unknown): string[] {
  const items = typeof value === 'string' ? [value] : list(value)
  return items.filter((item) => typeof item === 'string')
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

function textOr(value: unknown, fallback: string): string {
  return textOrNull(value) ?? fallback
}

/** Whole numbers; smol-toml may give bigint. */
function wholeOrNull(value: unknown): number | null {
  const number = typeof value === 'bigint' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null
}

/** What a value is, for a message: `a list`, `a number`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  const kinds: Readonly<Record<string, string>> = {
    string: 'text',
    number: 'a number',
    bigint: 'a number',
    boolean: 'true or false',
    object: 'an object'
  }
  return kinds[typeof value] ?? 'nothing'
}
