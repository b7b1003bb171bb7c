/** One value compared with what VALUES or TOP collected, or SPLIT cut: null as soon as there are several. */
import type { Expression } from '../../language/ast.ts'
import type { Draft, LintCheck } from '../check.ts'
import { aggregateCall, sourceField, valueCount } from '../columns.ts'
import type { LintContext, Site } from '../context.ts'
import { functionName, isCall, SINGLE_VALUE_FUNCTIONS, withoutElementWise } from '../expressions.ts'
import { shown } from '../quoting.ts'

/** Scalar conditions on collected values. */
export const COLLECTED_COMPARISON: LintCheck = {
  id: 'collected-comparison',
  title: 'One value compared with collected values',
  severity: 'warning',
  explanation:
    'VALUES and TOP give all values of a group, SPLIT all pieces of a text. A comparison, LIKE or a function of one value is ' +
    'null as soon as there are several, and WHERE drops the row. Ask with MV_CONTAINS, or take one value with MV_FIRST, MV_MIN ' +
    'or MV_CONCAT first.',
  example: {
    query: 'FROM logs-*\n| STATS users = VALUES(user.name) BY host.id\n| WHERE users == "root"'
  },
  find: (context) =>
    context.nodes.flatMap(({ expression, site }) => {
      const operand = operandsAskedForOne(expression).find((one) => isCollected(site, one))
      return operand && !isGuarded(context, site, operand) ? [draft(context, expression, operand, site)] : []
    })
}

function operandsAskedForOne(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case 'comparison':
      return [expression.left, expression.right]
    case 'in':
    case 'pattern':
      return [expression.value]
    case 'call':
      return SINGLE_VALUE_FUNCTIONS.has(functionName(expression)!) ? expression.args : []
    default:
      return []
  }
}

function isCollected(site: Site, operand: Expression): boolean {
  const inner = withoutElementWise(operand)
  const column = inner.type === 'column' ? site.scope.lookup(inner.name) : null
  return column !== null && valueCount(column) === 'collected'
}

function draft(context: LintContext, expression: Expression, operand: Expression, site: Site): Draft {
  const name = shown(context.textOf(operand))
  const other = expression.type === 'comparison' ? (expression.left === operand ? expression.right : expression.left) : null
  const safe =
    expression.type === 'comparison' && expression.operator === '==' && other?.type === 'string' && isTop(site, expression)
  return {
    span: expression.span,
    field: fieldOf(site, operand),
    message: `[${name}] holds all values of its group: [${shown(context.textOf(expression))}] is null when there are several`,
    example: { data: JSON.stringify({ [name]: ['a', 'b'] }), outcome: 'the condition is null, the row is dropped' },
    rewrite: safe
      ? {
          span: expression.span,
          replacement: `MV_CONTAINS(${context.textOf(operand)}, ${context.textOf(other)})`,
          effect: 'true when any of the values fits'
        }
      : null
  }
}

/** `COUNT_DISTINCT(x) >= 2 OR values == 73`, or `== 1 AND`: beside a test for a single value the comparison is sound. */
function isGuarded(context: LintContext, site: Site, operand: Expression): boolean {
  const field = fieldOf(site, operand)
  return context.nodes.some(({ expression, site: other }) => {
    if (other !== site || expression.type !== 'comparison' || expression.left.type !== 'column') return false
    const { operator, right } = expression
    const limit = right.type === 'number' ? `${operator} ${right.text}` : ''
    if (!['== 1', '<= 1', '< 2', '>= 2', '> 1'].includes(limit)) return false
    const column = site.scope.lookup(expression.left.name)
    const call = aggregateCall(column)
    return call !== null && isCall(call, 'COUNT_DISTINCT') && field !== null && sourceField(column!) === field
  })
}

function fieldOf(site: Site, operand: Expression): string | null {
  const inner = withoutElementWise(operand)
  const column = inner.type === 'column' ? site.scope.lookup(inner.name) : null
  return column && sourceField(column)
}

/** Not inside of NOT or of a function, where false and null differ. */
function isTop(site: Site, expression: Expression): boolean {
  if (site.role !== 'where') return false
  const search = (one: Expression): boolean =>
    one === expression || (one.type === 'logical' && (search(one.left) || search(one.right)))
  return search(site.expression)
}
