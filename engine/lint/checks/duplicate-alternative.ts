/** The same alternative twice: in IN, in a list of patterns, in OR and AND, in CASE. */
import type { Span } from '../../base/span.ts'
import type { Expression } from '../../language/ast.ts'
import { printExpression } from '../../language/expression-printer.ts'
import type { Draft, LintCheck } from '../check.ts'
import type { LintContext } from '../context.ts'
import { constantKey, isCall, partsOf } from '../expressions.ts'
import { shown } from '../quoting.ts'

/** Repeated items and conditions. */
export const DUPLICATE_ALTERNATIVE: LintCheck = {
  id: 'duplicate-alternative',
  title: 'The same alternative twice',
  severity: 'note',
  explanation:
    'The second one changes nothing. Often another value was meant: a copied line that was not edited. In CASE the branch of ' +
    'a condition that stands before it again is never taken.',
  example: { query: 'FROM logs-*\n| WHERE process.name IN ("curl", "wget", "curl")' },
  find: (context) => {
    const inner = new Set<Expression>()
    return context.nodes.flatMap(({ expression }) => {
      if (expression.type === 'logical') {
        if (inner.has(expression)) return []
        for (const operand of [expression.left, expression.right]) if (sameChain(expression, operand)) markChain(operand, inner)
        return repeated(context, partsOf(expression, expression.operator), printExpression, chainRewrite)
      }
      if (expression.type === 'in') return repeated(context, expression.items, constantKey, listRewrite)
      if (expression.type === 'pattern') return repeated(context, expression.patterns, constantKey, listRewrite)
      if (isCall(expression, 'CASE')) return shadowed(context, expression.args)
      return []
    })
  }
}

function sameChain(outer: Extract<Expression, { type: 'logical' }>, operand: Expression): boolean {
  return operand.type === 'logical' && operand.operator === outer.operator
}

/** Parts of a chain are looked at once, from its top. */
function markChain(expression: Expression, inner: Set<Expression>): void {
  if (expression.type !== 'logical' || inner.has(expression)) return
  inner.add(expression)
  for (const operand of [expression.left, expression.right]) if (sameChain(expression, operand)) markChain(operand, inner)
}

function repeated(
  context: LintContext,
  items: readonly Expression[],
  keyOf: (item: Expression) => string | null,
  rewrite: (context: LintContext, previous: Expression, item: Expression) => Span | null
): Draft[] {
  const seen = new Set<string>()
  return items.flatMap((item, i): Draft[] => {
    const key = keyOf(item)
    if (key === null || !seen.has(key)) {
      if (key !== null) seen.add(key)
      return []
    }
    const removed = rewrite(context, items[i - 1]!, item)
    return [
      {
        span: item.span,
        message: `[${shown(context.textOf(item))}] stands here a second time`,
        example: { data: '{}', outcome: 'with or without it every event gets the same answer' },
        rewrite: removed && { span: removed, replacement: '', effect: 'removes the repetition' }
      }
    ]
  })
}

/** Behind the item before it to its own end; only where nothing but a comma stands between. */
function listRewrite(context: LintContext, previous: Expression, item: Expression): Span | null {
  const between = context.text.slice(previous.span.end, item.span.start)
  return /^\s*,\s*$/.test(between) ? { start: previous.span.end, end: item.span.end } : null
}

function chainRewrite(context: LintContext, previous: Expression, item: Expression): Span | null {
  const between = context.text.slice(previous.span.end, item.span.start)
  return /^\s+(?:and|or)\s+$/i.test(between) ? { start: previous.span.end, end: item.span.end } : null
}

function shadowed(context: LintContext, args: readonly Expression[]): Draft[] {
  const seen = new Set<string>()
  return args.flatMap((condition, i): Draft[] => {
    if (i % 2 === 1 || i === args.length - 1) return []
    const key = printExpression(condition)
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    return [
      {
        span: condition.span,
        severity: 'warning',
        message: `[${shown(context.textOf(condition))}] stands in this CASE before: this branch is never taken`,
        example: { data: '{}', outcome: 'the first branch with the condition decides' }
      }
    ]
  })
}
