/** Batch: up to BATCH_ROWS rows of one schema. Columns are parallel to the schema of the operator that made the batch. */
import { type Column, gather } from './column.ts'
import type { Lineage } from './lineage.ts'

export const BATCH_ROWS = 4096

export interface Batch {
  readonly rowCount: number
  readonly columns: readonly Column[]
  /** Where each row came from; null for rows that no event made (ROW). */
  readonly lineage: Lineage | null
}

/** The batch reduced to (or reordered as) `rows`. */
export function gatherBatch(batch: Batch, rows: Int32Array): Batch {
  return {
    rowCount: rows.length,
    columns: batch.columns.map((column) => gather(column, rows)),
    lineage: batch.lineage && batch.lineage.gather(rows)
  }
}

/** Hands a table of any size on in batches, until the receiver wants no more. */
export function pushInBatches(table: Batch, receiver: { push(batch: Batch): 'more' | 'done' }): void {
  if (table.rowCount <= BATCH_ROWS) {
    if (table.rowCount > 0) receiver.push(table)
    return
  }
  for (let first = 0; first < table.rowCount; first += BATCH_ROWS) {
    const rows = Int32Array.from({ length: Math.min(BATCH_ROWS, table.rowCount - first) }, (_, i) => first + i)
    if (receiver.push(gatherBatch(table, rows)) === 'done') return
  }
}
