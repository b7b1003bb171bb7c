/**
 * Column: one field of a batch.
 *
 * `values` is flat. Without `offsets` row i is `values[i]`, null where `nulls[i]` is 1. With `offsets` (rows + 1 of them)
 * row i is `values[offsets[i] .. offsets[i+1]]`: empty means null, two or more a multi-value, and `nulls` is absent.
 * A column owns its arrays and is never changed once a batch carries it; operators share columns freely.
 */
import { assert } from '../base/assert.ts'
import { type Cell, type DataType, type Value, physicalOf } from './data-type.ts'
import { type Dictionary, TextDictionary } from './dictionary.ts'

export type ColumnValues = Uint8Array | Int32Array | BigInt64Array | BigUint64Array | Float64Array

export interface Column {
  readonly type: DataType
  readonly rowCount: number
  readonly values: ColumnValues
  readonly nulls: Uint8Array | null
  readonly offsets: Int32Array | null
  /** Present exactly when the physical storage is `codes`. */
  readonly dictionary: Dictionary | null
}

const NO_VALUES = new Uint8Array(0)

/** A column of `rowCount` nulls; the type may be any, `null` itself included. */
export function nullColumn(type: DataType, rowCount: number): Column {
  const physical = physicalOf(type)
  const dictionary = physical === 'codes' ? new TextDictionary() : null
  if (physical === 'none')
    return { type, rowCount, values: NO_VALUES, nulls: new Uint8Array(rowCount).fill(1), offsets: null, dictionary }
  return {
    type,
    rowCount,
    values: allocateValues(type, rowCount),
    nulls: new Uint8Array(rowCount).fill(1),
    offsets: null,
    dictionary
  }
}

/** Zeroed storage for `count` values of `type`. */
export function allocateValues(type: DataType, count: number): ColumnValues {
  switch (physicalOf(type)) {
    case 'bool':
      return new Uint8Array(count)
    case 'i32':
    case 'codes':
      return new Int32Array(count)
    case 'i64':
      return new BigInt64Array(count)
    case 'u64':
      return new BigUint64Array(count)
    case 'f64':
      return new Float64Array(count)
    case 'none':
      return NO_VALUES
  }
}

export function valueCount(column: Column, row: number): number {
  if (column.offsets) return column.offsets[row + 1]! - column.offsets[row]!
  return column.nulls?.[row] ? 0 : 1
}

export function isNullAt(column: Column, row: number): boolean {
  return valueCount(column, row) === 0
}

/** Index into `values` of the first value of `row`; meaningful only when the row is not null. */
export function firstIndex(column: Column, row: number): number {
  return column.offsets ? column.offsets[row]! : row
}

/** The value at a flat index, as a row function sees it. */
export function valueAt(column: Column, index: number): Value {
  if (column.dictionary) return column.dictionary.text(column.values[index] as number)
  if (column.type === 'boolean') return column.values[index] === 1
  return column.values[index]!
}

/** The whole cell of a row. */
export function cellAt(column: Column, row: number): Cell {
  const count = valueCount(column, row)
  if (count === 0) return null
  const first = firstIndex(column, row)
  if (count === 1) return valueAt(column, first)
  const values: Value[] = []
  for (let i = first; i < first + count; i++) values.push(valueAt(column, i))
  return values
}

/** Collects cells of one type into a column. The builder owns its arrays until `finish`. */
export class ColumnBuilder {
  private values: ColumnValues
  private count = 0
  private readonly starts: number[] = []
  private multi = false
  private hasNull = false
  private readonly dictionary: TextDictionary | null

  constructor(
    readonly type: DataType,
    capacity = 64
  ) {
    this.values = allocateValues(type, capacity)
    this.dictionary = physicalOf(type) === 'codes' ? new TextDictionary() : null
  }

  get rowCount(): number {
    return this.starts.length
  }

  append(cell: Cell): void {
    this.starts.push(this.count)
    if (cell === null || physicalOf(this.type) === 'none') {
      this.hasNull = true
    } else if (isValues(cell)) {
      if (cell.length === 0) this.hasNull = true
      if (cell.length > 1) this.multi = true
      for (const value of cell) this.push(value)
    } else this.push(cell)
  }

  private push(value: Value): void {
    if (this.count === this.values.length) this.grow()
    const stored = this.dictionary ? this.dictionary.intern(value as string) : typeof value === 'boolean' ? Number(value) : value
    ;(this.values as { [i: number]: unknown })[this.count++] = stored
  }

  private grow(): void {
    const larger = allocateValues(this.type, Math.max(64, this.values.length * 2))
    ;(larger as Float64Array).set(this.values as Float64Array)
    this.values = larger
  }

  finish(): Column {
    const rowCount = this.starts.length
    const { type, dictionary } = this
    if (physicalOf(type) === 'none') return nullColumn(type, rowCount)
    if (!this.multi && !this.hasNull) {
      assert(this.count === rowCount, 'every row has one value')
      return { type, rowCount, values: this.values.subarray(0, rowCount), nulls: null, offsets: null, dictionary }
    }
    const offsets = new Int32Array(rowCount + 1)
    offsets.set(this.starts)
    offsets[rowCount] = this.count
    return { type, rowCount, values: this.values.subarray(0, this.count), nulls: null, offsets, dictionary }
  }
}

export function isValues(cell: Cell): cell is readonly Value[] {
  return Array.isArray(cell)
}

/** Rows of `column` in the order of `rows` (indexes may repeat). Shares the dictionary. */
export function gather(column: Column, rows: Int32Array): Column {
  const { type, dictionary } = column
  const rowCount = rows.length
  if (physicalOf(type) === 'none') return nullColumn(type, rowCount)
  if (!column.offsets) {
    const values = allocateValues(type, rowCount)
    for (let i = 0; i < rowCount; i++) values[i] = column.values[rows[i]!]!
    let nulls: Uint8Array | null = null
    if (column.nulls) {
      nulls = new Uint8Array(rowCount)
      for (let i = 0; i < rowCount; i++) nulls[i] = column.nulls[rows[i]!]!
    }
    return { type, rowCount, values, nulls, offsets: null, dictionary }
  }
  const offsets = new Int32Array(rowCount + 1)
  for (let i = 0; i < rowCount; i++) offsets[i + 1] = offsets[i]! + valueCount(column, rows[i]!)
  const values = allocateValues(type, offsets[rowCount]!)
  for (let i = 0; i < rowCount; i++) {
    const from = column.offsets[rows[i]!]!
    const to = column.offsets[rows[i]! + 1]!
    ;(values as Float64Array).set(column.values.subarray(from, to) as Float64Array, offsets[i]!)
  }
  return { type, rowCount, values, nulls: null, offsets, dictionary }
}

/** Row i is the values of rows `items[starts[i] .. starts[i + 1]]`, one behind the other. Shares the dictionary. */
export function gatherRuns(column: Column, items: Int32Array, starts: Int32Array): Column {
  const { type, dictionary } = column
  const rowCount = starts.length - 1
  if (physicalOf(type) === 'none') return nullColumn(type, rowCount)
  const offsets = new Int32Array(rowCount + 1)
  for (let row = 0; row < rowCount; row++) {
    let count = 0
    for (let i = starts[row]!; i < starts[row + 1]!; i++) count += valueCount(column, items[i]!)
    offsets[row + 1] = offsets[row]! + count
  }
  const values = allocateValues(type, offsets[rowCount]!)
  let at = 0
  for (let i = starts[0]!; i < starts[rowCount]!; i++) {
    const first = firstIndex(column, items[i]!)
    const count = valueCount(column, items[i]!)
    for (let v = 0; v < count; v++) values[at++] = column.values[first + v]!
  }
  return { type, rowCount, values, nulls: null, offsets, dictionary }
}

/** A column that repeats one cell. */
export function constantColumn(type: DataType, cell: Cell, rowCount: number): Column {
  if (cell === null || physicalOf(type) === 'none') return nullColumn(type, rowCount)
  const one = new ColumnBuilder(type, 1)
  one.append(cell)
  return gather(one.finish(), new Int32Array(rowCount))
}

/** The column with another name for its type, where both share the storage (keyword as text, and so on). */
export function retyped(column: Column, type: DataType): Column {
  if (column.type === 'null') return nullColumn(type, column.rowCount)
  assert(physicalOf(column.type) === physicalOf(type), 'retyping keeps the storage')
  return { ...column, type }
}
