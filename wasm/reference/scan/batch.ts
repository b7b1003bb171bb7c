/** Collects rows in JavaScript and writes them to kernel memory at the end of a call, where the kernel leaves them. */
import * as layout from '../../assembly/scan-layout.ts'
import type { ReferenceMemory } from '../memory.ts'
import { byteKey } from './plan.ts'
import type { FoundValue } from './walk.ts'

export interface FoundRow {
  byte: number
  length: number
  line: number
  event: number
  record: number
  values: FoundValue[]
}

interface FieldBatch {
  address: number
  codes: number[]
  offsets: number[]
  entries: FoundValue[]
  codeOf: Map<string, number>
}

export class ScanBatch {
  readonly rows: FoundRow[] = []
  usedBytes = 0
  usedCodes = 0
  private readonly fields: FieldBatch[]

  constructor(
    private readonly memory: ReferenceMemory,
    private readonly state: number
  ) {
    const fields = this.word(state + layout.STATE_FIELDS)
    this.fields = Array.from({ length: this.word(state + layout.STATE_FIELD_COUNT) }, (_, index) =>
      this.openField(fields + index * layout.FIELD_BYTES)
    )
  }

  add(row: FoundRow): void {
    this.rows.push(row)
    this.usedCodes += row.values.length
    for (const value of row.values) this.fields[value.field]!.codes.push(this.intern(this.fields[value.field]!, value))
    for (const field of this.fields) field.offsets.push(field.codes.length)
  }

  write(): void {
    const { state } = this
    this.setWord(state + layout.STATE_ROW_COUNT, this.rows.length)
    this.rows.forEach((row, index) => {
      const set = (array: number, value: number) => this.view().setFloat64(this.word(state + array) + index * 8, value, true)
      set(layout.STATE_ROW_BYTE, row.byte)
      set(layout.STATE_ROW_LENGTH, row.length)
      set(layout.STATE_ROW_LINE, row.line)
      set(layout.STATE_ROW_EVENT, row.event)
      this.setWord(this.word(state + layout.STATE_ROW_RECORD) + index * 4, row.record)
    })
    this.fields.forEach((field) => this.writeField(field))
  }

  /** The dictionary as the last call left it, or a new epoch when it is beyond its budget. */
  private openField(address: number): FieldBatch {
    const count = this.word(address + layout.FIELD_ENTRY_COUNT)
    const field: FieldBatch = { address, codes: [], offsets: [0], entries: [], codeOf: new Map() }
    const isFull =
      this.word(address + layout.FIELD_TEXT_BYTES) > this.word(this.state + layout.STATE_EPOCH_BYTES) ||
      count > this.word(this.state + layout.STATE_EPOCH_ENTRIES)
    if (isFull) this.setWord(address + layout.FIELD_EPOCH, this.word(address + layout.FIELD_EPOCH) + 1)
    for (let code = 0; code < count && !isFull; code++) {
      const entry = this.word(address + layout.FIELD_ENTRIES) + code * layout.ENTRY_BYTES
      const from = this.word(address + layout.FIELD_TEXT) + this.word(entry + layout.ENTRY_OFFSET)
      const text = new Uint8Array(this.memory.buffer, from, this.word(entry + layout.ENTRY_LENGTH)).slice()
      const value = { field: -1, kind: this.word(entry + layout.ENTRY_KIND), text }
      field.codeOf.set(keyOf(value), code)
      field.entries.push(value)
    }
    return field
  }

  private intern(field: FieldBatch, value: FoundValue): number {
    const key = keyOf(value)
    let code = field.codeOf.get(key)
    if (code === undefined) {
      field.codeOf.set(key, (code = field.entries.length))
      field.entries.push(value)
      this.usedBytes += value.text.length + 16
    }
    return code
  }

  private writeField(field: FieldBatch): void {
    const { address } = field
    const textBytes = field.entries.reduce((sum, entry) => sum + entry.text.length, 0)
    const codes = this.replace(address + layout.FIELD_CODES, field.codes.length * 4)
    const entries = this.replace(address + layout.FIELD_ENTRIES, field.entries.length * layout.ENTRY_BYTES)
    const text = this.replace(address + layout.FIELD_TEXT, textBytes)
    field.codes.forEach((code, index) => this.setWord(codes + index * 4, code))
    field.offsets.forEach((offset, row) => this.setWord(this.word(address + layout.FIELD_OFFSETS) + row * 4, offset))
    let offset = 0
    field.entries.forEach((value, code) => {
      const entry = entries + code * layout.ENTRY_BYTES
      this.setWord(entry + layout.ENTRY_OFFSET, offset)
      this.setWord(entry + layout.ENTRY_LENGTH, value.text.length)
      this.setWord(entry + layout.ENTRY_KIND, value.kind)
      new Uint8Array(this.memory.buffer).set(value.text, text + offset)
      offset += value.text.length
    })
    this.setWord(address + layout.FIELD_CODE_COUNT, field.codes.length)
    this.setWord(address + layout.FIELD_ENTRY_COUNT, field.entries.length)
    this.setWord(address + layout.FIELD_TEXT_BYTES, textBytes)
  }

  /** Puts a new block where the word at `place` points. */
  private replace(place: number, byteLength: number): number {
    this.memory.releaseBlock(this.word(place))
    const block = this.memory.allocateBlock(byteLength)
    this.setWord(place, block)
    return block
  }

  private view(): DataView {
    return new DataView(this.memory.buffer)
  }

  private word(address: number): number {
    return this.view().getUint32(address, true)
  }

  private setWord(address: number, value: number): void {
    this.view().setUint32(address, value, true)
  }
}

function keyOf(value: FoundValue): string {
  return `${value.kind}:${byteKey(value.text)}`
}
