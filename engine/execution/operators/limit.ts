/** LIMIT: lets the first n rows through, then stops the source. */
import { type Batch, gatherBatch } from '../../data/batch.ts'
import { type Operator, PipeOperator } from '../operator.ts'

export class LimitOperator extends PipeOperator {
  private remaining: number
  /** Rows that came after the limit was reached, as far as the source still sent some. */
  cut = 0

  constructor(count: number, next: Operator) {
    super(next)
    this.remaining = count
  }

  push(batch: Batch): 'more' | 'done' {
    if (this.remaining === 0) {
      this.cut += batch.rowCount
      return 'done'
    }
    if (batch.rowCount <= this.remaining) {
      this.remaining -= batch.rowCount
      const wanted = this.next.push(batch)
      return this.remaining === 0 ? 'done' : wanted
    }
    this.cut += batch.rowCount - this.remaining
    const rows = Int32Array.from({ length: this.remaining }, (_, row) => row)
    this.remaining = 0
    this.next.push(gatherBatch(batch, rows))
    return 'done'
  }
}
