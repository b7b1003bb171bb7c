/** `x == NULL`: never true, whatever x is. */
import type { Expression } from '../../language/ast.ts'
import type { Draft, LintCheck } from '../check.ts'
import type { LintContext } from '../context.ts'

/** Comparisons with NULL. */
export const NULL_COMPARISON: LintCheck = {
  id: 'null-comparison',
  title: 'Comparison with NULL',
  severity: 'error',
  explanation:
    'A comparison with NULL is NULL, not true, also when the value is null. WHERE keeps only what is true, so the condition ' +
    'holds for no event. IS NULL and IS NOT NULL ask for it.',
  example: { query: 'FROM logs-*\n| WHERE user.name == NULL' },
  find: (context) => context.nodes.flatMap(({ expression }) => comparison(context, expression))
}

const isNull = (expression: Expression) => expression.type === 'null'

function comparison(context: LintContext, expression: Expression): Draft[] {
  if (expression.type === 'in') {
    const item = expression.items.find(isNull)
    if (!item) return []
    const value = context.textOf(expression.value)
    return [
      {
        span: item.span,
        message: `NULL in an IN list matches nothing${expression.negated ? ', and with NOT IN no event is left' : ''}`,
        example: { data: '{}', outcome: `${value} is null, the condition is null, the event is dropped` }
      }
    ]
  }
  if (expression.type !== 'comparison') return []
  const operand = isNull(expression.right) ? expression.left : isNull(expression.left) ? expression.right : null
  if (operand === null) return []
  const text = context.textOf(operand)
  const test = { '==': 'IS NULL', '!=': 'IS NOT NULL' }[expression.operator as string]
  return [
    {
      span: expression.span,
      message: `[${context.textOf(expression)}] is never true`,
      example: { data: '{}', outcome: `${text} is null, the comparison is null, the event is dropped` },
      rewrite: test ? { span: expression.span, replacement: `${text} ${test}`, effect: 'asks for what was meant' } : null
    }
  ]
}
