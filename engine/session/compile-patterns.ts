/**
 * Compiles the RLIKE patterns of a plan before it runs. The analyzer has read them; whether the automaton of one stays small
 * enough shows only when it is built, which costs up to a fifth of a second and is not due while a query is being written or
 * a pack of rules listed.
 */
import { formatDiagnostic } from '../base/diagnostic.ts'
import { AutomatonTooLargeError } from '../data/automaton-builder.ts'
import { badPattern } from '../analysis/errors.ts'
import { compileRlike } from '../patterns/rlike.ts'
import { type BoundExpression, type BoundLike, childrenOf } from '../plan/expression.ts'
import { expressionsOf } from '../plan/expressions-of.ts'
import type { LogicalPlan } from '../plan/logical-plan.ts'
import { QueryError } from './prepare.ts'

/** Throws QueryError with every pattern whose automaton is too large. */
export function compilePatterns(text: string, plan: LogicalPlan): void {
  const problems = plan.nodes.flatMap((node) => expressionsOf(node).flatMap(likesIn)).flatMap((like) => tooLarge(text, like))
  if (problems.length > 0) throw new QueryError([...new Set(problems)])
}

function tooLarge(text: string, { syntax, patterns, patternSpans }: BoundLike): string[] {
  if (syntax !== 'rlike') return []
  return patterns.flatMap((pattern, i) => {
    try {
      compileRlike(pattern)
      return []
    } catch (failure) {
      if (!(failure instanceof AutomatonTooLargeError)) throw failure
      return [formatDiagnostic(text, badPattern('RLIKE', pattern, failure.message, patternSpans[i]!))]
    }
  })
}

function likesIn(expression: BoundExpression): BoundLike[] {
  const found: BoundLike[] = []
  const pending = [expression]
  while (pending.length > 0) {
    const next = pending.pop()!
    if (next.type === 'like') found.push(next)
    pending.push(...childrenOf(next))
  }
  return found
}
