/** Columns that accumulators give back. */
import { type Column, ColumnBuilder, type ColumnValues, nullColumn } from '../../data/column.ts'
import type { Cell, DataType } from '../../data/data-type.ts'
import type { Dictionary } from '../../data/dictionary.ts'

/** One value a group from `values`; `filled[i]` 0 makes group i null. Groups beyond the arrays are null. */
export function valuesColumn(
  type: DataType,
  groupCount: number,
  values: ColumnValues,
  filled: Uint8Array | null,
  dictionary: Dictionary | null = null
): Column {
  const own = (values as Float64Array).slice(0, groupCount) as ColumnValues
  const column = nullColumn(type, groupCount)
  ;(column.values as Float64Array).set(own as Float64Array)
  const nulls = column.nulls!
  for (let i = 0; i < groupCount; i++) {
    nulls[i] = i < values.length && (filled === null || filled[i] === 1) ? 0 : 1
    // A null row still holds a code that its dictionary has.
    if (dictionary && nulls[i] === 1) column.values[i] = 0
  }
  return { ...column, nulls: nulls.includes(1) ? nulls : null, dictionary: dictionary ?? column.dictionary }
}

/** One cell a group. */
export function cellsColumn(type: DataType, groupCount: number, cell: (group: number) => Cell): Column {
  const builder = new ColumnBuilder(type, Math.max(1, groupCount))
  for (let group = 0; group < groupCount; group++) builder.append(cell(group))
  return builder.finish()
}
