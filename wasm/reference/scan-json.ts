/** Twin of scanJson: the same state in memory, the same rows, one byte and one object at a time. */
import * as layout from '../assembly/scan-layout.ts'
import type { ReferenceMemory } from './memory.ts'
import { ScanBatch } from './scan/batch.ts'
import { type PlanConjunct, type PlanNode, readConjunct, readTrie } from './scan/plan.ts'
import { judgeStructure } from './scan/structure.ts'
import { type FoundValue, Walk, WalkEnd } from './scan/walk.ts'

const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const OPEN_OBJECT = 0x7b
const BOM = [0xef, 0xbb, 0xbf]

/** Scans on from where the last call stopped; answers the number of rows. */
export function scanJson(memory: ReferenceMemory, state: number): number {
  return new ReferenceScan(memory, state).run()
}

class ReferenceScan {
  private readonly bytes: Uint8Array
  private readonly view: DataView
  private readonly batch: ScanBatch
  private readonly root: PlanNode
  private readonly conjuncts: PlanConjunct[]

  constructor(
    memory: ReferenceMemory,
    private readonly state: number
  ) {
    this.batch = new ScanBatch(memory, state)
    this.bytes = new Uint8Array(memory.buffer)
    this.view = new DataView(memory.buffer)
    this.root = readTrie(this.view, this.get(layout.STATE_ROOT_NODE))
    this.conjuncts = Array.from({ length: this.get(layout.STATE_CONJUNCT_COUNT) }, (_, index) =>
      readConjunct(this.view, this.get(layout.STATE_CONJUNCTS) + index * layout.CONJUNCT_BYTES)
    )
  }

  run(): number {
    const isLines = this.get(layout.STATE_MODE) === layout.MODE_LINES
    while (this.hasRoom() && (isLines ? this.nextLine() : this.nextRecord()));
    this.batch.write()
    return this.batch.rows.length
  }

  private hasRoom(): boolean {
    return (
      this.batch.rows.length < this.get(layout.STATE_ROW_LIMIT) &&
      this.batch.usedBytes < this.get(layout.STATE_BATCH_BYTES) &&
      this.batch.usedCodes < this.get(layout.STATE_BATCH_CODES)
    )
  }

  private nextLine(): boolean {
    const oversize = this.getDouble(layout.STATE_OVERSIZE_LENGTH)
    const start = this.get(layout.STATE_POSITION)
    const inputEnd = this.get(layout.STATE_INPUT_END)
    if (oversize > 0) return this.finishOversize(start, inputEnd)
    if (start >= inputEnd) return false
    const base = this.getDouble(layout.STATE_BASE_BYTE) - this.get(layout.STATE_INPUT)
    const hasBom = base + start === 0 && BOM.every((byte, index) => this.bytes[start + index] === byte)
    const text = hasBom ? start + 3 : start
    const found = this.bytes.subarray(0, inputEnd).indexOf(LINE_FEED, Math.max(start, this.get(layout.STATE_SEARCHED)))
    if (found < 0 && !this.get(layout.STATE_ENDED)) return this.waitForMore(base, text, inputEnd)
    const end = found < 0 ? inputEnd : found
    this.set(layout.STATE_POSITION, found < 0 ? end : end + 1)
    const line = this.getDouble(layout.STATE_LINE)
    this.setDouble(layout.STATE_LINE, line + 1)
    const trimmed = end > text && this.bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end
    let open = text
    while (open < trimmed && [32, 9, 13].includes(this.bytes[open]!)) open++
    if (open >= trimmed) return true
    const reason = this.read(open, trimmed, trimmed - text, (length, values) =>
      this.batch.add({ byte: base + open, length, line, event: this.getDouble(layout.STATE_EVENTS), record: 0, values })
    )
    if (reason) this.skip(base + text, trimmed - text, line, reason)
    return true
  }

  private nextRecord(): boolean {
    const index = this.get(layout.STATE_RECORD_INDEX)
    if (index >= this.get(layout.STATE_RECORD_COUNT)) return false
    this.set(layout.STATE_RECORD_INDEX, index + 1)
    const input = this.get(layout.STATE_INPUT)
    const start = input + this.view.getUint32(this.get(layout.STATE_RECORD_STARTS) + index * 4, true)
    const end = input + this.view.getUint32(this.get(layout.STATE_RECORD_ENDS) + index * 4, true)
    let open = start
    while (open < end && [32, 10, 13, 9].includes(this.bytes[open]!)) open++
    const reason = this.read(open, end, end - start, (length, values) =>
      this.batch.add({ byte: open - input, length, line: 0, event: this.getDouble(layout.STATE_EVENTS), record: index, values })
    )
    if (reason) this.skip(index, end - start, 0, reason)
    return true
  }

  /** Reads one record; answers a reason to skip it, or 0. */
  private read(open: number, end: number, byteLength: number, addRow: (length: number, values: FoundValue[]) => void): number {
    if (byteLength > layout.MAX_RECORD) return layout.SKIP_TOO_LONG
    if (open >= end || this.bytes[open] !== OPEN_OBJECT) return layout.SKIP_NOT_OBJECT
    const structure = judgeStructure(this.bytes, open, end)
    if (structure.reason) return structure.reason
    const values: FoundValue[] = []
    try {
      new Walk(this.bytes, open, structure, (value) => {
        this.judgeValue(value, values)
        values.push(value)
      }).object(this.root)
    } catch (error) {
      if (!(error instanceof WalkEnd)) throw error
      if (error.verdict !== layout.RECORD_ABANDONED) return error.verdict
      this.countEvent()
      return 0
    }
    this.countEvent()
    if (this.conjuncts.every((conjunct) => this.holds(conjunct, values))) addRow(structure.end - open, values)
    return 0
  }

  /** Ends the walk where a `single` conjunct is lost: a first value not accepted, or one that differs from the first. */
  private judgeValue(value: FoundValue, before: FoundValue[]): void {
    const first = before.find(({ field }) => field === value.field)
    for (const conjunct of this.conjuncts.filter(({ field, isAny }) => field === value.field && !isAny)) {
      if (first === undefined) {
        if (!conjunct.accepts(value.text)) throw new WalkEnd(layout.RECORD_ABANDONED)
      } else if (!equal(first.text, value.text)) {
        const drops = conjunct.address + layout.CONJUNCT_DROPS
        this.view.setFloat64(drops, this.view.getFloat64(drops, true) + 1, true)
        throw new WalkEnd(layout.RECORD_ABANDONED)
      }
    }
  }

  private holds(conjunct: PlanConjunct, values: FoundValue[]): boolean {
    const own = values.filter(({ field }) => field === conjunct.field)
    return conjunct.isAny ? own.some(({ text }) => conjunct.accepts(text)) : own.length > 0
  }

  private waitForMore(base: number, text: number, inputEnd: number): boolean {
    this.set(layout.STATE_SEARCHED, inputEnd)
    if (inputEnd - text <= layout.MAX_RECORD + 1) return false
    this.setDouble(layout.STATE_OVERSIZE_BYTE, base + text)
    this.setDouble(layout.STATE_OVERSIZE_LENGTH, inputEnd - text)
    this.set(layout.STATE_OVERSIZE_LAST, this.bytes[inputEnd - 1]!)
    this.set(layout.STATE_POSITION, inputEnd)
    return false
  }

  private finishOversize(start: number, inputEnd: number): boolean {
    const found = this.bytes.subarray(0, inputEnd).indexOf(LINE_FEED, start)
    const end = found < 0 ? inputEnd : found
    const seen = this.getDouble(layout.STATE_OVERSIZE_LENGTH) + end - start
    if (end > start) this.set(layout.STATE_OVERSIZE_LAST, this.bytes[end - 1]!)
    this.set(layout.STATE_POSITION, found < 0 ? end : end + 1)
    this.set(layout.STATE_SEARCHED, this.get(layout.STATE_POSITION))
    this.setDouble(layout.STATE_OVERSIZE_LENGTH, seen)
    if (found < 0 && !this.get(layout.STATE_ENDED)) return false
    const isReturn = this.get(layout.STATE_OVERSIZE_LAST) === CARRIAGE_RETURN
    const line = this.getDouble(layout.STATE_LINE)
    this.skip(this.getDouble(layout.STATE_OVERSIZE_BYTE), isReturn ? seen - 1 : seen, line, layout.SKIP_TOO_LONG)
    this.setDouble(layout.STATE_LINE, line + 1)
    this.setDouble(layout.STATE_OVERSIZE_LENGTH, 0)
    return true
  }

  private skip(byte: number, length: number, line: number, reason: number): void {
    this.setDouble(layout.STATE_SKIPPED_TOTAL, this.getDouble(layout.STATE_SKIPPED_TOTAL) + 1)
    const count = this.get(layout.STATE_SKIP_COUNT)
    if (count >= this.get(layout.STATE_SKIP_LIMIT)) return
    const skip = this.get(layout.STATE_SKIPS) + count * layout.SKIP_BYTES
    this.view.setFloat64(skip + layout.SKIP_BYTE, byte, true)
    this.view.setFloat64(skip + layout.SKIP_LENGTH, length, true)
    this.view.setFloat64(skip + layout.SKIP_LINE, line, true)
    this.view.setUint32(skip + layout.SKIP_REASON, reason, true)
    this.set(layout.STATE_SKIP_COUNT, count + 1)
  }

  private countEvent(): void {
    this.setDouble(layout.STATE_EVENTS, this.getDouble(layout.STATE_EVENTS) + 1)
  }

  private get(offset: number): number {
    return this.view.getUint32(this.state + offset, true)
  }

  private set(offset: number, value: number): void {
    this.view.setUint32(this.state + offset, value, true)
  }

  private getDouble(offset: number): number {
    return this.view.getFloat64(this.state + offset, true)
  }

  private setDouble(offset: number, value: number): void {
    this.view.setFloat64(this.state + offset, value, true)
  }
}

function equal(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index])
}
