/**
 * Where a rule's query stands in its file, so that findings are shown at lines an editor can jump to.
 *
 * A bare .esql is its own query; TOML holds it as it is between quotes; a rule export holds it as a JSON string on one line.
 */
import { positionAt } from '../../../engine/base/text-position.ts'
import type { Span } from '../../../engine/base/span.ts'

export type QueryPlace =
  /** The file holds the query's very characters from `offset` on; `verbatim`: replacements can be written as they are. */
  | { kind: 'text'; file: string; offset: number; verbatim: boolean }
  /** Somewhere in this line, with escapes. */
  | { kind: 'line'; line: number }
  | { kind: 'unknown' }

export interface Region {
  startLine: number
  /** Absent where only the line is known. */
  columns: { start: number; endLine: number; end: number } | null
}

/** Looks for a query in the text of its file. */
export function placeOfQuery(file: string, query: string): QueryPlace {
  const offset = file.indexOf(query)
  if (offset >= 0) return { kind: 'text', file, offset, verbatim: !/"""\s*$/.test(file.slice(0, offset)) }
  const escaped = file.indexOf(JSON.stringify(query).slice(1, -1))
  return escaped >= 0 ? { kind: 'line', line: positionAt(file, escaped).line } : { kind: 'unknown' }
}

/** The region of a span of the query in the file; null when the query could not be found there. */
export function regionOf(place: QueryPlace, span: Span): Region | null {
  if (place.kind === 'unknown') return null
  if (place.kind === 'line') return { startLine: place.line, columns: null }
  const start = positionAt(place.file, place.offset + span.start)
  const end = positionAt(place.file, place.offset + span.end)
  return { startLine: start.line, columns: { start: start.column, endLine: end.line, end: end.column } }
}
