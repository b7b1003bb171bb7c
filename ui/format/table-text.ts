/**
 * Text for tables of fixed-width characters: cells as one visible line, measured in terminal columns.
 *
 * Log content is hostile: what would move a terminal's cursor, reorder a line or hide a difference is shown by its name
 * (format/hidden.ts). Nothing is dropped.
 */
import type { CellValue } from '../../engine/worker/api.ts'
import { revealHidden } from './hidden.ts'

/** A cell as one line of visible text: null is empty, a multi-value is `[a, b]`. */
export function visibleCell(cell: CellValue): string {
  if (cell === null) return ''
  if (typeof cell === 'object') return `[${cell.map((value) => revealHidden(String(value))).join(', ')}]`
  return revealHidden(String(cell))
}

/** East Asian wide and emoji ranges that take two terminal columns. */
const WIDE =
  /[\u1100-\u115e\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u
const COMBINING = /\p{Mark}/u

function widthOf(character: string): number {
  return COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1
}

/** Columns a text takes in a terminal. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += widthOf(character)
  return width
}

/** The text cut to `width` columns, with `…` as its last when something was cut. */
export function clipText(text: string, width: number): string {
  if (text.length <= width && displayWidth(text) <= width) return text
  let used = 0
  let kept = ''
  for (const character of text) {
    const size = widthOf(character)
    if (used + size > width - 1) break
    kept += character
    used += size
  }
  return kept + '…'
}

/** The text filled with blanks to `width` columns, on the left for numbers. */
export function padText(text: string, width: number, alignRight = false): string {
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return alignRight ? blanks + text : text + blanks
}

/** The text in pieces of at most `width` columns; nothing is left out. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const character of text) {
    const size = widthOf(character)
    if (used + size > width && line !== '') {
      lines.push(line)
      line = ''
      used = 0
    }
    line += character
    used += size
  }
  return line === '' ? lines : [...lines, line]
}
