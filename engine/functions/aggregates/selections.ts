/** TOP, FIRST and LAST: aggregates that keep some of the values they see. */
import { cellAt, type Column, isValues, valueAt } from '../../data/column.ts'
import type { Cell, DataType, Value } from '../../data/data-type.ts'
import { type Comparator, valueComparator } from '../comparison.ts'
import type { Accumulator, AggregateFunction, ArgumentInfo } from '../definition.ts'
import { resultLike } from '../signatures.ts'
import { aggregate, nullAccumulator } from './aggregate.ts'
import { FlatValues } from './flat-values.ts'
import { cellsColumn } from './result-column.ts'

/** The first `limit` values of each group in an order, duplicates kept. Lists are cut when they reach twice the limit. */
class TopValues implements Accumulator {
  private readonly lists: Value[][] = []
  private readonly flat = new FlatValues()

  constructor(
    private readonly type: DataType,
    private readonly limit: number,
    private readonly compare: Comparator
  ) {}

  add(groups: Int32Array, columns: readonly Column[], rowCount: number): void {
    const { flat, lists } = this
    const column = columns[0]!
    flat.fill(groups, column, rowCount)
    while (lists.length < flat.groupCount) lists.push([])
    for (let i = 0; i < flat.count; i++) {
      const list = lists[flat.groups[i]!]!
      list.push(valueAt(column, flat.indexes[i]!))
      if (list.length >= 2 * this.limit + 16) this.cut(list)
    }
  }

  private cut(list: Value[]): void {
    list.sort(this.compare)
    list.length = Math.min(list.length, this.limit)
  }

  finish(groupCount: number): Column {
    return cellsColumn(this.type, groupCount, (group) => {
      const list = this.lists[group]
      if (!list || list.length === 0) return null
      this.cut(list)
      return list.length === 1 ? list[0]! : list
    })
  }
}

/** The values of one column in the rows whose other column is first in an order: pairs, compared by key, then by value. */
class TopPairs implements Accumulator {
  private readonly lists: [key: Value, value: Value][][] = []

  constructor(
    private readonly type: DataType,
    private readonly limit: number,
    private readonly compare: (a: readonly [Value, Value], b: readonly [Value, Value]) => number
  ) {}

  add(groups: Int32Array, columns: readonly Column[], rowCount: number): void {
    const [keys, values] = [columns[0]!, columns.at(-1)!]
    for (let row = 0; row < rowCount; row++) {
      const group = groups[row]!
      if (group < 0) continue
      const list = (this.lists[group] ??= [])
      for (const key of valuesOf(cellAt(keys, row))) for (const value of valuesOf(cellAt(values, row))) list.push([key, value])
      if (list.length >= 2 * this.limit + 16) this.cut(list)
    }
  }

  private cut(list: [Value, Value][]): void {
    list.sort(this.compare)
    list.length = Math.min(list.length, this.limit)
  }

  finish(groupCount: number): Column {
    return cellsColumn(this.type, groupCount, (group) => {
      const list = this.lists[group]
      if (!list || list.length === 0) return null
      this.cut(list)
      return list.length === 1 ? list[0]![1] : list.map(([, value]) => value)
    })
  }
}

const valuesOf = (cell: Cell): readonly Value[] => (cell === null ? [] : isValues(cell) ? cell : [cell])

/**
 * The value of the row with the smallest (FIRST) or largest (LAST) sort key. A multi-valued key counts with its smallest
 * (largest) value; rows without a key lose to all others; the first row seen wins a tie. Whole multi-values are kept.
 */
class Picked implements Accumulator {
  private readonly cells: Cell[] = []
  /** undefined: no row yet; null: only rows without a key. */
  private readonly keys: (Value | null | undefined)[] = []

  constructor(
    private readonly type: DataType,
    private readonly direction: 1 | -1,
    private readonly compare: Comparator
  ) {}

  add(groups: Int32Array, columns: readonly Column[], rowCount: number): void {
    const [values, sort] = columns as [Column, Column]
    for (let row = 0; row < rowCount; row++) {
      const group = groups[row]!
      if (group < 0) continue
      const known = this.keys[group]
      const key = this.keyOf(cellAt(sort, row))
      if (known !== undefined && !this.wins(key, known)) continue
      this.keys[group] = key
      this.cells[group] = cellAt(values, row)
    }
  }

  private wins(key: Value | null, known: Value | null): boolean {
    return key !== null && (known === null || this.direction * this.compare(key, known) < 0)
  }

  private keyOf(cell: Cell): Value | null {
    if (cell === null || !isValues(cell)) return cell
    return cell.reduce((best, value) => (this.wins(value, best) ? value : best))
  }

  finish(groupCount: number): Column {
    return cellsColumn(this.type, groupCount, (group) => this.cells[group] ?? null)
  }
}

function pick(name: 'FIRST' | 'LAST', doc: string, direction: 1 | -1): AggregateFunction {
  return aggregate({
    name,
    doc,
    example: `${name}(process.name, @timestamp)`,
    signatures: ['representable, representable -> $1'],
    create: (params) =>
      params[0] === 'null' ? nullAccumulator('null') : new Picked(resultLike(params[0]!), direction, valueComparator(params[1]!))
  })
}

function isDescending(argument: ArgumentInfo | undefined): boolean {
  return argument === undefined || String(argument.constant).toLowerCase() !== 'asc'
}

function checkTop(args: readonly ArgumentInfo[]): string | null {
  const limit = Number(args[1]!.constant)
  if (!(limit > 0)) return `Limit must be greater than 0 in [{call}], found [${args[1]!.text}]`
  const order = args[2]
  if (order === undefined || /^(asc|desc)$/i.test(String(order.constant))) return null
  return `Invalid order value in [{call}], expected [ASC, DESC] but got [${String(order.constant)}]`
}

/** Types of TOP with another column's values. */
const TOP_TYPES: readonly DataType[] = ['integer', 'long', 'double', 'date']

function ordering(type: DataType, descending: boolean): Comparator {
  const compare = valueComparator(type)
  return descending ? (a, b) => compare(b, a) : compare
}

export const SELECTION_AGGREGATES: readonly AggregateFunction[] = [
  aggregate({
    name: 'TOP',
    doc: 'The first so many values in descending (or "asc") order, repeated ones included; of another column when it is given.',
    example: 'TOP(network.bytes, 3, "desc")',
    signatures: [
      'representable, integer|long!, string?! -> $1',
      ...TOP_TYPES.map((type) => `${TOP_TYPES.join('|')}, integer|long!, string!, ${type} -> ${type}`)
    ],
    check: checkTop,
    create(params, args) {
      const type = params[3] ?? params[0]!
      if (params[0] === 'null' || type === 'null') return nullAccumulator(type)
      const limit = Number(args[1]!.constant)
      const ordered = ordering(params[0]!, isDescending(args[2]))
      if (args.length < 4) return new TopValues(resultLike(type), limit, ordered)
      const byValue = ordering(type, isDescending(args[2]))
      return new TopPairs(type, limit, (a, b) => ordered(a[0], b[0]) || byValue(a[1], b[1]))
    }
  }),
  pick('FIRST', 'The value of the row with the smallest sort key.', 1),
  pick('LAST', 'The value of the row with the largest sort key.', -1)
]
