/** SUM, AVG, WEIGHTED_AVG, STD_DEV and VARIANCE. Sums of whole numbers are exact, those of doubles compensated (`running-sums.ts`). */
import type { Column } from '../../data/column.ts'
import { isNullAt, valueCount } from '../../data/column.ts'
import type { DataType } from '../../data/data-type.ts'
import {
  type Accumulator,
  type AggregateContext,
  type AggregateFunction,
  type ArgumentInfo,
  MULTI_VALUE_TEXT,
  type Resolution
} from '../definition.ts'
import { formatJavaDouble } from '../java-number.ts'
import { resolveSignatures } from '../signatures.ts'
import { aggregate, nullAccumulator } from './aggregate.ts'
import { FlatValues, grown } from './flat-values.ts'
import { valuesColumn } from './result-column.ts'
import { DoubleSums, WholeSums } from './running-sums.ts'

type Warn = (message: string) => void

function isLong(value: bigint): boolean {
  return value === BigInt.asIntN(64, value)
}

const LONG_OVERFLOW = 'java.lang.ArithmeticException: long overflow'

/** One long a group; groups without values and sums out of range are null. */
class WholeSum implements Accumulator {
  private readonly sums = new WholeSums()
  constructor(private readonly warn: Warn) {}

  add(groups: Int32Array, columns: readonly Column[], rowCount: number): void {
    this.sums.add(groups, columns[0]!, rowCount)
  }

  finish(groupCount: number): Column {
    const values = new BigInt64Array(groupCount)
    const filled = new Uint8Array(groupCount)
    for (let group = 0; group < groupCount; group++) {
      if (!this.sums.counts[group]) continue
      const total = this.sums.total(group)
      if (isLong(total)) {
        values[group] = total
        filled[group] = 1
      } else this.warn(LONG_OVERFLOW)
    }
    return valuesColumn('long', groupCount, values, filled)
  }
}

/** A double a group; what is not finite is null with a warning. */
function doubleColumn(groupCount: number, warn: Warn, value: (group: number) => number | null): Column {
  const values = new Float64Array(groupCount)
  const filled = new Uint8Array(groupCount)
  for (let group = 0; group < groupCount; group++) {
    const result = value(group)
    if (result === null) continue
    if (Number.isFinite(result)) {
      values[group] = result
      filled[group] = 1
    } else warn(`java.lang.ArithmeticException: not a finite double number: ${formatJavaDouble(result)}`)
  }
  return valuesColumn('double', groupCount, values, filled)
}

class DoubleSum implements Accumulator {
  private readonly sums = new DoubleSums()
  constructor(
    private readonly warn: Warn,
    /** True divides by the number of values. */
    private readonly average: boolean
  ) {}

  add(groups: Int32Array, columns: readonly Column[], rowCount: number): void {
    this.sums.add(groups, columns[0]!, rowCount)
  }

  finish(groupCount: number): Column {
    const { sums } = this
    return doubleColumn(groupCount, this.warn, (group) => {
      const count = sums.counts[group] ?? 0
      return count === 0 ? null : this.average ? sums.total(group) / count : sums.total(group)
    })
  }
}

class WholeAverage implements Accumulator {
  private readonly sums = new WholeSums()
  constructor(private readonly warn: Warn) {}

  add(groups: Int32Array, columns: readonly Column[], rowCount: number): void {
    this.sums.add(groups, columns[0]!, rowCount)
  }

  finish(groupCount: number): Column {
    return doubleColumn(groupCount, this.warn, (group) => {
      const count = this.sums.counts[group] ?? 0
      if (count === 0) return null
      const total = this.sums.total(group)
      if (isLong(total)) return Number(total) / count
      this.warn(LONG_OVERFLOW)
      return null
    })
  }
}

/** Rows where either side is null or multi-valued take no part, the latter with a warning. */
class WeightedAverage implements Accumulator {
  private readonly products = new DoubleSums()
  private readonly weights = new DoubleSums()
  constructor(private readonly warn: Warn) {}

  add(groups: Int32Array, columns: readonly Column[], rowCount: number): void {
    const [values, weights] = columns as [Column, Column]
    for (let row = 0; row < rowCount; row++) {
      const group = groups[row]!
      if (group < 0) continue
      if (valueCount(values, row) > 1 || valueCount(weights, row) > 1) this.warn(MULTI_VALUE_TEXT)
      // SUM(value * weight) / SUM(weight): a weight without a value still weighs.
      const weight = numberAt(weights, row)
      const value = numberAt(values, row)
      if (weight !== null && value !== null) this.products.addOne(group, value * weight)
      if (weight !== null) this.weights.addOne(group, weight)
    }
  }

  finish(groupCount: number): Column {
    return doubleColumn(groupCount, this.warn, (group) => {
      if (!this.products.counts[group]) return null
      const weight = this.weights.total(group)
      if (weight !== 0) return this.products.total(group) / weight
      this.warn('java.lang.ArithmeticException: / by zero')
      return null
    })
  }
}

/** The single number of a row, or null. */
function numberAt(column: Column, row: number): number | null {
  if (isNullAt(column, row) || valueCount(column, row) > 1) return null
  return Number(column.values[column.offsets ? column.offsets[row]! : row])
}

/** Variance of the whole population, or its root, by Welford's running mean. */
class Dispersion implements Accumulator {
  private counts = new Float64Array(16)
  private means = new Float64Array(16)
  private squares = new Float64Array(16)
  private readonly flat = new FlatValues()
  constructor(
    private readonly warn: Warn,
    private readonly result: (variance: number) => number
  ) {}

  add(groups: Int32Array, columns: readonly Column[], rowCount: number): void {
    const { flat } = this
    flat.fill(groups, columns[0]!, rowCount)
    this.counts = grown(this.counts, flat.groupCount)
    this.means = grown(this.means, flat.groupCount)
    this.squares = grown(this.squares, flat.groupCount)
    const { counts, means, squares } = this
    const { values } = columns[0]!
    for (let i = 0; i < flat.count; i++) {
      const group = flat.groups[i]!
      const value = Number(values[flat.indexes[i]!]!)
      const count = ++counts[group]!
      const delta = value - means[group]!
      means[group]! += delta / count
      squares[group]! += delta * (value - means[group]!)
    }
  }

  finish(groupCount: number): Column {
    return doubleColumn(groupCount, this.warn, (group) => {
      const count = this.counts[group] ?? 0
      return count === 0 ? null : this.result(this.squares[group]! / count)
    })
  }
}

const isWhole = (type: DataType) => type === 'integer' || type === 'long'

function sum(params: readonly DataType[], context: AggregateContext): Accumulator {
  if (params[0] === 'null') return nullAccumulator('null')
  const warn = (message: string) => context.warn(message)
  return isWhole(params[0]!) ? new WholeSum(warn) : new DoubleSum(warn, false)
}

function average(params: readonly DataType[], context: AggregateContext): Accumulator {
  if (params[0] === 'null') return nullAccumulator('double')
  const warn = (message: string) => context.warn(message)
  return isWhole(params[0]!) ? new WholeAverage(warn) : new DoubleSum(warn, true)
}

/** A null stays null, whole numbers give long. */
function resolveSum(args: readonly ArgumentInfo[]): Resolution {
  const resolution = resolveSignatures('SUM', ['summable -> double'], args, { literals: 'keep' })
  if ('error' in resolution) return resolution
  const type = resolution.params[0]!
  return { params: resolution.params, returns: type === 'null' ? 'null' : isWhole(type) ? 'long' : 'double' }
}

export const SUM_AGGREGATES: readonly AggregateFunction[] = [
  aggregate({
    name: 'SUM',
    doc: 'Sum of the values; whole numbers give a long and are null when it overflows.',
    example: 'SUM(network.bytes)',
    signatures: resolveSum,
    create: (params, _args, context) => sum(params, context)
  }),
  aggregate({
    name: 'AVG',
    doc: 'Average of the values as a floating point number.',
    example: 'AVG(network.bytes)',
    signatures: ['summable -> double'],
    create: (params, _args, context) => average(params, context)
  }),
  aggregate({
    name: 'WEIGHTED_AVG',
    doc: 'Average of the first argument, each value weighted by the second.',
    example: 'WEIGHTED_AVG(network.bytes, network.packets)',
    signatures: ['summable, summable -> double'],
    create: (params, _args, context) =>
      params.includes('null') ? nullAccumulator('double') : new WeightedAverage((message) => context.warn(message))
  }),
  aggregate({
    name: 'STD_DEV',
    doc: 'Standard deviation of the values, taken as the whole population.',
    example: 'STD_DEV(network.bytes)',
    signatures: ['summable -> double'],
    create: (params, _args, context) =>
      params[0] === 'null' ? nullAccumulator('double') : new Dispersion((message) => context.warn(message), Math.sqrt)
  }),
  aggregate({
    name: 'VARIANCE',
    doc: 'Variance of the values, taken as the whole population.',
    example: 'VARIANCE(network.bytes)',
    signatures: ['summable -> double'],
    create: (params, _args, context) =>
      params[0] === 'null'
        ? nullAccumulator('double')
        : new Dispersion(
            (message) => context.warn(message),
            (value) => value
          )
  })
]
