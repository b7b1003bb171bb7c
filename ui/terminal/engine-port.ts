/**
 * EnginePort: all that the terminal asks of the engine. One engine serves one invocation; calls come one after the other.
 *
 * What holds: `SourceRef.file` is an index into the reports of `inputs`; rows come in the order of the query, the rows of a
 * run together; refusals are thrown as an Error whose `diagnostics` (string[]) are formatted with positions.
 */
import type { Rule } from '../../engine/rules/rule.ts'
import type {
  CellValue,
  Field,
  InputInfo,
  InputReport,
  LookupTableInfo,
  MissingKnowledge,
  NotRun,
  RuleStatus,
  RunProgress,
  SourceRef
} from '../../engine/session/types.ts'
import type { RandomAccessBytes } from '../../engine/source/bytes.ts'

export interface EnginePort {
  /** Adds inputs; archives unfold. Says for each whether and how it can be read. */
  addInputs(files: readonly RandomAccessBytes[]): Promise<InputInfo[]>
  /** Makes a file a table for LOOKUP JOIN and ENRICH; `matchField` is what ENRICH compares, null for the first column. */
  addLookup(name: string, file: RandomAccessBytes, matchField: string | null): Promise<LookupTableInfo>
  /** Runs a rule over all readable inputs. Every row is given, whatever max_signals says. */
  hunt(request: HuntRequest, onProgress: (progress: RunProgress) => void): Promise<HuntReport>
  /** Runs many rules over one pass; an answer for each, in their order. */
  huntAll(request: HuntAllRequest, onProgress: (progress: RunProgress) => void): Promise<HuntAllReport>
  /** Free ES|QL over all readable inputs, with the implicit LIMIT and its warning. */
  query(text: string, options: QueryOptions, onProgress: (progress: RunProgress) => void): Promise<TableReport>
  /** What a query asks of fields that no event has; null where that would take a pass of its own over much data. */
  missing?(query: string): Promise<MissingKnowledge | null>
  /** One ES|QL request over indices with given mappings, independent of the inputs. */
  esql(request: EsqlRequest): Promise<TableReport>
}

export interface HuntRequest {
  rule: Rule
  mode: 'whole' | 'replay'
  /** Overrides of the rule's schedule: `now-61m`, `1h`. */
  from: string | null
  interval: string | null
  /** Bounds of event time and NOW() of whole mode, epoch milliseconds. */
  fromMillis: number | null
  toMillis: number | null
  nowMillis: number | null
  indexLimits: boolean
  sourceOrder: boolean
}

export type HuntAllRequest = Omit<HuntRequest, 'rule'> & { rules: readonly Rule[] }

export interface HuntAllReport {
  answers: readonly HuntAnswer[]
  inputs: readonly InputReport[]
}

export interface HuntAnswer {
  status: RuleStatus
  /** Why there is no result; the diagnostics of a rule that could not run. */
  reason: string | null
  /** Null when the rule could not run. */
  report: HuntReport | null
  /** What it asks of fields that no event has, where it found nothing. */
  missing: MissingKnowledge | null
}

export interface HuntReport {
  columns: readonly Field[]
  /** Whole mode: one, times null. Replay: those with rows, oldest first. */
  runs: readonly HuntRun[]
  /** Runs the schedule had in all. */
  runCount: number
  inputs: readonly InputReport[]
  warnings: readonly string[]
  notes: readonly string[]
  /** Set when the rule ended before its COMPLETION. */
  notRun?: NotRun
}

export interface HuntRun {
  /** ISO with Z. */
  run: string | null
  from: string | null
  to: string | null
  values: readonly (readonly CellValue[])[]
  /** Parallel to `values`: distinct events in input order, and whether there were more than references are kept for. */
  sources: readonly (readonly SourceRef[])[]
  truncated: readonly boolean[]
}

export interface QueryOptions {
  nowMillis: number | null
  indexLimits: boolean
  sourceOrder: boolean
}

export interface TableReport {
  columns: readonly Field[]
  values: readonly (readonly CellValue[])[]
  warnings: readonly string[]
  notes: readonly string[]
  /** Of `query`: what was read and skipped. */
  inputs?: readonly InputReport[]
}

export interface EsqlRequest {
  query: string
  nowMillis: number
  /** By index name. */
  indices: ReadonlyMap<string, EsqlIndex>
}

export interface EsqlIndex {
  /** Field name to Elasticsearch type. */
  mapping: ReadonlyMap<string, string>
  /** One document a line, flat dotted keys. */
  file: RandomAccessBytes
  mode: 'standard' | 'lookup'
}

/** The formatted diagnostics an engine error carries; empty for others. */
export function diagnosticsOf(error: unknown): string[] {
  const diagnostics = typeof error === 'object' && error !== null && 'diagnostics' in error ? error.diagnostics : null
  return Array.isArray(diagnostics) ? diagnostics.filter((line) => typeof line === 'string') : []
}
