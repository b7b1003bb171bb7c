/** EVAL (and ROW): computes columns; each sees those before it, and an assigned name moves to the end. */
import type { Batch } from '../../data/batch.ts'
import type { Column } from '../../data/column.ts'
import type { Field, Schema } from '../../data/schema.ts'
import type { NamedExpression } from '../../plan/logical-plan.ts'
import { compileExpression, type EvaluationContext, type Evaluator } from '../evaluator.ts'
import { type Operator, PipeOperator } from '../operator.ts'

export class EvalOperator extends PipeOperator {
  private readonly steps: { evaluate: Evaluator; replaces: number }[] = []

  constructor(fields: readonly NamedExpression[], input: Schema, context: EvaluationContext, next: Operator) {
    super(next)
    let schema: Field[] = [...input]
    for (const { name, expression } of fields) {
      const replaces = schema.findIndex((field) => field.name === name)
      this.steps.push({ evaluate: compileExpression(expression, schema, context), replaces })
      schema = schema.filter((_, index) => index !== replaces)
      schema.push({ name, type: expression.dataType })
    }
  }

  push(batch: Batch): 'more' | 'done' {
    let columns: readonly Column[] = batch.columns
    for (const { evaluate, replaces } of this.steps) {
      const added = evaluate({ ...batch, columns })
      columns = [...columns.filter((_, index) => index !== replaces), added]
    }
    return this.next.push({ ...batch, columns })
  }
}
