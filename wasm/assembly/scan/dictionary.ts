/** Dictionaries: the distinct scalars of a field and a dense code for each, over many batches until an epoch ends. */
import { FIELD_BYTES } from '../scan-layout'
import { equalBytes, hashBytes } from '../util/byte-range'
import { moveBlock } from './scratch'
import { ScanEntry, ScanField, ScanState, ScanValue } from './state'

/** Bytes behind a text that comparing and hashing may read. */
const PADDING: u32 = 16
const FIRST_SLOTS: u32 = 256
const FIRST_TEXT: u32 = 4096

/** Begins a batch: dictionaries beyond their budget begin a new epoch, rows and codes begin at 0. */
export function beginBatch(scan: ScanState): void {
  scan.rowCount = 0
  scan.usedBytes = 0
  scan.usedCodes = 0
  for (let i: u32 = 0; i < scan.fieldCount; i++) {
    const field = changetype<ScanField>(scan.fields + <usize>i * FIELD_BYTES)
    field.codeCount = 0
    store<i32>(field.offsets, 0)
    if (field.textBytes <= scan.epochBytes && field.entryCount <= scan.epochEntries) continue
    field.epoch++
    field.textBytes = 0
    field.entryCount = 0
    memory.fill(field.table, 0, (<usize>field.tableMask + 1) << 2)
  }
}

/** Adds the record's values as a row. */
export function encodeRow(scan: ScanState): void {
  for (let i: u32 = 0; i < scan.valueCount; i++) {
    const value = changetype<ScanValue>(scan.values + ((<usize>i) << 4))
    const field = changetype<ScanField>(scan.fields + <usize>value.field * FIELD_BYTES)
    if (field.codeCount == field.codeCapacity) {
      const capacity = max<u32>(1024, field.codeCapacity << 1)
      field.codes = moveBlock(field.codes, (<usize>field.codeCount) << 2, (<usize>capacity) << 2)
      field.codeCapacity = capacity
    }
    store<u32>(field.codes + ((<usize>field.codeCount) << 2), intern(scan, field, value))
    field.codeCount++
  }
  scan.usedCodes += scan.valueCount
  scan.rowCount++
  for (let i: u32 = 0; i < scan.fieldCount; i++) {
    const field = changetype<ScanField>(scan.fields + <usize>i * FIELD_BYTES)
    store<u32>(field.offsets + ((<usize>scan.rowCount) << 2), field.codeCount)
  }
}

function intern(scan: ScanState, field: ScanField, value: ScanValue): u32 {
  if (field.entryCount << 1 >= field.tableMask) growTable(field)
  const hash = <u32>hashBytes(value.address, value.length, scan.seed)
  let slot = hash
  while (true) {
    slot &= field.tableMask
    const code = load<u32>(field.table + ((<usize>slot) << 2))
    if (!code) break
    const entry = changetype<ScanEntry>(field.entries + ((<usize>code - 1) << 4))
    if (entry.hash == hash && entry.length == value.length && entry.kind == value.kind) {
      if (equalBytes(field.text + entry.offset, value.address, value.length)) return code - 1
    }
    slot++
  }
  const code = addEntry(scan, field, value, hash)
  store<u32>(field.table + ((<usize>slot) << 2), code + 1)
  return code
}

function addEntry(scan: ScanState, field: ScanField, value: ScanValue, hash: u32): u32 {
  const needed = field.textBytes + value.length + PADDING
  if (needed > field.textCapacity) {
    const capacity = max<u32>(FIRST_TEXT, needed + (needed >> 1))
    field.text = moveBlock(field.text, field.textBytes, capacity)
    field.textCapacity = capacity
  }
  if (field.entryCount == field.entryCapacity) {
    const capacity = max<u32>(FIRST_SLOTS, field.entryCapacity << 1)
    field.entries = moveBlock(field.entries, (<usize>field.entryCount) << 4, (<usize>capacity) << 4)
    field.entryCapacity = capacity
  }
  const entry = changetype<ScanEntry>(field.entries + ((<usize>field.entryCount) << 4))
  entry.offset = field.textBytes
  entry.length = value.length
  entry.hash = hash
  entry.kind = value.kind
  memory.copy(field.text + field.textBytes, value.address, value.length)
  field.textBytes += value.length
  scan.usedBytes += value.length + 16
  return field.entryCount++
}

/** Doubles the table and puts every entry into its new place. */
function growTable(field: ScanField): void {
  const slots = max<u32>(FIRST_SLOTS, (field.tableMask + 1) << 1)
  const table = moveBlock(field.table, 0, (<usize>slots) << 2)
  field.table = table
  field.tableMask = slots - 1
  for (let code: u32 = 0; code < field.entryCount; code++) {
    let slot = changetype<ScanEntry>(field.entries + ((<usize>code) << 4)).hash
    while (load<u32>(table + ((<usize>(slot & field.tableMask)) << 2))) slot++
    store<u32>(table + ((<usize>(slot & field.tableMask)) << 2), code + 1)
  }
}
