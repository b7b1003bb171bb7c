/** Random expressions of a wanted type: columns, constants, operators and every function of the interpreter's table. */
import fc from 'fast-check'
import { DATE_PARTS, DATE_UNITS, FORMATS } from '../interpreter/date-functions.ts'
import { accepts, bare, type Overload, type Parameter } from '../interpreter/function-table.ts'
import { FUNCTIONS } from '../interpreter/functions.ts'
import type { Type } from '../interpreter/values.ts'
import { WORDS } from './data.ts'
import { columnOf, type Draft } from './scope.ts'

export const TYPES: readonly Type[] = [
  'boolean',
  'integer',
  'long',
  'unsigned_long',
  'double',
  'keyword',
  'ip',
  'version',
  'date',
  'date_nanos'
]

const text = (value: string) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
const words = fc.constantFrom(...WORDS)
const DATES = ['2024-01-01', '2024-02-29T23:59:59.999Z', '1969-12-31T23:59:59Z', '2023-10-31T10:15:30.5Z', '1900-03-01T12:00:00Z']

/** Constants of each type, as written. */
const CONSTANTS: Record<Exclude<Type, 'null' | 'text'>, fc.Arbitrary<string>> = {
  boolean: fc.constantFrom('true', 'false', '[true, false]'),
  integer: fc.oneof(
    fc.integer({ min: -3, max: 12 }).map(String),
    fc.constantFrom('2147483647', '-2147483648', '1000', '[1, 2]', '[3, 1, 3]')
  ),
  long: fc.constantFrom(
    '5::long',
    '3000000000',
    '9223372036854775807',
    '-9223372036854775808',
    '0::long',
    'TO_LONG("-12")',
    '[1, 3000000000]'
  ),
  unsigned_long: fc.constantFrom('18446744073709551615', '5::unsigned_long', '0::unsigned_long'),
  double: fc.constantFrom('0.5', '1.0', '-2.25', '0.1', '1.5e3', '1E-4', '1e300', '2.5', '[1.5, 0.25]', '0.0', '123456.789'),
  keyword: fc.oneof(
    { arbitrary: words.map(text), weight: 5 },
    fc.constantFrom(
      '["b", "a", "b"]',
      '["🔥", "ａ"]',
      '"2024-03-10T05:06:07Z"',
      '"10.0.0.1"',
      '"12"',
      '"YWJj"',
      '"1e3"',
      '"""raw "x" \\n"""'
    )
  ),
  ip: fc.constantFrom('TO_IP("10.0.0.1")', '"::1"::ip', 'TO_IP("192.168.0.1")'),
  version: fc.constantFrom('TO_VERSION("1.2.3")', '"1.10.0"::version', '"bad"::version'),
  date: fc.constantFrom(...DATES.map((date) => `TO_DATETIME("${date}")`), '"2024-05-05"::date', 'NOW()'),
  date_nanos: fc.constantFrom('TO_DATE_NANOS("2024-01-01T00:00:00.123456789Z")', 'TO_DATE_NANOS("2023-10-31T10:15:30Z")')
}

/** Text constants that are taken for another type beside a value of it. */
const TEXT_FOR: Partial<Record<Type, fc.Arbitrary<string>>> = {
  date: fc.constantFrom(...DATES.map(text)),
  ip: fc.constantFrom('"10.0.0.1"', '"::1"'),
  version: fc.constantFrom('"1.2.3"', '"1.10.0"'),
  boolean: fc.constantFrom('"true"', '"false"')
}

const KIND_CONSTANTS: Record<string, fc.Arbitrary<string>> = {
  '#small': fc.integer({ min: -5, max: 5 }).map(String),
  '#count': fc.integer({ min: 0, max: 5 }).map(String),
  '#start': fc.constantFrom('0', '0', '1', '-4', '-3'),
  '#end': fc.constantFrom('1', '2', '3', '9', '-1'),
  '#decimals': fc.integer({ min: -2, max: 4 }).map(String),
  '#unit': fc.constantFrom(...DATE_UNITS.map(text)),
  '#part': fc.constantFrom(...DATE_PARTS.map(text)),
  '#delimiter': fc.constantFrom('" "', '"/"', '"a"', '"."'),
  '#format': fc.constantFrom(...Object.keys(FORMATS).map(text)),
  '#order': fc.constantFrom('"asc"', '"DESC"', '"desc"'),
  '#block': fc.constantFrom('"10.0.0.0/8"', '"::/0"', '"10.0.0.1"', '"2001:db8::/32"', '"192.168.0.0/31"', '"0.0.0.0/0"'),
  '#algorithm': fc.constantFrom('"md5"', '"SHA-256"', '"sha1"')
}

const SPANS = fc.constantFrom(
  '1 day',
  '7 days',
  '3 days',
  '1 hour',
  '5 minutes',
  '30 seconds',
  '1 week',
  '1 month',
  '3 months',
  '1 year',
  '7 months',
  '2 years',
  '100 milliseconds',
  '240 hours'
)

export const LIKE_PATTERNS = ['*', 'a*', '*b', '*a*', '?', 'x?y', 'foo*bar', '', 'A', '*🔥*', '??', '*/*', 'a*c', '\\\\*', '1?5']
const RLIKE_PATTERNS = [
  'a.*',
  '.*b',
  '[a-c]+',
  '(ab|a)c?',
  '.',
  '.?',
  '[^a]*',
  '~(ab)',
  '.*&~(.*b.*)',
  'a{1,2}b',
  '"foo bar"',
  '\\\\d+',
  '[\\\\w/]*',
  '@',
  '#',
  'a~b.*',
  '(a|b)*c?',
  '-?[0-9]+(\\\\.[0-9]*)?',
  '.{2,}',
  '()'
]

const plain = (type: Type, write: Draft['write']): Draft => ({ type, write })

const memo = new Map<string, fc.Arbitrary<Draft>>()

/** An expression of `type`, at most `depth` calls deep. */
export function expression(type: Type, depth: number): fc.Arbitrary<Draft> {
  const key = `${type} ${depth}`
  let arbitrary = memo.get(key)
  if (!arbitrary) memo.set(key, (arbitrary = make(type, depth)))
  return arbitrary
}

const constantOf = (type: Type) => CONSTANTS[type as keyof typeof CONSTANTS].map((written) => plain(type, () => written))

function column(type: Type): fc.Arbitrary<Draft> {
  return fc
    .tuple(fc.nat(3), CONSTANTS[type as keyof typeof CONSTANTS])
    .map(([pick, otherwise]) => plain(type, (scope) => columnOf(scope, type, pick) ?? otherwise))
}

function make(type: Type, depth: number): fc.Arbitrary<Draft> {
  const leaves = [
    { arbitrary: column(type), weight: 5 },
    { arbitrary: constantOf(type), weight: 2 }
  ]
  if (depth === 0) return fc.oneof(...leaves)
  const calls = callsOf(type, depth)
  return fc.oneof(...leaves, { arbitrary: fc.oneof(...calls), weight: 8 }, ...special(type, depth))
}

/** A call of each function, equally often: one that has an overload with this result. */
function callsOf(type: Type, depth: number): fc.Arbitrary<Draft>[] {
  return [...FUNCTIONS].flatMap(([name, overloads]) => {
    const fitting = overloads.filter((overload) => returnsType(overload, type))
    return fitting.length === 0 ? [] : [fc.oneof(...fitting.map((overload) => call(name, overload, type, depth)))]
  })
}

function returnsType({ returns, params }: Overload, type: Type): boolean {
  if (params[0] === 'null') return false
  return returns === '$1' ? accepts(params[0]!, type) && (params[0] !== 'text' || type === 'keyword') : returns === type
}

function call(name: string, { params, returns }: Overload, type: Type, depth: number): fc.Arbitrary<Draft> {
  const args = params.map((parameter, i) => {
    const one = i === 0 && returns === '$1' ? expression(type, depth - 1) : argument(parameter, depth - 1)
    if (parameter.endsWith('*')) return fc.array(one, { maxLength: 2 })
    const list = one.map((draft) => [draft])
    return parameter.endsWith('?') ? fc.oneof(list, fc.constant([])) : list
  })
  return fc.tuple(...args).map((lists) =>
    plain(
      type,
      (scope) =>
        `${name}(${lists
          .flat()
          .map((draft) => draft.write(scope))
          .join(', ')})`
    )
  )
}

function argument(parameter: Parameter, depth: number): fc.Arbitrary<Draft> {
  const name = bare(parameter)
  const constant = KIND_CONSTANTS[name]
  if (constant) return constant.map((written) => plain('keyword', () => written))
  const types = name === 'text' ? (['keyword'] as const) : TYPES.filter((type) => accepts(name, type))
  return fc.oneof(...types.map((type) => expression(type, depth)))
}

const NUMBERS: readonly Type[] = ['integer', 'long', 'double']

/** Pairs of operand types whose arithmetic gives `type`. */
function operandPairs(type: Type): [Type, Type][] {
  if (type === 'unsigned_long') return [['unsigned_long', 'unsigned_long']]
  const rank = NUMBERS.indexOf(type)
  const below = NUMBERS.slice(0, rank + 1)
  return below.flatMap((a) => below.map((b): [Type, Type] => [a, b])).filter((pair) => pair.includes(type))
}

function special(type: Type, depth: number): { arbitrary: fc.Arbitrary<Draft>; weight: number }[] {
  const own = expression(type, depth - 1)
  const condition = () => expression('boolean', depth - 1)
  const list = [
    { arbitrary: caseOf(type, own, condition()), weight: 1 },
    { arbitrary: nary('COALESCE', type, own), weight: 1 }
  ]
  if (type === 'boolean') list.push({ arbitrary: fc.oneof(...conditions(depth)), weight: 12 })
  if (NUMBERS.includes(type) || type === 'unsigned_long') {
    const operators = fc.constantFrom('+', '-', '*', '/', '%')
    const pairs = operandPairs(type).map(([a, b]) => binary(type, operators, expression(a, depth - 1), expression(b, depth - 1)))
    list.push({ arbitrary: fc.oneof(...pairs), weight: 4 })
  }
  if (NUMBERS.includes(type))
    list.push({ arbitrary: own.map((draft) => plain(type, (scope) => `-(${draft.write(scope)})`)), weight: 1 })
  if (type === 'date') {
    const truncated = fc
      .tuple(SPANS, own)
      .map(([span, draft]) => plain(type, (scope) => `DATE_TRUNC(${span}, ${draft.write(scope)})`))
    const moved = fc
      .tuple(own, fc.constantFrom('+', '-'), SPANS)
      .map(([draft, sign, span]) => plain(type, (scope) => `(${draft.write(scope)} ${sign} ${span})`))
    list.push({ arbitrary: truncated, weight: 3 }, { arbitrary: moved, weight: 3 })
  }
  return list
}

function binary(type: Type, operators: fc.Arbitrary<string>, left: fc.Arbitrary<Draft>, right: fc.Arbitrary<Draft>) {
  return fc
    .tuple(left, operators, right)
    .map(([a, operator, b]) => plain(type, (scope) => `(${a.write(scope)} ${operator} ${b.write(scope)})`))
}

function caseOf(type: Type, value: fc.Arbitrary<Draft>, condition: fc.Arbitrary<Draft>) {
  const nothing = plain('null', () => 'NULL')
  return fc
    .tuple(condition, value, fc.option(fc.tuple(condition, fc.oneof(value, fc.constant(nothing)))), fc.option(value))
    .map(([first, then, second, otherwise]) =>
      plain(type, (scope) => {
        const parts = [first, then, ...(second ?? []), ...(otherwise ? [otherwise] : [])]
        return `CASE(${parts.map((part) => part.write(scope)).join(', ')})`
      })
    )
}

function nary(name: string, type: Type, value: fc.Arbitrary<Draft>) {
  return fc
    .array(value, { minLength: 1, maxLength: 3 })
    .map((drafts) => plain(type, (scope) => `${name}(${drafts.map((draft) => draft.write(scope)).join(', ')})`))
}

/** Comparisons, IN, LIKE, RLIKE, IS NULL and the logic of them. */
function conditions(depth: number): fc.Arbitrary<Draft>[] {
  const condition = expression('boolean', depth - 1)
  const isNull = fc
    .tuple(fc.constantFrom('IS NULL', 'IS NOT NULL'), fc.oneof(...TYPES.map((type) => expression(type, depth - 1))))
    .map(([test, draft]) => plain('boolean', (scope) => `(${draft.write(scope)} ${test})`))
  return [
    binary('boolean', fc.constantFrom('AND', 'OR'), condition, condition),
    condition.map((draft) => plain('boolean', (scope) => `(NOT ${draft.write(scope)})`)),
    isNull,
    fc.oneof(...TYPES.map((type) => comparison(type, depth))),
    fc.oneof(
      ...NUMBERS.flatMap((a) => NUMBERS.map((b) => binary('boolean', ORDER, expression(a, depth - 1), expression(b, depth - 1))))
    ),
    fc.oneof(...TYPES.map((type) => membership(type, depth))),
    pattern('LIKE', LIKE_PATTERNS, depth),
    pattern('RLIKE', RLIKE_PATTERNS, depth)
  ]
}

const ORDER = fc.constantFrom('==', '!=', '<', '<=', '>', '>=')

/** The same type on both sides, now and then a text constant for it on the right. */
function beside(type: Type, depth: number): fc.Arbitrary<Draft> {
  const own = expression(type, depth - 1)
  const written = TEXT_FOR[type]
  return written
    ? fc.oneof(
        own,
        written.map((constant) => plain('keyword', () => constant))
      )
    : own
}

function comparison(type: Type, depth: number) {
  const operators = type === 'boolean' ? fc.constantFrom('==', '!=') : ORDER
  return binary('boolean', operators, expression(type, depth - 1), beside(type, depth))
}

function membership(type: Type, depth: number) {
  const items = fc.array(fc.oneof({ arbitrary: beside(type, depth), weight: 6 }, fc.constant(plain('null', () => 'NULL'))), {
    minLength: 1,
    maxLength: 3
  })
  return fc
    .tuple(expression(type, depth - 1), fc.constantFrom('IN', 'NOT IN'), items)
    .map(([value, operator, drafts]) =>
      plain('boolean', (scope) => `(${value.write(scope)} ${operator} (${drafts.map((draft) => draft.write(scope)).join(', ')}))`)
    )
}

function pattern(operator: string, patterns: readonly string[], depth: number) {
  const one = fc.constantFrom(...patterns).map((written) => `"${written.replaceAll(/"/g, '\\"')}"`)
  const several = fc.array(one, { minLength: 1, maxLength: 3 }).map((list) => `(${list.join(', ')})`)
  return fc
    .tuple(expression('keyword', depth - 1), fc.constantFrom('', 'NOT '), fc.oneof({ arbitrary: one, weight: 3 }, several))
    .map(([value, not, written]) => plain('boolean', (scope) => `(${value.write(scope)} ${not}${operator} ${written})`))
}
