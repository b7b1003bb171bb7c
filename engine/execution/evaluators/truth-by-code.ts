/** Predicates on dictionary columns: one verdict per distinct value, then a table look-up a row. */
import { type Column, firstIndex, valueCount } from '../../data/column.ts'
import type { Dictionary } from '../../data/dictionary.ts'
import { MULTI_VALUE_TEXT } from '../../functions/definition.ts'
import type { WarningSite } from '../warnings.ts'

/** 0 false, 1 true, 2 null. */
export type Truth = 0 | 1 | 2

/** A function from a string column to its truth column; nulls give null, multi-values null and a warning. */
export function truthByCode(predicate: (text: string) => Truth, site: WarningSite): (column: Column) => Column {
  let known: Dictionary | null = null
  let verdicts = new Int8Array(0)
  return (column) => {
    const { rowCount, dictionary } = column
    const values = new Uint8Array(rowCount)
    const nulls = new Uint8Array(rowCount)
    if (!dictionary) return { type: 'boolean', rowCount, values, nulls: nulls.fill(1), offsets: null, dictionary: null }
    if (known !== dictionary) {
      known = dictionary
      verdicts = new Int8Array(0)
    }
    if (verdicts.length < dictionary.size) verdicts = enlarged(verdicts, dictionary.size)
    for (let row = 0; row < rowCount; row++) {
      const count = valueCount(column, row)
      if (count !== 1) {
        nulls[row] = 1
        if (count > 1) site.add(MULTI_VALUE_TEXT)
        continue
      }
      const code = column.values[firstIndex(column, row)] as number
      if (verdicts[code] === -1) verdicts[code] = predicate(dictionary.text(code))
      if (verdicts[code] === 2) nulls[row] = 1
      else values[row] = verdicts[code]!
    }
    return { type: 'boolean', rowCount, values, nulls, offsets: null, dictionary: null }
  }
}

function enlarged(verdicts: Int8Array, size: number): Int8Array<ArrayBuffer> {
  const larger = new Int8Array(Math.max(size, verdicts.length * 2, 256)).fill(-1)
  larger.set(verdicts)
  return larger
}
