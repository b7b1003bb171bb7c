/**
 * The shape of a CSV file: which byte separates cells, and whether a first line is a header of event fields.
 *
 * Shared by detection and the reader, so that both see the same thing.
 */

const LF = 10
const CR = 13
const QUOTE = 34
const SEPARATORS = [44, 59, 9, 124]
const SEPARATOR_NAMES = new Map([
  [44, 'comma'],
  [59, 'semicolon'],
  [9, 'tab'],
  [124, 'bar']
])
const FIELD_NAME = /^[\p{L}@_][\p{L}\p{N}@_.\-:/ ()#]{0,255}$/u
/** Names by which a header is known to be of events. */
const EVENT_FIELD = /^(?:@timestamp|timestamp|_id|_index|_source|message|[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)+)$/u

export interface CsvHeader {
  separator: number
  names: string[]
}

/** `comma`, `semicolon`, `tab`, `bar`. */
export function separatorName(separator: number): string {
  return SEPARATOR_NAMES.get(separator) ?? 'comma'
}

/** `sep=;` before the header, as spreadsheets write it: the separator, else null. */
export function separatorLine(line: Uint8Array): number | null {
  const text = new TextDecoder().decode(line.subarray(0, 8)).trimEnd()
  return /^"?sep=[,;\t|]"?$/.test(text) ? text.replaceAll('"', '').charCodeAt(4) : null
}

/** Cells of one row without line end, unquoted. */
export function splitRow(row: Uint8Array, separator: number): string[] {
  const cells: string[] = []
  const decoder = new TextDecoder()
  for (let at = 0; at <= row.length;) {
    const end = cellEnd(row, at, row.length, separator)
    const text = decoder.decode(row.subarray(at, end)).trim()
    cells.push(text.startsWith('"') ? text.replace(/^"|"$/g, '').replaceAll('""', '"') : text)
    at = end + 1
  }
  return cells
}

/** Index of the separator or row end that ends the cell beginning at `at`. */
export function cellEnd(bytes: Uint8Array, at: number, rowEnd: number, separator: number): number {
  let i = at
  if (bytes[i] === QUOTE && i < rowEnd) {
    for (i++; i < rowEnd; i++) {
      if (bytes[i] !== QUOTE) continue
      if (i + 1 < rowEnd && bytes[i + 1] === QUOTE) i++
      else break
    }
  }
  while (i < rowEnd && bytes[i] !== separator) i++
  return i
}

/** The header in a row (without line end), or null when it does not look like one. `next` is the row after it, if known. */
export function readHeader(row: Uint8Array, next: Uint8Array | null, forced: number | null): CsvHeader | null {
  let best: CsvHeader | null = null
  for (const separator of forced === null ? SEPARATORS : [forced]) {
    const names = splitRow(row, separator)
    if (names.length > (best?.names.length ?? 0)) best = { separator, names }
  }
  if (!best || !best.names.every((name) => name === '' || FIELD_NAME.test(name))) return null
  const known = best.names.filter((name) => EVENT_FIELD.test(name)).length
  if (known > 0 && (best.names.length > 1 || best.names[0]!.match(/[@._]/))) return best
  const alike = next !== null && best.names.length >= 3 && splitRow(next, best.separator).length === best.names.length
  return alike ? best : null
}

/** End of the row that begins at `start` (index of its line end), honouring quotes; -1 when it is not within `end`. */
export function rowEnd(bytes: Uint8Array, start: number, end: number): number {
  let quoted = false
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!
    if (byte === QUOTE) quoted = !quoted
    else if (!quoted && (byte === LF || byte === CR)) return i
  }
  return -1
}
