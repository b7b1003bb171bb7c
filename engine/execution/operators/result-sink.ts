/** Result: the last operator; keeps the rows with their lineage. */
import type { Batch } from '../../data/batch.ts'
import type { Schema } from '../../data/schema.ts'
import type { Operator } from '../operator.ts'
import { RowStore } from '../row-store.ts'

export class ResultSink implements Operator {
  private readonly store: RowStore

  constructor(readonly schema: Schema) {
    this.store = new RowStore(schema)
  }

  push(batch: Batch): 'more' | 'done' {
    this.store.append(batch)
    return 'more'
  }

  finish(): void {}

  close(): void {}

  get rowCount(): number {
    return this.store.rowCount
  }

  /** All rows; the sink must not be pushed to afterwards. */
  result(): Batch {
    return this.store.toBatch()
  }
}
