/** Counts the rows that leave a stage: "87,412 -> 311 -> 19 -> 4". */
import type { Batch } from '../../data/batch.ts'
import { type Operator, PipeOperator } from '../operator.ts'

export interface StageCount {
  label: string
  rows: number
}

export class RowCounter extends PipeOperator {
  constructor(
    private readonly stage: StageCount,
    next: Operator
  ) {
    super(next)
  }

  push(batch: Batch): 'more' | 'done' {
    this.stage.rows += batch.rowCount
    return this.next.push(batch)
  }
}
