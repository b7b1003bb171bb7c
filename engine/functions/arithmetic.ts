/**
 * Arithmetic of one numeric type: exact whole numbers that refuse to overflow, doubles that refuse to leave the finite.
 */
import type { DataType } from '../data/data-type.ts'
import { type RowFunction, ValueError } from './definition.ts'
import { formatJavaDouble } from './java-number.ts'

export type Arithmetic = '+' | '-' | '*' | '/' | '%'

const overflow = (what: string) => new ValueError(`java.lang.ArithmeticException: ${what} overflow`)
const byZero = () => new ValueError('java.lang.ArithmeticException: / by zero')

function integer(value: number): number {
  if (value > 2147483647 || value < -2147483648) throw overflow('integer')
  return value + 0
}

function long(value: bigint): bigint {
  if (value !== BigInt.asIntN(64, value)) throw overflow('long')
  return value
}

function unsigned(value: bigint): bigint {
  if (value !== BigInt.asUintN(64, value)) throw overflow('unsigned_long')
  return value
}

/** A double that a column can hold. */
export function finite(value: number): number {
  if (!Number.isFinite(value))
    throw new ValueError(`java.lang.ArithmeticException: not a finite double number: ${formatJavaDouble(value)}`)
  return value
}

function nonZero<T extends number | bigint>(divisor: T): T {
  if (divisor == 0) throw byZero()
  return divisor
}

// Products of two integers stay below 2^62 and lose low bits only far outside the integer range.
const INTEGER: Record<Arithmetic, RowFunction> = {
  '+': (a: number, b: number) => integer(a + b),
  '-': (a: number, b: number) => integer(a - b),
  '*': (a: number, b: number) => integer(a * b),
  // Java: the least integer divided by -1 is itself.
  '/': (a: number, b: number) => (a / nonZero(b)) | 0,
  '%': (a: number, b: number) => (a % nonZero(b)) + 0
}

const LONG: Record<Arithmetic, RowFunction> = {
  '+': (a: bigint, b: bigint) => long(a + b),
  '-': (a: bigint, b: bigint) => long(a - b),
  '*': (a: bigint, b: bigint) => long(a * b),
  '/': (a: bigint, b: bigint) => BigInt.asIntN(64, a / nonZero(b)),
  '%': (a: bigint, b: bigint) => a % nonZero(b)
}

const UNSIGNED: Record<Arithmetic, RowFunction> = {
  '+': (a: bigint, b: bigint) => unsigned(a + b),
  '-': (a: bigint, b: bigint) => unsigned(a - b),
  '*': (a: bigint, b: bigint) => unsigned(a * b),
  '/': (a: bigint, b: bigint) => a / nonZero(b),
  '%': (a: bigint, b: bigint) => a % nonZero(b)
}

const DOUBLE: Record<Arithmetic, RowFunction> = {
  '+': (a: number, b: number) => finite(a + b),
  '-': (a: number, b: number) => finite(a - b),
  '*': (a: number, b: number) => finite(a * b),
  // Whatever makes a quotient infinite or NaN is reported as a division by zero.
  '/': (a: number, b: number) => finiteOrByZero(a / b),
  '%': (a: number, b: number) => finiteOrByZero(a % b)
}

function finiteOrByZero(value: number): number {
  if (!Number.isFinite(value)) throw byZero()
  return value
}

/** The operation on two values of `type`. */
export function arithmetic(symbol: Arithmetic, type: DataType): RowFunction {
  const table = type === 'integer' ? INTEGER : type === 'long' ? LONG : type === 'unsigned_long' ? UNSIGNED : DOUBLE
  return table[symbol]
}

/** Unary minus on a value of `type`. */
export function negate(type: DataType): RowFunction {
  if (type === 'integer') return (value: number) => integer(-value)
  if (type === 'long') return (value: bigint) => long(-value)
  return (value: number) => -value
}
