/** Cells as they are shown and as Elasticsearch answers them: dates as ISO text, everything else as it is. */
import { cellAt, type Column, isValues } from '../data/column.ts'
import type { DataType, Value } from '../data/data-type.ts'
import { formatIsoMillis, formatIsoNanos } from '../data/iso-date.ts'
import type { CellValue } from './types.ts'

type ScalarValue = boolean | number | bigint | string

/** The cell of a row, ready to be shown. */
export function cellValue(column: Column, row: number): CellValue {
  const cell = cellAt(column, row)
  if (cell === null) return null
  return isValues(cell) ? cell.map((value) => shownValue(value, column.type)) : shownValue(cell, column.type)
}

function shownValue(value: Value, type: DataType): ScalarValue {
  if (type === 'date') return formatIsoMillis(value as bigint)
  if (type === 'date_nanos') return formatIsoNanos(value as bigint)
  return value as ScalarValue
}

/** All rows of a table. */
export function cellRows(table: { rowCount: number; columns: readonly Column[] }): CellValue[][] {
  return Array.from({ length: table.rowCount }, (_, row) => table.columns.map((column) => cellValue(column, row)))
}
