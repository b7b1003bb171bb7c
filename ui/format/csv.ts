/**
 * CSV that a spreadsheet cannot run.
 *
 * A cell that begins with a character spreadsheets take for a formula gets a leading apostrophe, headers too: column
 * names come from the data. RFC 4180 quoting, CRLF line ends.
 */
import type { CellValue } from '../../engine/worker/api.ts'
import { cellText, isMultiValue, jsonText } from './cell.ts'

/** = + - @ and their full-width forms; tab and CR reach the formula after import trims them. Blanks and invisible characters in front are trimmed by some. */
const FORMULA_START = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u
const NEEDS_QUOTES = /[",;\r\n\t']|^\s|\s$/

export interface CsvOptions {
  /** Nothing is put in front of what a spreadsheet takes for a formula. */
  raw?: boolean
}

/** One field of a CSV line. Numbers stay numbers (a negative one is no formula), several values become a JSON array. */
export function csvField(cell: CellValue, { raw = false }: CsvOptions = {}): string {
  const text = isMultiValue(cell) ? jsonText(cell) : cellText(cell)
  const plainNumber = typeof cell === 'number' || typeof cell === 'bigint'
  const safe = !raw && !plainNumber && FORMULA_START.test(text) ? `'${text}` : text
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A CSV table; the header is made as safe as the cells. */
export function csvTable(header: readonly string[], rows: readonly (readonly CellValue[])[], options: CsvOptions = {}): string {
  return [header, ...rows].map((row) => row.map((cell) => csvField(cell, options)).join(',') + '\r\n').join('')
}
