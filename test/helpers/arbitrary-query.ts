/**
 * Random trees of ES|QL for property tests: every node the parser can make, in shapes it would make.
 * Spans are all zero; names, strings and sources hold characters that need quoting.
 */
import fc from 'fast-check'
import type { Assignment, AggregateAssignment, Command, Expression, NamePart, QueryNode } from '../../engine/language/ast.ts'
import { EXPRESSION_KEYWORDS } from '../../engine/language/index.ts'
import { printExpression } from '../../engine/language/printer.ts'

const span = { start: 0, end: 0 }

const identifier = fc
  .stringMatching(/^([a-zA-Z][a-zA-Z0-9_]{0,5}|[_@][a-z0-9_]{1,4})$/)
  .filter((text) => !EXPRESSION_KEYWORDS.has(text.toLowerCase()))
const content = fc.string({
  unit: fc.constantFrom('a', 'Z', '0', ' ', '"', '\\', '`', '*', '\t', '\n', '|', '/', 'é', '🔥', "'"),
  maxLength: 8
})

const plainPart = identifier.map((text): NamePart => ({ text, quoted: false }))
const quotedPart = content.filter((text) => text !== '').map((text): NamePart => ({ text, quoted: true }))
const wildcardPart = fc.stringMatching(/^[a-z*][a-z0-9_*]{0,4}$/).map((text): NamePart => ({ text, quoted: false }))
const joined = (parts: readonly NamePart[]) => parts.map((part) => part.text).join('.')
const several = <T>(item: fc.Arbitrary<T>, maxLength = 3) => fc.array(item, { minLength: 1, maxLength })

const column = several(fc.oneof({ arbitrary: plainPart, weight: 4 }, quotedPart)).map((parts) => ({
  type: 'column' as const,
  name: joined(parts),
  parts,
  span
}))
const namePattern = several(fc.oneof(plainPart, quotedPart, wildcardPart))
  .filter((parts) => parts.every((part) => part.quoted || !/^(as|with)$/i.test(part.text)))
  .map((parts) => ({
    type: 'name-pattern' as const,
    text: joined(parts),
    parts,
    wildcard: parts.some((part) => !part.quoted && part.text.includes('*')),
    span
  }))

const string = fc.oneof(
  content.map((value) => ({ type: 'string' as const, value, raw: false, span })),
  content.filter((value) => !/[\n\r]|"""/.test(value)).map((value) => ({ type: 'string' as const, value, raw: true, span }))
)
const integer = fc.bigInt({ min: 0n, max: 1n << 70n }).map(String)
const number = fc.oneof(
  integer.map((text) => ({ type: 'number' as const, kind: 'integer' as const, text, span })),
  fc
    .constantFrom('1.5', '.5', '2.', '1e10', '3.25E-7')
    .map((text) => ({ type: 'number' as const, kind: 'decimal' as const, text, span }))
)
const boolean = fc.boolean().map((value) => ({ type: 'boolean' as const, value, span }))
const signedNumber: fc.Arbitrary<Expression> = fc
  .tuple(fc.constantFrom('-', '+', null), number)
  .map(([operator, operand]) => (operator === null ? operand : { type: 'unary', operator, operand, span }))
const list: fc.Arbitrary<Expression> = fc
  .oneof(several<Expression>(string), several(signedNumber), several<Expression>(boolean))
  .map((items) => ({ type: 'list', items, span }))
const timeSpan = fc
  .tuple(integer, fc.constantFrom('day', 'hours', 'MS', 'min'))
  .map(([amount, unit]): Expression => ({ type: 'time-span', amount, unit, span }))
const parameter = fc.constantFrom('', 'name', '1', '?field', '?').map((name): Expression => ({ type: 'parameter', name, span }))
const nothing = fc.constant<Expression>({ type: 'null', span })
const constant: fc.Arbitrary<Expression> = fc.oneof(string, signedNumber, boolean, list, timeSpan, parameter, nothing)

const functionName = fc.oneof(identifier, fc.constantFrom('FIRST', 'last', 'two words', 'in'))

const { map, expression } = fc.letrec<{ map: Extract<Expression, { type: 'map' }>; expression: Expression }>((tie) => {
  const any = tie('expression')
  const node = <T extends Record<string, fc.Arbitrary<unknown>>>(type: string, fields: T): fc.Arbitrary<Expression> =>
    fc.record({ type: fc.constant(type), ...fields, span: fc.constant(span) }) as unknown as fc.Arbitrary<Expression>
  const call = fc
    .tuple(functionName, fc.array(any, { maxLength: 3 }), fc.option(tie('map'), { freq: 4 }), fc.boolean())
    .map(([name, args, options, star]): Expression => ({
      type: 'call',
      name,
      args: star ? [] : args,
      star,
      options: star || args.length === 0 ? null : options,
      span
    }))
  const like = { operator: fc.constantFrom('like', 'rlike'), value: any, negated: fc.boolean() }
  return {
    map: fc
      .array(fc.record({ key: content, value: fc.oneof({ depthSize: 'small' }, constant, tie('map')) }), { maxLength: 2 })
      .map((entries) => ({ type: 'map' as const, entries, span })),
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      column,
      constant,
      call,
      node('unary', { operator: fc.constantFrom('-', '+'), operand: any }),
      node('arithmetic', { operator: fc.constantFrom('+', '-', '*', '/', '%'), left: any, right: any }),
      node('comparison', { operator: fc.constantFrom('==', '!=', '<', '<=', '>', '>=', '=~'), left: any, right: any }),
      node('logical', { operator: fc.constantFrom('and', 'or'), left: any, right: any }),
      node('not', { operand: any }),
      node('in', { value: any, items: several(any), negated: fc.boolean() }),
      node('pattern', { ...like, list: fc.constant(true), patterns: several<Expression>(fc.oneof(string, parameter)) }),
      node('pattern', {
        ...like,
        list: fc.constant(false),
        patterns: fc.tuple(fc.oneof(string, column, call, node('not', { operand: any })))
      }),
      node('is-null', { value: any, negated: fc.boolean() }),
      node('match', { field: any, query: constant }),
      node('cast', { value: any, target: fc.oneof(identifier, fc.constant('two words')) })
    )
  }
})

const assignment: fc.Arbitrary<Assignment> = fc.tuple(fc.option(column), expression).map(([name, value]) => ({
  type: 'assignment',
  name,
  expression: value,
  text: name === null ? printExpression(value) : null,
  span
}))
const aggregate: fc.Arbitrary<AggregateAssignment> = fc
  .tuple(fc.option(column), expression, fc.option(expression))
  .map(([name, value, filter]) => {
    const text = printExpression(value) + (filter === null ? '' : ` WHERE ${printExpression(filter)}`)
    return { type: 'aggregate', name, expression: value, filter, text: name === null ? text : null, span }
  })

const index = fc.constantFrom(
  'logs-*',
  '.alerts*',
  'c:idx',
  'x::failures',
  '<logs-{now/d}>',
  '-old',
  'two words',
  'metadata',
  'a"b',
  'a,b',
  'on'
)
const command = <T extends Command['type']>(type: T, fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Command> =>
  fc.record({ type: fc.constant(type), ...fields, span: fc.constant(span) }) as unknown as fc.Arbitrary<Command>

const source: fc.Arbitrary<Command> = fc.oneof(
  command('from', {
    patterns: several(index.map((text) => ({ text, span }))),
    metadata: fc.subarray(['_id', '_index', '_version']).map((names) => names.map((name) => ({ name, span })))
  }),
  command('row', { fields: several(assignment) }),
  command('other', { keyword: fc.constant('SHOW'), body: fc.constant('INFO') })
)
const statsFields = fc
  .tuple(fc.boolean(), fc.array(aggregate, { maxLength: 3 }), fc.array(assignment, { maxLength: 2 }))
  .filter(([inline, aggregates, groupings]) => aggregates.length > 0 || (!inline && groupings.length > 0))
const rename = fc.record({ from: namePattern, to: namePattern, style: fc.constantFrom('as', 'assign'), span: fc.constant(span) })
const sortKey = fc.record({
  expression,
  direction: fc.constantFrom('asc', 'desc', null),
  nulls: fc.constantFrom('first', 'last', null),
  span: fc.constant(span)
})
const processing: fc.Arbitrary<Command> = fc.oneof(
  command('where', { condition: expression }),
  command('eval', { fields: several(assignment) }),
  statsFields.map(([inline, aggregates, groupings]): Command => ({ type: 'stats', inline, aggregates, groupings, span })),
  command('keep', { names: several(namePattern) }),
  command('drop', { names: several(namePattern) }),
  command('rename', { renames: several(rename) }),
  command('sort', { keys: several(sortKey) }),
  command('limit', { count: constant }),
  command('limit-by', { count: constant, keys: several(expression) }),
  command('mv-expand', { field: column }),
  command('dissect', {
    input: expression,
    pattern: string,
    options: fc.array(fc.record({ name: fc.constant('append_separator'), value: constant, span: fc.constant(span) }), {
      maxLength: 1
    })
  }),
  command('grok', { input: expression, patterns: several(string) }),
  command('enrich', {
    policy: fc.constantFrom('policy', '_any:policy-1', 'two words', 'on'),
    on: fc.option(namePattern),
    with: fc.array(fc.record({ name: fc.option(namePattern), field: namePattern }), { maxLength: 2 })
  }),
  command('lookup-join', { index, alias: fc.constantFrom('l', null), on: several(expression) }),
  command('completion', { target: fc.option(column), prompt: expression, options: fc.option(map) }),
  command('other', { keyword: fc.constant('FORK'), body: fc.constantFrom('(WHERE a == 1 | LIMIT 1) (SORT b)', '(KEEP a)') }),
  command('other', { keyword: fc.constant('TS_INFO'), body: fc.constant('') })
)

/** Any expression. */
export const arbitraryExpression: fc.Arbitrary<Expression> = expression

/** Any query of up to five commands. */
export const arbitraryQuery: fc.Arbitrary<QueryNode> = fc
  .tuple(source, fc.array(processing, { maxLength: 4 }))
  .map(([first, rest]) => ({ type: 'query', commands: [first, ...rest], span }))
