/**
 * Conditions and alternatives that no event can meet, because another condition of the same conjunction wants another value.
 *
 * Works on sets of constants: `==` and IN say which values a column may have, everything else about the same column takes
 * values away. What is not about constants is left alone.
 */
import { compileLikeMatcher } from '../../data/like-matcher.ts'
import { type LikePart, LikePatternError, parseLikePattern } from '../../data/like-pattern.ts'
import type { Expression } from '../../language/ast.ts'
import type { Draft, LintCheck } from '../check.ts'
import { type Column, sourceField } from '../columns.ts'
import type { LintContext, Site } from '../context.ts'
import { constantKey, partsOf, stringLiterals } from '../expressions.ts'
import { shown } from '../quoting.ts'
import { fieldType } from '../../source/field-types.ts'

/** Contradictions between conditions joined by AND. */
export const DEAD_CONDITION: LintCheck = {
  id: 'dead-condition',
  title: 'Condition that can never hold',
  severity: 'error',
  explanation:
    'Another condition joined to it by AND wants a different value of the same column, so no event meets both: the ' +
    'alternative, or the whole query, never matches. An array field that is to hold two values at once is asked with ' +
    'MV_CONTAINS for each.',
  example: { query: 'FROM logs-*\n| WHERE event.action == "exec" AND event.action == "fork"' },
  find: (context) => {
    const drafts: Draft[] = []
    let known: Known = new Map()
    for (const site of context.sites) {
      if (site.role === 'where') known = conjunction(context, site, site.expression, known, drafts) ?? known
    }
    return drafts
  }
}

/** What is known of a column: the values it may have, and patterns it has to match. */
interface Allowed {
  values: ReadonlyMap<string, string> | null
  patterns: readonly string[]
  by: Expression
}
type Known = ReadonlyMap<Column, Allowed>

/** What holds behind the conjunction; null when nothing can. Dead parts are added to `drafts`. */
function conjunction(context: LintContext, site: Site, expression: Expression, before: Known, drafts: Draft[]): Known | null {
  let known = before
  const later: Expression[][] = []
  for (const part of partsOf(expression, 'and')) {
    const alternatives = partsOf(part, 'or')
    if (alternatives.length > 1) {
      later.push(alternatives)
      continue
    }
    const next = atom(site, part, known)
    if (next === null) {
      drafts.push(draft(context, site, part, known))
      return null
    }
    known = next
  }
  // Alternatives are judged by everything that is joined to them, before and behind.
  for (const alternatives of later) {
    for (const alternative of alternatives) {
      if (drafts.length < MAX_DRAFTS) conjunction(context, site, alternative, known, drafts)
    }
    known = anyOf(site, alternatives, known)
  }
  return known
}
const MAX_DRAFTS = 100

/** `a == "x" OR a == "y"` says of a what IN says. */
function anyOf(site: Site, alternatives: readonly Expression[], known: Known): Known {
  const values = new Map<string, string>()
  let column: Column | null = null
  for (const alternative of alternatives) {
    const said = equality(site, alternative)
    if (!said || (column !== null && said.column !== column)) return known
    column = said.column
    for (const [key, text] of said.values) values.set(key, text)
  }
  if (column === null || known.has(column)) return known
  return new Map([...known, [column, { values, patterns: [], by: alternatives[0]! }]])
}

/** The column and the constants of `==` or IN. */
function equality(site: Site, part: Expression): { column: Column; values: Map<string, string> } | null {
  const operand =
    part.type === 'comparison' && part.operator === '==' ? part.left : part.type === 'in' && !part.negated ? part.value : null
  const items = part.type === 'in' ? part.items : part.type === 'comparison' ? [part.right] : []
  const column = operand && columnOf(site, operand)
  const keys = items.map(constantKey)
  if (!column || keys.includes(null)) return null
  return { column, values: new Map(keys.map((key, i) => [key!, constantText(items[i]!)])) }
}

/** The condition added to what is known; null when both cannot hold. */
function atom(site: Site, part: Expression, known: Known): Known | null {
  const said = equality(site, part)
  if (said) {
    const before = known.get(said.column)
    let kept = new Map(before?.values ? [...said.values].filter(([key]) => before.values!.has(key)) : said.values)
    for (const pattern of before?.patterns ?? []) kept = matching(kept, pattern, true)
    if (kept.size === 0) return null
    return new Map([...known, [said.column, { values: kept, patterns: before?.patterns ?? [], by: part }]])
  }
  const inner = part.type === 'not' ? part.operand : part
  const negated = part.type === 'not'
  if (inner.type === 'pattern' && inner.operator === 'like' && inner.patterns.length === 1) {
    const column = columnOf(site, inner.value)
    const [literal] = stringLiterals(inner.patterns)
    if (!column || !literal) return known
    return withPattern(known, column, literal.value, negated === inner.negated, part)
  }
  const excluded = exclusion(site, inner, negated)
  if (!excluded) return known
  const before = known.get(excluded.column)
  if (!before?.values) return known
  const kept = new Map([...before.values].filter(([key]) => !excluded.keys.includes(key)))
  return kept.size === 0 ? null : new Map([...known, [excluded.column, { ...before, values: kept }]])
}

function exclusion(site: Site, inner: Expression, negated: boolean): { column: Column; keys: string[] } | null {
  const isExclusion =
    (inner.type === 'comparison' && inner.operator === (negated ? '==' : '!=')) ||
    (inner.type === 'in' && inner.negated !== negated)
  if (!isExclusion) return null
  const column = columnOf(site, inner.type === 'in' ? inner.value : inner.left)
  const keys = (inner.type === 'in' ? inner.items : [inner.right]).map(constantKey)
  return column && { column, keys: keys.filter((key) => key !== null) }
}

function withPattern(known: Known, column: Column, pattern: string, positive: boolean, by: Expression): Known | null {
  const before = known.get(column)
  if (before?.values) {
    const kept = matching(before.values, pattern, positive)
    return kept.size === 0 ? null : new Map([...known, [column, { ...before, values: kept }]])
  }
  if (!positive) return known
  const patterns = [...(before?.patterns ?? []), pattern]
  if (patterns.length === 2 && !haveCommon(patterns[0]!, pattern)) return null
  return new Map([...known, [column, { values: null, patterns, by: before?.by ?? by }]])
}

function matching(values: ReadonlyMap<string, string>, pattern: string, positive: boolean): Map<string, string> {
  try {
    const matcher = compileLikeMatcher([pattern])
    return new Map([...values].filter(([key, text]) => !key.startsWith('"') || matcher.matches(text) === positive))
  } catch (error) {
    if (error instanceof LikePatternError) return new Map(values)
    throw error
  }
}

/**
 * Whether some text matches both. Two patterns that both have a star share a text exactly when their fixed beginnings and
 * their fixed ends agree: what lies between can be written one behind the other.
 */
function haveCommon(first: string, second: string): boolean {
  try {
    const [a, b] = [parseLikePattern(first), parseLikePattern(second)]
    if (!a.includes('any-run') || !b.includes('any-run')) return true
    return agree(fixedStart(a), fixedStart(b)) && agree(fixedStart(a.toReversed()), fixedStart(b.toReversed()))
  } catch (error) {
    if (error instanceof LikePatternError) return true
    throw error
  }
}

function fixedStart(parts: readonly LikePart[]): LikePart[] {
  return parts.slice(0, parts.indexOf('any-run'))
}

function agree(a: readonly LikePart[], b: readonly LikePart[]): boolean {
  return a.every((part, i) => b[i] === undefined || part === b[i] || part === 'any-one' || b[i] === 'any-one')
}

/** Equal text is equal value only for these. */
const COMPARED_AS_TEXT = ['keyword', 'text', 'long', 'integer', 'boolean', 'double', 'unsigned_long']

function columnOf(site: Site, operand: Expression): Column | null {
  const column = operand.type === 'column' ? site.scope.lookup(operand.name) : null
  if (!column) return null
  const field = sourceField(column)
  const type = field === null ? null : fieldType(field)
  return type && !COMPARED_AS_TEXT.includes(type.type) ? null : column
}

function constantText(expression: Expression): string {
  return expression.type === 'string' ? expression.value : (constantKey(expression) ?? '')
}

function draft(context: LintContext, site: Site, part: Expression, known: Known): Draft {
  const column = columnsIn(site, part).find((one) => known.has(one))
  const reason = column ? known.get(column)!.by : part
  const field = column ? sourceField(column) : null
  const [value] = column ? [...(known.get(column)!.values?.values() ?? [])] : []
  return {
    span: part.span,
    field,
    message: `[${shown(context.textOf(part))}] can never hold together with [${shown(context.textOf(reason))}]`,
    example: {
      data: JSON.stringify({ [field ?? 'value']: value ?? 'any' }),
      outcome: 'one of the two conditions is false whatever the value is'
    }
  }
}

function columnsIn(site: Site, part: Expression): Column[] {
  const inner = part.type === 'not' ? part.operand : part
  const operand = inner.type === 'comparison' ? inner.left : inner.type === 'in' || inner.type === 'pattern' ? inner.value : null
  const column = operand && columnOf(site, operand)
  return column ? [column] : []
}
