/** `COUNT_DISTINCT(agent.id) == 1` where agent.id may be absent: nothing counted is 0, not 1. */
import type { Expression } from '../../language/ast.ts'
import type { Draft, LintCheck } from '../check.ts'
import { aggregateCall, type Column, sourceField } from '../columns.ts'
import type { LintContext, Site } from '../context.ts'
import { isCall } from '../expressions.ts'
import { keepsEvents, nullSources, pairsOf } from '../null-logic.ts'
import { shown } from '../quoting.ts'

/** Exact counts of distinct values that may be none. */
export const COUNT_DISTINCT_NULL: LintCheck = {
  id: 'count-distinct-null',
  title: 'Exactly one distinct value of a field that may be absent',
  severity: 'note',
  explanation:
    'COUNT_DISTINCT does not count null. A group whose events all lack the field has 0 distinct values, and 0 == 1 is false: ' +
    'such a group never fires. <= 1 includes it, a null check before STATS says that it is left out on purpose.',
  example: {
    query: 'FROM logs-*\n| STATS agents = COUNT_DISTINCT(agent.id) BY process.command_line\n| WHERE agents == 1'
  },
  find: (context) => context.nodes.flatMap(({ expression, site }) => draft(context, expression, site))
}

function draft(context: LintContext, expression: Expression, site: Site): Draft[] {
  if (expression.type !== 'comparison' || expression.operator !== '==' || site.role !== 'where') return []
  const { left, right } = expression
  if (left.type !== 'column' || right.type !== 'number' || right.text !== '1') return []
  const column = site.scope.lookup(left.name)
  const call = aggregateCall(column)
  if (!column || column.kind !== 'aggregate' || !call || !isCall(call, 'COUNT_DISTINCT') || !call.args[0]) return []
  const field = sourceField(column)
  const [source] = nullSources(call.args[0], column.scope)
  if (!field || !source || field === '@timestamp' || !mayBeNull(context, source)) return []
  return [
    {
      span: expression.span,
      field,
      message: `a group without [${field}] has 0 distinct values: [${shown(context.textOf(expression))}] is false for it`,
      example: { data: '{}', outcome: `${field} is null in every event of the group, the count is 0, the group is dropped` },
      rewrite: {
        span: expression.span,
        replacement: `${context.textOf(left)} <= 1`,
        effect: `includes groups without ${field}`
      }
    }
  ]
}

/** Whether an event without the field passes every WHERE. */
function mayBeNull(context: LintContext, column: Column): boolean {
  return context.sites
    .filter(({ role }) => role === 'where')
    .every((site) => keepsEvents(pairsOf(site.expression, site.scope, column)))
}
