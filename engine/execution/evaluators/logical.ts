/** AND, OR, NOT in three-valued logic, and IS [NOT] NULL. */
import { type Column, isNullAt } from '../../data/column.ts'
import { kleeneAnd, kleeneNot, kleeneOr } from '../../data/kleene.ts'
import type { Schema } from '../../data/schema.ts'
import { MULTI_VALUE_TEXT } from '../../functions/definition.ts'
import type { BoundExpression, BoundIsNull, BoundLogical, BoundNot } from '../../plan/expression.ts'
import { compileExpression, type EvaluationContext, type Evaluator } from '../evaluator.ts'
import type { WarningSite } from '../warnings.ts'

/** Lowers AND and OR. Both sides are evaluated for every row; only what they say counts. */
export function compileLogical(expression: BoundLogical, schema: Schema, context: EvaluationContext): Evaluator {
  const left = compileTruth(expression.left, schema, context)
  const right = compileTruth(expression.right, schema, context)
  const combine = expression.operator === 'and' ? kleeneAnd : kleeneOr
  return (batch) => combine(context.kernels, left(batch), right(batch))
}

/** Lowers NOT. */
export function compileNot(expression: BoundNot, schema: Schema, context: EvaluationContext): Evaluator {
  const operand = compileTruth(expression.operand, schema, context)
  return (batch) => kleeneNot(context.kernels, operand(batch))
}

/** Lowers IS NULL and IS NOT NULL, which never are null themselves and take multi-values. */
export function compileIsNull(expression: BoundIsNull, schema: Schema, context: EvaluationContext): Evaluator {
  const operand = compileExpression(expression.operand, schema, context)
  return (batch) => {
    const column = operand(batch)
    const values = new Uint8Array(batch.rowCount)
    for (let row = 0; row < values.length; row++) values[row] = isNullAt(column, row) === expression.negated ? 0 : 1
    return { type: 'boolean', rowCount: batch.rowCount, values, nulls: null, offsets: null, dictionary: null }
  }
}

/** Lowers an operand of a logical operator: exactly one truth value a row, dense. */
export function compileTruth(expression: BoundExpression, schema: Schema, context: EvaluationContext): Evaluator {
  const evaluate = compileExpression(expression, schema, context)
  const site = context.warnings.site(expression.span, expression.text)
  return (batch) => denseTruth(evaluate(batch), site)
}

/** A boolean column without offsets; multi-values become null with a warning. */
export function denseTruth(column: Column, site: WarningSite): Column {
  const { rowCount, offsets } = column
  if (column.type === 'null')
    return {
      type: 'boolean',
      rowCount,
      values: new Uint8Array(rowCount),
      nulls: new Uint8Array(rowCount).fill(1),
      offsets: null,
      dictionary: null
    }
  if (!offsets) return column
  const values = new Uint8Array(rowCount)
  const nulls = new Uint8Array(rowCount)
  for (let row = 0; row < rowCount; row++) {
    const count = offsets[row + 1]! - offsets[row]!
    if (count === 1) values[row] = column.values[offsets[row]!] as number
    else nulls[row] = 1
    if (count > 1) site.add(MULTI_VALUE_TEXT)
  }
  return { type: 'boolean', rowCount, values, nulls, offsets: null, dictionary: null }
}
