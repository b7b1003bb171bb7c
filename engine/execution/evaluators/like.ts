/** LIKE and RLIKE: the patterns become one matcher (a byte automaton wherever it fits), run once per distinct value. */
import type { Schema } from '../../data/schema.ts'
import { compileTextMatcher } from '../../patterns/text-matcher.ts'
import type { BoundLike } from '../../plan/expression.ts'
import { compileExpression, type EvaluationContext, type Evaluator } from '../evaluator.ts'
import { truthByCode } from './truth-by-code.ts'

/** Lowers LIKE, RLIKE and lists of them. */
export function compileLike(expression: BoundLike, schema: Schema, context: EvaluationContext): Evaluator {
  const operand = compileExpression(expression.operand, schema, context)
  const site = context.warnings.site(expression.span, expression.text)
  const matcher = compileTextMatcher(expression.syntax, expression.patterns)
  const test = truthByCode((text) => (matcher.matches(text) ? 1 : 0), site)
  return (batch) => test(operand(batch))
}
