/** Result tables as specs write them: a `name:type` header, cells between bars, `null` written out, multi-values in brackets. */
import type { CellValue, Field } from '../../engine/session/types.ts'

type Scalar = null | boolean | number | bigint | string

/** The table as text, columns aligned by nothing: a changed cell changes its line only. */
export function formatTable(columns: readonly Field[], rows: readonly (readonly CellValue[])[]): string {
  const header = columns.map(({ name, type }) => `${name}:${type}`).join(' | ')
  return [header, ...rows.map((row) => row.map((cell, at) => formatCell(cell, columns[at]!.type)).join(' | '))].join('\n')
}

function formatCell(cell: CellValue, type: string): string {
  if (!Array.isArray(cell)) return formatValue(cell as Scalar, type)
  return `[${cell.map((value: Scalar) => formatValue(value, type)).join(', ')}]`
}

/** Doubles show that they are; strings that could be read as something else are written as JSON strings. */
function formatValue(value: Scalar, type: string): string {
  if (typeof value === 'number' && type === 'double' && Number.isInteger(value) && Math.abs(value) < 1e21)
    return `${Object.is(value, -0) ? '-0' : value}.0`
  if (typeof value !== 'string') return String(value)
  const plain = value !== '' && value !== 'null' && value === value.trim() && !/[|[\],"\p{Cc}\p{Cf}]/u.test(value)
  return plain ? value : JSON.stringify(value)
}
