/** KEEP, DROP, RENAME: picks and orders columns; no value is touched. */
import type { Batch } from '../../data/batch.ts'
import { fieldIndex, type Schema } from '../../data/schema.ts'
import { type Operator, PipeOperator } from '../operator.ts'

export class ProjectOperator extends PipeOperator {
  private readonly picks: number[]

  constructor(columns: readonly { from: string }[], input: Schema, next: Operator) {
    super(next)
    this.picks = columns.map(({ from }) => fieldIndex(input, from))
  }

  push(batch: Batch): 'more' | 'done' {
    return this.next.push({ ...batch, columns: this.picks.map((index) => batch.columns[index]!) })
  }
}
