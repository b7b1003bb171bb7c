/**
 * HeldRows: the result of a query that stays in the worker, so that a page can look at any stretch of it.
 *
 * As an operator it is the last of the pipe. It takes rows until a limit is reached, then stops the source: what it has are
 * the first rows, and `cut` says so. As a table it answers cells and sources by row number, in the order of `sort`.
 */
import type { Batch } from '../data/batch.ts'
import type { Cell } from '../data/data-type.ts'
import type { VisitSource } from '../data/lineage.ts'
import type { Schema } from '../data/schema.ts'
import { HELD_PART_ROWS, HeldColumn } from './held-columns.ts'
import { HeldPlaces } from './held-places.ts'
import { sortedRows } from './held-sort.ts'
import type { Operator } from './operator.ts'

export interface HeldLimits {
  rows: number
  bytes: number
}

/** What a page holds at most. Ten million rows of a few columns fit; a browser gives a tab about four times as much. */
export const HELD_LIMITS: HeldLimits = { rows: 20_000_000, bytes: 1_000_000_000 }

export class HeldRows implements Operator {
  private readonly columns: HeldColumn[]
  private readonly places = new HeldPlaces()
  private order: Int32Array | null = null
  rowCount = 0
  /** Which limit ended it; null when every row is here. */
  cut: 'rows' | 'bytes' | null = null

  constructor(
    readonly schema: Schema,
    private readonly limits: HeldLimits = HELD_LIMITS
  ) {
    this.columns = schema.map(({ type }) => new HeldColumn(type))
  }

  push(batch: Batch): 'more' | 'done' {
    for (let from = 0; from < batch.rowCount && this.cut === null;) {
      const room = Math.min(HELD_PART_ROWS - (this.rowCount % HELD_PART_ROWS), this.limits.rows - this.rowCount)
      const to = Math.min(batch.rowCount, from + room)
      if (room === 0) this.cut = 'rows'
      else this.take(batch, from, to)
      from = to
    }
    return this.cut === null ? 'more' : 'done'
  }

  private take(batch: Batch, from: number, to: number): void {
    for (let i = 0; i < this.columns.length; i++) this.columns[i]!.append(batch.columns[i]!, from, to)
    this.places.append(batch.lineage, from, to)
    this.rowCount += to - from
    if (this.byteLength > this.limits.bytes) this.cut = 'bytes'
  }

  finish(): void {
    for (const column of this.columns) column.closePart()
    this.places.close()
  }

  close(): void {}

  /** Bytes of memory that the rows take, the order of a sort included. */
  get byteLength(): number {
    return this.columns.reduce((sum, column) => sum + column.byteLength, this.places.byteLength + (this.order?.byteLength ?? 0))
  }

  /** Whether a column has rows of several values. */
  isMulti(column: number): boolean {
    return this.columns[column]!.multi
  }

  /** The cell at a place of the present order. */
  cell(at: number, column: number): Cell {
    return this.columns[column]!.cell(this.rowAt(at))
  }

  /** The part of a column that holds a place, and the row in it. */
  partAt(at: number, column: number): { part: ReturnType<HeldColumn['partOf']>; row: number } {
    const row = this.rowAt(at)
    return { part: this.columns[column]!.partOf(row), row: row % HELD_PART_ROWS }
  }

  /** Visits the events of the row at a place. */
  forEachSource(at: number, visit: VisitSource): void {
    this.places.forEach(this.rowAt(at), visit)
  }

  events(at: number): { count: number; truncated: boolean } {
    return this.places.events(this.rowAt(at))
  }

  /** Orders the rows by a column (ties as they came, nulls last); null gives back the order of the answer. */
  sort(by: { column: number; descending: boolean } | null): void {
    this.order = null
    if (by && this.rowCount > 0) this.order = sortedRows(this.columns[by.column]!, this.rowCount, by.descending)
  }

  private rowAt(at: number): number {
    return this.order ? this.order[at]! : at
  }
}
