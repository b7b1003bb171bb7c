/**
 * ReportModel: all that a report says, as plain data. Writers turn it into files and know nothing else.
 *
 * Parts that somebody has to ask for first (events, why it fired, steps, near misses) may be absent.
 */
import type {
  CellValue,
  Field,
  InputReport,
  MatchExplanation,
  NearMissGroup,
  Rarity,
  RunResult
} from '../../engine/worker/api.ts'

export interface ReportModel {
  createdAt: string
  /** Null when nothing was replaced. */
  redacted: { classes: string[]; replacements: number } | null
  tool: { version: string; build: string | null }
  rule: ReportRule
  run: {
    mode: 'whole' | 'replay'
    /** Only events of this time (ISO). */
    fromTime: string | null
    toTime: string | null
    /** Runs the schedule had, and those with findings. */
    runCount: number
    runs: RunResult['runs']
    cancelled: boolean
    stages: RunResult['stages']
    elapsedMillis: number
  }
  inputs: ReportInput[]
  columns: Field[]
  /** Findings of the run in all; the report may hold fewer. */
  findingCount: number
  findings: ReportFinding[]
  /** Null when nobody looked for them. */
  nearMisses: NearMissGroup[] | null
  warnings: string[]
  notes: string[]
  /** First and last time of the loaded data; null when it is not known. */
  timeRange: { start: string; end: string } | null
  /** The terminal command that repeats the run. */
  command: string
}

export interface ReportRule {
  id: string | null
  name: string
  version: number | null
  builtIn: boolean
  severity: string | null
  description: string
  query: string
  from: string
  interval: string
  maxSignals: number
  techniques: string[]
  retired: { date: string; reason: string; successors: string[] } | null
}

export interface ReportInput extends Omit<InputReport, 'notes'> {
  notes: string[]
  /** Of the file on disk; null when it is not known. */
  sha256: string | null
}

export interface ReportFinding {
  id: string
  row: CellValue[]
  keys: { name: string; value: CellValue }[]
  eventCount: number
  firstSeen: string | null
  lastSeen: string | null
  hosts: string[]
  users: string[]
  rarity: Rarity | null
  thresholds: { column: string; operator: string; limit: CellValue; value: CellValue; text: string }[]
  /** Times of the schedule's runs that reported it. */
  runs: (string | null)[]
  droppedByKibana: boolean
  sources: { file: number; line: number; event: number; byte: number; length: number }[]
  /** More events than references are kept for. */
  sourcesTruncated: boolean
  why: MatchExplanation | null
  events: ReportEvent[]
  steps: ReportStep[]
  mark: ReportMark | null
}

/** What the analyst put on a finding or an event. */
export interface ReportMark {
  star: boolean
  tags: string[]
  note: string
}

export interface ReportEvent {
  source: ReportFinding['sources'][number]
  time: string | null
  fields: { name: string; value: CellValue }[]
  /** The record's text where it has no fields. */
  text: string | null
  mark: ReportMark | null
}

export interface ReportStep {
  title: string
  done: boolean
  note: string
  query: string | null
  /** Rows of the answer, at most ANSWER_ROWS; `total` of all. */
  answer: { columns: Field[]; rows: CellValue[][]; total: number } | null
}

/** Rows of an answer that a report keeps. */
export const ANSWER_ROWS = 50
/** Events of a finding that a report keeps; the reduced data has all. */
export const REPORT_EVENTS = 20

/** Name of the input a source stands in. */
export function inputName(model: Pick<ReportModel, 'inputs'>, file: number): string {
  return model.inputs[file]?.name ?? `input ${file + 1}`
}

/** `file:line` of each event, with a word when there were more. */
export function sourcesText(model: Pick<ReportModel, 'inputs'>, finding: ReportFinding): string {
  const places = finding.sources.map(({ file, line }) => `${inputName(model, file)}:${line}`)
  const more = finding.eventCount - finding.sources.length
  return places.join('; ') + (finding.sourcesTruncated && more > 0 ? `; ${more} more` : '')
}
