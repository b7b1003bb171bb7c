/**
 * RowStore: rows held across batches (SORT, INLINE STATS, results). Values are copied out of the batch, since dictionaries
 * of a scan and views on kernel memory die with it; the lineage arrays are copies already and are shared.
 *
 * A cell costs about 12 bytes for a number and 8 for a text, whose letters are kept once a store. A command that must hold
 * its rows names itself, and is stopped at HELD_CELLS instead of taking the page or the process with it.
 */
import type { Batch } from '../data/batch.ts'
import { cellAt, type Column, ColumnBuilder } from '../data/column.ts'
import type { Lineage, RowFacts, VisitSource } from '../data/lineage.ts'
import type { Schema } from '../data/schema.ts'

/** Rows times columns that one command may hold: about 1 GB. */
export const HELD_CELLS = 96_000_000

/** A command would have to hold more than it may; carries what a QueryError carries. */
export class HeldRowsError extends Error {
  readonly kind = 'query'
  readonly diagnostics: string[]

  constructor(command: string, columns: number) {
    const rows = Math.floor(HELD_CELLS / Math.max(1, columns))
    super(
      `${command} holds its rows until the last is read, at most ${rows} rows of ${columns} columns; there are more. ` +
        'Filter before it, or KEEP fewer columns'
    )
    this.diagnostics = [this.message]
  }
}

export class RowStore {
  private readonly builders: ColumnBuilder[]
  private readonly lineages: { lineage: Lineage | null; first: number }[] = []
  rowCount = 0

  constructor(
    readonly schema: Schema,
    /** The command that holds the rows, where they are bounded; null for rows that somebody else bounds. */
    private readonly command: string | null = null
  ) {
    this.builders = schema.map(({ type }) => new ColumnBuilder(type))
  }

  /** Appends all rows of a batch. */
  append(batch: Batch): void {
    this.lineages.push({ lineage: batch.lineage, first: this.rowCount })
    this.rowCount += batch.rowCount
    if (this.command !== null && this.rowCount * Math.max(1, this.schema.length) > HELD_CELLS)
      throw new HeldRowsError(this.command, this.schema.length)
    for (let i = 0; i < this.builders.length; i++) appendColumn(this.builders[i]!, batch.columns[i]!)
  }

  /** All rows as one batch; the store must not be used afterwards. */
  toBatch(): Batch {
    return {
      rowCount: this.rowCount,
      columns: this.builders.map((builder) => builder.finish()),
      lineage: ChainLineage.of(this.lineages, this.rowCount)
    }
  }
}

function appendColumn(builder: ColumnBuilder, column: Column): void {
  for (let row = 0; row < column.rowCount; row++) builder.append(cellAt(column, row))
}

/** Lineage of rows that came from several batches. */
class ChainLineage implements Lineage {
  private constructor(
    private readonly parts: readonly Lineage[],
    private readonly partOf: Int32Array,
    private readonly rowIn: Int32Array
  ) {}

  static of(parts: readonly { lineage: Lineage | null; first: number }[], rowCount: number): Lineage | null {
    const known = parts.filter(({ lineage }) => lineage !== null)
    if (known.length === 0) return null
    if (known.length === 1 && parts.length === 1) return known[0]!.lineage
    const partOf = new Int32Array(rowCount)
    const rowIn = new Int32Array(rowCount)
    for (let p = 0; p < known.length; p++) {
      const end = known[p + 1]?.first ?? rowCount
      for (let row = known[p]!.first; row < end; row++) {
        partOf[row] = p
        rowIn[row] = row - known[p]!.first
      }
    }
    return new ChainLineage(
      known.map(({ lineage }) => lineage!),
      partOf,
      rowIn
    )
  }

  gather(rows: Int32Array): Lineage {
    return new ChainLineage(
      this.parts,
      Int32Array.from(rows, (row) => this.partOf[row]!),
      Int32Array.from(rows, (row) => this.rowIn[row]!)
    )
  }

  private part(row: number): Lineage {
    return this.parts[this.partOf[row]!]!
  }

  forEach(row: number, visit: VisitSource): void {
    this.part(row).forEach(this.rowIn[row]!, visit)
  }

  truncated(row: number): boolean {
    return this.part(row).truncated(this.rowIn[row]!)
  }

  eventCount(row: number): number {
    return this.part(row).eventCount(this.rowIn[row]!)
  }

  addFacts(row: number, into: RowFacts): void {
    this.part(row).addFacts(this.rowIn[row]!, into)
  }
}
