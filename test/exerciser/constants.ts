/** Values that are known without an event: literals, and NOW() with what is added to it. */
import type { Expression } from '../../engine/language/ast.ts'
import { type FieldValue, NOW } from './demands.ts'

const UNITS: [RegExp, number][] = [
  [/^(ms|milli)/i, 1],
  [/^(s|sec)/i, 1000],
  [/^(mo|q|y)/i, 30 * 86_400_000],
  [/^(m|min)/i, 60_000],
  [/^h/i, 3_600_000],
  [/^d/i, 86_400_000],
  [/^w/i, 7 * 86_400_000]
]

/** Milliseconds of a unit of time, as time spans and DATE_DIFF name it. */
export const millisOf = (unit: string): number => UNITS.find(([name]) => name.test(unit))?.[1] ?? 1

/** The value of a constant, dates and spans in milliseconds; undefined for anything else. */
export function constantOf(node: Expression | undefined): FieldValue | undefined {
  switch (node?.type) {
    case 'string':
    case 'boolean':
      return node.value
    case 'number':
      return Number(node.text)
    case 'time-span':
      return Number(node.amount) * millisOf(node.unit)
    case 'cast':
      return constantOf(node.value)
    case 'list': {
      const items = node.items.map(constantOf)
      return items.includes(undefined) ? undefined : (items as FieldValue[])
    }
    case 'unary': {
      const value = constantOf(node.operand)
      return typeof value === 'number' ? (node.operator === '-' ? -value : value) : undefined
    }
    case 'arithmetic': {
      const [left, right] = [constantOf(node.left), constantOf(node.right)]
      return typeof left === 'number' && typeof right === 'number' ? calculate(node.operator, left, right) : undefined
    }
    case 'call':
      return constantCall(node)
    default:
      return undefined
  }
}

function constantCall({ name, args }: Extract<Expression, { type: 'call' }>): FieldValue | undefined {
  const first = constantOf(args[0])
  switch (name.toUpperCase()) {
    case 'NOW':
      return NOW
    case 'SPACE':
      return ' '.repeat(Number(first))
    case 'TO_LOWER':
      return typeof first === 'string' ? first.toLowerCase() : undefined
    case 'TO_LONG':
    case 'TO_STRING':
    case 'TO_DOUBLE':
      return first
    default:
      return undefined
  }
}

export function calculate(operator: string, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '%':
      return left % right
    default:
      return left / right
  }
}
