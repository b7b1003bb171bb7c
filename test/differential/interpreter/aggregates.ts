/** Aggregates: the rows of a group in, one cell out. Every value of a cell counts for itself; nulls do not. */
import { sumOf } from './math-functions.ts'
import { arithmetic, type Cell, compare, LONG_MAX, LONG_MIN, Refused, type Type, type Value } from './values.ts'

export interface Aggregate {
  type: Type
  /** `args[row][argument]`. */
  run(args: readonly (readonly Cell[])[]): Cell
}

const flat = (rows: readonly (readonly Cell[])[]): Value[] => rows.flatMap(([cell]) => [...cell!])
const plain = (type: Type): Type => (type === 'text' ? 'keyword' : type)

function sortedValues(rows: readonly (readonly Cell[])[], type: Type): Value[] {
  return flat(rows).sort((a, b) => compare(type, a, b))
}

function distinctValues(values: readonly Value[]): Value[] {
  return [...new Set(values)]
}

function sum(values: readonly Value[], type: Type): Cell {
  if (values.length === 0) return []
  if (type === 'double') return [finite(sumOf(values as number[]))]
  // What counts is whether the sum itself has a place, not the way to it.
  const total = values.reduce<bigint>((so, value) => so + BigInt(value), 0n)
  if (total < LONG_MIN || total > LONG_MAX) throw arithmetic('long overflow')
  return [total]
}

/** SUM(x) / COUNT(x), each as it would be alone. */
function average(values: readonly Value[], type: Type): Cell {
  const total = sum(values, type)
  return total.length === 0 ? [] : [finite(Number(total[0]) / values.length)]
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw arithmetic('*')
  return value
}

/** Value at a share of the way through the sorted values, in a straight line between neighbours. */
function percentile(sorted: readonly number[], percent: number): Cell {
  if (sorted.length === 0) return []
  const at = ((sorted.length - 1) * percent) / 100
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!]
  // No negative zero comes of it.
  return [(low === high ? low : low + (high - low) * (at - Math.floor(at))) + 0]
}

const numbers = (rows: readonly (readonly Cell[])[], type: Type) => sortedValues(rows, type).map(Number)

/** Welford's running deviation from a running mean. */
function deviation(values: readonly number[]): Cell {
  if (values.length === 0) return []
  let [mean, squares] = [0, 0]
  for (const [i, value] of values.entries()) {
    const before = value - mean
    mean += before / (i + 1)
    squares += before * (value - mean)
  }
  return [finite(Math.sqrt(squares / values.length))]
}

/** Row with the least (greatest) sort key; the first of equals; rows without a key only when there is no other. */
function picked(rows: readonly (readonly Cell[])[], type: Type, direction: 1 | -1): Cell {
  const keyOf = (cell: Cell) => [...cell].sort((a, b) => direction * compare(type, a, b))[0]
  let best = rows[0]
  for (const row of rows) {
    const [key, other] = [keyOf(row[1]!), best && keyOf(best[1]!)]
    if (key !== undefined && (other === undefined || direction * compare(type, key, other) < 0)) best = row
  }
  return best?.[0] ?? []
}

const SUMMABLE: Type[] = ['integer', 'long', 'double']

function requireSummable(type: Type): void {
  if (!SUMMABLE.includes(type)) throw new Refused(`sum of ${type}`)
}

export const AGGREGATES = [
  'COUNT',
  'COUNT_DISTINCT',
  'SUM',
  'AVG',
  'MIN',
  'MAX',
  'VALUES',
  'TOP',
  'FIRST',
  'LAST',
  'MEDIAN',
  'PERCENTILE',
  'STD_DEV'
]

/** The aggregate of a name for arguments of these types; constants as their value. */
export function aggregateFor(name: string, types: readonly Type[], constants: readonly (Value | undefined)[]): Aggregate {
  const type = types[0] ?? 'null'
  switch (name) {
    case 'COUNT':
      return { type: 'long', run: (rows) => [BigInt(types.length === 0 ? rows.length : flat(rows).length)] }
    case 'COUNT_DISTINCT':
      return { type: 'long', run: (rows) => [BigInt(distinctValues(flat(rows)).length)] }
    case 'SUM':
      requireSummable(type)
      return { type: type === 'double' ? 'double' : 'long', run: (rows) => sum(flat(rows), type) }
    case 'AVG':
      requireSummable(type)
      return { type: 'double', run: (rows) => average(flat(rows), type) }
    case 'MIN':
      return { type: plain(type), run: (rows) => sortedValues(rows, type).slice(0, 1) }
    case 'MAX':
      return { type: plain(type), run: (rows) => sortedValues(rows, type).slice(-1) }
    case 'VALUES':
      return { type: plain(type), run: (rows) => distinctValues(flat(rows)) }
    case 'TOP': {
      const [, count, order] = constants
      const descending = order === undefined || String(order).toLowerCase() === 'desc'
      return {
        type: plain(type),
        run: (rows) => {
          const values = sortedValues(rows, type)
          return (descending ? values.reverse() : values).slice(0, Number(count))
        }
      }
    }
    case 'FIRST':
      return { type: plain(type), run: (rows) => picked(rows, types[1]!, 1) }
    case 'LAST':
      return { type: plain(type), run: (rows) => picked(rows, types[1]!, -1) }
    case 'MEDIAN':
      requireSummable(type)
      return { type: 'double', run: (rows) => percentile(numbers(rows, type), 50) }
    case 'PERCENTILE':
      requireSummable(type)
      return { type: 'double', run: (rows) => percentile(numbers(rows, type), Number(constants[1])) }
    case 'STD_DEV':
      requireSummable(type)
      return { type: 'double', run: (rows) => deviation(flat(rows).map(Number)) }
    default:
      throw new Refused(`no aggregate ${name}`)
  }
}
