/**
 * ScanRequest: all that a source knows of a query. What the source does with it is said back in ScanApplied, so that no
 * filter is lost or applied twice between the two layers.
 */
import type { Dfa } from '../data/automaton.ts'
import type { Batch } from '../data/batch.ts'
import type { Schema } from '../data/schema.ts'

export interface ScanRequest {
  /** Columns wanted, in this order. `_id`, `_index`, `_version`, `_source`, `_ignored` are metadata. */
  columns: Schema
  /** Conjuncts a row must fulfil; a row is dropped as soon as one of them is known to be not true. */
  required: readonly ScanConjunct[]
  /** Index patterns of FROM (wildcards, `-` exclusions); matched as CONTRACTS 3 says. */
  indexPatterns: readonly string[]
  /** Elasticsearch's ignore_above: longer keyword values become null (`--index-limits`). */
  indexLimits: boolean
  /** Keep multi-values in the order of the source instead of sorting them as doc values do. */
  sourceOrder: boolean
  /** Make a batch's columns only when they are looked at, which must be before the next batch: few of many are, for most batches. */
  deferred?: boolean
}

/** A predicate on one keyword column. */
export interface ScanConjunct {
  /** Index into `columns`. */
  column: number
  automaton: Dfa
  /**
   * single: true only when the field has exactly one value and it is accepted (==, IN, LIKE).
   * any: true when some value is accepted (a condition on a column that MV_EXPAND takes apart later).
   */
  quantifier: 'single' | 'any'
}

/** A place in an input that could not be read as an event. */
export interface SkippedInput {
  line: number
  byte: number
  length: number
  reason: string
}

export interface InputReport {
  name: string
  /** Size of the (decompressed) input read so far. */
  bytes: number
  events: number
  skipped: SkippedInput[]
  skippedTotal: number
  /** Things the analyst should know: converted types, duplicate ids, values over ignore_above, patterns without a match. */
  notes: string[]
  /** Parallel to ScanRequest.required: rows dropped because the field had several values (a warning each in Elasticsearch). */
  multiValueDrops?: number[]
}

export interface ScanProgress {
  bytesRead: number
  bytesTotal: number | null
  events: number
  /** Rows handed on so far. */
  rows: number
}

/** Receives the batches of a scan. `done` stops the source. */
export interface BatchSink {
  push(batch: Batch): 'more' | 'done'
}
