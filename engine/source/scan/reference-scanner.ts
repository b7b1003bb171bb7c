/**
 * The RecordScanner contract in plain TypeScript, written to be read: the oracle of the scan kernel's tests and what the
 * layers above are developed on. Never shipped.
 *
 * Differs from the kernel in one thing: it checks the whole grammar of every record, not only of the fields walked.
 */
import { matchText } from '../../data/automaton.ts'
import { BATCH_ROWS } from '../../data/batch.ts'
import { decodeText, isJsonSpace, type PathNode, PathTree, type ScalarVisitor, SkipReason, walkRecord } from '../flatten.ts'
import {
  MAX_RECORD_BYTES,
  type RecordScanner,
  ScalarKind,
  type ScanDictionary,
  type ScannedField,
  type ScannedRows,
  type ScanPlan
} from '../record-scanner.ts'
import type { SkippedInput } from '../scan-request.ts'

export interface ReferenceScannerOptions {
  batchRows?: number
  /** Entries after which a field's dictionary starts anew with the next batch. */
  dictionaryEntries?: number
}

const KEPT_SKIPS = 1000
const LINE_FEED = 0x0a

/** A scanner for one input and plan. */
export function createReferenceScanner(plan: ScanPlan, options: ReferenceScannerOptions = {}): RecordScanner {
  return new ReferenceScanner(plan, options.batchRows ?? BATCH_ROWS, options.dictionaryEntries ?? 1 << 16)
}

class EpochDictionary implements ScanDictionary {
  private readonly codes = new Map<string, number>()
  private readonly kinds: ScalarKind[] = []
  private readonly texts: string[] = []

  constructor(readonly epoch: number) {}

  get size(): number {
    return this.texts.length
  }

  kind(code: number): ScalarKind {
    return this.kinds[code]!
  }

  text(code: number): string {
    return this.texts[code]!
  }

  intern(kind: ScalarKind, text: string): number {
    const key = kind + text
    let code = this.codes.get(key)
    if (code === undefined) {
      code = this.texts.length
      this.codes.set(key, code)
      this.kinds.push(kind)
      this.texts.push(text)
    }
    return code
  }
}

interface FieldState {
  dictionary: EpochDictionary
  offsets: number[]
  codes: number[]
  /** Codes of the record being read. */
  record: number[]
}

interface RowPlaces {
  byte: number[]
  length: number[]
  line: number[]
  event: number[]
  recordIndex: number[]
}

const noRows = (): RowPlaces => ({ byte: [], length: [], line: [], event: [], recordIndex: [] })

class ReferenceScanner implements RecordScanner, ScalarVisitor {
  events = 0
  skippedTotal = 0
  readonly multiValueDrops: number[]
  private readonly fields: FieldState[]
  private readonly tree: PathTree
  private readonly wanted = new Map<PathNode, number[]>()
  private rows = noRows()
  private skips: SkippedInput[] = []
  private current: { bytes: Uint8Array } = { bytes: new Uint8Array(0) }

  // Lines mode: bytes [read, filled) of `buffer` are not read yet; `base` is the stream offset of buffer[0].
  private buffer = new Uint8Array(1 << 16)
  private read = 0
  private filled = 0
  private base = 0
  private line = 1
  private ended = false
  /** Bytes of an over-long line that were let go. */
  private dropped = 0

  // Records mode.
  private records: { bytes: Uint8Array; starts: Uint32Array; ends: Uint32Array; count: number; next: number } | null = null

  constructor(
    private readonly plan: ScanPlan,
    private readonly batchRows: number,
    private readonly dictionaryEntries: number
  ) {
    this.tree = new PathTree(plan.shape)
    this.fields = plan.fields.map(() => ({ dictionary: new EpochDictionary(0), offsets: [0], codes: [], record: [] }))
    this.multiValueDrops = plan.required.map(() => 0)
  }

  inputView(minimum: number): Uint8Array {
    if (this.read > 0) {
      this.buffer.copyWithin(0, this.read, this.filled)
      this.base += this.read
      this.filled -= this.read
      this.read = 0
    }
    if (this.buffer.length - this.filled < minimum) {
      const larger = new Uint8Array(Math.max(this.buffer.length * 2, this.filled + minimum))
      larger.set(this.buffer.subarray(0, this.filled))
      this.buffer = larger
    }
    return this.buffer.subarray(this.filled)
  }

  advance(byteCount: number): void {
    if (byteCount === 0) this.ended = true
    this.filled += byteCount
  }

  scanRecords(bytes: Uint8Array, starts: Uint32Array, ends: Uint32Array, count: number): void {
    this.records = { bytes, starts, ends, count, next: 0 }
  }

  next(): ScannedRows | null {
    this.renewDictionaries()
    if (this.records) this.scanHandedRecords()
    else this.scanLines()
    return this.rows.byte.length > 0 ? this.takeRows() : null
  }

  takeSkipped(): SkippedInput[] {
    const taken = this.skips
    this.skips = []
    return taken
  }

  close(): void {
    this.buffer = new Uint8Array(0)
    this.records = null
  }

  scalar(node: PathNode, kind: ScalarKind | null, start: number, end: number, escaped: boolean): void {
    if (kind === null) return
    for (const index of this.fieldsAt(node)) {
      const field = this.fields[index]!
      field.record.push(field.dictionary.intern(kind, decodeText(this.current.bytes, start, end, escaped)))
    }
  }

  private fieldsAt(node: PathNode): number[] {
    let found = this.wanted.get(node)
    if (!found) {
      found = []
      const atRoot = this.plan.shape === 'plain' || !node.inDocument
      for (const [index, field] of this.plan.fields.entries()) {
        if (node.isDocument || node.path !== field.path) continue
        if (field.root ? atRoot : node.inDocument) found.push(index)
      }
      this.wanted.set(node, found)
    }
    return found
  }

  private scanHandedRecords(): void {
    const records = this.records!
    while (records.next < records.count && this.rows.byte.length < this.batchRows) {
      const index = records.next++
      const start = records.starts[index]!
      const end = records.ends[index]!
      this.scanRecord(records.bytes, start, end, { byte: index, length: end - start, line: 0, recordIndex: index })
    }
    if (records.next === records.count && this.rows.byte.length === 0) this.records = null
  }

  private scanLines(): void {
    while (this.rows.byte.length < this.batchRows) {
      const found = this.buffer.subarray(0, this.filled).indexOf(LINE_FEED, this.read)
      if (found < 0 && !this.ended) return this.letGoOfLongLine()
      if (found < 0 && this.read === this.filled && this.dropped === 0) return
      const end = found < 0 ? this.filled : found
      this.scanLine(end)
      this.read = found < 0 ? end : end + 1
      this.line++
    }
  }

  private scanLine(lineEnd: number): void {
    const length = this.dropped + lineEnd - this.read
    let start = this.read
    let end = lineEnd
    while (end > start && isJsonSpace(this.buffer[end - 1]!)) end--
    while (start < end && isJsonSpace(this.buffer[start]!)) start++
    if (length > MAX_RECORD_BYTES) {
      this.skip({ line: this.line, byte: this.base + this.read - this.dropped, length, reason: SkipReason.TooLong })
    } else if (start < end) {
      this.scanRecord(this.buffer, start, end, { byte: this.base + start, length: end - start, line: this.line, recordIndex: 0 })
    }
    this.dropped = 0
  }

  /** Keeps memory bounded under a line without end. */
  private letGoOfLongLine(): void {
    if (this.dropped + this.filled - this.read <= MAX_RECORD_BYTES) return
    this.dropped += this.filled - this.read
    this.read = this.filled
  }

  private scanRecord(
    bytes: Uint8Array,
    start: number,
    end: number,
    place: { byte: number; length: number; line: number; recordIndex: number }
  ): void {
    for (const field of this.fields) field.record.length = 0
    this.current.bytes = bytes
    const problem =
      end - start > MAX_RECORD_BYTES ? { reason: SkipReason.TooLong, at: start } : walkRecord(bytes, start, end, this.tree, this)
    if (problem) return this.skip({ line: place.line, byte: place.byte, length: place.length, reason: problem.reason })
    this.events++
    if (!this.passesRequired()) return
    for (const field of this.fields) {
      for (const code of field.record) field.codes.push(code)
      field.offsets.push(field.codes.length)
    }
    this.rows.byte.push(place.byte)
    this.rows.length.push(place.length)
    this.rows.line.push(place.line)
    this.rows.event.push(this.events)
    this.rows.recordIndex.push(place.recordIndex)
  }

  private passesRequired(): boolean {
    for (const [index, conjunct] of this.plan.required.entries()) {
      const { dictionary, record } = this.fields[conjunct.field]!
      const texts = [...new Set(record.map((code) => dictionary.text(code)))]
      if (conjunct.quantifier === 'single' && texts.length > 1) {
        this.multiValueDrops[index]!++
        return false
      }
      if (!texts.some((text) => matchText(conjunct.automaton, text))) return false
    }
    return true
  }

  private skip(entry: SkippedInput): void {
    this.skippedTotal++
    if (this.skips.length < KEPT_SKIPS) this.skips.push(entry)
  }

  private renewDictionaries(): void {
    for (const field of this.fields) {
      if (field.dictionary.size > this.dictionaryEntries) field.dictionary = new EpochDictionary(field.dictionary.epoch + 1)
    }
  }

  private takeRows(): ScannedRows {
    const { byte, length, line, event, recordIndex } = this.rows
    const fields: ScannedField[] = this.fields.map((field) => {
      const scanned = {
        offsets: Int32Array.from(field.offsets),
        codes: Int32Array.from(field.codes),
        dictionary: field.dictionary
      }
      field.offsets = [0]
      field.codes = []
      return scanned
    })
    this.rows = noRows()
    return {
      rowCount: byte.length,
      byte: Float64Array.from(byte),
      length: Float64Array.from(length),
      line: Float64Array.from(line),
      event: Float64Array.from(event),
      recordIndex: this.records ? Uint32Array.from(recordIndex) : null,
      fields
    }
  }
}
