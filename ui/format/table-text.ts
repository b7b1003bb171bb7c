/**
 * Text that is safe to look at: log values and cells as one line of plain text.
 *
 * Log content is hostile. Escape sequences would move a terminal's cursor, bidi controls would reorder a line, invisible
 * characters would hide a difference; all of them are shown by name here. Nothing is dropped.
 */
import type { CellValue } from '../../engine/worker/api.ts'

/** C0, DEL, C1, soft hyphen, zero-width and bidi controls, separators, variation selectors, tags, lone surrogates. */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]|\p{Surrogate}/gu

/** The text with every control, bidi and invisible character shown: `␛` and `␊` for C0, `‹U+202E›` for the rest. */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0)!
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    if (code === 0x7f) return '\u2421'
    return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`
  })
}

/** One value as text; numbers and dates as they are, strings unchanged (not yet made visible). */
export function valueText(value: boolean | number | bigint | string): string {
  return typeof value === 'string' ? value : String(value)
}

/** A cell as one line of visible text: null is empty, a multi-value is `[a, b]`. */
export function cellText(cell: CellValue): string {
  if (cell === null) return ''
  if (typeof cell === 'object') return `[${cell.map((value) => visibleText(valueText(value))).join(', ')}]`
  return visibleText(valueText(cell))
}

/** East Asian wide and emoji ranges that take two terminal columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u
const COMBINING = /\p{Mark}/u

/** Columns a text takes in a terminal. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return width
}

/** The text cut to `width` columns, with `…` as its last when something was cut. */
export function clipText(text: string, width: number): string {
  if (text.length <= width && displayWidth(text) <= width) return text
  let used = 0
  let kept = ''
  for (const character of text) {
    const size = COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1
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
