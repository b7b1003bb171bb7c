/** `x == ["a", "b"]`: a comparison with several values is null. */
import type { Draft, LintCheck } from '../check.ts'
import { shown } from '../quoting.ts'

/** Comparisons with list literals. */
export const LIST_COMPARISON: LintCheck = {
  id: 'list-comparison',
  title: 'Comparison with a list',
  severity: 'error',
  explanation:
    'A comparison takes one value on each side. With a list of several on one side it is null, whatever the other side is. ' +
    'IN asks for one of several values, MV_CONTAINS whether a field has them.',
  example: { query: 'FROM logs-*\n| WHERE process.name == ["sh", "bash"]' },
  find: (context) =>
    context.nodes.flatMap(({ expression }): Draft[] => {
      if (expression.type !== 'comparison') return []
      const { left, right, operator } = expression
      const list = right.type === 'list' ? right : left.type === 'list' ? left : null
      if (!list || list.items.length < 2) return []
      const other = context.textOf(list === right ? left : right)
      const items = list.items.map((item) => context.textOf(item)).join(', ')
      const word = operator === '==' ? 'IN' : operator === '!=' ? 'NOT IN' : null
      return [
        {
          span: expression.span,
          message: `[${shown(context.textOf(expression))}] compares with several values and is always null`,
          example: { data: '{}', outcome: 'the comparison is null, the event is dropped' },
          rewrite: word && {
            span: expression.span,
            replacement: `${other} ${word} (${items})`,
            effect: 'one of the values, or none of them'
          }
        }
      ]
    })
}
