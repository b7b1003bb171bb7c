/** COUNT, COUNT_DISTINCT, PRESENT, ABSENT and VALUES: how many values, how many different ones, whether any, and which. */
import type { Column, ColumnValues } from '../../data/column.ts'
import { allocateValues, nullColumn } from '../../data/column.ts'
import { type DataType, physicalOf } from '../../data/data-type.ts'
import { TextInterner } from '../../data/interner.ts'
import type { Accumulator, AggregateFunction, ArgumentInfo, Resolution } from '../definition.ts'
import { resolveSignatures, resultLike } from '../signatures.ts'
import { aggregate, nullAccumulator } from './aggregate.ts'
import { DistinctSet } from './distinct-set.ts'
import { FlatValues, grown, halvesOf } from './flat-values.ts'
import { valuesColumn } from './result-column.ts'

function longColumn(groupCount: number, counts: Int32Array | Float64Array): Column {
  const values = new BigInt64Array(groupCount)
  for (let i = 0; i < groupCount && i < counts.length; i++) values[i] = BigInt(counts[i]!)
  return valuesColumn('long', groupCount, values, null)
}

/** COUNT(*): rows. */
class RowCounter implements Accumulator {
  private counts = new Float64Array(16)

  add(groups: Int32Array, _columns: readonly Column[], rowCount: number): void {
    let largest = -1
    for (let row = 0; row < rowCount; row++) if (groups[row]! > largest) largest = groups[row]!
    this.counts = grown(this.counts, largest + 1)
    const { counts } = this
    for (let row = 0; row < rowCount; row++) {
      const group = groups[row]!
      if (group >= 0) counts[group]!++
    }
  }

  finish(groupCount: number): Column {
    return longColumn(groupCount, this.counts)
  }
}

class ValueCounter implements Accumulator {
  private counts = new Float64Array(16)
  private readonly flat = new FlatValues()

  add(groups: Int32Array, columns: readonly Column[], rowCount: number): void {
    const { flat } = this
    flat.fill(groups, columns[0]!, rowCount)
    this.counts = grown(this.counts, flat.groupCount)
    const { counts } = this
    for (let i = 0; i < flat.count; i++) counts[flat.groups[i]!]!++
  }

  finish(groupCount: number): Column {
    return longColumn(groupCount, this.counts)
  }
}

/** PRESENT and ABSENT: whether a group has a value at all. */
class Presence implements Accumulator {
  private seen = new Uint8Array(16)
  private readonly flat = new FlatValues()

  constructor(private readonly wanted: boolean) {}

  add(groups: Int32Array, columns: readonly Column[], rowCount: number): void {
    const { flat } = this
    flat.fill(groups, columns[0]!, rowCount)
    if (this.seen.length < flat.groupCount) {
      const larger = new Uint8Array(Math.max(flat.groupCount, this.seen.length * 2))
      larger.set(this.seen)
      this.seen = larger
    }
    for (let i = 0; i < flat.count; i++) this.seen[flat.groups[i]!] = 1
  }

  finish(groupCount: number): Column {
    const values = Uint8Array.from({ length: groupCount }, (_, group) => Number((this.seen[group] === 1) === this.wanted))
    return valuesColumn('boolean', groupCount, values, null)
  }
}

/** The different values of each group, as 64-bit keys: the value itself, or the interned code of a text. */
class DistinctValues {
  readonly set = new DistinctSet()
  readonly interner = new TextInterner()
  private readonly flat = new FlatValues()

  add(groups: Int32Array, column: Column, rowCount: number): void {
    const { flat } = this
    flat.fill(groups, column, rowCount)
    if (flat.count === 0) return
    switch (physicalOf(column.type)) {
      case 'codes':
        return this.addTexts(column)
      case 'i64':
      case 'u64':
        return this.addWide(halvesOf(column.values as BigInt64Array))
      case 'f64':
        return this.addDoubles(column.values as Float64Array)
      default:
        return this.addNarrow(column.values as Int32Array | Uint8Array)
    }
  }

  private addTexts(column: Column): void {
    const { flat, set, interner } = this
    const dictionary = column.dictionary!
    const codes = column.values as Int32Array
    const table = interner.translate(dictionary)
    for (let i = 0; i < flat.count; i++) {
      const code = codes[flat.indexes[i]!]!
      const own = table[code]!
      set.add(flat.groups[i]!, own < 0 ? interner.codeOf(dictionary, code) : own, 0)
    }
  }

  private addNarrow(values: Int32Array | Uint8Array): void {
    const { flat, set } = this
    for (let i = 0; i < flat.count; i++) set.add(flat.groups[i]!, values[flat.indexes[i]!]!, 0)
  }

  private addWide(halves: Int32Array): void {
    const { flat, set } = this
    for (let i = 0; i < flat.count; i++) {
      const at = flat.indexes[i]! * 2
      set.add(flat.groups[i]!, halves[at]!, halves[at + 1]!)
    }
  }

  private addDoubles(values: Float64Array): void {
    const { flat, set } = this
    const one = new Float64Array(1)
    const halves = halvesOf(one)
    for (let i = 0; i < flat.count; i++) {
      one[0] = values[flat.indexes[i]!]! + 0 // -0 is 0
      set.add(flat.groups[i]!, halves[0]!, halves[1]!)
    }
  }

  /** The values of some entries, in storage of `type`. */
  values(type: DataType, entries: Int32Array): ColumnValues {
    const { lows, highs } = this.set
    const values = allocateValues(type, entries.length)
    const physical = physicalOf(type)
    if (physical === 'i64' || physical === 'u64' || physical === 'f64') {
      const halves = halvesOf(values as BigInt64Array)
      for (let i = 0; i < entries.length; i++) {
        halves[2 * i] = lows[entries[i]!]!
        halves[2 * i + 1] = highs[entries[i]!]!
      }
    } else for (let i = 0; i < entries.length; i++) values[i] = lows[entries[i]!]!
    return values
  }
}

class DistinctCounter implements Accumulator {
  private readonly distinct = new DistinctValues()

  add(groups: Int32Array, columns: readonly Column[], rowCount: number): void {
    this.distinct.add(groups, columns[0]!, rowCount)
  }

  finish(groupCount: number): Column {
    const { set } = this.distinct
    const counts = new Int32Array(groupCount)
    for (let i = 0; i < set.size; i++) counts[set.groups[i]!]!++
    return longColumn(groupCount, counts)
  }
}

class ValueCollector implements Accumulator {
  private readonly distinct = new DistinctValues()

  constructor(private readonly type: DataType) {}

  add(groups: Int32Array, columns: readonly Column[], rowCount: number): void {
    this.distinct.add(groups, columns[0]!, rowCount)
  }

  finish(groupCount: number): Column {
    const { starts, entries } = this.distinct.set.byGroup(groupCount)
    if (entries.length === 0) return nullColumn(this.type, groupCount)
    const values = this.distinct.values(this.type, entries)
    const dictionary = physicalOf(this.type) === 'codes' ? this.distinct.interner : null
    return { type: this.type, rowCount: groupCount, values, nulls: null, offsets: starts, dictionary }
  }
}

function resolveCount(args: readonly ArgumentInfo[]): Resolution {
  return args.length === 0
    ? { params: [], returns: 'long' }
    : resolveSignatures('COUNT', ['any? -> long'], args, { literals: 'keep' })
}

export const COUNT_AGGREGATES: readonly AggregateFunction[] = [
  aggregate({
    name: 'COUNT',
    doc: 'Number of rows, or of values of an expression (each value of a multi-value counts).',
    example: 'COUNT(*)',
    signatures: resolveCount,
    create: (params) => (params.length === 0 ? new RowCounter() : new ValueCounter())
  }),
  aggregate({
    name: 'COUNT_DISTINCT',
    doc: 'Number of different values, counted exactly; a precision may be given and has no effect.',
    example: 'COUNT_DISTINCT(host.name)',
    signatures: ['representable, integer|long|unsigned_long?! -> long'],
    create: (params) => (params[0] === 'null' ? new ValueCounter() : new DistinctCounter())
  }),
  aggregate({
    name: 'PRESENT',
    doc: 'True when there is any value.',
    example: 'PRESENT(host.name)',
    signatures: ['any -> boolean'],
    create: () => new Presence(true)
  }),
  aggregate({
    name: 'ABSENT',
    doc: 'True when there is no value.',
    example: 'ABSENT(host.name)',
    signatures: ['any -> boolean'],
    create: () => new Presence(false)
  }),
  aggregate({
    name: 'VALUES',
    doc: 'The different values as one multi-value, in order of first appearance.',
    example: 'VALUES(host.name)',
    signatures: ['any -> $1'],
    create: (params) => (params[0] === 'null' ? nullAccumulator('null') : new ValueCollector(resultLike(params[0]!)))
  })
]
