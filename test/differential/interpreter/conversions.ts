/** Conversions: TO_* and `::`, value by value; what cannot be converted vanishes with a warning. */
import { define, type FunctionTable } from './function-table.ts'
import {
  dateText,
  doubleText,
  Failure,
  INT_MAX,
  INT_MIN,
  ipText,
  isText,
  LONG_MAX,
  LONG_MIN,
  nanosText,
  readDouble,
  readIp,
  readIso,
  type Type,
  UNSIGNED_MAX,
  type Value,
  floorDiv
} from './values.ts'

export function toText(value: Value, type: Type): string {
  if (type === 'double') return doubleText(value as number)
  if (type === 'date') return dateText(value as bigint)
  if (type === 'date_nanos') return nanosText(value as bigint)
  return String(value)
}

const failure = () => new Failure('*')

/** Math.round of Java: halves go up. */
const halfUp = (value: number) => (Math.floor(value) + 0.5 <= value ? Math.floor(value) + 1 : Math.floor(value))

/** A whole number in [least, most] of text, a number, a boolean or an instant. */
function toWhole(value: Value, type: Type, least: bigint, most: bigint): bigint {
  const whole = isText(type) ? wholeOfText(value as string, least, most) : wholeOf(value, type, least, most)
  if (whole < least || whole > most) throw failure()
  return whole
}

/** Digits that no long holds are read as a double too. */
function wholeOfText(text: string, least: bigint, most: bigint): bigint {
  if (/^[+-]?\d+$/.test(text)) {
    const whole = BigInt(text.replace(/^\+/, ''))
    if (least === 0n || (whole >= LONG_MIN && whole <= LONG_MAX)) return whole
  }
  const number = readDouble(text)
  if (number === null) throw failure()
  return wholeOf(number, 'double', least, most)
}

function wholeOf(value: Value, type: Type, least: bigint, most: bigint): bigint {
  if (type !== 'double') return BigInt(value)
  if (!Number.isFinite(value)) throw failure()
  // Unsigned numbers are cut off, signed ones rounded.
  if (least === 0n) {
    if ((value as number) < 0) throw failure()
    return BigInt(Math.trunc(value as number))
  }
  // Java compares with the bound as a double, which for a long is 2^63: that one passes, and is the greatest long.
  return most === LONG_MAX && value === 2 ** 63 ? LONG_MAX : BigInt(halfUp(value as number))
}

function toDouble(value: Value, type: Type): number {
  if (!isText(type)) return Number(value)
  const number = readDouble(value as string)
  if (number === null || !Number.isFinite(number)) throw failure()
  return number
}

function toIp(text: string): string {
  const bits = readIp(text)
  if (bits === null) throw failure()
  return ipText(bits)
}

function toDate(value: Value, type: Type): bigint {
  if (type === 'date') return value as bigint
  if (type === 'date_nanos') return floorDiv(value as bigint, 1_000_000n)
  if (isText(type)) {
    const nanos = readIso(value as string)
    if (nanos === null) throw failure()
    return floorDiv(nanos, 1_000_000n)
  }
  return toWhole(value, type, LONG_MIN, LONG_MAX)
}

/** Nanoseconds since 1970, which cannot be before it. */
function toNanos(value: Value, type: Type): bigint {
  const nanos = isText(type) ? readIso(value as string) : type === 'date' ? (value as bigint) * 1_000_000n : (value as bigint)
  if (nanos === null || nanos < 0n || nanos > LONG_MAX) throw failure()
  return nanos
}

const WHOLE: Type[] = ['integer', 'long', 'unsigned_long', 'double', 'boolean', 'keyword', 'text']
const ANY: Type[] = [
  'boolean',
  'integer',
  'long',
  'unsigned_long',
  'double',
  'keyword',
  'text',
  'ip',
  'version',
  'date',
  'date_nanos'
]

interface Conversion {
  name: string
  to: Type
  from: readonly Type[]
  convert(value: Value, type: Type): Value
}

export const CONVERSIONS: readonly Conversion[] = [
  { name: 'TO_STRING', to: 'keyword', from: ANY, convert: toText },
  {
    name: 'TO_INTEGER',
    to: 'integer',
    from: [...WHOLE, 'date'],
    convert: (value, type) => Number(toWhole(value, type, BigInt(INT_MIN), BigInt(INT_MAX)))
  },
  {
    name: 'TO_LONG',
    to: 'long',
    from: [...WHOLE, 'date', 'date_nanos'],
    convert: (value, type) => toWhole(value, type, LONG_MIN, LONG_MAX)
  },
  { name: 'TO_UNSIGNED_LONG', to: 'unsigned_long', from: WHOLE, convert: (v, type) => toWhole(v, type, 0n, UNSIGNED_MAX) },
  { name: 'TO_DOUBLE', to: 'double', from: [...WHOLE, 'date'], convert: toDouble },
  {
    name: 'TO_BOOLEAN',
    to: 'boolean',
    from: WHOLE,
    convert: (value, type) => (isText(type) ? String(value).toLowerCase() === 'true' : Boolean(value))
  },
  { name: 'TO_IP', to: 'ip', from: ['ip', 'keyword', 'text'], convert: (value) => toIp(value as string) },
  { name: 'TO_VERSION', to: 'version', from: ['version', 'keyword', 'text'], convert: (value) => value },
  {
    name: 'TO_DATETIME',
    to: 'date',
    from: ['date', 'date_nanos', 'keyword', 'text', 'integer', 'long', 'double'],
    convert: toDate
  },
  { name: 'TO_DATE_NANOS', to: 'date_nanos', from: ['date_nanos', 'date', 'long', 'keyword', 'text'], convert: toNanos }
]

/** `::name` of each type. */
export const CASTS: Record<string, string> = {
  string: 'TO_STRING',
  keyword: 'TO_STRING',
  integer: 'TO_INTEGER',
  int: 'TO_INTEGER',
  long: 'TO_LONG',
  unsigned_long: 'TO_UNSIGNED_LONG',
  double: 'TO_DOUBLE',
  boolean: 'TO_BOOLEAN',
  bool: 'TO_BOOLEAN',
  ip: 'TO_IP',
  version: 'TO_VERSION',
  date: 'TO_DATETIME',
  datetime: 'TO_DATETIME'
}

export function addConversions(table: FunctionTable): void {
  for (const { name, to, from, convert } of CONVERSIONS) {
    define(table, name, ['null'], to, 'each', () => null)
    for (const type of from) {
      define(table, name, [type], to, 'each', ([cell]) => (type === to ? cell![0]! : convert(cell![0]!, type)))
    }
  }
  table.set('TO_INT', table.get('TO_INTEGER')!)
  table.set('TO_STR', table.get('TO_STRING')!)
  table.set('TO_BOOL', table.get('TO_BOOLEAN')!)
}
