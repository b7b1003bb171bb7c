/** Cells as text: what a value looks like in a table, in CSV and in Markdown. Exact for 64-bit integers. */
import type { CellValue } from '../../engine/worker/api.ts'

type Single = boolean | number | bigint | string

/** A cell as one line of text; several values are separated by `, `, null is empty. */
export function cellText(cell: CellValue): string {
  if (cell === null) return ''
  return isMultiValue(cell) ? cell.map(String).join(', ') : String(cell)
}

/** The values of a cell as a list: none for null. */
export function cellValues(cell: CellValue): readonly Single[] {
  if (cell === null) return []
  return isMultiValue(cell) ? cell : [cell]
}

/** True for a cell of several values. */
export function isMultiValue(cell: CellValue): cell is readonly Single[] {
  return Array.isArray(cell)
}

/**
 * JSON text of plain data in which bigint is a number with all its digits, which JSON.stringify refuses to write.
 * Objects are written key by key, so a key called `__proto__` is a key like any other.
 */
export function jsonText(value: unknown, indent = 0, depth = 0): string {
  if (typeof value === 'bigint') return value.toString()
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Array.isArray(value)
    ? value.map((item) => jsonText(item, indent, depth + 1))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => `${JSON.stringify(key)}:${indent ? ' ' : ''}${jsonText(item, indent, depth + 1)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  if (entries.length === 0) return `${open}${close}`
  if (!indent) return `${open}${entries.join(',')}${close}`
  const inner = ' '.repeat(indent * (depth + 1))
  return `${open}\n${inner}${entries.join(`,\n${inner}`)}\n${' '.repeat(indent * depth)}${close}`
}
