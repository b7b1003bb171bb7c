/**
 * RecordScanner: from JSON text to rows of dictionary codes. Implemented over the scan kernel (wasm) and over its
 * TypeScript twin; the scan source cannot tell which one runs.
 */
import type { Dfa } from '../data/automaton.ts'
import type { DocumentShape } from './record-reader.ts'
import type { SkippedInput } from './scan-request.ts'

/** What the scanner looks for. Built once per input and run. */
export interface ScanPlan {
  /** Dotted paths, matched nested (`{"a":{"b":1}}`), dotted (`{"a.b":1}`) and mixed, through arrays of objects. */
  fields: readonly ScanPlanField[]
  /** `single` counts distinct texts: `["a","a"]` is one value, as in doc values (the source checks again where that is not meant). */
  required: readonly { field: number; automaton: Dfa; quantifier: 'single' | 'any' }[]
  shape: DocumentShape
}

export interface ScanPlanField {
  path: string
  /** Read at the root of the record even when the shape is a hit (`_id`, `_index`, `_version`). */
  root: boolean
}

/** What kind of JSON scalar a dictionary entry was. */
export const ScalarKind = { String: 0, Number: 1, True: 2, False: 3 } as const
export type ScalarKind = (typeof ScalarKind)[keyof typeof ScalarKind]

/** Distinct scalars of one field since its epoch began. Codes are dense and stable within the epoch. */
export interface ScanDictionary {
  /** Changes when the scanner starts the dictionary anew; codes of another epoch mean nothing. */
  readonly epoch: number
  readonly size: number
  kind(code: number): ScalarKind
  /** Unescaped text (strings) or the literal as written (numbers, exact). */
  text(code: number): string
}

/** Up to BATCH_ROWS surviving events. Arrays are copies and stay valid; `dictionary` answers until the next call of `next`. */
export interface ScannedRows {
  rowCount: number
  /** Offset and length of the record in the input bytes (lines mode: absolute in the stream; records mode: see recordIndex). */
  byte: Float64Array
  length: Float64Array
  line: Float64Array
  event: Float64Array
  /** Records mode: index of the record in the chunk handed to `scanRecords`; otherwise absent. */
  recordIndex: Uint32Array | null
  fields: readonly ScannedField[]
}

export interface ScannedField {
  /** Values of row i: codes[offsets[i] .. offsets[i+1]], in document order, duplicates kept, nulls left out. */
  offsets: Int32Array
  codes: Int32Array
  dictionary: ScanDictionary
}

export interface RecordScanner {
  /**
   * Lines mode. A borrowed view to write the next bytes of the stream into (up to its length); it dies at the next call.
   * `minimum` bytes at least.
   */
  inputView(minimum: number): Uint8Array
  /** Tells how many bytes were written into the view; 0 ends the stream (a last line without line end is read then). */
  advance(byteCount: number): void
  /** Records mode: scans `count` records of `bytes`; call `next` until it gives null before handing over more. */
  scanRecords(bytes: Uint8Array, starts: Uint32Array, ends: Uint32Array, count: number): void
  /** The next rows, or null when the input handed over so far is used up. */
  next(): ScannedRows | null
  /** Events seen so far (well-formed records, whether they survived or not). */
  readonly events: number
  /** Bad records found since the last call (bounded per call; `skippedTotal` counts all). byte/line as in ScannedRows; in records mode `byte` is the record index and `line` 0. */
  takeSkipped(): SkippedInput[]
  readonly skippedTotal: number
  /** Per required conjunct: rows dropped because the field had several values. */
  readonly multiValueDrops: readonly number[]
  close(): void
}

/** Longest record read, in bytes; a longer one is skipped and named. */
export const MAX_RECORD_BYTES = 16 * 1024 * 1024
/** Deepest nesting read; a deeper record is skipped and named. */
export const MAX_DEPTH = 1000
