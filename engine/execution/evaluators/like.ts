/** LIKE: the patterns become one byte automaton, run once per distinct value. */
import { compileLike as compilePattern, matchText, unionOf } from '../../data/automaton.ts'
import type { Schema } from '../../data/schema.ts'
import type { BoundLike } from '../../plan/expression.ts'
import { compileExpression, type EvaluationContext, type Evaluator } from '../evaluator.ts'
import { truthByCode } from './truth-by-code.ts'

/** Lowers LIKE and LIKE lists. */
export function compileLike(expression: BoundLike, schema: Schema, context: EvaluationContext): Evaluator {
  const operand = compileExpression(expression.operand, schema, context)
  const site = context.warnings.site(expression.span, expression.text)
  const automaton = unionOf(expression.patterns.map((pattern) => compilePattern(pattern)))
  const test = truthByCode((text) => (matchText(automaton, text) ? 1 : 0), site)
  return (batch) => test(operand(batch))
}
