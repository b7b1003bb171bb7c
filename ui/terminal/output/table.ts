/** A table for the eye: aligned columns, every value on one visible line, cut to the terminal's width when there is one. */
import type { CellValue, Field } from '../../../engine/session/types.ts'
import { clipText, displayWidth, padText, visibleCell } from '../../format/table-text.ts'

const GAP = '  '
/** A column is never cut below this. */
const NARROWEST = 8
const NUMERIC = new Set(['integer', 'long', 'unsigned_long', 'double'])

/** Lines of the table, header and rule first. `width` null: nothing is cut. */
export function tableLines(columns: readonly Field[], rows: readonly (readonly CellValue[])[], width: number | null): string[] {
  if (columns.length === 0) return []
  const names = columns.map((column) => visibleCell(column.name))
  const cells = rows.map((row) => columns.map((_, index) => visibleCell(row[index] ?? null)))
  const natural = names.map((name, index) =>
    cells.reduce((most, row) => Math.max(most, displayWidth(row[index]!)), displayWidth(name))
  )
  const widths = width === null ? natural : fitWidths(natural, width - GAP.length * (columns.length - 1))
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => padText(clipText(text, widths[index]!), widths[index]!, NUMERIC.has(columns[index]!.type)))
      .join(GAP)
      .trimEnd()
  return [line(names), widths.map((size) => '─'.repeat(size)).join(GAP), ...cells.map(line)]
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
