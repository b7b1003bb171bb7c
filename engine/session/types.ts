/**
 * Plain, structured-clone types of a session's questions and answers. They cross the worker boundary as they are and are
 * what the page and the terminal show.
 */
import type { Span } from '../base/span.ts'
import type { CellValue } from '../data/cell-value.ts'
import type { SourceRef } from '../data/lineage.ts'
import type { Field } from '../data/schema.ts'
import type { LintFinding } from '../lint/finding.ts'
import type { Replacement } from '../redaction/redaction.ts'
import type { InvestigationStep } from '../rules/investigation-step.ts'
import type { LiveView } from './live/live-types.ts'
import type { InputReport, ScanProgress } from '../source/scan-request.ts'

export type { CellValue, Field, InputReport, InvestigationStep, LintFinding, ScanProgress, SourceRef }

export type { RedactionChoice, RedactionClass, Replacement } from '../redaction/redaction.ts'
export type { AlertCase, AlertInfo, BatchInfo, Candidates, FieldKnowledge, LiveSummary, LiveView } from './live/live-types.ts'
export type { BodyHead as HeardHead } from '../source/kibana/decode-body.ts'
export type { LiveSnapshot } from './live/live-store.ts'

// ---- inputs ----

export interface InputInfo {
  /** Index used by SourceRef.file. */
  index: number
  /** Archive members are `archive.zip!path`. */
  name: string
  /** Size on disk (compressed when it is); for archive members the uncompressed size. */
  byteLength: number
  /** "one JSON document a line, gzip" */
  description: string
  readable: boolean
  /** Why it cannot be read, what was kept, what to do; null when readable. */
  problem: string | null
}

/** The hash of one opened file as it is on disk; members of an archive share the archive's. */
export interface InputHash {
  name: string
  byteLength: number
  /** Indices of the inputs it became. */
  inputs: number[]
  /** Null while it is not known. */
  sha256: string | null
  /** Why it cannot be hashed. */
  problem: string | null
}

// ---- rules ----

export interface RuleInfo {
  /** Session-unique handle. */
  key: string
  /** The rule's own id, null for a bare .esql. */
  id: string | null
  name: string
  builtIn: boolean
  description: string
  query: string
  severity: string | null
  /** The rule's own version; null where it has none. */
  version: number | null
  from: string
  interval: string
  maxSignals: number
  /** ATT&CK technique ids. */
  techniques: string[]
  /** Set when upstream retired the rule. */
  retired: { date: string; reason: string; successors: string[] } | null
  /** Formatted diagnostics (`line 1:2: ...`) when the query cannot run; empty otherwise. */
  problems: string[]
}

/** What came of the files of a rule pack. */
export interface RulePackReport {
  /** Rules that were added, or renewed under the key they had. */
  rules: RuleInfo[]
  /** Sound rules in other languages: counted and named, not run. */
  otherLanguages: { file: string; name: string; language: string }[]
  /** What could not be read as a rule. */
  problems: { file: string; place: string; message: string }[]
}

// ---- runs ----

export interface RunRequest {
  ruleKey: string
  mode: 'whole' | 'replay'
  /** Overrides of the rule's schedule, date math such as `now-61m` and `1h`. */
  from?: string
  interval?: string
  /** Only events at or after / at or before (ISO). */
  fromTime?: string
  toTime?: string
  /** NOW() in whole mode (ISO); default: the newest event's time. */
  now?: string
  indexLimits?: boolean
  sourceOrder?: boolean
}

export interface RunHandlers {
  progress(progress: RunProgress): void
  /** Findings known so far; a later call replaces an earlier one. Called while loading for rules whose rows are final early. */
  partial?(findings: Finding[]): void
}

export interface RunProgress extends ScanProgress {
  /** What is being done: "reading", "finding the time range", "counting rarity". */
  stage: string
  elapsedMillis: number
}

export interface RunResult {
  runKey: string
  ruleKey: string
  mode: 'whole' | 'replay'
  columns: Field[]
  findings: Finding[]
  /** Runs of the schedule in replay mode that gave rows, oldest first; one entry of nulls in whole mode. */
  runs: { run: string | null; from: string | null; to: string | null; rows: number; droppedByKibana: number | null }[]
  /** Runs the schedule had in all. */
  runCount: number
  inputs: InputReport[]
  warnings: string[]
  notes: string[]
  /** Rows that entered each command of the pipe and left it: "FROM 1,000 -> WHERE 19 -> STATS 4". */
  stages: { label: string; rows: number }[]
  elapsedMillis: number
  cancelled: boolean
  /** Set when the rule ended before its COMPLETION. */
  notRun?: NotRun
}

/** One row of the result; in replay the same group keys in several runs are one finding. */
export interface Finding {
  /** Stable over runs of the same rule on the same data: derived from the group keys. */
  id: string
  row: CellValue[]
  /** The BY keys (aggregating rules) or the columns that name the row. */
  keys: { name: string; value: CellValue }[]
  /** Indexes into RunResult.runs, and the row's values there when they differ. */
  runs: number[]
  eventCount: number
  /** ISO times of the events behind it, whether or not the query keeps them. */
  firstSeen: string | null
  lastSeen: string | null
  hosts: string[]
  users: string[]
  sources: SourceRef[]
  /** The group had more events than references are kept for. */
  truncated: boolean
  /** Kibana's max_signals would have dropped the row. */
  droppedByKibana: boolean
  /** Conditions behind the last aggregation with the value and the margin: "1 of fewer than 5". */
  thresholds: { column: string; operator: string; limit: CellValue; value: CellValue; text: string }[]
}

// ---- all rules at once ----

export type RuleStatus = 'ran' | 'needs-model' | 'refused'

/** Why a rule has no result: one of four words, or what it was refused for; null when it has one. */
export type RuleReason = 'fields-missing' | 'source-absent' | 'needs-alerts' | 'no-match' | (string & {}) | null

export interface RulesRequest extends Omit<RunRequest, 'ruleKey'> {
  /** Rules to run, in the order of the answer. */
  ruleKeys: string[]
}

export interface RuleOutcome {
  ruleKey: string
  status: RuleStatus
  reason: RuleReason
  /** Findings; in replay the same group keys in several runs are one. */
  findingCount: number
  /** A few of them, in the order of the query. */
  top: Finding[]
  /** What the rule asks of fields that no event has; null where it found something, did not run, or its source is absent. */
  missing: MissingKnowledge | null
  warnings: string[]
  notes: string[]
  /** The run as `result` gives it; null when it was not kept (nothing found, or too much to keep for every rule). */
  runKey: string | null
}

export interface RulesResult {
  mode: 'whole' | 'replay'
  /** One for each rule asked for, in that order. */
  outcomes: RuleOutcome[]
  inputs: InputReport[]
  /** Events read. */
  events: number
  elapsedMillis: number
  cancelled: boolean
}

export interface Rarity {
  findingId: string
  /** Events with this finding's keys. */
  n: number
  /** Events they are compared with. */
  total: number
  bits: number
  /** "process starts under /usr/sbin/php-fpm8.2" */
  basis: string
}

/** Why one event passed: each top-level condition of the first WHERE with the alternative that held. */
export interface MatchExplanation {
  conditions: { text: string; held: boolean | null; alternatives: { text: string; held: boolean | null }[] }[]
  /** One sentence: "matched by process.parent.name". */
  summary: string
}

/** Events that fail exactly one top-level condition of the first WHERE. */
export interface NearMissGroup {
  /** The condition as written. */
  condition: string
  /** Of those events: how many had no value (null), several values, or another value. */
  reasons: { missing: number; multiValue: number; different: number }
  count: number
  events: NearMissEvent[]
}

export interface NearMissEvent {
  source: SourceRef
  time: string | null
  host: string | null
  commandLine: string | null
  /** The values of the condition's columns: `process.working_directory = /`. Null that the page never loaded is marked. */
  values: { name: string; value: CellValue; notLoaded?: true }[]
}

export interface EventText {
  source: SourceRef
  /** The record's own bytes as text (invalid UTF-8 shown as U+FFFD). */
  text: string
  /** Set where an event was written in several lines between those of others: each with its number in the file. */
  lines?: { line: number; text: string }[]
  /** Flattened dotted fields in document order. */
  fields: { name: string; value: CellValue }[]
  /** Set when only some of its fields were loaded: by this view of the page. */
  partial?: LiveView
}

/** What of a query is not run because it needs a language model; nothing is ever sent to one. */
export interface NotRun {
  /** The COMPLETION command as written. */
  command: string
  /** The column of the answer that holds what it would send. */
  promptColumn: string
  /** The commands behind it, as written. */
  rest: string
}

/** A file that queries may join. */
export interface LookupTableInfo {
  name: string
  file: string
  /** What ENRICH compares. */
  matchField: string
  columns: Field[]
  notes: string[]
}

export interface QueryResult {
  columns: Field[]
  values: CellValue[][]
  sources: SourceRef[][]
  warnings: string[]
  notes: string[]
  /** Set when the query ended before its COMPLETION. */
  notRun?: NotRun
  /** What was read and skipped of each input. */
  inputs?: InputReport[]
  elapsedMillis: number
}

// ---- handing over ----

export interface RedactionRequest {
  /** 128 random bits in hexadecimal: names this redaction from now on. */
  key: string
  runKey: string
  findingIds: string[]
  /** Further texts that will be handed over, such as notes. */
  texts: string[]
  /** Texts that look like secrets and are none, such as digests of inputs. */
  harmless: string[]
}

export interface RedactionPreview {
  key: string
  /** All that would be replaced in the events and texts, by class. */
  replacements: Replacement[]
  events: number
}

/** The events of some findings as a file of their own: one document a line. */
export interface ReducedData {
  bytes: Uint8Array
  events: number
  /** The rule run over it: findings asked for, findings it gives, and those that are the same but for pseudonyms. */
  check: { wanted: number; found: number; same: number }
  /** Findings of which not every event is referred to. */
  incomplete: number
}

// ---- linter ----

/** A rule of the session, with its schedule; or a text as it stands in an editor. */
export type LintSubject = { ruleKey: string } | { query: string }

export interface LintCheckInfo {
  id: string
  title: string
  severity: LintFinding['severity']
  explanation: string
  example: string
}

/** What a query asks of fields that no loaded event has; told before it runs. */
export interface MissingKnowledge {
  /** Events looked at. */
  events: number
  /** All loaded events were looked at; otherwise the head of the data. */
  complete: boolean
  /** Fields the query reads that no event has, in the order it reads them. */
  fields: MissingField[]
  /** The top-level condition because of which no row can pass; null when rows may pass. */
  cannotFire: CannotFire | null
  /** Why no event is of an index that FROM names; null when some is, or the events name none. */
  absentSource: string | null
}

export interface MissingField {
  field: string
  /** Conditions that can never hold without it, as written. */
  conditions: { span: Span; text: string }[]
  /** "`process.parent.working_directory` is in none of 12,000 events: 2 conditions can never hold" */
  message: string
}

export interface CannotFire {
  span: Span
  text: string
  /** The missing fields behind it. */
  fields: string[]
  message: string
}

// ---- results that stay in the worker ----

export interface HeldRequest extends Omit<RunRequest, 'ruleKey' | 'mode'> {
  /** Add LIMIT 1000 to a query without one. */
  limited: boolean
}

/** A result whose rows stay where they are; pages of them are asked for by number. */
export interface HeldResult {
  resultKey: string
  /** `multi`: some row has several values. */
  columns: (Field & { multi: boolean })[]
  rowCount: number
  /** Memory the rows take. */
  heldBytes: number
  /** More rows came than are held at once: the first `rowCount` are here, the rest was not read. */
  cut: { by: 'rows' | 'bytes'; limit: number } | null
  warnings: string[]
  notes: string[]
  inputs: InputReport[]
  /** Rows after each command of the pipe. */
  stages: { label: string; rows: number }[]
  /** Set when the query ended before its COMPLETION. */
  notRun?: NotRun
  elapsedMillis: number
}

export interface ResultPage {
  /** Number of the first row. */
  first: number
  rows: CellValue[][]
  /** Cells (row of the page * columns + column) of which only the beginning is here; `resultCell` has all. */
  shortened: number[]
}

export interface RowSources {
  sources: SourceRef[]
  /** All events behind the row. */
  eventCount: number
  truncated: boolean
}

// ---- help with writing a query ----

/** An edit that would mend a problem. */
export interface QueryFix {
  label: string
  edits: { start: number; end: number; text: string }[]
}

/** Something about a query before it runs. Offsets are UTF-16 units of the text. */
export interface QueryProblem {
  severity: 'error' | 'warning' | 'note'
  code: string
  message: string
  /** What is behind it, at more length; null when the message says all. */
  explanation: string | null
  start: number
  end: number
  fixes: QueryFix[]
}

export interface LanguageFunction {
  name: string
  aliases: string[]
  kind: 'scalar' | 'aggregate'
  doc: string
  example: string
  /** `LEFT(string, integer) -> keyword`, one a form; none for functions that state no types. */
  signatures: string[]
}

export interface LanguageCommand {
  /** Upper case, `LOOKUP JOIN`. */
  name: string
  place: 'source' | 'processing'
  doc: string
  example: string
}

export interface LanguageDescription {
  commands: LanguageCommand[]
  functions: LanguageFunction[]
}

export interface DataField extends Field {
  /** Events that have a value for it. */
  seen: number
  /** Some event has several values, or the field is an array in ECS. */
  array: boolean
}

export interface DataDescription {
  fields: DataField[]
  /** Events that `seen` counts among. */
  events: number
  /** All events were counted; else the first of each input. */
  complete: boolean
  indexNames: string[]
}

export interface TopValues {
  values: { value: CellValue; count: number }[]
  /** Events the counts speak of. */
  events: number
  /** Every event was read. */
  complete: boolean
}

/** Refused or failed before or while running; `diagnostics` are formatted with positions. */
export interface EngineFailure {
  kind: 'query' | 'source' | 'cancelled' | 'fault'
  message: string
  diagnostics: string[]
}
