/** Functions on whole multi-values. They see each cell as it is: one value or an array of them, in its order. */
import { isValues } from '../data/column.ts'
import type { Cell, DataType, Value } from '../data/data-type.ts'
import { arithmetic, finite } from './arithmetic.ts'
import { valueComparator } from './comparison.ts'
import { compensatedSum } from './compensated-sum.ts'
import {
  type ArgumentInfo,
  MULTI_VALUE_TEXT,
  type Resolution,
  type RowFunction,
  type ScalarFunction,
  ValueError
} from './definition.ts'
import { constantText, scalar, type ScalarFacts } from './scalar.ts'
import { commonType, resultLike, wrongCount, wrongType } from './signatures.ts'

type Filled = Value | readonly Value[]

function valuesOf(cell: Cell): readonly Value[] {
  return cell === null ? [] : isValues(cell) ? cell : [cell]
}

/** The cell of some values: none is null, one is that value. */
function cellOf(values: readonly Value[]): Cell {
  return values.length === 0 ? null : values.length === 1 ? values[0]! : values
}

function whole(facts: ScalarFacts): ScalarFunction {
  return scalar({ multivalue: 'whole', ...facts })
}

/** The one value of an argument that takes no multi-value. */
function single<T extends Value>(cell: Cell): T {
  if (cell !== null && isValues(cell)) throw new ValueError(MULTI_VALUE_TEXT)
  return cell as T
}

function extreme(name: 'MV_MIN' | 'MV_MAX', doc: string, sign: 1 | -1): ScalarFunction {
  return whole({
    name,
    doc,
    example: `${name}(process.args)`,
    signatures: ['representable -> $1'],
    bind(params) {
      const compare = valueComparator(params[0]!)
      return (cell: Filled) =>
        isValues(cell) ? cell.reduce((best, value) => (sign * compare(value, best) < 0 ? value : best)) : cell
    }
  })
}

function bindSum(params: readonly DataType[]): RowFunction {
  if (params[0] === 'double') return (cell: Filled) => finite(compensatedSum(valuesOf(cell) as readonly number[]))
  const add = arithmetic('+', params[0]!) as unknown as (a: Value, b: Value) => Value
  return (cell: Filled) => (isValues(cell) ? cell.reduce((sum, value) => add(sum, value)) : cell)
}

function average(cell: Filled): number {
  const values = valuesOf(cell)
  // Whole numbers are summed exactly first, so that the average does not depend on their order.
  const isBig = typeof values[0] === 'bigint'
  const sum = isBig ? Number((values as bigint[]).reduce((a, b) => a + b, 0n)) : compensatedSum(values as number[])
  return sum / values.length
}

/** Middle value; of an even number of values the mean of the two middle ones, rounded down for whole numbers. */
export function bindMedian(params: readonly DataType[]): RowFunction {
  const type = params[0]!
  const compare = valueComparator(type)
  return (cell: Filled) => {
    const sorted = [...valuesOf(cell)].sort(compare)
    const middle = sorted.length >> 1
    if (sorted.length % 2 === 1) return sorted[middle]!
    const [low, high] = [sorted[middle - 1]!, sorted[middle]!]
    if (typeof low === 'bigint') return (low + (high as bigint)) >> 1n
    const mean = ((low as number) + (high as number)) / 2
    return type === 'integer' ? Math.floor(mean) : mean
  }
}

// Elasticsearch finds duplicates of few values by comparing them in place, of more by sorting.
const SORTED_FROM: Partial<Record<DataType, number>> = {
  integer: 300,
  long: 300,
  date: 300,
  date_nanos: 300,
  unsigned_long: 300,
  double: 110
}
const SORTED_FROM_TEXTS = 20

function bindDedupe(params: readonly DataType[]): RowFunction {
  const type = params[0]!
  const compare = valueComparator(type)
  const threshold = type === 'boolean' ? 0 : (SORTED_FROM[type] ?? SORTED_FROM_TEXTS)
  return (cell: Filled) => {
    if (!isValues(cell)) return cell
    const unique = [...new Set(cell)]
    return cellOf(cell.length >= threshold ? unique.sort(compare) : unique)
  }
}

function bindSort(params: readonly DataType[], args: readonly ArgumentInfo[]): RowFunction {
  const compare = valueComparator(params[0]!)
  const sign = constantText(args[1])?.toUpperCase() === 'DESC' ? -1 : 1
  return (cell: Filled) => (isValues(cell) ? [...cell].sort((a, b) => sign * compare(a, b)) : cell)
}

function checkOrder(args: readonly ArgumentInfo[]): string | null {
  const order = args[1]?.constant
  if (order === undefined || order === null || /^(asc|desc)$/i.test(String(order))) return null
  return `Invalid order value in [{call}], expected one of [ASC, DESC] but got [${String(order)}]`
}

/** What is wrong with the ends of a slice, or null. */
function badSlice(start: number, end: number): string | null {
  if (start > end) return 'Start offset is greater than end offset'
  return start < 0 && end >= 0 ? 'Start and end offset have different signs' : null
}

function slice(cell: Filled, startCell: Cell, endCell: Cell = startCell): Cell {
  const start = single<number>(startCell)
  const end = single<number>(endCell)
  const bad = badSlice(start, end)
  if (bad) throw new ValueError(`org.elasticsearch.xpack.esql.core.InvalidArgumentException: ${bad}`)
  const values = valuesOf(cell)
  const from = Math.max(0, start < 0 ? values.length + start : start)
  const to = end < 0 ? values.length + end : end
  return cellOf(values.slice(from, Math.max(from, to + 1)))
}

function checkSlice(args: readonly ArgumentInfo[]): string | null {
  const [start, end] = [Number(args[1]?.constant ?? NaN), Number(args[2]?.constant ?? NaN)]
  return badSlice(start, end)
}

function zip(left: Cell, right: Cell, delimiter: Cell = ','): Cell {
  const [a, b] = [valuesOf(left) as string[], valuesOf(right) as string[]]
  const between = single<string>(delimiter)
  const zipped = Array.from({ length: Math.max(a.length, b.length) }, (_, i) =>
    i < a.length && i < b.length ? `${a[i]}${between}${b[i]}` : (a[i] ?? b[i])!
  )
  return cellOf(zipped)
}

function concat(cell: Filled, delimiter: Filled): Cell {
  // A delimiter that is no single value gives null without a word.
  if (isValues(delimiter)) return null
  return isValues(cell) ? cell.join(delimiter as string) : cell
}

function intersection(left: Filled, right: Filled): Cell {
  const others = new Set(valuesOf(right))
  return cellOf([...new Set(valuesOf(left))].filter((value) => others.has(value)))
}

/** Values of the first that are not in the second, repeated ones kept. */
function difference(left: Cell, right: Cell): Cell {
  const gone = new Set(valuesOf(right))
  return cellOf(valuesOf(left).filter((value) => !gone.has(value)))
}

function intersects(left: Cell, right: Cell): boolean {
  const all = new Set(valuesOf(left))
  return valuesOf(right).some((value) => all.has(value))
}

function contains(superset: Cell, subset: Cell): boolean {
  const all = new Set(valuesOf(superset))
  return valuesOf(subset).every((value) => all.has(value))
}

/** Two arguments of one type. */
function pair(name: string, returns: DataType | null): (args: readonly ArgumentInfo[]) => Resolution {
  return (args) => {
    if (args.length !== 2) return wrongCount(name, 2, 2)
    const [first, second] = args as [ArgumentInfo, ArgumentInfo]
    for (const [i, argument] of args.entries()) {
      if (argument.type === '_source' || argument.type === 'unsupported') return wrongType(i, 2, 'any type', argument)
    }
    const common = first.type === 'unsigned_long' || first.type === second.type ? first.type : sameKind(first.type, second.type)
    if (common === null || (first.type === 'unsigned_long' && second.type !== first.type && second.type !== 'null')) {
      return wrongType(1, 2, resultLike(first.type) === 'keyword' ? 'keyword' : first.type, second)
    }
    const param = (type: DataType) => (type === 'null' ? type : common)
    return { params: [param(first.type), param(second.type)], returns: returns ?? resultLike(common) }
  }
}

/** Sets are of one type: strings mix, a null takes any; numbers are not widened. */
function sameKind(a: DataType, b: DataType): DataType | null {
  return a === 'null' || b === 'null' || resultLike(a) === resultLike(b) ? commonType(a, b) : null
}

export const MULTIVALUE_FUNCTIONS: readonly ScalarFunction[] = [
  extreme('MV_MIN', 'The smallest value of a cell.', 1),
  extreme('MV_MAX', 'The largest value of a cell.', -1),
  whole({
    name: 'MV_FIRST',
    doc: 'The first value of a cell.',
    example: 'MV_FIRST(process.args)',
    signatures: ['any -> $1'],
    row: (cell: Filled) => (isValues(cell) ? cell[0]! : cell)
  }),
  whole({
    name: 'MV_LAST',
    doc: 'The last value of a cell.',
    example: 'MV_LAST(process.args)',
    signatures: ['any -> $1'],
    row: (cell: Filled) => (isValues(cell) ? cell.at(-1)! : cell)
  }),
  whole({
    name: 'MV_COUNT',
    doc: 'Number of values of a cell.',
    example: 'MV_COUNT(process.args)',
    signatures: ['any -> integer'],
    row: (cell: Filled) => valuesOf(cell).length
  }),
  whole({
    name: 'MV_DEDUPE',
    doc: 'The cell without repeated values.',
    example: 'MV_DEDUPE(process.args)',
    signatures: ['any -> $1'],
    bind: bindDedupe
  }),
  whole({
    name: 'MV_CONCAT',
    doc: 'Joins the strings of a cell with a delimiter between them.',
    example: 'MV_CONCAT(process.args, " ")',
    signatures: ['string, string -> keyword'],
    row: concat
  }),
  whole({
    name: 'MV_SORT',
    doc: 'The values of a cell in ascending order, or in descending order with "DESC".',
    example: 'MV_SORT(process.args, "DESC")',
    signatures: ['representable, string?! -> $1'],
    check: checkOrder,
    bind: bindSort
  }),
  whole({
    name: 'MV_SLICE',
    doc: 'The values from a start to an end, both included and counted from 0; negative counts from the end.',
    example: 'MV_SLICE(process.args, 0, 2)',
    signatures: ['any, integer, integer? -> $1'],
    check: checkSlice,
    row: slice
  }),
  whole({
    name: 'MV_SUM',
    doc: 'Sum of the numbers of a cell.',
    example: 'MV_SUM(network.bytes)',
    signatures: ['numeric -> $1'],
    bind: bindSum
  }),
  whole({
    name: 'MV_AVG',
    doc: 'Average of the numbers of a cell.',
    example: 'MV_AVG(network.bytes)',
    signatures: ['numeric -> double'],
    row: average
  }),
  whole({
    name: 'MV_MEDIAN',
    doc: 'Middle value of the numbers of a cell.',
    example: 'MV_MEDIAN(network.bytes)',
    signatures: ['numeric -> $1'],
    bind: bindMedian
  }),
  whole({
    name: 'MV_APPEND',
    doc: 'The values of two cells one after the other; null when either is null.',
    example: 'MV_APPEND(process.args, process.name)',
    signatures: pair('MV_APPEND', null),
    row: (left: Filled, right: Filled) => [...valuesOf(left), ...valuesOf(right)]
  }),
  whole({
    name: 'MV_ZIP',
    doc: 'Joins the strings of two cells place by place with a delimiter (a comma when omitted).',
    example: 'MV_ZIP(process.args, process.args, "=")',
    signatures: ['string, string, string? -> keyword'],
    row: zip
  }),
  whole({
    name: 'MV_CONTAINS',
    doc: 'True when every value of the second cell is in the first; null counts as the empty set.',
    example: 'MV_CONTAINS(process.args, "-c")',
    signatures: pair('MV_CONTAINS', 'boolean'),
    nulls: 'see',
    row: contains
  }),
  whole({
    name: 'MV_INTERSECTS',
    doc: 'True when the cells have a value in common; null counts as the empty set.',
    example: 'MV_INTERSECTS(process.args, ["-c", "-i"])',
    signatures: pair('MV_INTERSECTS', 'boolean'),
    nulls: 'see',
    row: intersects
  }),
  whole({
    name: 'MV_DIFFERENCE',
    doc: 'The values of the first cell that are not in the second; null when none is left.',
    example: 'MV_DIFFERENCE(process.args, "-c")',
    signatures: pair('MV_DIFFERENCE', null),
    nulls: 'see',
    row: difference
  }),
  whole({
    name: 'MV_INTERSECTION',
    doc: 'The values both cells hold, once each, in the order of the first; null when there is none.',
    example: 'MV_INTERSECTION(process.args, process.args)',
    signatures: pair('MV_INTERSECTION', null),
    row: intersection
  }),
  whole({
    name: 'MV_UNION',
    doc: 'The values that either cell holds, once each, in order of first appearance.',
    example: 'MV_UNION(process.args, process.args)',
    signatures: pair('MV_UNION', null),
    nulls: 'see',
    row: (left: Cell, right: Cell) => cellOf([...new Set([...valuesOf(left), ...valuesOf(right)])])
  })
]
