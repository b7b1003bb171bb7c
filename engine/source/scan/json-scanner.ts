/**
 * JsonScanner: RecordScanner over the scan kernel or its twin; it cannot tell which.
 *
 * Owns: blocks in kernel memory, taken at creation and given back by close().
 * Holds: the window on the stream begins with the first byte not scanned yet. It grows only for a single line that is
 * longer than it, and no line is kept beyond MAX_RECORD_BYTES, so memory does not depend on the length of the stream.
 */
import type { Kernels } from '../../../wasm/abi/kernels.ts'
import { INPUT_PADDING } from '../../../wasm/assembly/layout.ts'
import * as layout from '../../../wasm/assembly/scan-layout.ts'
import { assert } from '../../base/assert.ts'
import { BATCH_ROWS } from '../../data/batch.ts'
import type { RecordScanner, ScanDictionary, ScannedField, ScannedRows, ScanPlan } from '../record-scanner.ts'
import type { SkippedInput } from '../scan-request.ts'
import { KernelMemory } from './kernel-memory.ts'
import { KernelDictionary } from './scan-dictionary.ts'
import { type LaidPlan, layPlan, releaseKernelBlocks, type ScannerLimits } from './scan-state.ts'
import { skipReason } from './skip-reasons.ts'

const DEFAULT_LIMITS: ScannerLimits = {
  batchRows: BATCH_ROWS,
  skips: 1024,
  epochBytes: 4 * 1024 * 1024,
  epochEntries: 65_536,
  batchBytes: 32 * 1024 * 1024,
  batchCodes: 1024 * 1024
}
const FIRST_WINDOW_BYTES = 1024 * 1024
/** An unread rest up to this is moved to the front at once; a longer one only where room is needed. */
const CHEAP_MOVE_BYTES = 64 * 1024

/** A scanner for `plan`; every address it needs lies in the memory of `kernels`. */
export function createJsonScanner(kernels: Kernels, plan: ScanPlan, limits: Partial<ScannerLimits> = {}): RecordScanner {
  return new JsonScanner(new KernelMemory(kernels), plan, { ...DEFAULT_LIMITS, ...limits })
}

class JsonScanner implements RecordScanner {
  private readonly plan: LaidPlan
  private readonly dictionaries: KernelDictionary[] = []
  private window = 0
  private windowBytes = 0
  private viewBytes = 0
  private recordWords = 0
  private recordCapacity = 0
  private closed = false

  constructor(
    private readonly memory: KernelMemory,
    plan: ScanPlan,
    limits: ScannerLimits
  ) {
    this.plan = layPlan(memory, plan, limits)
    this.placeWindow(FIRST_WINDOW_BYTES)
  }

  get events(): number {
    return this.memory.getDouble(this.plan.state + layout.STATE_EVENTS)
  }

  get skippedTotal(): number {
    return this.memory.getDouble(this.plan.state + layout.STATE_SKIPPED_TOTAL)
  }

  get multiValueDrops(): readonly number[] {
    return this.plan.conjuncts.map((address) => this.memory.getDouble(address + layout.CONJUNCT_DROPS))
  }

  inputView(minimum: number): Uint8Array {
    assert(minimum > 0, 'an input view has room')
    const unread = this.get(layout.STATE_INPUT_END) - this.get(layout.STATE_POSITION)
    if (unread <= CHEAP_MOVE_BYTES || this.freeBytes() < minimum) this.moveToFront()
    if (this.freeBytes() < minimum) this.growWindow(unread + minimum)
    // no longer than asked for: a caller that reads 1 MiB at a time stays in the cache (8 MiB reads cost 40 % of the rate)
    this.viewBytes = minimum
    return this.memory.bytes(this.get(layout.STATE_INPUT_END), minimum)
  }

  advance(byteCount: number): void {
    assert(byteCount <= this.viewBytes, 'no more bytes were written than the view has')
    this.viewBytes = 0
    this.set(layout.STATE_MODE, layout.MODE_LINES)
    if (byteCount === 0) this.set(layout.STATE_ENDED, 1)
    else this.set(layout.STATE_INPUT_END, this.get(layout.STATE_INPUT_END) + byteCount)
  }

  scanRecords(bytes: Uint8Array, starts: Uint32Array, ends: Uint32Array, count: number): void {
    if (bytes.length > this.windowBytes) this.placeWindow(bytes.length)
    if (count > this.recordCapacity) {
      this.memory.release(this.recordWords)
      this.recordCapacity = count * 2
      this.recordWords = this.memory.allocate(this.recordCapacity * 8)
    }
    const endWords = this.recordWords + this.recordCapacity * 4
    this.memory.bytes(this.window, bytes.length).set(bytes)
    const buffer = this.memory.kernels.memory.buffer
    new Uint32Array(buffer, this.recordWords, count).set(starts.subarray(0, count))
    new Uint32Array(buffer, endWords, count).set(ends.subarray(0, count))
    this.set(layout.STATE_MODE, layout.MODE_RECORDS)
    this.set(layout.STATE_INPUT_END, this.window + bytes.length)
    this.set(layout.STATE_RECORD_STARTS, this.recordWords)
    this.set(layout.STATE_RECORD_ENDS, endWords)
    this.set(layout.STATE_RECORD_COUNT, count)
    this.set(layout.STATE_RECORD_INDEX, 0)
  }

  next(): ScannedRows | null {
    const rowCount = this.memory.kernels.scanJson(this.plan.state)
    if (rowCount === 0) return null
    const rows = (offset: number) => this.memory.copyDoubles(this.get(offset), rowCount)
    const isRecords = this.get(layout.STATE_MODE) === layout.MODE_RECORDS
    return {
      rowCount,
      byte: rows(layout.STATE_ROW_BYTE),
      length: rows(layout.STATE_ROW_LENGTH),
      line: rows(layout.STATE_ROW_LINE),
      event: rows(layout.STATE_ROW_EVENT),
      recordIndex: isRecords ? this.memory.copyWords(this.get(layout.STATE_ROW_RECORD), rowCount) : null,
      fields: this.plan.fields.map((address, index) => this.copyField(address, index, rowCount))
    }
  }

  takeSkipped(): SkippedInput[] {
    const first = this.get(layout.STATE_SKIPS)
    const skipped = Array.from({ length: this.get(layout.STATE_SKIP_COUNT) }, (_, index) => {
      const skip = first + index * layout.SKIP_BYTES
      return {
        line: this.memory.getDouble(skip + layout.SKIP_LINE),
        byte: this.memory.getDouble(skip + layout.SKIP_BYTE),
        length: this.memory.getDouble(skip + layout.SKIP_LENGTH),
        reason: skipReason(this.memory.getWord(skip + layout.SKIP_REASON))
      }
    })
    this.set(layout.STATE_SKIP_COUNT, 0)
    return skipped
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    releaseKernelBlocks(this.memory, this.plan)
    this.memory.close()
  }

  private copyField(address: number, index: number, rowCount: number): ScannedField {
    const word = (offset: number) => this.memory.getWord(address + offset)
    return {
      offsets: this.memory.copyCodes(word(layout.FIELD_OFFSETS), rowCount + 1),
      codes: this.memory.copyCodes(word(layout.FIELD_CODES), word(layout.FIELD_CODE_COUNT)),
      dictionary: this.dictionaryOf(address, index, word(layout.FIELD_EPOCH))
    }
  }

  /** One object an epoch, so that a caller may keep decoded texts by identity. */
  private dictionaryOf(address: number, index: number, epoch: number): ScanDictionary {
    const known = this.dictionaries[index]
    if (known?.epoch === epoch) return known
    return (this.dictionaries[index] = new KernelDictionary(this.memory, address, epoch))
  }

  private freeBytes(): number {
    return this.window + this.windowBytes - this.get(layout.STATE_INPUT_END)
  }

  /** Moves the unread rest to the front of the window. */
  private moveToFront(): void {
    const position = this.get(layout.STATE_POSITION)
    const passed = position - this.window
    if (passed === 0) return
    const end = this.get(layout.STATE_INPUT_END)
    this.memory.bytes(this.window, end - this.window).copyWithin(0, passed)
    this.rebase(this.window, passed)
  }

  private growWindow(needed: number): void {
    const old = this.window
    const unread = this.get(layout.STATE_INPUT_END) - old
    this.placeWindowAt(Math.max(needed, this.windowBytes * 2), () => {
      this.memory.bytes(this.window, unread).set(this.memory.bytes(old, unread))
      this.rebase(old, 0)
    })
    if (old) this.memory.release(old)
  }

  /** A new, empty window of `byteLength` bytes at least. */
  private placeWindow(byteLength: number): void {
    if (this.window) this.memory.release(this.window)
    this.placeWindowAt(byteLength, () => {
      for (const offset of [layout.STATE_INPUT, layout.STATE_INPUT_END, layout.STATE_POSITION, layout.STATE_SEARCHED])
        this.set(offset, this.window)
    })
  }

  private placeWindowAt(byteLength: number, settle: () => void): void {
    // blocks are powers of two less a header: take all of it
    const blockBytes = 2 ** Math.ceil(Math.log2(byteLength + INPUT_PADDING + 16)) - 16
    this.window = this.memory.allocate(blockBytes)
    this.windowBytes = blockBytes - INPUT_PADDING
    settle()
  }

  /** The byte that stood at `from + passed` stands at the front of the window now; every address follows. */
  private rebase(from: number, passed: number): void {
    const shift = this.window - (from + passed)
    for (const offset of [layout.STATE_INPUT_END, layout.STATE_POSITION]) this.set(offset, this.get(offset) + shift)
    this.set(layout.STATE_SEARCHED, Math.max(this.window, this.get(layout.STATE_SEARCHED) + shift))
    this.set(layout.STATE_INPUT, this.window)
    const base = this.plan.state + layout.STATE_BASE_BYTE
    this.memory.setDouble(base, this.memory.getDouble(base) + passed)
  }

  private get(offset: number): number {
    return this.memory.getWord(this.plan.state + offset)
  }

  private set(offset: number, value: number): void {
    this.memory.setWord(this.plan.state + offset, value)
  }
}
