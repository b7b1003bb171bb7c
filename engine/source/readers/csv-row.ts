/**
 * CsvRowWriter: one row of cells as a flat JSON object.
 *
 * A cell is, in this order: nothing (absent), a number or boolean literal, a JSON array, `a, b` of a field that the table
 * calls an array, a time as Kibana displays it (taken as UTC), else a string.
 */
import { cellEnd } from '../csv-format.ts'
import type { RecordReaderOptions } from '../record-reader.ts'
import type { JsonSink } from './json-sink.ts'

const QUOTE = 34
const SPACE = 32
const COMMA = 44
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125
const MINUS = 45
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const BOOLEAN = /^(?:true|false)$/i
/** `Nov 17, 2025 @ 00:00:07.000`: Kibana's default display format. */
const DISPLAYED_TIME = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) @ (\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)$/
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** Longest cell that is looked at as a number, boolean or time. */
const LONGEST_LITERAL = 64

interface CsvColumn {
  /** `"name":` */
  key: Uint8Array
  array: boolean
}

export class CsvRowWriter {
  private readonly columns: CsvColumn[]
  private readonly decoder = new TextDecoder()
  private cell = new Uint8Array(4096)

  constructor(
    names: readonly string[],
    private readonly separator: number,
    private readonly options: RecordReaderOptions
  ) {
    this.columns = names.map((name, i) => this.column(name === '' ? `column ${i + 1}` : name))
  }

  /** Appends the row bytes[start, end) (without line end) as JSON. */
  write(sink: JsonSink, bytes: Uint8Array, start: number, end: number): void {
    sink.byte(OPEN_BRACE)
    let first = true
    for (let at = start, i = 0; at <= end; i++) {
      const stop = cellEnd(bytes, at, end, this.separator)
      const length = this.unquote(bytes, at, stop)
      at = stop + 1
      if (length === 0) continue
      if (!first) sink.byte(COMMA)
      first = false
      // More cells than names: kept under a name of their own.
      const column = (this.columns[i] ??= this.column(`column ${i + 1}`))
      sink.raw(column.key)
      this.writeCell(sink, column, length)
    }
    sink.byte(CLOSE_BRACE)
  }

  private column(name: string): CsvColumn {
    return { key: new TextEncoder().encode(`${JSON.stringify(name)}:`), array: this.options.isArrayField?.(name) ?? false }
  }

  /** Puts the cell's own text into `cell` and returns its length. */
  private unquote(bytes: Uint8Array, start: number, end: number): number {
    if (end - start > this.cell.length) this.cell = new Uint8Array(2 * (end - start))
    const { cell } = this
    if (bytes[start] !== QUOTE) {
      for (let i = start, to = 0; i < end; i++) cell[to++] = bytes[i]!
      return end - start
    }
    let length = 0
    let quoted = true
    for (let i = start + 1; i < end; i++) {
      const byte = bytes[i]!
      if (byte === QUOTE && quoted) {
        if (i + 1 < end && bytes[i + 1] === QUOTE) i++
        else {
          quoted = false
          continue
        }
      }
      cell[length++] = byte
    }
    return length
  }

  private writeCell(sink: JsonSink, column: CsvColumn, length: number): void {
    const { cell } = this
    if (length <= LONGEST_LITERAL && mayBeLiteral(cell, length)) {
      const literal = literalOf(this.decoder.decode(cell.subarray(0, length)))
      if (literal !== null) return sink.text(literal)
    }
    if (cell[0] === OPEN_BRACKET) {
      const array = arrayOf(this.decoder.decode(cell.subarray(0, length)))
      if (array !== null) return sink.text(array)
    }
    if (column.array && indexOfComma(cell, 0, length) >= 0) return this.writeList(sink, length)
    sink.string(cell, 0, length)
  }

  /** `a, b` as ["a","b"]. */
  private writeList(sink: JsonSink, length: number): void {
    const { cell } = this
    sink.byte(OPEN_BRACKET)
    for (let from = 0; from <= length;) {
      const comma = indexOfComma(cell, from, length)
      const end = comma < 0 ? length : comma
      let start = from
      while (start < end && cell[start] === SPACE) start++
      if (from > 0) sink.byte(COMMA)
      sink.string(cell, start, end)
      from = end + 1
    }
    sink.byte(CLOSE_BRACKET)
  }
}

function indexOfComma(cell: Uint8Array, from: number, length: number): number {
  const index = cell.indexOf(COMMA, from)
  return index < length ? index : -1
}

/** A number ends in a digit, a boolean in `e`, a time is long and has an `@`: most other cells are told apart by this. */
function mayBeLiteral(cell: Uint8Array, length: number): boolean {
  const first = cell[0]!
  const last = cell[length - 1]!
  const endsInDigit = last >= 48 && last <= 57
  if (first === MINUS || (first >= 48 && first <= 57)) return endsInDigit
  if (length === 4 || length === 5) return last === 101 || last === 69
  return endsInDigit && length >= 20 && first >= 65 && first <= 90
}

/** JSON of a number, a boolean or a displayed time; null when the text is none of them. */
function literalOf(text: string): string | null {
  if (NUMBER.test(text)) return text
  if (BOOLEAN.test(text)) return text.toLowerCase()
  const time = DISPLAYED_TIME.exec(text)
  const month = MONTHS.indexOf(time?.[1] ?? '') + 1
  return time && month > 0 ? `"${time[3]}-${String(month).padStart(2, '0')}-${time[2]!.padStart(2, '0')}T${time[4]}Z"` : null
}

/** The text itself when it is a JSON array. */
function arrayOf(text: string): string | null {
  try {
    return Array.isArray(JSON.parse(text)) ? text : null
  } catch {
    return null
  }
}
