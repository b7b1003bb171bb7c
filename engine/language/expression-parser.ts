/**
 * Expressions: recursive descent for the levels that take few forms, a precedence table for arithmetic.
 *
 * Binds from loose to tight: OR, AND, NOT, one predicate (IN, LIKE, RLIKE, IS NULL), one comparison, `+ -`, `* / %`,
 * unary, `::`, primary. Predicates and comparisons do not chain. `field : "words"` takes a primary on its left.
 * Holds: the span of an operator covers the written text of its operands with their parentheses; a parenthesised
 *   expression keeps the span of what is inside. Trees are never higher than MAX_EXPRESSION_DEPTH: long AND and OR chains,
 *   which are associative, are built balanced; what else gets higher is refused.
 */
import type { ComparisonExpression, Expression, ListLiteral, LogicalExpression, MapExpression, StringLiteral } from './ast.ts'
import { nearestName } from '../base/edit-distance.ts'
import { unexpectedUnit } from './errors.ts'
import { parseColumn, parseIdentifier } from './name-parser.ts'
import type { TokenCursor } from './token-cursor.ts'
import type { Token } from './token.ts'

type ArithmeticOperator = '+' | '-' | '*' | '/' | '%'

/** A higher level binds tighter; operators of one level group from the left. */
export const ARITHMETIC_LEVELS: ReadonlyMap<string, number> = new Map([
  ['+', 1],
  ['-', 1],
  ['*', 2],
  ['/', 2],
  ['%', 2]
])
const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=', '=~'])
const BOOLEANS: readonly string[] = ['true', 'false']
const ARITHMETIC_WORDS = [...ARITHMETIC_LEVELS.keys()]
const COMPARISON_WORDS = [...COMPARISONS].filter((word) => word !== '=~')
const PREDICATE_WORDS = ['in', 'like', 'rlike', 'is', 'not']
const CONSTANT_STARTS = ['QUOTED_STRING', 'INTEGER_LITERAL', 'DECIMAL_LITERAL', 'false', 'null', 'true', 'PARAM', '[']
const EXPRESSION_STARTS = [...CONSTANT_STARTS, '(', 'not', '+', '-', 'UNQUOTED_IDENTIFIER', 'QUOTED_IDENTIFIER']
const TIME_UNITS: ReadonlySet<string> = new Set(
  (
    'millisecond milliseconds ms second seconds sec s minute minutes min m hour hours h day days d ' +
    'week weeks w month months mo quarter quarters q year years yr y'
  ).split(' ')
)
const INFIX_WORDS = ['and', 'or', 'in', 'like', 'rlike', 'is', 'not', 'by', 'where', 'asc', 'desc']
/** Chains of AND or OR longer than this are built as a balanced tree. */
const LONG_CHAIN = 100

/** Parses one expression, as loose as OR. */
export function parseExpression(cursor: TokenCursor): Expression {
  return parseChain(cursor, 'or', parseConjunction)
}

/** Parses a constant, a column, a call or a parenthesised expression, with its casts: the input of GROK and the like. */
export function parsePrimaryExpression(cursor: TokenCursor): Expression {
  const start = cursor.start()
  return parseCasts(cursor, start, parsePrimary(cursor))
}

function parseCasts(cursor: TokenCursor, start: number, first: Expression): Expression {
  let value = first
  while (cursor.accept('::')) {
    const target = parseIdentifier(cursor).value
    cursor.grow(cursor.height)
    value = { type: 'cast', value, target, span: cursor.spanFrom(start) }
  }
  return value
}

/** Parses a literal or a parameter, a number with its sign. */
export function parseConstant(cursor: TokenCursor): Expression {
  const { current } = cursor
  if (current.word === '-' || current.word === '+') return parseSignedNumber(cursor)
  if (CONSTANT_KINDS.has(current.kind) || CONSTANT_WORDS.has(current.word)) return parsePrimary(cursor)
  cursor.note(CONSTANT_STARTS)
  return cursor.fail()
}
const CONSTANT_KINDS: ReadonlySet<string> = new Set(['string', 'number', 'parameter'])
const CONSTANT_WORDS: ReadonlySet<string> = new Set([...BOOLEANS, 'null', '['])

/** Parses a string in quotes. */
export function parseString(cursor: TokenCursor): StringLiteral {
  const { value, raw, span } = cursor.expectKind('string')
  cursor.height = 1
  return { type: 'string', value, raw, span }
}

/** Parses `{ "key": value, ... }`. */
export function parseMap(cursor: TokenCursor): MapExpression {
  const start = cursor.start()
  const entries: MapExpression['entries'] = []
  let height = 0
  cursor.enter()
  cursor.expect('{')
  if (!cursor.at('}')) {
    do {
      const key = cursor.expectKind('string').value
      cursor.expect(':')
      entries.push({ key, value: cursor.at('{') ? parseMap(cursor) : parseConstant(cursor) })
      height = Math.max(height, cursor.height)
    } while (cursor.accept(','))
  }
  cursor.expect('}')
  cursor.leave()
  cursor.grow(height)
  return { type: 'map', entries, span: cursor.spanFrom(start) }
}

// ---- AND, OR, NOT ----

interface Operand {
  expression: Expression
  start: number
  end: number
  height: number
}

function parseConjunction(cursor: TokenCursor): Expression {
  return parseChain(cursor, 'and', parseNegation)
}

function parseChain(cursor: TokenCursor, operator: 'and' | 'or', parseOperand: (cursor: TokenCursor) => Expression): Expression {
  let start = cursor.start()
  let expression = parseOperand(cursor)
  if (!cursor.at(operator)) return expression
  const operands: Operand[] = []
  for (;;) {
    operands.push({ expression, start, end: cursor.spanFrom(start).end, height: cursor.height })
    if (!cursor.accept(operator)) break
    start = cursor.start()
    expression = parseOperand(cursor)
  }
  const whole = operands.length > LONG_CHAIN ? balance(cursor, operator, operands) : foldLeft(cursor, operator, operands)
  cursor.height = whole.height
  return whole.expression
}

function foldLeft(cursor: TokenCursor, operator: LogicalExpression['operator'], operands: readonly Operand[]): Operand {
  return operands.reduce((left, right) => joinOperands(cursor, operator, left, right))
}

function balance(cursor: TokenCursor, operator: LogicalExpression['operator'], operands: readonly Operand[]): Operand {
  if (operands.length === 1) return operands[0]!
  const middle = operands.length >>> 1
  const left = balance(cursor, operator, operands.slice(0, middle))
  return joinOperands(cursor, operator, left, balance(cursor, operator, operands.slice(middle)))
}

function joinOperands(cursor: TokenCursor, operator: LogicalExpression['operator'], left: Operand, right: Operand): Operand {
  cursor.grow(Math.max(left.height, right.height))
  const span = { start: left.start, end: right.end }
  const expression: Expression = { type: 'logical', operator, left: left.expression, right: right.expression, span }
  return { expression, start: left.start, end: right.end, height: cursor.height }
}

function parseNegation(cursor: TokenCursor): Expression {
  if (cursor.current.word !== 'not') return parsePredicate(cursor)
  const start = cursor.start()
  cursor.advance()
  cursor.enter()
  const operand = parseNegation(cursor)
  cursor.leave()
  cursor.grow(cursor.height)
  return { type: 'not', operand, span: cursor.spanFrom(start) }
}

// ---- predicates ----

function parsePredicate(cursor: TokenCursor): Expression {
  const start = cursor.start()
  if (cursor.current.word === '-' || cursor.current.word === '+') return parsePredicateRest(cursor, start, parseUnary(cursor))
  const primary = parsePrimaryExpression(cursor)
  return cursor.accept(':') ? parseMatch(cursor, start, primary) : parsePredicateRest(cursor, start, primary)
}

function parseMatch(cursor: TokenCursor, start: number, field: Expression): Expression {
  const height = cursor.height
  const query = parseConstant(cursor)
  cursor.grow(Math.max(height, cursor.height))
  return { type: 'match', field, query, span: cursor.spanFrom(start) }
}

/** What may stand behind the first operand: more arithmetic, one comparison, one predicate. */
function parsePredicateRest(cursor: TokenCursor, start: number, first: Expression): Expression {
  const value = parseComparisonRest(cursor, start, climb(cursor, start, first, 1))
  const negated = cursor.current.word === 'not' && NEGATABLE.has(cursor.peek(1).word)
  if (negated) cursor.advance()
  const { word } = cursor.current
  if (word === 'in') return parseIn(cursor, start, value, negated)
  if (word === 'like' || word === 'rlike') return parsePattern(cursor, start, value, word, negated)
  if (word === 'is') return parseIsNull(cursor, start, value)
  cursor.note(PREDICATE_WORDS)
  return value
}
const NEGATABLE: ReadonlySet<string> = new Set(['in', 'like', 'rlike'])

function parseComparisonRest(cursor: TokenCursor, start: number, left: Expression): Expression {
  const operator = cursor.current.word
  if (!COMPARISONS.has(operator)) {
    cursor.note(COMPARISON_WORDS)
    return left
  }
  const height = cursor.height
  cursor.advance()
  const right = parseArithmetic(cursor)
  cursor.grow(Math.max(height, cursor.height))
  const span = cursor.spanFrom(start)
  return { type: 'comparison', operator: operator as ComparisonExpression['operator'], left, right, span }
}

function parseIn(cursor: TokenCursor, start: number, value: Expression, negated: boolean): Expression {
  const height = cursor.height
  cursor.advance()
  cursor.expect('(')
  if (cursor.current.kind === 'command') cursor.failUnsupported('a subquery in IN', cursor.current.span)
  const items = parseItems(cursor, parseItem)
  cursor.expect(')')
  cursor.grow(Math.max(height, cursor.height))
  return { type: 'in', value, items, negated, span: cursor.spanFrom(start) }
}

/** An element of an IN list: anything up to a comparison. */
function parseItem(cursor: TokenCursor): Expression {
  const start = cursor.start()
  return parseComparisonRest(cursor, start, parseArithmetic(cursor))
}

function parsePattern(
  cursor: TokenCursor,
  start: number,
  value: Expression,
  operator: 'like' | 'rlike',
  negated: boolean
): Expression {
  const height = cursor.height
  cursor.advance()
  const list = cursor.at('(') && LISTED_PATTERNS.has(cursor.peek(1).kind) && [',', ')'].includes(cursor.peek(2).word)
  if (list) cursor.advance()
  const patterns = list ? parseItems(cursor, parseStringOrParameter) : [parsePrimaryExpression(cursor)]
  if (list) cursor.expect(')')
  cursor.grow(Math.max(height, cursor.height))
  return { type: 'pattern', operator, value, patterns, list, negated, span: cursor.spanFrom(start) }
}
const LISTED_PATTERNS: ReadonlySet<string> = new Set(['string', 'parameter'])

function parseStringOrParameter(cursor: TokenCursor): Expression {
  return cursor.atKind('parameter') ? parsePrimary(cursor) : parseString(cursor)
}

function parseIsNull(cursor: TokenCursor, start: number, value: Expression): Expression {
  cursor.advance()
  const negated = cursor.accept('not')
  cursor.expect('null')
  cursor.grow(cursor.height)
  return { type: 'is-null', value, negated, span: cursor.spanFrom(start) }
}

/** One item or more between commas; the cursor's height becomes that of the highest. */
function parseItems<T>(cursor: TokenCursor, parse: (cursor: TokenCursor) => T): T[] {
  const items: T[] = []
  let height = 0
  cursor.enter()
  do {
    items.push(parse(cursor))
    height = Math.max(height, cursor.height)
  } while (cursor.accept(','))
  cursor.leave()
  cursor.height = height
  return items
}

// ---- arithmetic ----

function parseArithmetic(cursor: TokenCursor): Expression {
  const start = cursor.start()
  return climb(cursor, start, parseUnary(cursor), 1)
}

/** Precedence climbing: takes operators of `level` and tighter behind `left`, whose text begins at `start`. */
function climb(cursor: TokenCursor, start: number, first: Expression, level: number): Expression {
  let left = first
  for (;;) {
    const operator = cursor.current.word
    const found = ARITHMETIC_LEVELS.get(operator) ?? 0
    if (found < level) {
      cursor.note(ARITHMETIC_WORDS)
      return left
    }
    const height = cursor.height
    cursor.advance()
    const rightStart = cursor.start()
    const right = climb(cursor, rightStart, parseUnary(cursor), found + 1)
    cursor.grow(Math.max(height, cursor.height))
    left = { type: 'arithmetic', operator: operator as ArithmeticOperator, left, right, span: cursor.spanFrom(start) }
  }
}

function parseUnary(cursor: TokenCursor): Expression {
  const operator = cursor.current.word
  if (operator !== '-' && operator !== '+') return parsePrimaryExpression(cursor)
  const start = cursor.start()
  // A number's sign is part of it, so `-1::string` is the text "-1".
  if (cursor.peek(1).kind === 'number') return parseCasts(cursor, start, parseSignedNumber(cursor))
  cursor.advance()
  cursor.enter()
  const operand = parseUnary(cursor)
  cursor.leave()
  cursor.grow(cursor.height)
  return { type: 'unary', operator, operand, span: cursor.spanFrom(start) }
}

// ---- primaries ----

function parsePrimary(cursor: TokenCursor): Expression {
  const { current } = cursor
  cursor.height = 1
  switch (current.kind) {
    case 'string':
      return parseString(cursor)
    case 'number':
      return parseNumber(cursor)
    case 'parameter':
      cursor.advance()
      return { type: 'parameter', name: current.value, span: current.span }
    case 'identifier':
    case 'function':
    case 'quoted-identifier':
      return cursor.peek(1).word === '(' ? parseCall(cursor) : parseColumn(cursor)
    default:
      return parseByWord(cursor, current)
  }
}

function parseByWord(cursor: TokenCursor, { word, span }: Token): Expression {
  switch (word) {
    case 'true':
    case 'false':
      cursor.advance()
      return { type: 'boolean', value: word === 'true', span }
    case 'null':
      cursor.advance()
      return { type: 'null', span }
    case '(':
      return parseParenthesised(cursor)
    case '[':
      return parseList(cursor)
    default:
      cursor.note(EXPRESSION_STARTS)
      return cursor.fail()
  }
}

function parseParenthesised(cursor: TokenCursor): Expression {
  cursor.enter()
  cursor.expect('(')
  const inner = parseExpression(cursor)
  cursor.expect(')')
  cursor.leave()
  return inner
}

/** A number, or with a unit behind an integer a span of time: `5 minutes`. */
function parseNumber(cursor: TokenCursor, withUnit = true): Expression {
  const { text, span } = cursor.advance()
  const kind = /^\d+$/.test(text) ? 'integer' : 'decimal'
  const unit = cursor.current
  if (withUnit && kind === 'integer' && (unit.kind === 'identifier' || unit.kind === 'function')) {
    if (!TIME_UNITS.has(unit.text.toLowerCase())) failUnit(cursor, unit)
    cursor.advance()
    return { type: 'time-span', amount: text, unit: unit.text, span: { start: span.start, end: unit.span.end } }
  }
  return { type: 'number', kind, text, span }
}

/** A word behind an integer is a unit or a slip: `1 adn x` has lost its AND. */
function failUnit(cursor: TokenCursor, { text, span }: Token): never {
  if (text.length < 2) return cursor.failWith(unexpectedUnit(text, null), span)
  const unit = nearestName(text, TIME_UNITS)
  const operator = nearestName(text, INFIX_WORDS)?.toUpperCase() ?? null
  return cursor.failWith(unexpectedUnit(text, operator ?? unit), span)
}

function parseCall(cursor: TokenCursor): Expression {
  const start = cursor.start()
  const name = cursor.advance().value
  cursor.enter()
  cursor.expect('(')
  const star = cursor.current.word === '*' && cursor.peek(1).word === ')'
  if (star) cursor.advance()
  const args: Expression[] = []
  let options: MapExpression | null = null
  let height = 0
  if (!star && !cursor.at(')')) {
    do {
      if (args.length > 0 && cursor.at('{')) options = parseMap(cursor)
      else args.push(parseExpression(cursor))
      height = Math.max(height, cursor.height)
    } while (options === null && cursor.accept(','))
  }
  cursor.expect(')')
  cursor.leave()
  cursor.grow(height)
  return { type: 'call', name, args, star, options, span: cursor.spanFrom(start) }
}

// ---- lists ----

/** `[1, 2]`: constants of one kind, at least one. */
function parseList(cursor: TokenCursor): ListLiteral {
  const start = cursor.start()
  cursor.expect('[')
  const parseElement = ELEMENTS.find((each) => each.begins(cursor.current))?.parse ?? failElement
  const items = parseItems(cursor, parseElement)
  cursor.expect(']')
  cursor.grow(cursor.height)
  return { type: 'list', items, span: cursor.spanFrom(start) }
}

const ELEMENTS: readonly { begins(token: Token): boolean; parse(cursor: TokenCursor): Expression }[] = [
  { begins: (token) => token.kind === 'string', parse: parseString },
  {
    begins: (token) => token.kind === 'number' || token.word === '-' || token.word === '+',
    parse: (cursor) => parseSignedNumber(cursor, true)
  },
  { begins: (token) => BOOLEANS.includes(token.word), parse: parseBoolean }
]

function failElement(cursor: TokenCursor): never {
  cursor.note(['QUOTED_STRING', 'INTEGER_LITERAL', 'DECIMAL_LITERAL', ...BOOLEANS, '+', '-'])
  return cursor.fail()
}

function parseSignedNumber(cursor: TokenCursor, inList = false): Expression {
  const start = cursor.start()
  const operator = cursor.current.word
  const signed = operator === '-' || operator === '+'
  if (signed) cursor.advance()
  if (cursor.current.kind !== 'number') {
    cursor.note(['INTEGER_LITERAL', 'DECIMAL_LITERAL'])
    cursor.fail()
  }
  const number = parseNumber(cursor, !inList)
  cursor.height = signed ? 2 : 1
  return signed ? { type: 'unary', operator, operand: number, span: cursor.spanFrom(start) } : number
}

function parseBoolean(cursor: TokenCursor): Expression {
  if (!BOOLEANS.includes(cursor.current.word)) {
    cursor.note(BOOLEANS)
    cursor.fail()
  }
  return parsePrimary(cursor)
}
