/**
 * JSON of rows as Elasticsearch writes them: 64-bit integers with all digits, doubles with a fraction (`1.0`).
 */
import type { CellValue, Field } from '../../../engine/session/types.ts'
import { jsonText } from '../../format/cell.ts'

/** One row as a JSON array. */
export function jsonRow(columns: readonly Field[], row: readonly CellValue[]): string {
  return `[${row.map((cell, index) => jsonCell(columns[index]?.type, cell)).join(',')}]`
}

/** One cell; several values are an array. */
export function jsonCell(type: Field['type'] | undefined, cell: CellValue): string {
  if (type !== 'double' || cell === null) return jsonText(cell)
  return typeof cell === 'object' ? `[${cell.map(jsonDouble).join(',')}]` : jsonDouble(cell)
}

function jsonDouble(value: boolean | number | bigint | string): string {
  if (typeof value !== 'number' || !Number.isInteger(value)) return jsonText(value)
  const text = Object.is(value, -0) ? '-0' : String(value)
  return text.includes('e') ? text : `${text}.0`
}

/** `[{"name":"a","type":"keyword"}]` */
export function jsonColumns(columns: readonly Field[]): string {
  return jsonText(columns.map(({ name, type }) => ({ name, type })))
}
