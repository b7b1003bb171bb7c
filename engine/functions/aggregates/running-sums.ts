/**
 * Running sums, one a group: the state under SUM, AVG and WEIGHTED_AVG.
 *
 * Whole numbers are summed exactly: in doubles while the sum is below 2^52, in a bigint beside it when it leaves that range.
 * Doubles are summed with Kahan's compensation, in the order they come, as Elasticsearch does: the last digits are the same.
 */
import type { Column } from '../../data/column.ts'
import { FlatValues, grown, halvesOf } from './flat-values.ts'

const EXACT = 2 ** 52

/** Exact sums of whole numbers, one a group. */
export class WholeSums {
  counts = new Float64Array(16)
  private lows = new Float64Array(16)
  private readonly carried = new Map<number, bigint>()
  private readonly flat = new FlatValues()

  add(groups: Int32Array, column: Column, rowCount: number): void {
    const { flat } = this
    flat.fill(groups, column, rowCount)
    this.counts = grown(this.counts, flat.groupCount)
    this.lows = grown(this.lows, flat.groupCount)
    if (column.type === 'integer') this.addIntegers(column.values as Int32Array)
    else if (flat.count > 0) this.addLongs(column.values as BigInt64Array)
  }

  private addIntegers(values: Int32Array): void {
    const { flat, lows, counts } = this
    for (let i = 0; i < flat.count; i++) {
      const group = flat.groups[i]!
      const sum = lows[group]! + values[flat.indexes[i]!]!
      counts[group]!++
      lows[group] = sum
      if (sum > EXACT || sum < -EXACT) this.carry(group, 0n)
    }
  }

  private addLongs(values: BigInt64Array): void {
    const { flat, lows, counts } = this
    const halves = halvesOf(values)
    for (let i = 0; i < flat.count; i++) {
      const group = flat.groups[i]!
      const at = flat.indexes[i]!
      const high = halves[2 * at + 1]!
      counts[group]!++
      if (high >= 1048576 || high < -1048576) {
        this.carry(group, values[at]!)
        continue
      }
      const sum = lows[group]! + high * 4294967296 + (halves[2 * at]! >>> 0)
      lows[group] = sum
      if (sum > EXACT || sum < -EXACT) this.carry(group, 0n)
    }
  }

  private carry(group: number, value: bigint): void {
    this.carried.set(group, (this.carried.get(group) ?? 0n) + BigInt(this.lows[group]!) + value)
    this.lows[group] = 0
  }

  total(group: number): bigint {
    return BigInt(this.lows[group] ?? 0) + (this.carried.get(group) ?? 0n)
  }
}

/** Compensated sums of doubles, one a group. */
export class DoubleSums {
  counts = new Float64Array(16)
  private sums = new Float64Array(16)
  private compensations = new Float64Array(16)
  private readonly flat = new FlatValues()

  add(groups: Int32Array, column: Column, rowCount: number): void {
    const { flat } = this
    flat.fill(groups, column, rowCount)
    this.reserve(flat.groupCount)
    const { sums, compensations, counts } = this
    const values = column.values as Float64Array
    for (let i = 0; i < flat.count; i++) {
      const group = flat.groups[i]!
      const value = values[flat.indexes[i]!]!
      const sum = sums[group]!
      const corrected = value + compensations[group]!
      const next = sum + corrected
      compensations[group] = corrected - (next - sum)
      sums[group] = next
      counts[group]!++
    }
  }

  /** Adds one value; for accumulators that compute theirs row by row. */
  addOne(group: number, value: number): void {
    this.reserve(group + 1)
    const sum = this.sums[group]!
    const corrected = value + this.compensations[group]!
    const next = sum + corrected
    this.compensations[group] = corrected - (next - sum)
    this.sums[group] = next
    this.counts[group]!++
  }

  private reserve(groupCount: number): void {
    this.sums = grown(this.sums, groupCount)
    this.compensations = grown(this.compensations, groupCount)
    this.counts = grown(this.counts, groupCount)
  }

  total(group: number): number {
    return this.sums[group] ?? 0
  }
}
