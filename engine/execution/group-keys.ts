/**
 * Group keys: key columns -> one u32 word a column and row, equal words for equal values; and back to columns.
 *
 * Word 0 is null. Strings go through an interner (once per dictionary entry), numbers and truth values through a map.
 * A multi-valued key puts the row into every group; several multi-valued keys give the cross product.
 */
import { type Column, ColumnBuilder, firstIndex, valueCount } from '../data/column.ts'
import { type Cell, type DataType, physicalOf, type Value } from '../data/data-type.ts'
import { TextInterner } from '../data/interner.ts'

/** Words of one key column, over all batches of a run. */
class KeyEncoder {
  private readonly texts = new TextInterner()
  private readonly numbers = new Map<Value, number>()
  private readonly values: Value[] = []

  constructor(readonly type: DataType) {}

  /** Word of the value at a flat index. */
  word(column: Column, index: number): number {
    if (column.dictionary) return this.texts.codeOf(column.dictionary, column.values[index] as number) + 1
    // Zero and minus zero are one group, as they are one double.
    const value = (column.values[index] === 0 ? 0 : column.values[index]) as Value
    let word = this.numbers.get(value)
    if (word === undefined) {
      this.values.push(this.type === 'boolean' ? value === 1 : value)
      word = this.values.length
      this.numbers.set(value, word)
    }
    return word
  }

  cell(word: number): Cell {
    if (word === 0) return null
    return physicalOf(this.type) === 'codes' ? this.texts.text(word - 1) : this.values[word - 1]!
  }
}

export interface KeyRows {
  /** `width` words an entry. */
  words: Uint32Array
  /** The batch row of each entry; null when entry i is row i. */
  rows: Int32Array | null
  count: number
}

export class GroupKeys {
  private readonly encoders: KeyEncoder[]

  constructor(types: readonly DataType[]) {
    this.encoders = types.map((type) => new KeyEncoder(type))
  }

  get width(): number {
    return this.encoders.length
  }

  /** Words for every row of the key columns. */
  encode(columns: readonly Column[], rowCount: number): KeyRows {
    if (columns.some((column) => hasMultiValue(column))) return this.encodeProduct(columns, rowCount)
    const { width } = this
    const words = new Uint32Array(rowCount * width)
    for (let k = 0; k < width; k++) this.encodeSingle(columns[k]!, k, words, rowCount)
    return { words, rows: null, count: rowCount }
  }

  private encodeSingle(column: Column, key: number, words: Uint32Array, rowCount: number): void {
    const encoder = this.encoders[key]!
    const { width } = this
    for (let row = 0, at = key; row < rowCount; row++, at += width) {
      if (valueCount(column, row) === 1) words[at] = encoder.word(column, firstIndex(column, row))
    }
  }

  private encodeProduct(columns: readonly Column[], rowCount: number): KeyRows {
    const { width } = this
    const words: number[] = []
    const rows: number[] = []
    for (let row = 0; row < rowCount; row++) {
      let tuples: number[][] = [[]]
      for (let k = 0; k < width; k++) {
        const own = this.wordsOf(columns[k]!, k, row)
        tuples = tuples.flatMap((tuple) => own.map((word) => [...tuple, word]))
      }
      for (const tuple of tuples) {
        words.push(...tuple)
        rows.push(row)
      }
    }
    return { words: Uint32Array.from(words), rows: Int32Array.from(rows), count: rows.length }
  }

  private wordsOf(column: Column, key: number, row: number): number[] {
    const count = valueCount(column, row)
    if (count === 0) return [0]
    const first = firstIndex(column, row)
    const words = Array.from({ length: count }, (_, i) => this.encoders[key]!.word(column, first + i))
    return [...new Set(words)]
  }

  /** The key column of all groups, from their words. */
  decode(key: number, groupCount: number, wordsOf: (group: number) => Uint32Array): Column {
    const encoder = this.encoders[key]!
    const out = new ColumnBuilder(encoder.type, groupCount)
    for (let group = 0; group < groupCount; group++) out.append(encoder.cell(wordsOf(group)[key]!))
    return out.finish()
  }
}

function hasMultiValue(column: Column): boolean {
  const { offsets } = column
  if (!offsets) return false
  for (let row = 0; row < column.rowCount; row++) if (offsets[row + 1]! - offsets[row]! > 1) return true
  return false
}
