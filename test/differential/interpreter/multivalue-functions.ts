/** Functions of whole cells. */
import { define, type FunctionTable } from './function-table.ts'
import { calculate, finite, sumOf } from './math-functions.ts'
import { type Cell, compare, Failure, invalid, SINGLE_VALUE, type Type, type Value } from './values.ts'

const EVERY: Type[] = ['boolean', 'integer', 'long', 'unsigned_long', 'double', 'keyword', 'ip', 'version', 'date', 'date_nanos']

const sorted = (cell: Cell, type: Type) => [...cell].sort((a, b) => compare(type, a, b))
const distinct = (cell: Cell): Value[] => cell.filter((value, i) => cell.indexOf(value) === i)

/** Cells of this many values are put in order by MV_DEDUPE. */
function dedupe(cell: Cell, type: Type): Cell {
  const limit = ['integer', 'long', 'unsigned_long', 'date', 'date_nanos'].includes(type) ? 300 : type === 'double' ? 110 : 20
  return type === 'boolean' || cell.length >= limit ? sorted(distinct(cell), type) : distinct(cell)
}

function one(cell: Cell): Value {
  if (cell.length > 1) throw new Failure(SINGLE_VALUE)
  return cell[0]!
}

function badSlice(start: number, end: number): string | null {
  if (start > end) return 'Start offset is greater than end offset'
  return start < 0 && end >= 0 ? 'Start and end offset have different signs' : null
}

function slice(cell: Cell, start: number, end: number): Cell {
  const bad = badSlice(start, end)
  if (bad !== null) throw invalid(bad)
  const index = (place: number) => (place < 0 ? cell.length + place : place)
  return cell.filter((_, i) => i >= index(start) && i <= index(end))
}

function median(cell: Cell, type: Type): Value {
  const list = sorted(cell, type)
  const [low, high] = [list[(list.length - 1) >> 1]!, list[list.length >> 1]!]
  if (list.length % 2 === 1) return low
  if (type === 'double') return ((low as number) + (high as number)) / 2
  const mean = (BigInt(low) + BigInt(high)) >> 1n
  return type === 'integer' ? Number(mean) : mean
}

const SUMMABLE: Type[] = ['integer', 'long', 'unsigned_long', 'double']

export function addMultivalueFunctions(table: FunctionTable): void {
  const whole = (name: string, params: string[], returns: Type | '$1', run: (...cells: Cell[]) => Value | Cell | null) =>
    define(table, name, params, returns, 'whole', (cells) => run(...cells))
  for (const type of EVERY) {
    const accepted = type === 'keyword' ? 'string' : type
    whole('MV_MIN', [accepted], '$1', (cell) => sorted(cell, type)[0]!)
    whole('MV_MAX', [accepted], '$1', (cell) => sorted(cell, type).at(-1)!)
    whole('MV_DEDUPE', [accepted], '$1', (cell) => dedupe(cell, type))
    whole('MV_SORT', [accepted, '#order?'], '$1', (cell, order) => {
      const list = sorted(cell, type)
      return String(order?.[0] ?? 'asc').toUpperCase() === 'DESC' ? list.reverse() : list
    })
    whole('MV_FIRST', [accepted], '$1', (cell) => cell[0]!)
    whole('MV_LAST', [accepted], '$1', (cell) => cell.at(-1)!)
    whole('MV_COUNT', [accepted], 'integer', (cell) => cell.length)
    define(
      table,
      'MV_SLICE',
      [accepted, '#start', '#end?'],
      '$1',
      'whole',
      ([cell, start, end = start]) => slice(cell!, one(start!) as number, one(end!) as number),
      false,
      ([, start, end = start]) => start !== undefined && badSlice(start as number, end as number) !== null
    )
    whole('MV_APPEND', [accepted, accepted], '$1', (a, b) => [...a, ...b!])
    whole('MV_INTERSECTION', [accepted, accepted], '$1', (a, b) => distinct(a.filter((value) => b!.includes(value))))
    define(table, 'MV_UNION', [accepted, accepted], '$1', 'whole', ([a, b]) => distinct([...a!, ...b!]), true)
    define(
      table,
      'MV_CONTAINS',
      [accepted, accepted],
      'boolean',
      'whole',
      ([a, b]) => b!.every((value) => a!.includes(value)),
      true
    )
    const extreme = (direction: 1 | -1) => (cells: readonly Cell[]) =>
      cells.flat().reduce((best, value) => (direction * compare(type, value, best) > 0 ? value : best))
    define(table, 'GREATEST', [accepted, `${accepted}*`], '$1', 'whole', extreme(1))
    define(table, 'LEAST', [accepted, `${accepted}*`], '$1', 'whole', extreme(-1))
  }
  for (const type of SUMMABLE) {
    whole('MV_SUM', [type], '$1', (cell) => {
      if (type === 'double') return finite(sumOf(cell as number[]))
      return cell.reduce((sum, value) => calculate('+', type, sum, value))
    })
    whole('MV_MEDIAN', [type], '$1', (cell) => median(cell, type))
    // Whole numbers are added up exactly.
    whole('MV_AVG', [type], 'double', (cell) => {
      if (type === 'double') return sumOf(cell as number[]) / cell.length
      return Number(cell.reduce<bigint>((sum, value) => sum + BigInt(value), 0n)) / cell.length
    })
  }
  whole('MV_CONCAT', ['string', 'string'], 'keyword', (cell, between) =>
    between!.length === 1 ? cell.join(String(between![0])) : null
  )
}
