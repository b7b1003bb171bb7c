/**
 * MEDIAN, PERCENTILE and MEDIAN_ABSOLUTE_DEVIATION, exact: every value is kept as a double until the end.
 *
 * Between two ranks the value is interpolated, as Elasticsearch's digest does while it still holds every value.
 */
import type { Column } from '../../data/column.ts'
import type { DataType } from '../../data/data-type.ts'
import type { Accumulator, AggregateFunction, ArgumentInfo } from '../definition.ts'
import { aggregate, nullAccumulator } from './aggregate.ts'
import { orderByGroup } from './distinct-set.ts'
import { FlatValues, grown } from './flat-values.ts'
import { valuesColumn } from './result-column.ts'

/** What is computed from the sorted values of one group (at least one). */
type Summary = (sorted: Float64Array) => number

class SortedSummary implements Accumulator {
  private groups = new Int32Array(64)
  private values = new Float64Array(64)
  private count = 0
  private readonly flat = new FlatValues()

  constructor(private readonly summary: Summary) {}

  add(groups: Int32Array, columns: readonly Column[], rowCount: number): void {
    const { flat } = this
    flat.fill(groups, columns[0]!, rowCount)
    this.groups = grown(this.groups, this.count + flat.count)
    this.values = grown(this.values, this.count + flat.count)
    const { values } = columns[0]!
    for (let i = 0; i < flat.count; i++) {
      this.groups[this.count] = flat.groups[i]!
      this.values[this.count++] = Number(values[flat.indexes[i]!]!)
    }
  }

  finish(groupCount: number): Column {
    const { starts, entries } = orderByGroup(this.groups, this.count, groupCount)
    const results = new Float64Array(groupCount)
    const filled = new Uint8Array(groupCount)
    for (let group = 0; group < groupCount; group++) {
      const own = entries.subarray(starts[group]!, starts[group + 1]!)
      if (own.length === 0) continue
      results[group] = this.summary(Float64Array.from(own, (entry) => this.values[entry]!).sort())
      filled[group] = 1
    }
    return valuesColumn('double', groupCount, results, filled)
  }
}

/** Value at a fraction (0 to 1) of the ranks, interpolated. */
export function quantile(sorted: Float64Array, fraction: number): number {
  const rank = fraction * (sorted.length - 1)
  const below = Math.floor(rank)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (rank - below) * (high - low)
}

function medianAbsoluteDeviation(sorted: Float64Array): number {
  const median = quantile(sorted, 0.5)
  return quantile(sorted.map((value) => Math.abs(value - median)).sort(), 0.5)
}

const summarize = (params: readonly DataType[], summary: Summary): Accumulator =>
  params[0] === 'null' ? nullAccumulator('double') : new SortedSummary(summary)

function percent(argument: ArgumentInfo): number {
  return Number(argument.constant ?? NaN)
}

export const QUANTILE_AGGREGATES: readonly AggregateFunction[] = [
  aggregate({
    name: 'MEDIAN',
    doc: 'The middle value: half of the values are below it, half above.',
    example: 'MEDIAN(network.bytes)',
    signatures: ['summable -> double'],
    create: (params) => summarize(params, (sorted) => quantile(sorted, 0.5))
  }),
  aggregate({
    name: 'PERCENTILE',
    doc: 'The value below which so many percent of the values lie, interpolated.',
    example: 'PERCENTILE(network.bytes, 95)',
    signatures: ['summable, integer|long|double! -> double'],
    check: (args) => {
      const value = percent(args[1]!)
      return value >= 0 && value <= 100 ? null : `percentile of [{call}] must be between 0 and 100, found [${args[1]!.text}]`
    },
    create: (params, args) => summarize(params, (sorted) => quantile(sorted, percent(args[1]!) / 100))
  }),
  aggregate({
    name: 'MEDIAN_ABSOLUTE_DEVIATION',
    doc: 'The median of the distances from the median.',
    example: 'MEDIAN_ABSOLUTE_DEVIATION(network.bytes)',
    signatures: ['summable -> double'],
    create: (params) => summarize(params, medianAbsoluteDeviation)
  })
]
