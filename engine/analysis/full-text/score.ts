/**
 * `_score`: how many of the full-text conditions a row fulfils.
 *
 * Elasticsearch ranks by BM25, which needs the statistics of all documents of an index, those not loaded included; no file can
 * give them. So rows are ranked by the number of conditions, and a note says it. Thresholds of a query mean something else then.
 */
import type { Span } from '../../base/span.ts'
import { OPERATORS } from '../../functions/operators.ts'
import { type BoundExpression, type BoundFullText, childrenOf } from '../../plan/expression.ts'
import type { EvalNode } from '../../plan/logical-plan.ts'

/** The assignment that adds the full-text conditions of a WHERE to `_score`; null when it has none. */
export function scoreOf(condition: BoundExpression, span: Span): EvalNode | null {
  const found = conditionsOf(condition)
  if (found.length === 0) return null
  const at = { span, text: '_score', dataType: 'double' as const }
  const plus = OPERATORS.get('+')!
  const number = (value: number): BoundExpression => ({ type: 'literal', value, ...at })
  const expression = found.reduce<BoundExpression>(
    (sum, fulfilled) => ({
      type: 'call',
      function: plus,
      args: [sum, { type: 'case', branches: [{ condition: fulfilled, value: number(1) }], otherwise: number(0), ...at }],
      params: ['double', 'double'],
      ...at
    }),
    { type: 'column', name: '_score', ...at }
  )
  return { type: 'eval', fields: [{ name: '_score', expression }], span }
}

/** Those that count for a row: under NOT they do not. */
function conditionsOf(condition: BoundExpression): BoundFullText[] {
  const found: BoundFullText[] = []
  const pending = [condition]
  while (pending.length > 0) {
    const next = pending.pop()!
    if (next.type === 'full-text') found.push(next)
    if (next.type !== 'not') pending.push(...childrenOf(next))
  }
  return found
}
