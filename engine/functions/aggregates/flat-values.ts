/**
 * FlatValues: the values of one batch that take part in an aggregate, laid out as two parallel arrays.
 *
 * In: group of each row (-1: no part) and a column with nulls and multi-values. Out: for each value its group and its place
 * in `column.values`, so that every accumulator is one plain loop over typed arrays.
 * Owns its arrays and uses them again for the next batch.
 */
import type { Column } from '../../data/column.ts'

export class FlatValues {
  groups = new Int32Array(0)
  indexes = new Int32Array(0)
  count = 0
  /** One more than the largest group of the batch, rows without a value included. */
  groupCount = 0

  /** Takes the values of `column`. */
  fill(groups: Int32Array, column: Column, rowCount: number): void {
    this.reserve(column.offsets ? column.offsets[rowCount]! : rowCount)
    this.groupCount = 0
    this.count = column.offsets ? this.fillMulti(groups, column.offsets, rowCount) : this.fillSingle(groups, column, rowCount)
  }

  private fillSingle(groups: Int32Array, column: Column, rowCount: number): number {
    const { nulls } = column
    const isNull = column.values.length === 0
    let count = 0
    for (let row = 0; row < rowCount; row++) {
      const group = groups[row]!
      if (group < 0) continue
      if (group >= this.groupCount) this.groupCount = group + 1
      if (isNull || (nulls !== null && nulls[row] === 1)) continue
      this.groups[count] = group
      this.indexes[count++] = row
    }
    return count
  }

  private fillMulti(groups: Int32Array, offsets: Int32Array, rowCount: number): number {
    let count = 0
    for (let row = 0; row < rowCount; row++) {
      const group = groups[row]!
      if (group < 0) continue
      if (group >= this.groupCount) this.groupCount = group + 1
      for (let i = offsets[row]!; i < offsets[row + 1]!; i++) {
        this.groups[count] = group
        this.indexes[count++] = i
      }
    }
    return count
  }

  private reserve(capacity: number): void {
    if (this.groups.length >= capacity) return
    this.groups = new Int32Array(capacity)
    this.indexes = new Int32Array(capacity)
  }
}

type Growable = Uint8Array | Int32Array | Float64Array | BigInt64Array | BigUint64Array

/** `array` or a copy at least `length` long, twice as long as before; new places hold `fill` (0 unless given). */
export function grown<T extends Growable>(
  array: T,
  length: number,
  fill?: T extends BigInt64Array | BigUint64Array ? bigint : number
): T {
  if (array.length >= length) return array
  const capacity = Math.max(length, array.length * 2, 16)
  const larger = new (array.constructor as new (length: number) => T)(capacity)
  ;(larger as Float64Array).set(array as Float64Array)
  if (fill !== undefined) (larger as Float64Array).fill(fill as number, array.length)
  return larger
}

/** The 32-bit halves of 64-bit values: low at 2i, high at 2i + 1 (every host we run on is little-endian). */
export function halvesOf(values: BigInt64Array | BigUint64Array | Float64Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.length * 2)
}
