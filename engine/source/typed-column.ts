/**
 * TypedColumn: from a field's scanned codes to a Column with index semantics.
 *
 * In:   ScannedField of each batch of one input, in order. Out: a Column of the wanted type.
 * Holds: a dictionary entry is converted once in its epoch (tables by code), so rows cost no string work. Multi-values come
 *        as doc values keep them: keyword, ip and version sorted without duplicates, numbers and dates sorted with them; text
 *        and `sourceOrder` keep the order of the document. A value that does not fit vanishes and is counted.
 *        The columns of an epoch share one dictionary, which grows; it outlives the scanner's own.
 */
import { allocateValues, type Column, type ColumnValues, nullColumn } from '../data/column.ts'
import { type DataType, physicalOf } from '../data/data-type.ts'
import type { Dictionary } from '../data/dictionary.ts'
import { ipSortKey } from '../data/ip.ts'
import { compareCodePoints } from '../functions/code-points.ts'
import { compareVersions } from '../functions/version.ts'
import type { FieldType } from './field-types.ts'
import { ScalarKind, type ScannedField } from './record-scanner.ts'
import { ABSENT, type Conversion, conversionFor, NO_FIT, type Stored } from './scalar-conversion.ts'

export interface TypedColumnOptions {
  indexLimits: boolean
  sourceOrder: boolean
}

/** What a dictionary entry became; from NoFit on it is no value. */
const Entry = { Unknown: 0, Value: 1, OverLimit: 2, NoFit: 3, Absent: 4, LimitedAway: 5 } as const

/** Texts of one epoch; codes are those of the columns, given at first use. */
class EpochTexts implements Dictionary {
  readonly texts: string[] = []
  private readonly addresses: string[] = []

  get size(): number {
    return this.texts.length
  }

  text(code: number): string {
    return this.texts[code]!
  }

  /** What an address is ordered by; worked out once. */
  addressKey(code: number): string {
    return (this.addresses[code] ??= ipSortKey(this.texts[code]!))
  }
}

/** The values of one epoch by scan code. */
interface EpochTable {
  epoch: number
  states: Uint8Array
  values: ColumnValues
  texts: EpochTexts | null
  /** True when every entry so far is a value within the limit: rows need no counting. */
  plain: boolean
}

export class TypedColumn {
  /** Values that do not fit the type (and became null), in the rows handed on. */
  unfit = 0
  /** Values longer than ignore_above, kept or not. */
  overLimit = 0
  /** ignore_above; Infinity: none. */
  readonly limit: number
  private readonly conversion: Conversion | null
  private readonly order: ((a: number, b: number) => number) | 'numeric' | null
  private readonly distinct: boolean
  private table: EpochTable | null = null
  private absent: Column | null = null

  constructor(
    readonly name: string,
    readonly type: DataType,
    field: FieldType | null,
    private readonly options: TypedColumnOptions
  ) {
    this.conversion = conversionFor(type, field)
    this.limit = type === 'keyword' ? (field?.ignoreAbove ?? Infinity) : Infinity
    const keepsOrder = options.sourceOrder || type === 'text' || type === 'geo_point'
    this.order = keepsOrder ? null : this.orderOf(type)
    this.distinct = !keepsOrder && physicalOf(type) === 'codes'
  }

  /** The rows of one batch. */
  convert(field: ScannedField, rowCount: number): Column {
    if (!this.conversion || field.codes.length === 0) return this.absentColumn(rowCount)
    const table = this.tableFor(field)
    this.fill(table, field)
    if (!table.plain) this.count(table, field.codes)
    if (table.plain && isOneEach(field.offsets, rowCount))
      return this.column(rowCount, this.pick(table, field.codes), null, null, table)
    const counts = keptCounts(table, field, rowCount)
    const most = counts.reduce((a, b) => Math.max(a, b), 0)
    return most <= 1 ? this.nullable(table, field, counts) : this.multi(table, field, rowCount)
  }

  /** Nothing but nulls; columns are never changed, so batches of one size share it. */
  private absentColumn(rowCount: number): Column {
    if (this.absent?.rowCount !== rowCount) this.absent = nullColumn(this.type, rowCount)
    return this.absent
  }

  private column(
    rowCount: number,
    values: ColumnValues,
    nulls: Uint8Array | null,
    offsets: Int32Array | null,
    table: EpochTable
  ): Column {
    return { type: this.type, rowCount, values, nulls, offsets, dictionary: table.texts }
  }

  private tableFor(field: ScannedField): EpochTable {
    const { epoch, size } = field.dictionary
    let table = this.table
    if (!table || table.epoch !== epoch) {
      const texts = physicalOf(this.type) === 'codes' ? new EpochTexts() : null
      table = { epoch, states: new Uint8Array(0), values: allocateValues(this.type, 0), texts, plain: true }
      this.table = table
    }
    if (table.states.length < size) {
      const capacity = Math.max(size, table.states.length * 2, 64)
      const states = new Uint8Array(capacity)
      states.set(table.states)
      const values = allocateValues(this.type, capacity)
      ;(values as Float64Array).set(table.values as Float64Array)
      table.states = states
      table.values = values
    }
    return table
  }

  /** Converts the entries this batch uses for the first time. */
  private fill(table: EpochTable, field: ScannedField): void {
    const { states } = table
    const { codes, dictionary } = field
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i]!
      if (states[code] === Entry.Unknown) this.fillEntry(table, code, dictionary.kind(code), dictionary.text(code))
    }
  }

  private fillEntry(table: EpochTable, code: number, kind: ScalarKind, text: string): void {
    const stored = this.conversion!(kind, text)
    if (stored === NO_FIT || stored === ABSENT) {
      table.states[code] = stored === NO_FIT ? Entry.NoFit : Entry.Absent
      table.plain = false
      return
    }
    const over = text.length > this.limit
    if (over) table.plain = false
    table.states[code] = over ? (this.options.indexLimits ? Entry.LimitedAway : Entry.OverLimit) : Entry.Value
    ;(table.values as { [code: number]: Stored })[code] = table.texts ? table.texts.texts.push(stored as string) - 1 : stored
  }

  private count(table: EpochTable, codes: Int32Array): void {
    for (const code of codes) {
      const state = table.states[code]!
      if (state === Entry.NoFit) this.unfit++
      else if (state === Entry.OverLimit || state === Entry.LimitedAway) this.overLimit++
    }
  }

  /** One value for each of `codes`. */
  private pick(table: EpochTable, codes: Int32Array): ColumnValues {
    const values = allocateValues(this.type, codes.length)
    copyPicked(table.values, codes, values)
    return values
  }

  /** At most one value a row: nulls are flagged, rows stay where they are. */
  private nullable(table: EpochTable, field: ScannedField, counts: Int32Array): Column {
    const rowCount = counts.length
    const nulls = new Uint8Array(rowCount)
    const picked = new Int32Array(rowCount)
    let any = false
    for (let row = 0; row < rowCount; row++) {
      if (counts[row] === 0) {
        nulls[row] = 1
        any = true
        continue
      }
      let at = field.offsets[row]!
      while (!isValue(table.states[field.codes[at]!]!)) at++
      picked[row] = field.codes[at]!
    }
    if (table.states.length === 0) return nullColumn(this.type, rowCount)
    const values = this.pick(table, picked)
    if (any) for (let row = 0; row < rowCount; row++) if (nulls[row]) (values as { [i: number]: unknown })[row] = zeroOf(values)
    return this.column(rowCount, values, any ? nulls : null, null, table)
  }

  /** Rows with several values: each is ordered, and its duplicates go, as doc values have it. */
  private multi(table: EpochTable, field: ScannedField, rowCount: number): Column {
    const { codes } = field
    const kept = new Int32Array(codes.length)
    const offsets = new Int32Array(rowCount + 1)
    let end = 0
    let most = 0
    for (let row = 0; row < rowCount; row++) {
      const start = end
      for (let at = field.offsets[row]!; at < field.offsets[row + 1]!; at++) {
        if (isValue(table.states[codes[at]!]!)) kept[end++] = codes[at]!
      }
      if (end - start > 1) end = this.arrange(table, kept, start, end)
      most = Math.max(most, end - start)
      offsets[row + 1] = end
    }
    const values = this.pick(table, kept.subarray(0, end))
    if (most === 1 && end === rowCount) return this.column(rowCount, values, null, null, table)
    return this.column(rowCount, values, null, offsets, table)
  }

  /** Sorts `codes[start, end)` by value and drops duplicates; answers the new end. */
  private arrange(table: EpochTable, codes: Int32Array, start: number, end: number): number {
    if (this.order === null) return end
    const { values } = table
    const order = this.order
    const compare =
      order === 'numeric'
        ? (a: number, b: number) => (values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : 0)
        : (a: number, b: number) => order(values[a] as number, values[b] as number)
    codes.subarray(start, end).sort(compare)
    if (!this.distinct) return end
    let write = start + 1
    for (let read = start + 1; read < end; read++)
      if (compare(codes[write - 1]!, codes[read]!) !== 0) codes[write++] = codes[read]!
    return write
  }

  private orderOf(type: DataType): ((a: number, b: number) => number) | 'numeric' {
    if (physicalOf(type) !== 'codes') return 'numeric'
    const text = (code: number) => this.table!.texts!.texts[code]!
    if (type === 'ip') return (a, b) => compareUnits(this.table!.texts!.addressKey(a), this.table!.texts!.addressKey(b))
    const compare = type === 'version' ? compareVersions : compareCodePoints
    return (a, b) => compare(text(a), text(b))
  }
}

function compareUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function isValue(state: number): boolean {
  return state === Entry.Value || state === Entry.OverLimit
}

function isOneEach(offsets: Int32Array, rowCount: number): boolean {
  for (let row = 0; row <= rowCount; row++) if (offsets[row] !== row) return false
  return true
}

/** Values kept of each row. */
function keptCounts(table: EpochTable, field: ScannedField, rowCount: number): Int32Array {
  const counts = new Int32Array(rowCount)
  for (let row = 0; row < rowCount; row++) {
    const start = field.offsets[row]!
    const end = field.offsets[row + 1]!
    if (table.plain) counts[row] = end - start
    else for (let at = start; at < end; at++) if (isValue(table.states[field.codes[at]!]!)) counts[row]!++
  }
  return counts
}

/** `to[i] = from[codes[i]]`; 64-bit values go as two halves, so that no bigint is made. */
function copyPicked(from: ColumnValues, codes: Int32Array, to: ColumnValues): void {
  if (!(from instanceof BigInt64Array) && !(from instanceof BigUint64Array)) {
    for (let i = 0; i < codes.length; i++) (to as Float64Array)[i] = from[codes[i]!]!
    return
  }
  const source = new Int32Array(from.buffer, from.byteOffset, from.length * 2)
  const target = new Int32Array(to.buffer, to.byteOffset, to.length * 2)
  for (let i = 0; i < codes.length; i++) {
    target[2 * i] = source[2 * codes[i]!]!
    target[2 * i + 1] = source[2 * codes[i]! + 1]!
  }
}

function zeroOf(values: ColumnValues): number | bigint {
  return values instanceof BigInt64Array || values instanceof BigUint64Array ? 0n : 0
}
