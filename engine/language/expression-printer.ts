/**
 * Prints expressions with the fewest parentheses: an operand gets them where it binds looser than its place asks for.
 */
import { assertNever } from '../base/assert.ts'
import type { Expression, InExpression, MapExpression, PatternExpression, StringLiteral } from './ast.ts'
import { ARITHMETIC_LEVELS } from './expression-parser.ts'
import { printColumnName, printName } from './name-printer.ts'
import { isIdentifier } from './token.ts'

/** How tight an expression binds; a place states the loosest it takes. */
const BINDING = {
  or: 0,
  and: 1,
  not: 2,
  predicate: 3,
  comparison: 4,
  additive: 5,
  multiplicative: 6,
  unary: 7,
  primary: 8
} as const

/** Prints an expression. */
export function printExpression(expression: Expression): string {
  return print(expression, BINDING.or)
}

/** Prints an expression where only a primary may stand. */
export function printPrimary(expression: Expression): string {
  return print(expression, BINDING.primary)
}

/** Prints a string literal; three quotes where it was written so and the content allows. */
export function printString({ value, raw }: StringLiteral): string {
  if (raw && !/[\r\n]|"""/.test(value)) return `"""${value}"""`
  return `"${value.replace(/["\\\t\n\r]/g, (character) => ESCAPES.get(character)!)}"`
}
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r']
])

/** Prints `{ "key": value }`. */
export function printMap({ entries }: MapExpression): string {
  const printed = entries.map(({ key, value }) => `${quoted(key)}: ${print(value, BINDING.unary)}`)
  return printed.length === 0 ? '{}' : `{ ${printed.join(', ')} }`
}

function print(expression: Expression, loosest: number): string {
  const text = printBare(expression)
  return bindingOf(expression) < loosest ? `(${text})` : text
}

function bindingOf(expression: Expression): number {
  switch (expression.type) {
    case 'logical':
      return BINDING[expression.operator]
    case 'not':
      return BINDING.not
    case 'in':
    case 'pattern':
    case 'is-null':
    case 'match':
      return BINDING.predicate
    case 'comparison':
      return BINDING.comparison
    case 'arithmetic':
      return ARITHMETIC_LEVELS.get(expression.operator) === 1 ? BINDING.additive : BINDING.multiplicative
    case 'unary':
      return BINDING.unary
    default:
      return BINDING.primary
  }
}

function printBare(expression: Expression): string {
  switch (expression.type) {
    case 'string':
      return printString(expression)
    case 'number':
      return expression.text
    case 'boolean':
      return String(expression.value)
    case 'null':
      return 'null'
    case 'time-span':
      return `${expression.amount} ${expression.unit}`
    case 'list':
      return `[${expression.items.map((item) => print(item, BINDING.unary)).join(', ')}]`
    case 'parameter':
      return `?${expression.name}`
    case 'column':
      return printColumnName(expression)
    case 'call':
      return printCall(expression)
    case 'map':
      return printMap(expression)
    case 'cast':
      return `${print(expression.value, BINDING.primary)}::${printName([{ text: expression.target, quoted: false }])}`
    default:
      return printOperator(expression)
  }
}

type Operator = Extract<
  Expression,
  { type: 'unary' | 'arithmetic' | 'comparison' | 'logical' | 'not' | 'in' | 'pattern' | 'is-null' | 'match' }
>

function printOperator(expression: Operator): string {
  switch (expression.type) {
    case 'unary':
      return (
        expression.operator +
        (isCastNumber(expression.operand) ? `(${printBare(expression.operand)})` : print(expression.operand, BINDING.unary))
      )
    case 'arithmetic':
      return printBinary(expression.left, expression.operator, expression.right, bindingOf(expression))
    case 'logical':
      return printBinary(expression.left, expression.operator.toUpperCase(), expression.right, bindingOf(expression))
    case 'comparison':
      return `${print(expression.left, BINDING.additive)} ${expression.operator} ${print(expression.right, BINDING.additive)}`
    case 'not':
      return `NOT ${print(expression.operand, BINDING.not)}`
    case 'in':
      return printIn(expression)
    case 'pattern':
      return printPattern(expression)
    case 'is-null':
      return `${print(expression.value, BINDING.comparison)} IS ${expression.negated ? 'NOT ' : ''}NULL`
    case 'match':
      return `${printPrimary(expression.field)} : ${print(expression.query, BINDING.unary)}`
    default:
      return assertNever(expression)
  }
}

/** A sign before it would be read as the number's own. */
function isCastNumber(expression: Expression): boolean {
  let value = expression
  while (value.type === 'cast') value = value.value
  return value !== expression && (value.type === 'number' || value.type === 'time-span')
}

/** Operators of one level group from the left, so only the right operand must bind tighter. */
function printBinary(left: Expression, operator: string, right: Expression, binding: number): string {
  return `${print(left, binding)} ${operator} ${print(right, binding + 1)}`
}

function printIn({ value, items, negated }: InExpression): string {
  const printed = items.map((item) => print(item, BINDING.comparison)).join(', ')
  return `${print(value, BINDING.comparison)} ${negated ? 'NOT ' : ''}IN (${printed})`
}

function printPattern({ value, operator, patterns, list, negated }: PatternExpression): string {
  const printed = patterns.map((pattern) => printPrimary(pattern)).join(', ')
  const words = `${negated ? 'NOT ' : ''}${operator.toUpperCase()}`
  return `${print(value, BINDING.comparison)} ${words} ${list ? `(${printed})` : printed}`
}

function printCall({ name, args, star, options }: Extract<Expression, { type: 'call' }>): string {
  const printed = args.map((argument) => printExpression(argument))
  if (star) printed.push('*')
  if (options !== null) printed.push(printMap(options))
  const isPlain = isIdentifier(name) && (/^(?:first|last)$/i.test(name) || printName([{ text: name, quoted: false }]) === name)
  return `${isPlain ? name : printName([{ text: name, quoted: true }])}(${printed.join(', ')})`
}

function quoted(value: string): string {
  return printString({ type: 'string', value, raw: false, span: { start: 0, end: 0 } })
}
