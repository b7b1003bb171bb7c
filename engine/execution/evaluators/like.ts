/** LIKE: the patterns become one matcher (a byte automaton wherever it fits), run once per distinct value. */
import { compileLikeMatcher } from '../../data/like-matcher.ts'
import type { Schema } from '../../data/schema.ts'
import type { BoundLike } from '../../plan/expression.ts'
import { compileExpression, type EvaluationContext, type Evaluator } from '../evaluator.ts'
import { truthByCode } from './truth-by-code.ts'

/** Lowers LIKE and LIKE lists. */
export function compileLike(expression: BoundLike, schema: Schema, context: EvaluationContext): Evaluator {
  const operand = compileExpression(expression.operand, schema, context)
  const site = context.warnings.site(expression.span, expression.text)
  const matcher = compileLikeMatcher(expression.patterns)
  const test = truthByCode((text) => (matcher.matches(text) ? 1 : 0), site)
  return (batch) => test(operand(batch))
}
