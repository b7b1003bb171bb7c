/** Statistics of one cell: a percentile, the median distance from the median, a weighted sum. */
import { isValues } from '../data/column.ts'
import type { Cell, DataType, Value } from '../data/data-type.ts'
import { finite } from './arithmetic.ts'
import { type ArgumentInfo, MULTI_VALUE_TEXT, type RowFunction, type ScalarFunction, ValueError } from './definition.ts'
import { formatJavaDouble } from './java-number.ts'
import { bindMedian } from './multivalue.ts'
import { scalar } from './scalar.ts'

type Filled = Value | readonly Value[]

const valuesOf = (cell: Filled): readonly Value[] => (isValues(cell) ? cell : [cell])

/** The number of a parameter that takes no multi-value. */
function parameter(cell: Cell): number {
  if (cell !== null && isValues(cell)) throw new ValueError(MULTI_VALUE_TEXT)
  return Number(cell)
}

/** Whole numbers are cut toward the lower neighbour, doubles interpolated. */
function between(low: Value, high: Value, fraction: number, type: DataType): Value {
  if (typeof low === 'bigint') return low + scaled((high as bigint) - low, fraction)
  const [from, to] = [low as number, high as number]
  if (type === 'integer') return from + Math.trunc(fraction * (to - from))
  // the difference of values on both sides of 0 could overflow
  if (from < 0 && to > 0) return from + fraction * to - fraction * from
  return from + fraction * (to - from)
}

/** Difference times fraction, cut to a whole number and exact beyond 2^53. */
function scaled(difference: bigint, fraction: number): bigint {
  if (difference < 2n ** 53n) return BigInt(Math.trunc(fraction * Number(difference)))
  const units = 2n ** 53n
  return (difference * BigInt(Math.round(fraction * Number(units)))) / units
}

function bindPercentile(params: readonly DataType[]): RowFunction {
  return (cell: Filled, percentCell: Filled) => {
    const percent = parameter(percentCell)
    if (!(percent >= 0 && percent <= 100)) {
      const found = `found [${formatJavaDouble(percent)}]`
      throw new ValueError(
        `java.lang.IllegalArgumentException: Percentile parameter must be a number between 0 and 100, ${found}`
      )
    }
    const sorted = [...valuesOf(cell)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    const rank = (percent / 100) * (sorted.length - 1)
    const below = Math.floor(rank)
    if (below === sorted.length - 1) return sorted[below]!
    return between(sorted[below]!, sorted[below + 1]!, rank - below, params[0]!)
  }
}

/** The distances are of the same type as the values and may leave its range. */
function bindDeviation(params: readonly DataType[]): RowFunction {
  const median = bindMedian(params) as unknown as (cell: Filled) => Value
  const type = params[0]!
  const distance = (a: Value, b: Value): Value => {
    if (typeof a !== 'bigint') {
      const apart = Math.abs((a as number) - (b as number))
      if (type === 'integer' && apart > 2147483647) throw new ValueError('java.lang.ArithmeticException: integer overflow')
      return apart
    }
    const apart = a > (b as bigint) ? a - (b as bigint) : (b as bigint) - a
    if (type === 'long' && apart > 2n ** 63n - 1n) throw new ValueError('java.lang.ArithmeticException: long overflow')
    return apart
  }
  return (cell: Filled) => {
    const middle = median(cell)
    return median(valuesOf(cell).map((value) => distance(value, middle)))
  }
}

/** Sum of value number i divided by i to the power p, compensated. */
function weightedSum(cell: Filled, powerCell: Filled): number {
  const power = parameter(powerCell)
  let sum = 0
  let compensation = 0
  valuesOf(cell).forEach((value, i) => {
    const term = (value as number) / (i + 1) ** power
    const next = sum + term
    compensation += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum
    sum = next
  })
  if (!Number.isFinite(sum)) throw new ValueError('java.lang.ArithmeticException: double overflow')
  return finite(sum + compensation)
}

function checkPower(args: readonly ArgumentInfo[]): string | null {
  const power = args[1]!
  return power.type === 'null' || power.constant !== undefined
    ? null
    : `second argument of [{call}] must be a constant, received [${power.text}]`
}

export const MULTIVALUE_STATISTICS: readonly ScalarFunction[] = [
  scalar({
    name: 'MV_PERCENTILE',
    doc: 'The value of a cell below which so many percent of its values lie, interpolated.',
    example: 'MV_PERCENTILE(network.bytes, 95)',
    signatures: [
      'integer, integer|long|double -> integer',
      'long, integer|long|double -> long',
      'double, integer|long|double -> double'
    ],
    multivalue: 'whole',
    bind: bindPercentile
  }),
  scalar({
    name: 'MV_MEDIAN_ABSOLUTE_DEVIATION',
    doc: 'The median of the distances of a cell from its median.',
    example: 'MV_MEDIAN_ABSOLUTE_DEVIATION(network.bytes)',
    signatures: ['numeric -> $1'],
    multivalue: 'whole',
    bind: bindDeviation
  }),
  scalar({
    name: 'MV_PSERIES_WEIGHTED_SUM',
    doc: 'Sum of the values of a cell, the n-th divided by n to a power.',
    example: 'MV_PSERIES_WEIGHTED_SUM([70.0, 45.0], 1.5)',
    signatures: ['double, double -> double'],
    check: checkPower,
    multivalue: 'whole',
    row: weightedSum
  })
]
