/**
 * RecordReader: from a ByteStream to events as JSON text with their places in the original input.
 *
 * Two kinds of chunk. `lines`: the bytes are the input itself, one JSON document a line, and the scan kernel finds the
 * lines (the fast path of NDJSON and one-hit-per-line exports). `records`: the reader found the events (arrays, search
 * responses, pretty-printed documents, bulk files, CSV, audit logs, UTF-16) and gives each as a range of JSON text.
 */
import type { ByteStream } from './bytes.ts'
import type { SkippedInput } from './scan-request.ts'

/** Where the fields of an event stand in its JSON: at the root, or below `_source` / `fields` of a hit. */
export type DocumentShape = 'plain' | 'hit-source' | 'hit-fields'

export type InputKind =
  | 'ndjson'
  | 'json-array'
  | 'json-concatenated'
  | 'search-response'
  | 'hits-ndjson'
  | 'bulk'
  | 'csv'
  | 'audit-log'
  | 'empty'
  | 'unknown'

/** What detection found at the head of a (decompressed) input. */
export interface Detection {
  kind: InputKind
  shape: DocumentShape
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin-1'
  /** Bytes of the byte-order mark to pass over. */
  bomBytes: number
  /** What ends a line; absent means LF (with or without a CR before it). `cr` files are read by a record reader. */
  lineEnd?: 'lf' | 'cr'
  /** Why, in one sentence for the analyst: "one JSON document a line". */
  description: string
}

export interface RecordChunk {
  /** UTF-8 JSON text; owned by the reader and valid until the next call. */
  bytes: Uint8Array
  count: number
  /** Range of record i in `bytes`. */
  starts: Uint32Array
  ends: Uint32Array
  /** Place of record i in the decompressed input, original encoding. */
  originByte: Float64Array
  originLength: Float64Array
  /** 1-based physical line of its first byte. */
  line: Float64Array
}

export interface RecordReader {
  /** The next events, or null at the end. Skipped places are added to the log handed over at creation. */
  next(): Promise<RecordChunk | null>
  /** What the reader added to the events, and what the form does not say; asked after the last chunk. */
  notes?(): string[]
  close(): void
}

/** Collects what could not be read; keeps the first 1,000 places and counts all. */
export class SkipLog {
  readonly entries: SkippedInput[] = []
  total = 0

  add(entry: SkippedInput): void {
    this.total++
    if (this.entries.length < 1000) this.entries.push(entry)
  }
}

export interface RecordReaderOptions {
  /** Whether the field table flags a field as an array: a CSV cell `a, b` of such a field is two values. */
  isArrayField?: (name: string) => boolean
  /** The input's name: stands for the host where an audit log names none. */
  inputName?: string
  /** Audit logs: only the events that begin at these bytes are given. */
  onlyAt?: ReadonlySet<number>
}

/** Opens the reader for a detected kind; `ndjson` and `hits-ndjson` in UTF-8 are read by the scan kernel instead. */
export type OpenRecordReader = (
  stream: ByteStream,
  detection: Detection,
  skips: SkipLog,
  options?: RecordReaderOptions
) => RecordReader
