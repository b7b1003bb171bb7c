/**
 * LookupTable: the rows of a LOOKUP JOIN's or an ENRICH's right side, held whole, found by the values of some of their columns.
 *
 * Values are compared as texts: 1, 1 as a long and 1.0 are equal, as are keyword and text. A row of several values in a
 * column is found by each of them; one without a value never.
 */
import type { Batch } from '../data/batch.ts'
import { type Column, firstIndex, valueAt, valueCount } from '../data/column.ts'
import { fieldIndex, type Schema } from '../data/schema.ts'

const NO_ROWS: readonly number[] = []

export class LookupTable {
  private readonly indexes = new Map<string, Map<string, number[]>>()

  constructor(
    readonly schema: Schema,
    readonly rows: Batch
  ) {}

  column(name: string): Column {
    return this.rows.columns[fieldIndex(this.schema, name)]!
  }

  /** Answers with the rows that have these texts in these columns, in the table's order; the index is made once. */
  finder(columns: readonly string[]): (texts: readonly string[]) => readonly number[] {
    const name = JSON.stringify(columns)
    let index = this.indexes.get(name)
    if (!index) {
      index = this.indexRows(columns.map((column) => this.column(column)))
      this.indexes.set(name, index)
    }
    const found = index
    return (texts) => found.get(joined(texts)) ?? NO_ROWS
  }

  private indexRows(columns: readonly Column[]): Map<string, number[]> {
    const index = new Map<string, number[]>()
    for (let row = 0; row < this.rows.rowCount; row++) {
      let keys: string[][] = [[]]
      for (const column of columns) {
        const texts = [...new Set(keyTexts(column, row))]
        keys = keys.flatMap((key) => texts.map((text) => [...key, text]))
      }
      for (const key of keys) {
        const text = joined(key)
        const rows = index.get(text)
        if (rows) rows.push(row)
        else index.set(text, [row])
      }
    }
    return index
  }
}

/** The values of a cell as they are compared. */
export function keyTexts(column: Column, row: number): string[] {
  const count = valueCount(column, row)
  if (count === 0) return []
  const first = firstIndex(column, row)
  return Array.from({ length: count }, (_, i) => String(valueAt(column, first + i)))
}

const joined = (texts: readonly string[]) =>
  texts.length === 1 ? texts[0]! : texts.map((text) => `${text.length}:${text}`).join('')
