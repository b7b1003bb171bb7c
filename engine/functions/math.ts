/** Mathematical functions. What is not a finite number becomes null with a warning. */
import { isValues } from '../data/column.ts'
import type { Cell, DataType } from '../data/data-type.ts'
import { finite } from './arithmetic.ts'
import {
  type ArgumentInfo,
  MULTI_VALUE_TEXT,
  type Resolution,
  type RowFunction,
  type ScalarFunction,
  ValueError
} from './definition.ts'
import { scalar } from './scalar.ts'
import { resolveSignatures } from './signatures.ts'

const arithmeticError = (text: string) => new ValueError(`java.lang.ArithmeticException: ${text}`)

/** Numeric arguments, all converted to double. */
function doubles(name: string, signature: string): (args: readonly ArgumentInfo[]) => Resolution {
  return (args) => {
    const resolution = resolveSignatures(name, [signature], args)
    if ('error' in resolution) return resolution
    return {
      params: resolution.params.map((type): DataType => (type === 'null' ? 'null' : 'double')),
      returns: resolution.returns
    }
  }
}

function unary(name: string, doc: string, compute: (value: number) => number): ScalarFunction {
  const row = (value: number) => finite(compute(value))
  return scalar({ name, doc, example: `${name}(1.5)`, signatures: doubles(name, 'numeric -> double'), row })
}

function constant(name: string, doc: string, value: number): ScalarFunction {
  return scalar({ name, doc, example: `${name}()`, signatures: [' -> double'], row: () => value })
}

/** A domain check in front of a function: outside it the text is the warning. */
function within(inside: (value: number) => boolean, text: string, compute: (value: number) => number): (value: number) => number {
  return (value) => {
    if (!inside(value)) throw arithmeticError(text)
    return compute(value)
  }
}

/** Half away from zero, in doubles as Elasticsearch computes it. */
function roundDouble(value: number, decimals: number): number {
  if (Number.isNaN(value)) return 0
  const factor = 10 ** decimals
  const scaled = Math.abs(value) * factor
  if (!Number.isFinite(scaled) || factor === 0) return factor === 0 ? 0 : value
  return (Math.sign(value) * (Math.floor(scaled) + (scaled - Math.floor(scaled) >= 0.5 ? 1 : 0))) / factor + 0
}

/** Whole numbers change only for negative decimals. */
function roundWhole(value: bigint, decimals: bigint): bigint {
  if (decimals >= 0n) return value
  if (decimals < -20n) return 0n
  const factor = 10n ** -decimals
  const magnitude = value < 0n ? -value : value
  const rounded = ((magnitude + factor / 2n) / factor) * factor
  return value < 0n ? -rounded : rounded
}

/**
 * Where a function leaves whole numbers as they are, Elasticsearch hands the column through, multi-values included; in all
 * other cases these functions take single values. So they see whole cells and check for themselves.
 */
function singles(compute: RowFunction): RowFunction {
  return (...cells: Cell[]) => {
    if (cells.some((cell) => cell !== null && isValues(cell))) throw new ValueError(MULTI_VALUE_TEXT)
    return compute(...(cells as never[]))
  }
}

const unchanged = (cell: Cell) => cell

function bindRound(params: readonly DataType[]): RowFunction {
  return params[0] !== 'double' && params.length === 1 ? unchanged : singles(roundingOf(params))
}

function roundingOf(params: readonly DataType[]): RowFunction {
  const type = params[0]!
  if (type === 'double') return (value: number, decimals: number | bigint = 0) => roundDouble(value, Number(decimals))
  if (type === 'integer') {
    return (value: number, decimals: number | bigint = 0) => {
      const rounded = roundWhole(BigInt(value), BigInt(decimals))
      if (rounded !== BigInt.asIntN(32, rounded)) throw arithmeticError('integer overflow')
      return Number(rounded)
    }
  }
  const wrap = type === 'long' ? BigInt.asIntN : BigInt.asUintN
  return (value: bigint, decimals: number | bigint = 0) => {
    const rounded = roundWhole(value, BigInt(decimals))
    if (rounded !== wrap(64, rounded)) throw arithmeticError(`${type} overflow`)
    return rounded
  }
}

function bindAbs(params: readonly DataType[]): RowFunction {
  const type = params[0]!
  if (type === 'unsigned_long') return unchanged
  if (type === 'double') return singles(Math.abs)
  if (type === 'long') {
    return singles((value: bigint) => {
      if (value === -(2n ** 63n)) throw arithmeticError('long overflow')
      return value < 0n ? -value : value
    })
  }
  return singles((value: number) => {
    if (value === -2147483648) throw arithmeticError('integer overflow')
    return Math.abs(value)
  })
}

/** CEIL and FLOOR: whole numbers stay as they are. */
function wholePart(name: string, doc: string, compute: (value: number) => number): ScalarFunction {
  const bind = (params: readonly DataType[]): RowFunction =>
    params[0] === 'double' ? singles((value: number) => compute(value) + 0) : unchanged
  return scalar({ name, doc, example: `${name}(1.5)`, signatures: ['numeric -> $1'], multivalue: 'whole', bind })
}

function logarithm(base: number, value?: number): number {
  const [of, to] = value === undefined ? [base, Math.E] : [value, base]
  if (!(of > 0) || !(to > 0)) throw arithmeticError('Log of non-positive number')
  if (to === 1) throw arithmeticError('Log of base 1')
  return value === undefined ? Math.log(of) : Math.log10(of) / Math.log10(to)
}

/** A long power must fit an integer, as Java's scalb takes one. */
function scaleByPower(value: number, power: number | bigint): number {
  const exponent = Number(power)
  if (exponent > 2147483647 || exponent < -2147483648) throw arithmeticError('integer overflow')
  // in steps, so that neither factor leaves the range of doubles before the product does
  const bounded = Math.max(-2200, Math.min(2200, exponent))
  let result = value
  for (let left = bounded; left !== 0;) {
    const step = Math.max(-1000, Math.min(1000, left))
    result *= 2 ** step
    left -= step
  }
  return finite(result)
}

const notNegative = (value: number) => !(value < 0)
const unit = (value: number) => !(value < -1 || value > 1)

export const MATH_FUNCTIONS: readonly ScalarFunction[] = [
  scalar({
    name: 'ROUND',
    doc: 'Rounds to a number of decimals (0 when omitted), halves away from zero.',
    example: 'ROUND(3.14159, 2)',
    signatures: ['numeric, integer|long? -> $1'],
    multivalue: 'whole',
    bind: bindRound
  }),
  scalar({
    name: 'ABS',
    doc: 'The number without its sign.',
    example: 'ABS(-1)',
    signatures: ['numeric -> $1'],
    multivalue: 'whole',
    bind: bindAbs
  }),
  wholePart('CEIL', 'The next whole number upwards.', Math.ceil),
  wholePart('FLOOR', 'The next whole number downwards.', Math.floor),
  unary('SQRT', 'Square root.', within(notNegative, 'Square root of negative', Math.sqrt)),
  unary('CBRT', 'Cube root.', Math.cbrt),
  unary('EXP', 'The number e to a power.', Math.exp),
  unary(
    'LOG10',
    'Logarithm to base 10.',
    within((value) => value > 0, 'Log of non-positive number', Math.log10)
  ),
  unary('SIGNUM', 'Sign of a number: -1, 0 or 1.', Math.sign),
  scalar({
    name: 'LOG',
    doc: 'Natural logarithm, or the logarithm of the second argument to the base of the first.',
    example: 'LOG(2, 8)',
    signatures: doubles('LOG', 'numeric, numeric? -> double'),
    row: (base: number, value?: number) => finite(logarithm(base, value))
  }),
  scalar({
    name: 'POW',
    doc: 'A number to a power, as a floating point number.',
    example: 'POW(2, 10)',
    signatures: doubles('POW', 'numeric, numeric -> double'),
    row: (base: number, exponent: number) => finite(base ** exponent)
  }),
  scalar({
    name: 'HYPOT',
    doc: 'Length of the hypotenuse over two sides.',
    example: 'HYPOT(3, 4)',
    signatures: doubles('HYPOT', 'numeric, numeric -> double'),
    row: (a: number, b: number) => finite(Math.hypot(a, b))
  }),
  scalar({
    name: 'ATAN2',
    doc: 'Angle of the point (x, y), given as y, x.',
    example: 'ATAN2(1, 1)',
    signatures: doubles('ATAN2', 'numeric, numeric -> double'),
    row: (y: number, x: number) => Math.atan2(y, x)
  }),
  scalar({
    name: 'COPY_SIGN',
    doc: 'The first number with the sign of the second.',
    example: 'COPY_SIGN(3.0, -1.0)',
    signatures: doubles('COPY_SIGN', 'numeric, numeric -> double'),
    row: (value: number, sign: number) => (sign < 0 || Object.is(sign, -0) ? -Math.abs(value) : Math.abs(value))
  }),
  scalar({
    name: 'SCALB',
    doc: 'A number times two to a power.',
    example: 'SCALB(3.0, 2)',
    signatures: (args) => {
      const resolution = resolveSignatures('SCALB', ['numeric, integer|long -> double'], args)
      if ('error' in resolution) return resolution
      const [of, power] = resolution.params as [DataType, DataType]
      return { params: [of === 'null' ? 'null' : 'double', power], returns: 'double' }
    },
    row: scaleByPower
  }),
  unary('SIN', 'Sine of an angle in radians.', Math.sin),
  unary('COS', 'Cosine of an angle in radians.', Math.cos),
  unary('TAN', 'Tangent of an angle in radians.', Math.tan),
  unary('ASIN', 'Angle in radians whose sine is given.', within(unit, 'Asin input out of range', Math.asin)),
  unary('ACOS', 'Angle in radians whose cosine is given.', within(unit, 'Acos input out of range', Math.acos)),
  unary('ATAN', 'Angle in radians whose tangent is given.', Math.atan),
  unary('SINH', 'Hyperbolic sine.', overflowing('sinh', Math.sinh)),
  unary('COSH', 'Hyperbolic cosine.', overflowing('cosh', Math.cosh)),
  unary('TANH', 'Hyperbolic tangent.', Math.tanh),
  unary(
    'ACOSH',
    'Number whose hyperbolic cosine is given.',
    within((value) => !(value < 1), 'Acosh input out of range', Math.acosh)
  ),
  unary('ASINH', 'Number whose hyperbolic sine is given.', Math.asinh),
  unary(
    'ATANH',
    'Number whose hyperbolic tangent is given.',
    within((value) => value > -1 && value < 1, 'Atanh input out of range', Math.atanh)
  ),
  constant('PI', 'The ratio of a circle to its diameter.', Math.PI),
  constant('E', 'The base of natural logarithms.', Math.E),
  constant('TAU', 'Twice the number pi.', 2 * Math.PI)
]

function overflowing(name: string, compute: (value: number) => number): (value: number) => number {
  return (value) => {
    const result = compute(value)
    if (!Number.isFinite(result)) throw arithmeticError(`${name} overflow`)
    return result
  }
}
