/**
 * HeldResults: the results of the query view, by key. Rows are handed out in pages; the page never has all of them.
 *
 * Holds: the newest KEPT_RESULTS stay, older ones are let go when a new one is added, so that their memory is known.
 */
import type { HeldRows } from '../execution/held-rows.ts'
import { cellValue } from './cells.ts'
import { QueryError } from './prepare.ts'
import type { CellValue, ResultPage, RowSources, SourceRef } from './types.ts'

/** One on screen. */
const KEPT_RESULTS = 1
/** Rows of one page at most. */
export const PAGE_ROWS = 1000
/** Characters of a text and values of a cell that a page carries; a grid shows no more. */
const PAGE_TEXT = 1000
const PAGE_VALUES = 50

export class HeldResults {
  private readonly results = new Map<string, HeldRows>()
  private count = 0

  /** Keeps a result and gives its key. */
  add(rows: HeldRows): string {
    const key = `result-${++this.count}`
    this.results.set(key, rows)
    for (const old of [...this.results.keys()].slice(0, -KEPT_RESULTS)) this.results.delete(old)
    return key
  }

  /** Lets go of what is held, before a new query needs the memory. */
  clear(): void {
    this.results.clear()
  }

  /** Rows `from .. to - 1` in the present order, at most PAGE_ROWS. */
  page(key: string, from: number, to: number): ResultPage {
    const rows = this.rows(key)
    const first = Math.max(0, Math.floor(from))
    const end = Math.min(rows.rowCount, to, first + PAGE_ROWS)
    const shortened: number[] = []
    const width = rows.schema.length
    const page = Array.from({ length: Math.max(0, end - first) }, (_, at) =>
      rows.schema.map((_field, column) => {
        const cell = this.cellOf(rows, first + at, column)
        const short = shortCell(cell)
        if (short !== cell) shortened.push(at * width + column)
        return short
      })
    )
    return { first, rows: page, shortened }
  }

  /** One whole cell. */
  cell(key: string, row: number, column: number): CellValue {
    const rows = this.rows(key)
    return row < rows.rowCount && column < rows.schema.length ? this.cellOf(rows, row, column) : null
  }

  /** The events behind a row. */
  sources(key: string, row: number): RowSources {
    const rows = this.rows(key)
    const sources: SourceRef[] = []
    rows.forEachSource(row, (file, line, event, byte, length) => sources.push({ file, line, event, byte, length }))
    sources.sort((a, b) => a.file - b.file || a.event - b.event)
    const distinct = sources.filter(
      (each, i) => i === 0 || each.event !== sources[i - 1]!.event || each.file !== sources[i - 1]!.file
    )
    const { count, truncated } = rows.events(row)
    return { sources: distinct, eventCount: count, truncated }
  }

  /** Orders the rows by a column, or as the query gave them. */
  sort(key: string, by: { column: number; descending: boolean } | null): void {
    this.rows(key).sort(by)
  }

  private cellOf(rows: HeldRows, at: number, column: number): CellValue {
    const { part, row } = rows.partAt(at, column)
    return cellValue(part, row)
  }

  private rows(key: string): HeldRows {
    const rows = this.results.get(key)
    if (!rows) throw new QueryError(['This result is no longer held: run the query again'])
    return rows
  }
}

/** The cell, or its beginning when it is longer than a grid shows. */
function shortCell(cell: CellValue): CellValue {
  if (typeof cell === 'string') return cell.length > PAGE_TEXT ? cell.slice(0, PAGE_TEXT) : cell
  if (!Array.isArray(cell)) return cell
  const values = cell.slice(0, PAGE_VALUES).map((value) => shortCell(value as CellValue))
  const same = values.length === cell.length && values.every((value, i) => value === cell[i])
  return same ? cell : (values as CellValue)
}
