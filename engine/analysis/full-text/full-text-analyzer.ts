/**
 * Full-text conditions: KQL, QSTR, MATCH, MATCH_PHRASE, MULTI_MATCH and `field : "words"`, from their arguments to a bound
 * condition on fields of the source document, or the reason why not.
 *
 * Holds: a condition is true or false; MATCH on a field in no mapping is null. KQL and QSTR name fields of the document whatever
 * the query calls by those names; MATCH takes a column that still is such a field, also behind KEEP, RENAME and `::`.
 */
import type { Diagnostic } from '../../base/diagnostic.ts'
import { nearestName } from '../../base/edit-distance.ts'
import type { Span } from '../../base/span.ts'
import type { Cell } from '../../data/data-type.ts'
import { isValues } from '../../data/column.ts'
import type { ColumnExpression, Expression, MapExpression } from '../../language/ast.ts'
import { KqlSyntaxError, parseKql } from '../../patterns/kql-parser.ts'
import { parseQueryString, QueryStringError } from '../../patterns/query-string.ts'
import type { BoundExpression, BoundFullText } from '../../plan/expression.ts'
import type { FieldTest, FullTextQuery } from '../../plan/full-text.ts'
import * as errors from '../errors.ts'
import type { Scope, SourceFields } from '../scope.ts'
import { DEFAULT_MATCH, FieldQueryError, matchQuery, phraseQuery } from './field-queries.ts'
import { bindKql, KqlBindingError, lenient } from './kql-binding.ts'
import { matchOptions, OptionError, type Options, readOptions } from './options.ts'
import { type FullTextName, type FullTextPlace, placeProblem, shownName } from './places.ts'
import { bindQueryString } from './query-string-binding.ts'
import { SearchFields } from './search-fields.ts'

/** A full-text condition as written. */
export interface FullTextCall {
  name: FullTextName
  args: readonly Expression[]
  options: MapExpression | null
  span: Span
  text: string
}

/** What the analyzer of expressions lends. */
export interface FullTextContext {
  scope: Scope
  source: SourceFields | null
  /** Null where full-text conditions are not allowed. */
  place: FullTextPlace | null
  diagnostics: Diagnostic[]
  bind(node: Expression): BoundExpression
}

/** Why a condition cannot be. */
class Refusal extends Error {
  constructor(readonly diagnostic: Diagnostic) {
    super(diagnostic.message)
  }
}

/** Binds a full-text condition; what is wrong with it is added to the diagnostics. */
export function bindFullText(call: FullTextCall, context: FullTextContext): BoundExpression {
  const { span, text } = call
  const literal = (value: Cell): BoundExpression => ({ type: 'literal', dataType: 'boolean', value, span, text })
  try {
    checkPlace(call, context)
    const query = queryOf(call, context)
    return query ?? literal(null)
  } catch (problem) {
    if (problem instanceof Refusal) context.diagnostics.push(problem.diagnostic)
    else if (problem instanceof OptionError || problem instanceof FieldQueryError)
      context.diagnostics.push(errors.message(problem.message, span))
    else throw problem
    return literal(null)
  }
}

function checkPlace({ name, span }: FullTextCall, { place, source }: FullTextContext): void {
  if (!place || !source)
    throw new Refusal(errors.message(`${shownName(name)} is only supported in WHERE and STATS commands`, span))
  const problem = placeProblem(name, place)
  if (problem) throw new Refusal(errors.message(problem, place.span))
}

/** Null where the condition is null for every row. */
function queryOf(call: FullTextCall, context: FullTextContext): BoundExpression | null {
  const options = call.name === ':' ? new Map() : readOptions(call.name, call.text, call.options)
  switch (call.name) {
    case 'KQL':
      return kql(call, options, context)
    case 'QSTR':
      return queryString(call, options, context)
    case 'MULTI_MATCH':
      expectArguments(call, 2, Infinity)
      return match(call, call.args.slice(1), call.args[0]!, 0, options, context)
    default:
      expectArguments(call, 2, 2)
      return match(call, call.args.slice(0, 1), call.args[1]!, 1, options, context)
  }
}

function expectArguments({ name, args, text, span }: FullTextCall, least: number, most: number): void {
  if (args.length >= least && args.length <= most) return
  const expected = least === most ? (least === 1 ? 'exactly one argument' : 'exactly two arguments') : 'at least two arguments'
  throw new Refusal(errors.message(`error building [${name.toLowerCase()}]: [${text}] expects ${expected}`, span))
}

// ---- KQL and QSTR ----

function kql(call: FullTextCall, options: Options, context: FullTextContext): BoundExpression {
  expectArguments(call, 1, 1)
  const query = constantText(call, call.args[0]!, 0, context)
  const fields = new SearchFields(context.source!, call)
  const kqlOptions = {
    caseInsensitive: options.get('case_insensitive') === true,
    defaultField: options.has('default_field') ? String(options.get('default_field')) : null
  }
  try {
    return bound(call, bindKql(parseKql(query), fields, kqlOptions), fields)
  } catch (error) {
    if (!(error instanceof KqlSyntaxError || error instanceof KqlBindingError)) throw error
    throw located('KQL query', query, call.args[0]!, error, context)
  }
}

function queryString(call: FullTextCall, options: Options, context: FullTextContext): BoundExpression {
  expectArguments(call, 1, 1)
  const query = constantText(call, call.args[0]!, 0, context)
  const fields = new SearchFields(context.source!, call)
  const operator = String(options.get('default_operator') ?? 'or').toLowerCase() === 'and' ? 'and' : 'or'
  try {
    const tests = bindQueryString(parseQueryString(query, operator), fields, {
      match: { ...DEFAULT_MATCH, operator },
      defaultField: options.has('default_field') ? String(options.get('default_field')) : null,
      lenient: options.get('lenient') === true,
      phraseSlop: Number(options.get('phrase_slop') ?? 0)
    })
    return bound(call, tests, fields)
  } catch (error) {
    if (!(error instanceof QueryStringError)) throw error
    throw located('query', query, call.args[0]!, error, context)
  }
}

/** An error inside a query as a diagnostic at its place in the literal; with escapes in it, at the whole literal. */
function located(
  what: string,
  query: string,
  node: Expression,
  error: { message: string; start: number; end: number },
  { bind }: FullTextContext
): Refusal {
  const { span, text } = bind(node)
  const quotes = text.startsWith('"""') ? 3 : 1
  const exact = text.slice(quotes, -quotes) === query
  const start = exact ? span.start + quotes + error.start : span.start
  const end = exact ? span.start + quotes + Math.max(error.end, error.start + 1) : span.end
  return new Refusal(
    errors.message(`Failed to parse ${what} [${query}]: ${error.message}`, { start, end: Math.min(end, span.end) })
  )
}

// ---- MATCH and its relatives ----

function match(
  call: FullTextCall,
  targets: readonly Expression[],
  queryNode: Expression,
  queryAt: number,
  options: Options,
  context: FullTextContext
): BoundExpression | null {
  const query = constantText(call, queryNode, queryAt, context)
  const fields = new SearchFields(context.source!, call)
  const found = targets.flatMap((target) => targetField(call, target, fields, context) ?? [])
  if (found.length === 0) return null
  const phrase = call.name === 'MATCH_PHRASE' || options.get('type') === 'phrase' || options.get('type') === 'phrase_prefix'
  const slop = Number(options.get('slop') ?? 0)
  const matching = matchOptions(options)
  const tests = found.map((field) => {
    const test = () =>
      phrase ? phraseQuery(field, query, slop, options.get('type') === 'phrase_prefix') : matchQuery(field, query, matching)
    return options.get('lenient') === false ? test() : lenient(test)
  })
  return bound(call, tests.length === 1 ? tests[0]! : { type: 'or', operands: tests }, fields)
}

/** The source field behind an argument; null when no mapping has it. A conversion around it counts for nothing. */
function targetField(call: FullTextCall, target: Expression, fields: SearchFields, context: FullTextContext) {
  const column = underConversions(target)
  if (column?.type === 'null') return null
  const { scope } = context
  const text = context.bind(target).text
  if (column?.type === 'column') {
    const type = scope.resolve(column.name)
    if (type === null) {
      throw new Refusal(errors.unknownColumn(column.name, nearestName(column.name, scope.names()), column.span))
    }
    if (type === 'null' && scope.sourceOf(column.name) !== null) return null
    const source = scope.sourceOf(column.name)
    if (source !== null) return fields.field(source, column.name)
  }
  throw new Refusal(
    errors.message(`${shownName(call.name)} cannot operate on [${text}], which is not a field from an index mapping`, target.span)
  )
}

function underConversions(node: Expression): ColumnExpression | Extract<Expression, { type: 'null' }> | null {
  let inner = node
  while (inner.type === 'cast' || (inner.type === 'call' && /^TO_/i.test(inner.name) && inner.args.length === 1))
    inner = inner.type === 'cast' ? inner.value : inner.args[0]!
  return inner.type === 'column' || inner.type === 'null' ? inner : null
}

/** The query as text: it must be a constant with one value. */
function constantText({ text, args }: FullTextCall, node: Expression, index: number, { bind }: FullTextContext): string {
  const query = bind(node)
  const which = args.length === 1 ? '' : `${errors.ordinal(index)} `
  const place = `${which}argument of [${text}]`
  if (query.type !== 'literal')
    throw new Refusal(errors.message(`${place} must be a constant, received [${query.text}]`, node.span))
  if (query.value === null || isValues(query.value) || typeof query.value === 'object')
    throw new Refusal(errors.message(`${place} cannot be null, received [${query.text}]`, node.span))
  return String(query.value)
}

function bound({ name, span, text }: FullTextCall, query: FullTextQuery, fields: SearchFields): BoundFullText {
  return {
    type: 'full-text',
    shown: shownName(name),
    query,
    fields: fields.columns,
    usesNow: usesNow(query),
    dataType: 'boolean',
    span,
    text
  }
}

function usesNow(query: FullTextQuery): boolean {
  switch (query.type) {
    case 'all':
    case 'none':
      return false
    case 'not':
      return usesNow(query.operand)
    case 'field':
      return testUsesNow(query.test)
    default:
      return query.operands.some(usesNow)
  }
}

function testUsesNow(test: FieldTest): boolean {
  if (test.type !== 'date-range') return false
  return [test.from, test.to].some((end) => end?.text.startsWith('now') ?? false)
}
