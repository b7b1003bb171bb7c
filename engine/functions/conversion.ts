/**
 * Conversions between types, value by value: the TO_* functions, `::` casts and what the analyzer puts in.
 *
 * In: a value of one type. Out: the value of the other, or a ValueError worded as Elasticsearch's warning.
 * A table from target type to source type; the storage of each type is described at `Value`.
 */
import { isValues } from '../data/column.ts'
import { type Cell, type DataType, type TimeSpan, type Value, messageName } from '../data/data-type.ts'
import { type LeadingZeros, parseIp } from '../data/ip.ts'
import { formatIsoMillis, formatIsoNanos, parseIsoMillis, parseIsoInstant } from '../data/iso-date.ts'
import { ValueError } from './definition.ts'
import { formatJavaDouble, parseJavaDouble, parseJavaInteger, roundHalfUp } from './java-number.ts'
import { nanosToMillis, parseTimeSpan } from './time-span.ts'
import { canonicalWkt, pointOf, pointText } from './wkt.ts'

/** Converts one value; throws ValueError when this value cannot be. */
export type Converter = (value: never) => Value

const INVALID = 'org.elasticsearch.xpack.esql.core.InvalidArgumentException'
const NANOS_PER_MILLI = 1_000_000n

function outOfRange(value: bigint | number, type: DataType): ValueError {
  const text = typeof value === 'number' ? formatJavaDouble(value) : String(value)
  return new ValueError(`${INVALID}: [${text}] out of [${type}] range`)
}

/** A whole number as an integer. */
export function wholeToInteger(value: bigint): number {
  if (value !== BigInt.asIntN(32, value)) throw outOfRange(value, 'integer')
  return Number(value)
}

function wholeToLong(value: bigint): bigint {
  if (value !== BigInt.asIntN(64, value)) throw outOfRange(value, 'long')
  return value
}

function wholeToUnsigned(value: bigint): bigint {
  if (value !== BigInt.asUintN(64, value)) throw outOfRange(value, 'unsigned_long')
  return value
}

function doubleToInteger(value: number): number {
  const rounded = roundHalfUp(value)
  if (!(rounded >= -2147483648 && rounded <= 2147483647)) throw outOfRange(value, 'integer')
  return rounded + 0
}

function doubleToLong(value: number): bigint {
  const rounded = roundHalfUp(value)
  // Java casts the bounds to double: 2^63 itself is let in and saturates.
  if (!(rounded >= -(2 ** 63) && rounded <= 2 ** 63)) throw outOfRange(value, 'long')
  return rounded === 2 ** 63 ? 9223372036854775807n : BigInt(rounded)
}

function doubleToUnsigned(value: number): bigint {
  if (!(value >= 0 && value < 2 ** 64)) throw outOfRange(value, 'unsigned_long')
  return BigInt(Math.trunc(value))
}

/** Text as a whole number: whole number text, else a double rounded half up. */
function textToWhole<T>(text: string, whole: (value: bigint) => T, double: (value: number) => T): T {
  try {
    const exact = parseJavaInteger(text)
    if (exact !== null && exact === BigInt.asIntN(64, exact)) return whole(exact)
    const value = parseJavaDouble(text)
    if (value !== null) return double(value)
  } catch (failure) {
    if (!(failure instanceof ValueError)) throw failure
  }
  throw new ValueError(`${INVALID}: Cannot parse number [${text}]`)
}

function textToDouble(text: string): number {
  const value = parseJavaDouble(text)
  if (value === null) {
    const blank = text.trim() === ''
    throw new ValueError(`java.lang.NumberFormatException: ${blank ? 'empty String' : `For input string: "${text}"`}`)
  }
  if (!Number.isFinite(value)) throw new ValueError(`${INVALID}: Cannot parse number [${text}]`)
  return value
}

function textToUnsigned(text: string): bigint {
  const exact = parseJavaInteger(text)
  if (exact !== null) return wholeToUnsigned(exact)
  const decimal = /^([+-]?[0-9]+)\.[0-9]*$/.exec(text)
  if (decimal) return wholeToUnsigned(BigInt(decimal[1]!.replace(/^\+/, '')))
  const value = parseJavaDouble(text)
  if (value === null || !Number.isFinite(value))
    throw new ValueError(`java.lang.NumberFormatException: For input string: "${text}"`)
  return doubleToUnsigned(value)
}

/** Text as an address; an octet with leading zeros is read as `zeros` says. */
export function textToIp(text: string, zeros: LeadingZeros = 'reject'): string {
  const canonical = parseIp(text, zeros)
  if (canonical === null) throw new ValueError(`java.lang.IllegalArgumentException: '${text}' is not an IP string literal.`)
  return canonical
}

function textToMillis(text: string): bigint {
  const millis = parseIsoMillis(text)
  if (millis === null) throw noSuchDay(text, parseIsoMillis) ?? badDate(text, 'strict_date_optional_time')
  return millis
}

function textToNanos(text: string): bigint {
  const nanos = parseIsoInstant(text)
  if (nanos === null) throw noSuchDay(text, parseIsoInstant) ?? badDate(text, 'strict_date_optional_time_nanos')
  if (nanos < 0n) throw notStored(nanos, 'before the epoch in 1970')
  if (nanos > LAST_NANOS) throw notStored(nanos, 'after 2262-04-11T23:47:16.854775807')
  return nanos
}

/** The last instant that nanoseconds since 1970 in 64 bits can say. */
const LAST_NANOS = 2n ** 63n - 1n

/** The instant as Java prints it: no fraction and no seconds when they are zero. */
function notStored(nanos: bigint, place: string): ValueError {
  const shown = formatIsoNanos(nanos).replace(/(?:\.000)?Z$/, 'Z')
  return new ValueError(
    `java.lang.IllegalArgumentException: date[${shown}] is ${place} and cannot be stored in nanosecond resolution`
  )
}

/** `2026-04-31` is written as a date and is none; Java has words of its own for it. Null when that is not the reason. */
function noSuchDay(text: string, parse: (text: string) => bigint | null): ValueError | null {
  const parts = /^(-?\d{4})-(\d\d)-(29|3[01])(.*)$/s.exec(text)
  const month = parts && MONTHS[Number(parts[2]) - 1]
  if (!month || parse(`${parts[1]}-${parts[2]}-28${parts[4]}`) === null) return null
  const why = parts[3] === '29' ? `'February 29' as '${Number(parts[1])}' is not a leap year` : `'${month} ${parts[3]}'`
  return new ValueError(`java.lang.IllegalArgumentException: Invalid date ${why}`)
}

const MONTHS = 'JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER'.split(' ')

/** The warning for text that is no date of a format. */
export function badDate(text: string, format: string): ValueError {
  if (text === '') return new ValueError('java.lang.IllegalArgumentException: cannot parse empty datetime')
  return new ValueError(`java.lang.IllegalArgumentException: failed to parse date field [${text}] with format [${format}]`)
}

function notBefore1970(nanos: bigint): bigint {
  if (nanos >= 0n) return nanos
  throw new ValueError('java.lang.IllegalArgumentException: Nanosecond dates before 1970-01-01T00:00:00.000Z are not supported.')
}

/** A fraction below zero is before 1970, too. */
function doubleToNanos(value: number): bigint {
  return notBefore1970(value < 0 ? -1n : doubleToLong(value))
}

function millisToNanos(millis: bigint): bigint {
  const nanos = millis * NANOS_PER_MILLI
  if (nanos >= 0n && nanos <= LAST_NANOS) return nanos
  const place = nanos < 0n ? 'before the epoch in 1970' : 'after 2262-04-11T23:47:16.854775807'
  throw new ValueError(
    `java.lang.IllegalArgumentException: milliSeconds [${millis}] are ${place} and cannot be converted to nanoseconds`
  )
}

function textToPoint(text: string): string {
  const point = pointOf(text)
  if (point === null) throw badWkt(text)
  return pointText(point.x, point.y)
}

function textToShape(text: string): string {
  const shape = canonicalWkt(text)
  if (shape === null) throw badWkt(text)
  return shape
}

const badWkt = (text: string) => new ValueError(`java.lang.IllegalArgumentException: Failed to parse WKT: [${text}]`)

function textToSpan(text: string, type: 'date_period' | 'time_duration'): TimeSpan {
  const span = parseTimeSpan(text)
  if (!span || span.type !== type) {
    const name = type === 'date_period' ? 'date_period' : 'time_duration'
    throw new ValueError(`${INVALID}: Invalid interval value in [${text}], expected integer followed by a ${name} unit`)
  }
  return span.value
}

const same = (value: Value) => value
const asText = (value: Value) => String(value)
const toText: Partial<Record<DataType, Converter>> = {
  keyword: same,
  text: same,
  boolean: asText,
  integer: asText,
  long: asText,
  unsigned_long: asText,
  double: formatJavaDouble,
  ip: same,
  version: same,
  date: formatIsoMillis,
  date_nanos: formatIsoNanos,
  geo_point: same,
  cartesian_point: same,
  geo_shape: same,
  cartesian_shape: same,
  _source: same
}

/** CONVERTERS[to][from]. */
const CONVERTERS: Partial<Record<DataType, Partial<Record<DataType, Converter>>>> = {
  keyword: toText,
  text: toText,
  boolean: {
    boolean: same,
    keyword: (text: string) => text.toLowerCase() === 'true',
    text: (text: string) => text.toLowerCase() === 'true',
    integer: (value: number) => value !== 0,
    double: (value: number) => value !== 0,
    long: (value: bigint) => value !== 0n,
    unsigned_long: (value: bigint) => value !== 0n
  },
  integer: {
    integer: same,
    long: wholeToInteger,
    unsigned_long: wholeToInteger,
    double: doubleToInteger,
    boolean: Number,
    date: wholeToInteger,
    keyword: (text: string) => textToWhole(text, wholeToInteger, doubleToInteger),
    text: (text: string) => textToWhole(text, wholeToInteger, doubleToInteger)
  },
  long: {
    long: same,
    integer: (value: number) => BigInt(value),
    unsigned_long: wholeToLong,
    double: doubleToLong,
    boolean: (value: boolean) => (value ? 1n : 0n),
    date: same,
    date_nanos: same,
    keyword: (text: string) => textToWhole(text, wholeToLong, doubleToLong),
    text: (text: string) => textToWhole(text, wholeToLong, doubleToLong)
  },
  unsigned_long: {
    unsigned_long: same,
    integer: (value: number) => wholeToUnsigned(BigInt(value)),
    long: wholeToUnsigned,
    double: doubleToUnsigned,
    boolean: (value: boolean) => (value ? 1n : 0n),
    date: wholeToUnsigned,
    keyword: textToUnsigned,
    text: textToUnsigned
  },
  double: {
    double: same,
    integer: same,
    long: (value: bigint) => Number(value),
    unsigned_long: (value: bigint) => Number(value),
    boolean: Number,
    date: (value: bigint) => Number(value),
    keyword: textToDouble,
    text: textToDouble
  },
  ip: { ip: same, keyword: (text: string) => textToIp(text), text: (text: string) => textToIp(text) },
  version: { version: same, keyword: same, text: same },
  date: {
    date: same,
    date_nanos: nanosToMillis,
    integer: (value: number) => BigInt(value),
    long: same,
    unsigned_long: wholeToLong,
    double: doubleToLong,
    keyword: textToMillis,
    text: textToMillis
  },
  date_nanos: {
    date_nanos: same,
    date: millisToNanos,
    long: notBefore1970,
    unsigned_long: wholeToLong,
    double: doubleToNanos,
    keyword: textToNanos,
    text: textToNanos
  },
  date_period: { date_period: same, keyword: (text: string) => textToSpan(text, 'date_period') },
  time_duration: { time_duration: same, keyword: (text: string) => textToSpan(text, 'time_duration') },
  geo_point: { geo_point: same, keyword: textToPoint, text: textToPoint },
  cartesian_point: { cartesian_point: same, keyword: textToPoint, text: textToPoint },
  geo_shape: { geo_shape: same, geo_point: same, keyword: textToShape, text: textToShape },
  cartesian_shape: { cartesian_shape: same, cartesian_point: same, keyword: textToShape, text: textToShape },
  _source: { _source: same }
}

/** The conversion of one value, or null when there is none between the types. */
export function converter(from: DataType, to: DataType): Converter | null {
  return CONVERTERS[to]?.[from] ?? null
}

/** The types that can be converted to `to`. */
export function convertibleTypes(to: DataType): readonly DataType[] {
  return Object.keys(CONVERTERS[to] ?? {}) as DataType[]
}

/** Converts a whole cell; throws ValueError at the first value that cannot be converted. */
export function convertCell(cell: Cell, from: DataType, to: DataType): Cell {
  if (cell === null || from === to) return cell
  const convert = converter(from, to)
  if (!convert) throw new ValueError(`${INVALID}: cannot convert [${messageName(from)}] to [${messageName(to)}]`)
  return isValues(cell) ? cell.map((value) => convert(value as never)) : convert(cell as never)
}
