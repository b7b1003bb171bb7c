/** One value compared with a field that holds several: null, so the event is lost. */
import type { Expression, InExpression } from '../../language/ast.ts'
import type { Draft, LintCheck } from '../check.ts'
import { sourceField, valueCount } from '../columns.ts'
import type { LintContext, Site } from '../context.ts'
import type { LintFinding } from '../finding.ts'
import { shown } from '../quoting.ts'
import { functionName, operandsOf, SINGLE_VALUE_FUNCTIONS, stringLiterals, withoutElementWise } from '../expressions.ts'

/** Scalar conditions and single-value functions on array fields, not expanded. */
export const ARRAY_COMPARISON: LintCheck = {
  id: 'array-comparison',
  title: 'One value compared with an array field',
  severity: 'warning',
  explanation:
    'ECS defines the field as an array. Comparisons, IN, LIKE, RLIKE and functions of one value give null (and a warning) for ' +
    'a row in which the field has several values, and WHERE drops the row. Elastic Defend, for example, merges the start and ' +
    'the end of a short-lived process into one event with two event types. Expand the field with MV_EXPAND first, or ask with ' +
    'MV_CONTAINS or KQL, which look at every value.',
  example: { query: 'FROM logs-endpoint.events.process-*\n| WHERE event.type == "start" AND process.name == "sh"' },
  find: (context) => context.sites.flatMap((site) => walk(context, site, site.expression, true))
}

/** `positive`: null and false come to the same here, so a rewrite may give false where null was. */
function walk(context: LintContext, site: Site, expression: Expression, positive: boolean): Draft[] {
  const inner = operandsOf(expression).flatMap((operand) =>
    walk(context, site, operand, positive && expression.type === 'logical')
  )
  const operand = scalarOperand(expression, (one) => isArray(site, one))
  return operand
    ? [draft(context, site, expression, operand, positive && (site.role === 'where' || site.role === 'filter')), ...inner]
    : inner
}

/** The operand that has to be one value and is an array field; null when there is none. */
function scalarOperand(expression: Expression, isArrayField: (operand: Expression) => boolean): Expression | null {
  switch (expression.type) {
    case 'comparison':
      return [expression.left, expression.right].find(isArrayField) ?? null
    case 'in':
    case 'pattern':
      return isArrayField(expression.value) ? expression.value : null
    case 'call':
      if (!SINGLE_VALUE_FUNCTIONS.has(functionName(expression)!)) return null
      return expression.args.find(isArrayField) ?? null
    default:
      return null
  }
}

function isArray(site: Site, operand: Expression): boolean {
  const inner = withoutElementWise(operand)
  const column = inner.type === 'column' ? site.scope.lookup(inner.name) : null
  return column !== null && valueCount(column) === 'array-field'
}

function draft(context: LintContext, site: Site, expression: Expression, operand: Expression, positive: boolean): Draft {
  const inner = withoutElementWise(operand) as Extract<Expression, { type: 'column' }>
  const field = sourceField(site.scope.lookup(inner.name)!) ?? inner.name
  const what = expression.type === 'call' ? `${functionName(expression)} takes one value` : 'the condition takes one value'
  const [first, second] = exampleValues(field, expression)
  return {
    span: expression.span,
    field,
    message: `[${field}] is an array in ECS and ${what}: null for an event with several`,
    example: {
      data: JSON.stringify({ [field]: [first, second] }),
      outcome: `${shown(context.textOf(expression))} is null, ${consequence(site)}`
    },
    rewrite: positive ? rewrite(context, expression, operand, field) : null
  }
}

function consequence(site: Site): string {
  if (site.role === 'where') return 'the event is dropped'
  return site.role === 'filter' ? 'the event is not counted' : 'the result is null, or the branch is not taken'
}

/** Two values of the field, one of which the condition asks for. */
function exampleValues(field: string, expression: Expression): [string, string] {
  const asked = stringLiterals(operandsOf(expression)).find(({ value }) => !/[*?\\]/.test(value))?.value
  const others = field === 'event.type' ? ['end', 'start'] : field === 'event.category' ? ['network', 'process'] : ['-l', 'x']
  const first = asked ?? others[1]!
  return [first, others.find((other) => other !== first)!]
}

/** Longer lists are better rewritten by hand. */
const MAX_ALTERNATIVES = 8

/** `MV_CONTAINS`: true for one value where the comparison was, and for several when one of them fits. */
function rewrite(context: LintContext, expression: Expression, operand: Expression, field: string): LintFinding['rewrite'] {
  const text = context.textOf(operand)
  const contains = (item: Expression) => `MV_CONTAINS(${text}, ${context.textOf(item)})`
  const effect = 'true when any of the values fits'
  if (expression.type === 'comparison') {
    const other = expression.left === operand ? expression.right : expression.left
    if (other.type !== 'string') return null
    if (expression.operator === '==') return { span: expression.span, replacement: contains(other), effect }
    if (expression.operator !== '!=') return null
    const replacement = `(${text} IS NOT NULL AND NOT ${contains(other)})`
    return { span: expression.span, replacement, effect: `true when ${field} has values and none of them is this one` }
  }
  if (expression.type !== 'in' || !isShortList(expression)) return null
  const any = expression.items.map(contains).join(' OR ')
  if (expression.negated) {
    const replacement = `(${text} IS NOT NULL AND NOT (${any}))`
    return { span: expression.span, replacement, effect: `true when ${field} has values and none of them is listed` }
  }
  return { span: expression.span, replacement: expression.items.length === 1 ? any : `(${any})`, effect }
}

function isShortList({ items }: InExpression): boolean {
  return items.length <= MAX_ALTERNATIVES && items.every(({ type }) => type === 'string')
}
