/** Arithmetic and functions of numbers. */
import { define, definer, type FunctionTable } from './function-table.ts'
import { arithmetic, INT_MAX, INT_MIN, LONG_MAX, LONG_MIN, type Type, UNSIGNED_MAX, type Value, widen } from './values.ts'

export const finite = (value: number): number => {
  if (!Number.isFinite(value)) throw arithmetic('*')
  return value
}

/** `a op b` in `type`; whole numbers stay whole and in their range. */
export function calculate(operator: string, type: Type, a: Value, b: Value): Value {
  if (operator === '/' || operator === '%') {
    if (type !== 'double' && Number(b) === 0) throw arithmetic('/ by zero')
  }
  if (type === 'double') {
    const value = double(operator, a as number, b as number)
    if (!Number.isFinite(value)) throw arithmetic(operator === '/' || operator === '%' ? '/ by zero' : '*')
    return value
  }
  const value = whole(operator, BigInt(a), BigInt(b))
  const [least, most, name] = RANGES[type]!
  // Java's quotient of the least number and -1 is the least number.
  if (operator === '/' && value > most) return type === 'integer' ? Number(least) : least
  if (value < least || value > most) throw arithmetic(`${name} overflow`)
  return type === 'integer' ? Number(value) : value
}

const RANGES: Partial<Record<Type, [bigint, bigint, string]>> = {
  integer: [BigInt(INT_MIN), BigInt(INT_MAX), 'integer'],
  long: [LONG_MIN, LONG_MAX, 'long'],
  unsigned_long: [0n, UNSIGNED_MAX, 'unsigned_long']
}

function double(operator: string, a: number, b: number): number {
  return operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : operator === '/' ? a / b : a % b
}

function whole(operator: string, a: bigint, b: bigint): bigint {
  return operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : operator === '/' ? a / b : a % b
}

/** Half away from zero, worked out in doubles. */
function round(value: number, decimals = 0): number {
  const power = 10 ** Math.abs(decimals)
  const size = Math.abs(value)
  if (!Number.isFinite(size * power)) return value
  const rounded = decimals >= 0 ? Math.round(size * power) / power : Math.round(size / power) * power
  return value < 0 ? -rounded : rounded
}

/** Compensated sum. */
export function sumOf(values: readonly number[]): number {
  let sum = 0
  let lost = 0
  for (const value of values) {
    const corrected = value + lost
    const updated = sum + corrected
    lost = corrected - (updated - sum)
    sum = updated
  }
  return sum
}

const DOUBLES: Record<string, (value: number) => number> = {
  SIN: Math.sin,
  COS: Math.cos,
  TAN: Math.tan,
  ATAN: Math.atan,
  TANH: Math.tanh,
  CBRT: Math.cbrt,
  SINH: (value) => finite(Math.sinh(value)),
  COSH: (value) => finite(Math.cosh(value)),
  EXP: (value) => finite(Math.exp(value))
}

function root(value: number): number {
  if (value < 0) throw arithmetic('Square root of negative')
  return Math.sqrt(value)
}

function logarithm(value: number): number {
  if (value <= 0) throw arithmetic('Log of non-positive number')
  return Math.log10(value)
}

const NARROW: Type[] = ['integer', 'long', 'unsigned_long', 'double']

/** A function of doubles that takes any number. */
function ofNumber(table: FunctionTable, name: string, run: (value: number) => number): void {
  define(table, name, ['numeric'], 'double', 'single', ([cell]) => run(Number(cell![0])))
}

export function addMathFunctions(table: FunctionTable): void {
  const single = definer(table, 'single')
  for (const [name, run] of Object.entries(DOUBLES)) ofNumber(table, name, run)
  ofNumber(table, 'SQRT', root)
  ofNumber(table, 'LOG10', logarithm)
  ofNumber(table, 'SIGNUM', Math.sign)
  define(table, 'POW', ['numeric', 'numeric'], 'double', 'single', ([a, b]) => finite(Number(a![0]) ** Number(b![0])))
  define(table, 'HYPOT', ['numeric', 'numeric'], 'double', 'single', ([a, b]) => finite(Math.hypot(Number(a![0]), Number(b![0]))))
  define(table, 'ATAN2', ['numeric', 'numeric'], 'double', 'single', ([a, b]) => Math.atan2(Number(a![0]), Number(b![0])))
  single('E', [], 'double', () => Math.E)
  single('PI', [], 'double', () => Math.PI)
  single('TAU', [], 'double', () => Math.PI * 2)
  for (const type of NARROW) {
    define(table, 'ABS', [type], type, type === 'unsigned_long' ? 'whole' : 'single', ([cell]) => {
      if (type === 'unsigned_long') return cell!
      const value = cell![0]!
      if (typeof value === 'number' && type === 'double') return Math.abs(value)
      return (value as number) < 0 ? calculate('-', type, widen(0, 'integer', type), value) : value
    })
  }
  for (const [name, run] of [
    ['CEIL', Math.ceil],
    ['FLOOR', Math.floor]
  ] as const) {
    define(table, name, ['double'], 'double', 'single', ([cell]) => run(cell![0] as number))
    for (const type of NARROW.slice(0, 3)) define(table, name, [type], type, 'whole', ([cell]) => cell!)
  }
  single<[number, number?]>('ROUND', ['double', '#decimals?'], 'double', round)
  for (const type of NARROW.slice(0, 3)) define(table, 'ROUND', [type], type, 'whole', ([cell]) => cell!)
  for (const [name, factor] of [
    ['TO_DEGREES', 180 / Math.PI],
    ['TO_RADIANS', Math.PI / 180]
  ] as const) {
    define(table, name, ['numeric'], 'double', 'each', ([cell]) => finite(Number(cell![0]) * factor))
  }
}
