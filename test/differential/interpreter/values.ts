/**
 * Values of the interpreter: a cell is the list of its values (empty: null), a row is a cell a column. Comparison, forms in
 * text and the readers of text, written from the description of the language alone.
 */
export type Type =
  | 'null'
  | 'boolean'
  | 'integer'
  | 'long'
  | 'unsigned_long'
  | 'double'
  | 'keyword'
  | 'text'
  | 'ip'
  | 'version'
  | 'date'
  | 'date_nanos'

/** 64-bit numbers and instants are bigint; addresses are their canonical text. */
export type Value = boolean | number | bigint | string
export type Cell = readonly Value[]

export interface Column {
  name: string
  type: Type
}

/** A value that cannot be computed: it becomes null, with this text in the warning. */
export class Failure extends Error {}

export const SINGLE_VALUE = 'java.lang.IllegalArgumentException: single-value function encountered multi-value'
export const illegal = (text: string) => new Failure(`java.lang.IllegalArgumentException: ${text}`)
export const arithmetic = (text: string) => new Failure(`java.lang.ArithmeticException: ${text}`)
export const invalid = (text: string) => new Failure(`org.elasticsearch.xpack.esql.core.InvalidArgumentException: ${text}`)

/** A value the interpreter cannot work with (instants beyond the calendar of JavaScript): the case says nothing. */
export class OutOfScope extends Error {}

/** A query that the language refuses. */
export class Refused extends Error {}

export const isText = (type: Type): boolean => type === 'keyword' || type === 'text'
export const isNumber = (type: Type): boolean => ['integer', 'long', 'unsigned_long', 'double'].includes(type)

// ---- order ----

const codePoints = (text: string) => Array.from(text, (character) => character.codePointAt(0)!)

function compareLists(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}

/** Order of UTF-8 bytes, which is the order of code points. */
export const compareTexts = (a: string, b: string): number => compareLists(codePoints(a), codePoints(b))

/** Semantic versions; what is none comes after them, as text. */
function compareVersions(a: string, b: string): number {
  const [x, y] = [readVersion(a), readVersion(b)]
  if (!x || !y) return x ? -1 : y ? 1 : compareTexts(a, b)
  const numbers = compareLists(x.numbers, y.numbers)
  if (numbers !== 0) return numbers
  if (x.pre === null || y.pre === null) return Number(x.pre === null) - Number(y.pre === null)
  const [left, right] = [x.pre.split('.'), y.pre.split('.')]
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [p, q] = [left[i]!, right[i]!]
    const [pDigits, qDigits] = [/^\d+$/.test(p), /^\d+$/.test(q)]
    const order = pDigits && qDigits ? Number(p) - Number(q) : pDigits !== qDigits ? (pDigits ? -1 : 1) : compareTexts(p, q)
    if (order !== 0) return order
  }
  return left.length - right.length
}

function readVersion(text: string) {
  const found = /^(\d+(?:\.\d+){0,2})(?:-([0-9A-Za-z.-]+))?$/.exec(text)
  return found && { numbers: found[1]!.split('.').map(Number), pre: found[2] ?? null }
}

export function compare(type: Type, a: Value, b: Value): number {
  if (isText(type)) return compareTexts(a as string, b as string)
  if (type === 'version') return compareVersions(a as string, b as string)
  const [x, y] = type === 'ip' ? [readIp(a as string)!, readIp(b as string)!] : [a, b]
  return x < y ? -1 : x > y ? 1 : 0
}

// ---- numbers ----

export const INT_MIN = -2147483648
export const INT_MAX = 2147483647
export const LONG_MIN = -(2n ** 63n)
export const LONG_MAX = 2n ** 63n - 1n
export const UNSIGNED_MAX = 2n ** 64n - 1n

/** A number of one type as one of a wider type. */
export function widen(value: Value, from: Type, to: Type): Value {
  if (from === to || !isNumber(from) || !isNumber(to)) return value
  if (to === 'double') return Number(value)
  return typeof value === 'bigint' ? value : BigInt(value as number)
}

/** Java's text of a double: a fraction always, an exponent outside [0.001, 10^7). */
export function doubleText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const shortest = value.toExponential()
  // At least two digits, the nearest of those: 9.9E-324, not 1.0E-323.
  const [mantissa, exponent] = (shortest.includes('.') ? shortest : value.toExponential(1)).split('e') as [string, string]
  const size = Math.abs(value)
  if (size < 1e-3 || size >= 1e7) return `${mantissa}E${Number(exponent)}`
  const plain = String(value)
  return plain.includes('.') ? plain : `${plain}.0`
}

/** Java's Double.parseDouble, white space around it included; null when it is no number. */
export function readDouble(text: string): number | null {
  // oxlint-disable-next-line no-control-regex -- Java's parser trims exactly these
  const found = /^[\x00-\x20]*([+-]?)(NaN|Infinity|(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[fFdD]?)[\x00-\x20]*$/.exec(text)
  if (!found) return null
  const size = found[2] === 'NaN' ? NaN : found[2] === 'Infinity' ? Infinity : Number(found[2]!.replace(/[fFdD]$/, ''))
  return found[1] === '-' ? -size : size
}

// ---- instants ----

const pad = (value: number, length: number) => String(value).padStart(length, '0')

/** The calendar date of an instant. */
export function dateOf(millis: bigint): Date {
  const date = new Date(Number(millis))
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 1) throw new OutOfScope('instant')
  return date
}

export function dateText(millis: bigint): string {
  const date = dateOf(millis)
  const day = `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1, 2)}-${pad(date.getUTCDate(), 2)}`
  const time = `${pad(date.getUTCHours(), 2)}:${pad(date.getUTCMinutes(), 2)}:${pad(date.getUTCSeconds(), 2)}`
  return `${day}T${time}.${pad(date.getUTCMilliseconds(), 3)}Z`
}

export const floorDiv = (a: bigint, b: bigint): bigint => a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n)

export function nanosText(nanos: bigint): string {
  const seconds = floorDiv(nanos, 1_000_000_000n)
  const fraction = String(nanos - seconds * 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0{1,6}$/, '')
  return `${dateText(seconds * 1000n).slice(0, 19)}.${fraction}Z`
}

const ISO = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/

/** ISO 8601 as the date fields take it: epoch nanoseconds, or null. */
export function readIso(text: string): bigint | null {
  const found = ISO.exec(text)
  if (!found) return null
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = found
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  date.setUTCHours(Number(hour), Number(minute), Number(second))
  const same = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
  if (!same || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const offset = zone === 'Z' ? 0 : (zone[0] === '-' ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4)))
  return BigInt(date.getTime() - offset * 60_000) * 1_000_000n + BigInt(fraction.padEnd(9, '0'))
}

// ---- addresses ----

/** The 128 bits of an address, IPv4 in its mapped form; null when the text is none. */
export function readIp(text: string): bigint | null {
  const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (four) {
    const parts = four.slice(1)
    if (parts.some((part) => Number(part) > 255 || (part.length > 1 && part[0] === '0'))) return null
    return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0xffffn)
  }
  const halves = text.split('::')
  if (halves.length > 2 || !text.includes(':')) return null
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')))
  const given = groups.flat()
  if (!given.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null
  if (halves.length === 1 ? given.length !== 8 : given.length > 7) return null
  const zeros = new Array<string>(8 - given.length).fill('0')
  return [...groups[0]!, ...zeros, ...(groups[1] ?? [])].reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n)
}

/** Canonical text: IPv4 where mapped, else lower case with the longest run of zeros left out. */
export function ipText(bits: bigint): string {
  if (bits >> 32n === 0xffffn) return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 255n).join('.')
  const groups = Array.from({ length: 8 }, (_, i) => ((bits >> BigInt(112 - 16 * i)) & 65535n).toString(16))
  let best = { start: 0, length: 0 }
  for (let start = 0; start < 8; start++) {
    let end = start
    while (end < 8 && groups[end] === '0') end++
    if (end - start > best.length) best = { start, length: end - start }
  }
  if (best.length < 2) return groups.join(':')
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`
}
