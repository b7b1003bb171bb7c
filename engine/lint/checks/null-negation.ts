/**
 * An exclusion that also drops the events in which the excluded field is missing.
 *
 * Harmless, and not reported, where another condition of the query drops those events anyway: one that wants a value of the
 * same field, or a null check (null-logic.ts works it out over the whole condition).
 */
import type { Expression } from '../../language/ast.ts'
import type { Draft, LintCheck } from '../check.ts'
import type { Column, ColumnScope } from '../columns.ts'
import type { LintContext, Site } from '../context.ts'
import { everyExpression, isCall } from '../expressions.ts'
import type { LintFinding } from '../finding.ts'
import { shown } from '../quoting.ts'
import { bothOf, isNullWhen, losesEvents, nullSources, type Pairs, pairsOf, takenAsIs } from '../null-logic.ts'

/** Negated conditions on fields that may be absent. */
export const NULL_NEGATION: LintCheck = {
  id: 'null-negation',
  title: 'An exclusion drops events without the field',
  severity: 'warning',
  explanation:
    'In an event without the field the comparison is null, and so are its negation and NOT (... OR ...) around it: the event ' +
    'is dropped although it has nothing of what is excluded. Say what happens to such events: field IS NULL OR ..., or ' +
    'COALESCE. Reported only where no other condition drops them anyway.',
  example: { query: 'FROM logs-*\n| WHERE process.name == "sh" AND NOT process.working_directory LIKE "/home/*"' },
  find: (context) => conditionsOf(context).flatMap((condition) => findIn(context, condition))
}

/** Every event has these. */
const ALWAYS_THERE = /^(@timestamp|_id|_index|_version|_source|event\.ingested)$/

/** Whoever writes these documents writes the field: losing events is unlikely, the check still says what would happen. */
const USUALLY_THERE = /^(kibana\.alert\.|data_stream\.)/

interface Condition {
  expression: Expression
  scope: ColumnScope
  site: Site
}

/** Conditions that keep or drop something: WHERE, filters of aggregates, and those of CASE. */
function conditionsOf(context: LintContext): Condition[] {
  return context.sites.flatMap((site) => {
    const { expression, scope, role } = site
    const whole = role === 'where' || role === 'filter' || site.index < 0 ? [{ expression, scope, site }] : []
    const inCase = everyExpression(expression).flatMap((inner) =>
      isCall(inner, 'CASE') ? inner.args.filter((_, i) => i % 2 === 0 && i < inner.args.length - 1) : []
    )
    return [...whole, ...inCase.map((condition) => ({ expression: condition, scope, site }))]
  })
}

function findIn(context: LintContext, condition: Condition): Draft[] {
  return [...nullSources(condition.expression, condition.scope)].flatMap((column) => {
    if (column.kind !== 'source' || ALWAYS_THERE.test(column.field)) return []
    if (!losesEvents(inThePipe(context, condition, column))) return []
    const places = negatedPlaces(condition.expression, condition.scope, column)
    return places.length === 0 ? [] : [draft(context, condition, column.field, column, places)]
  })
}

/** The condition together with every WHERE of the pipe: an event is only lost once. */
function inThePipe(context: LintContext, condition: Condition, column: Column): Pairs {
  const isWhere = condition.site.role === 'where' && condition.site.expression === condition.expression
  return context.sites
    .filter((site) => site.role === 'where' && site.expression !== condition.expression)
    .reduce(
      (pairs, site) => {
        const other = pairsOf(site.expression, site.scope, column)
        // Inside CASE and filters only the events that the WHEREs leave matter.
        return bothOf(pairs, isWhere ? other : takenAsIs(other))
      },
      pairsOf(condition.expression, condition.scope, column)
    )
}

/** The outermost negations that hold the field, in the order of the text. */
function negatedPlaces(expression: Expression, scope: ColumnScope, column: Column, negated = false): Expression[] {
  const inside = (operand: Expression, flip = false) => negatedPlaces(operand, scope, column, negated !== flip)
  const touches = (operands: readonly Expression[]) => operands.some((operand) => isNullWhen(operand, scope, column))
  switch (expression.type) {
    case 'logical':
      return [...inside(expression.left), ...inside(expression.right)]
    case 'not': {
      const within = inside(expression.operand, true)
      return within.length > 0 && !negated && onlyAbout(expression.operand, scope, column) ? [expression] : within
    }
    case 'comparison':
      return touches([expression.left, expression.right]) && (expression.operator === '!=') !== negated ? [expression] : []
    case 'in':
    case 'pattern':
      return touches([expression.value]) && expression.negated !== negated ? [expression] : []
    case 'is-null':
    case 'match':
      return []
    case 'column': {
      const behind = scope.lookup(expression.name)
      if (behind?.kind === 'computed') {
        return isNegationBehind(behind, column, negated) ? [expression] : []
      }
      return negated && isNullWhen(expression, scope, column) ? [expression] : []
    }
    default:
      return negated && isNullWhen(expression, scope, column) ? [expression] : []
  }
}

/** The negation may stand where the column was made. A column made of two others is looked at once. */
function isNegationBehind(behind: Extract<Column, { kind: 'computed' }>, column: Column, negated: boolean): boolean {
  const known = negated ? negationsBehind.negated : negationsBehind.plain
  let answers = known.get(column)
  if (!answers) known.set(column, (answers = new Map()))
  let answer = answers.get(behind)
  if (answer === undefined) {
    // Bounds the recursion for columns made of columns.
    if (++depthBehind <= MAX_DEPTH) answer = negatedPlaces(behind.expression, behind.scope, column, negated).length > 0
    else answer = false
    depthBehind--
    answers.set(behind, answer)
  }
  return answer
}

const MAX_DEPTH = 100
let depthBehind = 0
const negationsBehind = {
  negated: new WeakMap<Column, Map<Column, boolean>>(),
  plain: new WeakMap<Column, Map<Column, boolean>>()
}

/** Whether every condition in it is about this field alone. */
function onlyAbout(expression: Expression, scope: ColumnScope, column: Column): boolean {
  if (expression.type === 'logical')
    return onlyAbout(expression.left, scope, column) && onlyAbout(expression.right, scope, column)
  if (expression.type === 'not') return onlyAbout(expression.operand, scope, column)
  const sources = nullSources(expression, scope)
  return sources.size === 1 && sources.has(column)
}

function draft(context: LintContext, condition: Condition, field: string, column: Column, places: Expression[]): Draft {
  const [first] = places as [Expression]
  const others = places.length > 1 ? ` (and in ${places.length - 1} more of this condition)` : ''
  const what = condition.site.role === 'where' ? 'drops' : 'leaves out'
  return {
    span: first.span,
    field,
    severity: USUALLY_THERE.test(field) || isBetweenColumns(first) ? 'note' : 'warning',
    message: `[${shown(context.textOf(first))}] ${what} events without [${field}]${others}`,
    example: {
      data: JSON.stringify({ 'event.id': 'x' }),
      outcome: `${field} is null, ${shown(context.textOf(first))} is null, ${condition.site.role === 'where' ? 'the event is dropped' : 'the event is not counted'}`
    },
    rewrite: condition.site.index < 0 ? null : rewrite(context, condition, field, column, places)
  }
}

/** `user.name != user.target.name`: who compares two fields mostly wants both. */
function isBetweenColumns(place: Expression): boolean {
  return place.type === 'comparison' && [place.left, place.right].every(({ type }) => type === 'column')
}

/** One edit from the first place to the last; only where the field itself is written there. */
function rewrite(
  context: LintContext,
  { expression, scope }: Condition,
  field: string,
  column: Column,
  places: readonly Expression[]
): LintFinding['rewrite'] {
  const name = writtenName(context, expression, scope, column)
  if (name === null || places.some((place) => place.type === 'column' || !isDirect(place, scope, column))) return null
  const span = { start: places[0]!.span.start, end: places.at(-1)!.span.end }
  let replacement = ''
  let at = span.start
  for (const place of places) {
    const text = context.textOf(place)
    const negation = place.type === 'not' || (place.type === 'comparison' && place.operator === '!=') || isNegatedForm(place)
    replacement += context.text.slice(at, place.span.start)
    replacement += negation ? `(${name} IS NULL OR ${text})` : `(${name} IS NOT NULL AND ${text})`
    at = place.span.end
  }
  return { span, replacement, effect: `keeps events without ${field}` }
}

function isNegatedForm(place: Expression): boolean {
  return (place.type === 'in' || place.type === 'pattern') && place.negated
}

/** The field as the query writes it, backticks included. */
function writtenName(context: LintContext, expression: Expression, scope: ColumnScope, column: Column): string | null {
  for (const inner of everyExpression(expression))
    if (inner.type === 'column' && scope.lookup(inner.name) === column) return context.textOf(inner)
  return null
}

/** Only this field decides whether the place is null: then one null check mends it. */
function isDirect(place: Expression, scope: ColumnScope, column: Column): boolean {
  const sources = nullSources(place, scope)
  return sources.size === 1 && sources.has(column)
}
