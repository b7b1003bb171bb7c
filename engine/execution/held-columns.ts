/**
 * HeldColumn: one column of rows that are held for long, in parts of HELD_PART_ROWS rows.
 *
 * In:   columns of batches, whose dictionaries and views die with them. Out: cells by row number.
 * Why parts: a part is allocated once and never copied again, so that holding n rows never needs room for 2n.
 */
import { allocateValues, cellAt, type Column, type ColumnValues, firstIndex, valueCount } from '../data/column.ts'
import { type Cell, type DataType, physicalOf } from '../data/data-type.ts'
import { HeldTexts } from '../data/held-texts.ts'

export const HELD_PART_ROWS = 16_384

const NOTHING = new Uint8Array(0)
const ALL_NULL = new Uint8Array(HELD_PART_ROWS).fill(1)

export class HeldColumn {
  private readonly parts: Column[] = []
  private readonly texts: HeldTexts | null
  private readonly none: boolean
  private values: ColumnValues
  private nulls = new Uint8Array(HELD_PART_ROWS)
  private offsets = new Int32Array(HELD_PART_ROWS + 1)
  private anyNull = false
  private anyMulti = false
  private used = 0
  private rows = 0
  private partBytes = 0
  /** Some row has several values. */
  multi = false

  constructor(readonly type: DataType) {
    this.none = physicalOf(type) === 'none'
    this.texts = physicalOf(type) === 'codes' ? new HeldTexts() : null
    this.values = this.none ? new Uint8Array(0) : allocateValues(type, HELD_PART_ROWS)
  }

  /** Bytes held by finished parts and by texts. */
  get byteLength(): number {
    return this.partBytes + (this.texts?.byteLength ?? 0)
  }

  /** Appends rows `from .. to - 1` of a column; they must not reach beyond the part (see `room`). */
  append(column: Column, from: number, to: number): void {
    for (let row = from; row < to; row++) {
      const count = this.none || column.type === 'null' ? 0 : valueCount(column, row)
      if (count === 0) {
        this.nulls[this.rows] = 1
        this.anyNull = true
        // Without offsets a null takes a place, so that the value of a row stands at the row's index.
        if (!this.none && !this.anyMulti) this.put(0)
      } else {
        if (count > 1 && !this.anyMulti) this.beginMulti()
        const first = firstIndex(column, row)
        for (let i = first; i < first + count; i++) this.putFrom(column, i)
      }
      this.rows++
      this.offsets[this.rows] = this.used
    }
    if (this.rows === HELD_PART_ROWS) this.closePart()
  }

  /** From here on rows have offsets: the places that nulls took are taken back. */
  private beginMulti(): void {
    this.anyMulti = true
    this.multi = true
    if (!this.anyNull) return
    let used = 0
    for (let row = 0; row < this.rows; row++) {
      this.offsets[row] = used
      if (this.nulls[row] === 0) this.values[used++] = this.values[row]!
    }
    this.offsets[this.rows] = used
    this.used = used
  }

  private putFrom(column: Column, index: number): void {
    const value = column.values[index]!
    this.put(this.texts ? this.texts.codeOf(column.dictionary!, value as number) : value)
  }

  private put(value: number | bigint): void {
    if (this.used === this.values.length) {
      const larger = allocateValues(this.type, this.values.length * 2)
      ;(larger as Float64Array).set(this.values as Float64Array)
      this.values = larger
    }
    if (typeof value === 'number' && (this.values instanceof BigInt64Array || this.values instanceof BigUint64Array)) value = 0n
    ;(this.values as { [i: number]: unknown })[this.used++] = value
  }

  /** Ends the part that is being filled. */
  closePart(): void {
    if (this.rows === 0) return
    const { type, rows, used, anyMulti, anyNull } = this
    const whole = !anyMulti && used === this.values.length
    const allNull = !anyMulti && anyNull && !this.nulls.subarray(0, rows).includes(0)
    const part: Column = {
      type,
      rowCount: rows,
      // Of a part without any value (most columns of `FROM *`) nothing is kept.
      values: allNull ? NOTHING : whole ? this.values : (this.values.slice(0, used) as ColumnValues),
      nulls: allNull ? ALL_NULL : anyNull && !anyMulti ? this.nulls.slice(0, rows) : null,
      offsets: anyMulti ? this.offsets.slice(0, rows + 1) : null,
      dictionary: this.texts
    }
    this.parts.push(part)
    const nullBytes = allNull ? 0 : (part.nulls?.byteLength ?? 0)
    this.partBytes += part.values.byteLength + nullBytes + (part.offsets?.byteLength ?? 0) + 128
    if (whole && !allNull && !this.none) this.values = allocateValues(type, HELD_PART_ROWS)
    this.nulls.fill(0)
    this.anyNull = false
    this.anyMulti = false
    this.used = 0
    this.rows = 0
  }

  /** The part of a row and the row's number in it. Only after `closePart`. */
  partOf(row: number): Column {
    return this.parts[Math.floor(row / HELD_PART_ROWS)]!
  }

  /** The cell of a row. */
  cell(row: number): Cell {
    return cellAt(this.partOf(row), row % HELD_PART_ROWS)
  }

  /** Parts in order of rows, for passes over the whole column. */
  allParts(): readonly Column[] {
    return this.parts
  }

  /** The texts of the column's codes; null for other types. */
  get dictionary(): HeldTexts | null {
    return this.texts
  }
}
