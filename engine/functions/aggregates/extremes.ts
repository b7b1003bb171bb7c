/** MIN and MAX: one accumulator for each kind of storage. Text keeps the best code and compares only when another code comes. */
import type { Column } from '../../data/column.ts'
import { type DataType, physicalOf } from '../../data/data-type.ts'
import { TextInterner } from '../../data/interner.ts'
import { valueComparator } from '../comparison.ts'
import type { Accumulator, AggregateFunction } from '../definition.ts'
import { resultLike } from '../signatures.ts'
import { aggregate, nullAccumulator } from './aggregate.ts'
import { FlatValues, grown, halvesOf } from './flat-values.ts'
import { valuesColumn } from './result-column.ts'

/** 1 for the largest, -1 for the smallest. */
type Direction = 1 | -1

/** Integers, doubles and booleans: numbers of one array. */
class NarrowExtreme<T extends Int32Array | Float64Array | Uint8Array> implements Accumulator {
  private filled = new Uint8Array(16)
  private readonly flat = new FlatValues()

  constructor(
    private readonly type: DataType,
    private readonly direction: Direction,
    private best: T
  ) {}

  add(groups: Int32Array, columns: readonly Column[], rowCount: number): void {
    const { flat, direction } = this
    flat.fill(groups, columns[0]!, rowCount)
    this.best = grown(this.best, flat.groupCount)
    this.filled = grown(this.filled, flat.groupCount)
    const { best, filled } = this
    const values = columns[0]!.values as T
    for (let i = 0; i < flat.count; i++) {
      const group = flat.groups[i]!
      const value = values[flat.indexes[i]!]!
      if (filled[group] === 1 && direction * (value - best[group]!) <= 0) continue
      best[group] = value
      filled[group] = 1
    }
  }

  finish(groupCount: number): Column {
    return valuesColumn(this.type, groupCount, this.best, this.filled)
  }
}

/** 64-bit whole numbers and dates, compared by halves: reading them as bigint makes an object a value. */
class WideExtreme implements Accumulator {
  private best: BigInt64Array | BigUint64Array
  private filled = new Uint8Array(16)
  private readonly flat = new FlatValues()

  constructor(
    private readonly type: DataType,
    private readonly direction: Direction
  ) {
    this.best = type === 'unsigned_long' ? new BigUint64Array(16) : new BigInt64Array(16)
  }

  add(groups: Int32Array, columns: readonly Column[], rowCount: number): void {
    const { flat, direction } = this
    flat.fill(groups, columns[0]!, rowCount)
    this.best = grown(this.best as BigInt64Array, flat.groupCount)
    this.filled = grown(this.filled, flat.groupCount)
    const { filled } = this
    const best = halvesOf(this.best)
    const values = halvesOf(columns[0]!.values as BigInt64Array)
    // Flipping the sign bit of an unsigned high word makes its signed order the unsigned one.
    const flip = this.type === 'unsigned_long' ? -2147483648 : 0
    for (let i = 0; i < flat.count; i++) {
      const group = flat.groups[i]!
      const at = flat.indexes[i]! * 2
      const low = values[at]!
      const high = values[at + 1]!
      if (filled[group] === 1) {
        const byHigh = (high ^ flip) - (best[2 * group + 1]! ^ flip)
        const order = byHigh !== 0 ? byHigh : (low >>> 0) - (best[2 * group]! >>> 0)
        if (direction * order <= 0) continue
      }
      best[2 * group] = low
      best[2 * group + 1] = high
      filled[group] = 1
    }
  }

  finish(groupCount: number): Column {
    return valuesColumn(this.type, groupCount, this.best, this.filled)
  }
}

class TextExtreme implements Accumulator {
  private readonly interner = new TextInterner()
  private best = new Int32Array(0)
  private readonly flat = new FlatValues()
  private readonly compare: (a: string, b: string) => number

  constructor(
    private readonly type: DataType,
    private readonly direction: Direction
  ) {
    this.compare = valueComparator(type)
  }

  add(groups: Int32Array, columns: readonly Column[], rowCount: number): void {
    const { flat, interner, direction, compare } = this
    const column = columns[0]!
    flat.fill(groups, column, rowCount)
    if (flat.count === 0) return
    this.best = grown(this.best, flat.groupCount, -1)
    const { best } = this
    const dictionary = column.dictionary!
    const codes = column.values as Int32Array
    const table = interner.translate(dictionary)
    for (let i = 0; i < flat.count; i++) {
      const code = codes[flat.indexes[i]!]!
      const own = table[code]! < 0 ? interner.codeOf(dictionary, code) : table[code]!
      const group = flat.groups[i]!
      const known = best[group]!
      if (own === known) continue
      if (known < 0 || direction * compare(interner.text(own), interner.text(known)) > 0) best[group] = own
    }
  }

  finish(groupCount: number): Column {
    const filled = Uint8Array.from(this.best, (code) => (code < 0 ? 0 : 1))
    return valuesColumn(this.type, groupCount, this.best, filled, this.interner)
  }
}

function create(type: DataType, direction: Direction): Accumulator {
  switch (physicalOf(type)) {
    case 'none':
      return nullAccumulator('null')
    case 'codes':
      return new TextExtreme(resultLike(type), direction)
    case 'i64':
    case 'u64':
      return new WideExtreme(type, direction)
    case 'i32':
      return new NarrowExtreme(type, direction, new Int32Array(16))
    case 'f64':
      return new NarrowExtreme(type, direction, new Float64Array(16))
    case 'bool':
      return new NarrowExtreme(type, direction, new Uint8Array(16))
  }
}

const SIGNATURES = ['representable -> $1']

export const EXTREME_AGGREGATES: readonly AggregateFunction[] = [
  aggregate({
    name: 'MIN',
    doc: 'The smallest value: earliest date, first text in byte order, false before true.',
    example: 'MIN(@timestamp)',
    signatures: SIGNATURES,
    create: (params) => create(params[0]!, -1)
  }),
  aggregate({
    name: 'MAX',
    doc: 'The largest value: latest date, last text in byte order, true after false.',
    example: 'MAX(@timestamp)',
    signatures: SIGNATURES,
    create: (params) => create(params[0]!, 1)
  })
]
