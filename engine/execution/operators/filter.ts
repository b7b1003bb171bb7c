/** WHERE: keeps rows for which the condition is true; false and null drop the row. */
import { type Batch, gatherBatch } from '../../data/batch.ts'
import { selectTrueRows } from '../../data/selection-bitmap.ts'
import type { Schema } from '../../data/schema.ts'
import type { BoundExpression } from '../../plan/expression.ts'
import type { EvaluationContext, Evaluator } from '../evaluator.ts'
import { compileTruth } from '../evaluators/logical.ts'
import { type Operator, PipeOperator } from '../operator.ts'

export class FilterOperator extends PipeOperator {
  private readonly condition: Evaluator

  constructor(
    condition: BoundExpression,
    schema: Schema,
    private readonly context: EvaluationContext,
    next: Operator
  ) {
    super(next)
    this.condition = compileTruth(condition, schema, context)
  }

  push(batch: Batch): 'more' | 'done' {
    const rows = selectTrueRows(this.context.kernels, this.condition(batch))
    if (rows.length === 0) return 'more'
    return this.next.push(rows.length === batch.rowCount ? batch : gatherBatch(batch, rows))
  }
}
