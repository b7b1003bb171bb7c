/**
 * A table for the eye: aligned columns, every value on one visible line. Where the terminal is too narrow for columns worth
 * reading, a block a row instead: one column a line.
 */
import type { CellValue, Field } from '../../../engine/session/types.ts'
import { clipText, displayWidth, padText, visibleCell, wrapText } from '../../format/table-text.ts'

const GAP = '  '
/** A column is never cut below this. */
const NARROWEST = 8
/** Below this, values say nothing any more and blocks are read more easily. */
const READABLE = 20
const NUMERIC = new Set(['integer', 'long', 'unsigned_long', 'double'])

/** Lines of the table, header and rule first. `width` null: nothing is cut. */
export function tableLines(columns: readonly Field[], rows: readonly (readonly CellValue[])[], width: number | null): string[] {
  if (columns.length === 0) return []
  const names = columns.map((column) => visibleCell(column.name))
  const cells = rows.map((row) => columns.map((_, index) => visibleCell(row[index] ?? null)))
  const natural = names.map((name, index) =>
    cells.reduce((most, row) => Math.max(most, displayWidth(row[index]!)), displayWidth(name))
  )
  if (width !== null && isCrowded(natural, width)) return blockLines(names, cells, width)
  const widths = width === null ? natural : fitWidths(natural, width - GAP.length * (columns.length - 1))
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => padText(clipText(text, widths[index]!), widths[index]!, NUMERIC.has(columns[index]!.type)))
      .join(GAP)
      .trimEnd()
  return [line(names), widths.map((size) => '─'.repeat(size)).join(GAP), ...cells.map(line)]
}

/** True when some column that needs more would be cut below what can be read. */
function isCrowded(natural: readonly number[], width: number): boolean {
  const fitted = fitWidths(natural, width - GAP.length * (natural.length - 1))
  const used = fitted.reduce((sum, size) => sum + size, GAP.length * (natural.length - 1))
  return used > width || fitted.some((size, index) => size < natural[index]! && size < READABLE)
}

/** A block a row; empty values are left out, long ones go on behind the margin. */
function blockLines(names: readonly string[], cells: readonly (readonly string[])[], width: number): string[] {
  const margin = Math.min(Math.max(...names.map(displayWidth)), Math.max(NARROWEST, Math.floor(width / 3)))
  const room = Math.max(NARROWEST, width - margin - GAP.length)
  return cells.flatMap((row, at) => [
    `─ ${at + 1} `.padEnd(Math.min(width, 40), '─'),
    ...row.flatMap((value, index) => {
      if (value === '') return []
      const [first = '', ...rest] = wrapText(value, room)
      const name = padText(clipText(names[index]!, margin), margin)
      return [`${name}${GAP}${first}`, ...rest.map((line) => ' '.repeat(margin + GAP.length) + line)]
    })
  ])
}

/** Widths that fit: the widest columns give first, none below NARROWEST. */
export function fitWidths(natural: readonly number[], available: number): number[] {
  const total = natural.reduce((sum, size) => sum + size, 0)
  if (total <= available) return [...natural]
  let low = NARROWEST
  let high = Math.max(NARROWEST, ...natural)
  // The largest cap at which the columns fit.
  while (low < high) {
    const cap = Math.ceil((low + high) / 2)
    if (natural.reduce((sum, size) => sum + Math.min(size, cap), 0) <= available) low = cap
    else high = cap - 1
  }
  return natural.map((size) => Math.min(size, low))
}
