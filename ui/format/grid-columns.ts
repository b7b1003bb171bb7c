/** Widths of a grid's columns, guessed from what is in them, and which of them are in sight. */
import type { CellValue, Field } from '../../engine/worker/api.ts'
import { cellText } from './cell.ts'

const NUMERIC = new Set(['integer', 'long', 'unsigned_long', 'double'])

export function isNumericColumn({ type }: Field): boolean {
  return NUMERIC.has(type)
}

/** Width of a character of the cells' type, at 12 pixels. */
const CELL_CHARACTER = 7.3
const HEAD_CHARACTER = 6.7
const CELL_PADDING = 24
/** Room for the arrow of a sort beside a name. */
const HEAD_PADDING = 40
export const LEAST_WIDTH = 56
const MOST_GUESSED = 440
/** Rows that a guess looks at. */
export const GUESS_ROWS = 100

/** A width for each column: its longest value among the first rows, within bounds. */
export function guessWidths(columns: readonly Field[], rows: readonly (readonly CellValue[])[]): number[] {
  return columns.map((column, at) => {
    let longest = 1
    for (const row of rows.slice(0, GUESS_ROWS)) longest = Math.max(longest, Math.min(80, cellText(row[at] ?? null).length))
    const wanted = Math.max(longest * CELL_CHARACTER + CELL_PADDING, column.name.length * HEAD_CHARACTER + HEAD_PADDING)
    return Math.round(Math.max(LEAST_WIDTH, Math.min(wanted, MOST_GUESSED)))
  })
}

/** The last column takes what is left of the view, so that rows reach its edge. */
export function filledWidths(widths: readonly number[], view: number): number[] {
  const left = view - widths.reduce((sum, width) => sum + width, 0)
  return widths.map((width, at) => (left > 0 && at === widths.length - 1 ? width + left : width))
}

export interface ColumnsInSight {
  first: number
  /** Exclusive. */
  end: number
  /** Pixels of the columns before and behind them. */
  before: number
  after: number
}

/** The columns that a stretch of pixels shows, with one more on each side. */
export function columnsInSight(widths: readonly number[], left: number, view: number): ColumnsInSight {
  let first = 0
  let before = 0
  while (first < widths.length - 1 && before + widths[first]! <= left) before += widths[first++]!
  let end = first
  let shown = before
  while (end < widths.length && shown < left + view) shown += widths[end++]!
  if (first > 0) before -= widths[--first]!
  if (end < widths.length) shown += widths[end++]!
  const all = widths.reduce((sum, width) => sum + width, 0)
  return { first, end, before, after: all - shown }
}
