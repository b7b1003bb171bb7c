/**
 * Operators: arithmetic and comparison as function records, keyed by their text (`+`, `==`, unary minus is `neg`).
 *
 * Numbers are computed in the wider type of the two. A span operand is a constant of the query: bind takes it from the
 * argument, since no column holds spans.
 */
import {
  type DataType,
  isDate,
  isNumeric,
  isSpatial,
  isString,
  isTimeSpan,
  messageName,
  type TimeSpan,
  type Value
} from '../data/data-type.ts'
import { type Arithmetic, arithmetic, negate } from './arithmetic.ts'
import { compareInstants, valueComparator } from './comparison.ts'
import { type ArgumentInfo, type Resolution, type RowFunction, type ScalarFunction } from './definition.ts'
import { commonType, literalTarget, resolveSignatures, wrongType } from './signatures.ts'
import { addSpans, addToMillis, addToNanos, constantSpan } from './time-span.ts'

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='

function record(
  name: string,
  doc: string,
  example: string,
  resolve: ScalarFunction['resolve'],
  bind: ScalarFunction['bind']
): ScalarFunction {
  return { kind: 'scalar', name, doc, example, multivalue: 'reject', nulls: 'propagate', resolve, bind }
}

// ---- arithmetic ----

const incompatible = (symbol: string, left: DataType, right: DataType): Resolution => ({
  error: `[${symbol}] has arguments with incompatible types [${messageName(left)}] and [${messageName(right)}]`
})

function resolveArithmetic(symbol: Arithmetic, args: readonly ArgumentInfo[]): Resolution {
  const withDates = symbol === '+' || symbol === '-'
  const wanted = withDates ? 'date_nanos, datetime or numeric' : 'numeric'
  const [left, right] = withDates ? literalDates(args[0]!, args[1]!) : [args[0]!.type, args[1]!.type]
  for (const [i, type] of [left, right].entries()) {
    const fits = isNumeric(type) || type === 'null' || (withDates && (isDate(type) || isTimeSpan(type)))
    if (!fits) return wrongType(i, 2, wanted, args[i]!)
  }
  const dateMath = isDate(left) || isDate(right) || isTimeSpan(left) || isTimeSpan(right)
  if (dateMath) return resolveDateMath(symbol as '+' | '-', left, right, args)
  const common = commonType(left, right)
  return common === null
    ? incompatible(symbol, left, right)
    : { params: [orNull(left, common), orNull(right, common)], returns: common }
}

const orNull = (type: DataType, common: DataType) => (type === 'null' ? 'null' : common)

/** A string constant beside a span is a date: `"2024-01-01" + 1 day`. */
function literalDates(left: ArgumentInfo, right: ArgumentInfo): [DataType, DataType] {
  const cast = (one: ArgumentInfo, other: ArgumentInfo) => (isTimeSpan(other.type) && literalTarget(one, ['date'])) || one.type
  return [cast(left, right), cast(right, left)]
}

function resolveDateMath(symbol: '+' | '-', left: DataType, right: DataType, args: readonly ArgumentInfo[]): Resolution {
  const params = [left, right]
  if (isDate(left) && (isTimeSpan(right) || right === 'null')) return { params, returns: left }
  if (isTimeSpan(left) && left === right) return { params, returns: left }
  if (isTimeSpan(left) && isDate(right)) {
    if (symbol === '+') return { params, returns: right }
    const [amount, date] = [args[0]!, args[1]!]
    const value = `cannot subtract a [${messageName(right).toUpperCase()}] value [${date.text}]`
    return { error: `[-] arguments are in unsupported order: ${value} from a [${left.toUpperCase()}] amount [${amount.text}]` }
  }
  if (left === 'null' && isDate(right)) return { params, returns: right }
  if (left === 'null' || right === 'null') return { params, returns: 'null' }
  return incompatible(symbol, left, right)
}

function bindArithmetic(symbol: Arithmetic, params: readonly DataType[], args: readonly ArgumentInfo[]): RowFunction {
  const [left, right] = params as [DataType, DataType]
  if (isDate(left) && isTimeSpan(right)) return addToDate(left, args[1]!, symbol === '-' ? -1 : 1, 0)
  if (isTimeSpan(left) && isDate(right)) return addToDate(right, args[0]!, 1, 1)
  if (isTimeSpan(left)) return (a: TimeSpan, b: TimeSpan) => addSpans(a, b, symbol === '-' ? -1 : 1)
  if (left === 'null' || right === 'null') return () => null
  return arithmetic(symbol, left)
}

function addToDate(type: DataType, spanArgument: ArgumentInfo, sign: 1 | -1, dateAt: 0 | 1): RowFunction {
  const span = constantSpan(spanArgument)
  if (!span) return () => null
  const add = type === 'date' ? addToMillis : addToNanos
  return dateAt === 0 ? (date: bigint) => add(date, span, sign) : (_: never, date: bigint) => add(date, span, sign)
}

const ARITHMETIC: readonly [Arithmetic, string, string][] = [
  ['+', 'Adds two numbers, or a time span to a date.', 'process.pid + 1'],
  ['-', 'Subtracts a number from a number, or a time span from a date.', '@timestamp - 1 hour'],
  ['*', 'Multiplies two numbers.', 'network.bytes * 8'],
  ['/', 'Divides two numbers; between whole numbers the fraction is dropped.', 'network.bytes / 1024'],
  ['%', 'Remainder of a division, with the sign of the dividend.', 'process.pid % 2']
]

const negation = record(
  'NEG',
  'Turns a number or a time span into its negative.',
  '-process.pid',
  (args) => {
    const type = args[0]!.type
    if (type === 'unsigned_long') return wrongType(0, 1, 'numeric, date_period or time_duration', args[0]!)
    return resolveSignatures('neg', ['integer|long|double|date_period|time_duration -> $1'], args)
  },
  (params, args) => {
    if (!isTimeSpan(params[0]!)) return negate(params[0]!)
    const span = constantSpan(args[0]!)
    return () => span && addSpans({ months: 0, days: 0, millis: 0 }, span, -1)
  }
)

// ---- comparison ----

const ORDERED_TYPES = 'date_nanos, datetime, double, integer, ip, keyword, long, text, unsigned_long or version'
const NO_COMPARISON: ReadonlySet<DataType> = new Set(['date_period', 'time_duration', 'unsupported', '_source'])

function resolveComparison(symbol: Comparison, args: readonly ArgumentInfo[]): Resolution {
  const [first, second] = args as [ArgumentInfo, ArgumentInfo]
  const left = castLiteral(first, second)
  const right = castLiteral(second, first)
  const ordered = symbol !== '==' && symbol !== '!='
  for (const [i, type] of [left, right].entries()) {
    const refused = NO_COMPARISON.has(type) || (ordered && (type === 'boolean' || isSpatial(type)))
    if (refused) return wrongType(i, 2, ordered ? ORDERED_TYPES : `boolean, ${ORDERED_TYPES}`, args[i]!)
  }
  if (left === 'null' || right === 'null') return { params: [left, right], returns: 'boolean' }
  if (isDate(left) && isDate(right)) return { params: [left, right], returns: 'boolean' }
  const common = commonType(left, right)
  if (common !== null) return { params: [common, common], returns: 'boolean' }
  if (isNumeric(left) && isNumeric(right)) return unsignedMix(left, right)
  const name = (type: DataType) => (isNumeric(type) ? 'numeric' : messageName(type))
  const must = `second argument must also be [${name(left)}] but was [${messageName(right)}]`
  return { error: `first argument of [{call}] is [${name(left)}] so ${must}` }
}

function unsignedMix(left: DataType, right: DataType): Resolution {
  const rule = '[unsigned_long] can only be operated on together with another [unsigned_long]'
  return { error: `first argument of [{call}] is [${left}] and second is [${right}]. ${rule}` }
}

const LITERAL_KINDS: readonly DataType[] = ['date', 'date_nanos', 'ip', 'version', 'boolean']

/** A string constant takes the type of the other side where that is a date, an address, a version or a boolean. */
function castLiteral(one: ArgumentInfo, other: ArgumentInfo): DataType {
  if (!isString(one.type) || typeof one.constant !== 'string' || !LITERAL_KINDS.includes(other.type)) return one.type
  return other.type
}

const TESTS: Record<Comparison, (order: number) => boolean> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0
}

function bindComparison(symbol: Comparison, params: readonly DataType[]): RowFunction {
  const [left, right] = params as [DataType, DataType]
  const test = TESTS[symbol]
  if (left === 'null' || right === 'null') return () => null
  if (left !== right && isDate(left) && isDate(right)) {
    if (left === 'date') return (a: bigint, b: bigint) => test(compareInstants(a, b))
    return (a: bigint, b: bigint) => test(-compareInstants(b, a))
  }
  // Values of one type are equal exactly when they are identical: addresses are canonical, versions compare by text.
  if (symbol === '==') return (a: Value, b: Value) => a === b
  if (symbol === '!=') return (a: Value, b: Value) => a !== b
  const compare = valueComparator(left)
  return (a: Value, b: Value) => test(compare(a, b))
}

const COMPARISONS: readonly [Comparison, string, string][] = [
  ['==', 'True when both sides are equal.', 'process.name == "bash"'],
  ['!=', 'True when the sides differ; null when either is null.', 'process.name != "bash"'],
  ['<', 'True when the left side comes before the right one.', 'process.pid < 100'],
  ['<=', 'True when the left side does not come after the right one.', 'process.pid <= 100'],
  ['>', 'True when the left side comes after the right one.', 'process.pid > 100'],
  ['>=', 'True when the left side does not come before the right one.', 'process.pid >= 100']
]

/** Every operator by its text; unary minus is `neg`. */
export const OPERATORS: ReadonlyMap<string, ScalarFunction> = new Map<string, ScalarFunction>([
  ...ARITHMETIC.map(
    ([symbol, doc, example]) =>
      [
        symbol,
        record(
          symbol,
          doc,
          example,
          (args) => resolveArithmetic(symbol, args),
          (params, args) => bindArithmetic(symbol, params, args)
        )
      ] as const
  ),
  ...COMPARISONS.map(
    ([symbol, doc, example]) =>
      [
        symbol,
        record(
          symbol,
          doc,
          example,
          (args) => resolveComparison(symbol, args),
          (params) => bindComparison(symbol, params)
        )
      ] as const
  ),
  ['neg', negation]
])
