/** Looking at expression trees: children, conjuncts, literals, functions that keep null and several values. */
import type { CallExpression, Expression, StringLiteral } from '../language/ast.ts'

/** Direct operands of an expression, in the order of the text. Trees are at most MAX_EXPRESSION_DEPTH high. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case 'call':
      return expression.options ? [...expression.args, expression.options] : expression.args
    case 'list':
      return expression.items
    case 'unary':
    case 'not':
      return [expression.operand]
    case 'arithmetic':
    case 'comparison':
    case 'logical':
      return [expression.left, expression.right]
    case 'in':
      return [expression.value, ...expression.items]
    case 'pattern':
      return [expression.value, ...expression.patterns]
    case 'is-null':
    case 'cast':
      return [expression.value]
    case 'match':
      return [expression.field, expression.query]
    case 'map':
      return expression.entries.map(({ value }) => value)
    default:
      return []
  }
}

/** The expression and everything in it, outside before inside. */
export function everyExpression(expression: Expression, found: Expression[] = []): Expression[] {
  found.push(expression)
  for (const operand of operandsOf(expression)) everyExpression(operand, found)
  return found
}

/** The parts of a chain of AND, or of OR, in the order of the text. */
export function partsOf(expression: Expression, operator: 'and' | 'or'): Expression[] {
  if (expression.type !== 'logical' || expression.operator !== operator) return [expression]
  return [...partsOf(expression.left, operator), ...partsOf(expression.right, operator)]
}

/** Name of a called function in upper case; null for anything else. */
export function functionName(expression: Expression): string | null {
  return expression.type === 'call' ? expression.name.toUpperCase() : null
}

/** Whether an expression calls this function itself. */
export function isCall(expression: Expression, ...names: string[]): expression is CallExpression {
  const name = functionName(expression)
  return name !== null && names.includes(name)
}

export function stringLiterals(expressions: readonly Expression[]): StringLiteral[] {
  return expressions.filter((item) => item.type === 'string')
}

/** Text of a constant for comparing constants with each other; null for what is no constant. */
export function constantKey(expression: Expression): string | null {
  switch (expression.type) {
    case 'string':
      return `"${expression.value}`
    case 'number':
      return String(Number(expression.text))
    case 'boolean':
      return String(expression.value)
    case 'unary': {
      const operand = expression.operand.type === 'number' ? constantKey(expression.operand) : null
      return operand === null ? null : expression.operator === '-' ? `-${operand}` : operand
    }
    default:
      return null
  }
}

/** Functions that answer for each value of a multi-value, so that several values stay several. */
const ELEMENT_WISE = /^(TO_[A-Z0-9_]+|URL_DECODE|URL_ENCODE|MV_DEDUPE|MV_SORT|MV_SLICE|ABS|CEIL|FLOOR)$/

/** What is left of an operand when functions that answer value by value, and casts, are taken off. */
export function withoutElementWise(expression: Expression): Expression {
  let inner = expression
  for (;;) {
    if (inner.type === 'cast') inner = inner.value
    else if (inner.type === 'call' && ELEMENT_WISE.test(inner.name.toUpperCase()) && inner.args[0]) inner = inner.args[0]
    else return inner
  }
}

/** Functions that give null for a value that is several values (VERIFIED: with a warning). */
export const SINGLE_VALUE_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'TRIM LTRIM RTRIM LENGTH BYTE_LENGTH BIT_LENGTH REPLACE SUBSTRING LEFT RIGHT LOCATE SPLIT FROM_BASE64 TO_BASE64 JSON_EXTRACT ' +
    'ROUND CIDR_MATCH STARTS_WITH ENDS_WITH CONTAINS CONCAT REVERSE REPEAT HASH MD5 SHA1 SHA256 DATE_DIFF DATE_EXTRACT'
  ).split(' ')
)

/** Functions that may answer with a value although an argument is null. */
const NULL_BLIND = /^(COALESCE|CASE|MV_CONTAINS|MV_INTERSECTS|KQL|QSTR|MATCH|MATCH_PHRASE|NOW|GREATEST|LEAST|MV_APPEND|IS_.*)$/

/** Whether a function's answer is null as soon as one argument is. */
export function keepsNull(call: CallExpression): boolean {
  return !NULL_BLIND.test(call.name.toUpperCase())
}
