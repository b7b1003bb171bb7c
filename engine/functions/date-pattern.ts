/**
 * Date patterns of java.time (`yyyy-MM-dd HH:mm:ss`), for DATE_FORMAT and DATE_PARSE. English names, UTC.
 *
 * A pattern is compiled once to a list of fields and literals. Formatting prints them; parsing runs one regular expression
 * made from them and puts the parts together, missing ones from 1970-01-01T00:00:00 UTC.
 */
import { civilFromDays, daysFromCivil, daysInMonth } from '../data/civil-date.ts'
import { zonedToEpoch } from '../data/time-zone.ts'
import { dayOfWeek, dayOfYear, isoWeek, splitMillis } from './calendar.ts'

/** A moment taken apart. */
interface Moment {
  year: number
  month: number
  day: number
  epochDay: number
  nanoOfDay: number
}

/** What a parse found, by the letter of the field. */
type Found = Map<string, string>

interface PatternField {
  letter: string
  count: number
}
type PatternPart = PatternField | { literal: string } | { optional: PatternPart[] }

export interface DatePattern {
  /** `nanos`: nanoseconds within the millisecond. */
  format(millis: bigint, nanos?: number): string
  /** Epoch milliseconds, or null when the text does not match. */
  parse(text: string): bigint | null
}

export const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December']
]
export const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const NANOS_PER_SECOND = 1_000_000_000
const second = (moment: Moment) => Math.floor(moment.nanoOfDay / NANOS_PER_SECOND)
const hour = (moment: Moment) => Math.floor(second(moment) / 3600)
const nanoOfSecond = (moment: Moment) => moment.nanoOfDay % NANOS_PER_SECOND
const yearOfEra = (moment: Moment) => (moment.year > 0 ? moment.year : 1 - moment.year)
const quarter = (moment: Moment) => Math.floor((moment.month + 2) / 3)

/** Letters that print a number padded to the count. */
const NUMBERS: Record<string, (moment: Moment) => number> = {
  D: (moment) => dayOfYear(moment.epochDay),
  d: (moment) => moment.day,
  w: (moment) => isoWeek(moment.epochDay).week,
  F: (moment) => Math.floor((moment.day - 1) / 7) + 1,
  H: hour,
  k: (moment) => hour(moment) || 24,
  K: (moment) => hour(moment) % 12,
  h: (moment) => hour(moment) % 12 || 12,
  m: (moment) => Math.floor(second(moment) / 60) % 60,
  s: (moment) => second(moment) % 60,
  A: (moment) => Math.floor(moment.nanoOfDay / 1e6),
  n: nanoOfSecond,
  N: (moment) => moment.nanoOfDay
}

/** Year with the sign rules of `y`, `u` and `Y`. */
function formatYear(year: number, count: number): string {
  if (count === 2) return String(((year % 100) + 100) % 100).padStart(2, '0')
  const digits = String(Math.abs(year)).padStart(count, '0')
  return (year < 0 ? '-' : count >= 4 && digits.length > count ? '+' : '') + digits
}

function formatName(name: string, count: number): string {
  return count === 4 ? name : count === 5 ? name[0]! : name.slice(0, 3)
}

function formatZone(letter: string, count: number): string {
  if (letter === 'X') return 'Z'
  if (letter === 'x' || letter === 'Z') {
    if (letter === 'Z' && count === 4) return 'GMT'
    if (letter === 'Z' && count === 5) return 'Z'
    return letter === 'x' && count === 1 ? '+00' : letter === 'x' && count % 2 === 1 ? '+00:00' : '+0000'
  }
  return letter === 'O' ? 'GMT' : letter === 'z' && count === 4 ? 'Coordinated Universal Time' : letter === 'V' ? 'Z' : 'UTC'
}

function formatField({ letter, count }: PatternField, moment: Moment): string {
  switch (letter) {
    case 'y':
      return formatYear(yearOfEra(moment), count)
    case 'u':
      return formatYear(moment.year, count)
    case 'Y':
      return formatYear(isoWeek(moment.epochDay).year, count)
    case 'G':
      return count === 4 ? (moment.year > 0 ? 'Anno Domini' : 'Before Christ') : moment.year > 0 ? 'AD' : 'BC'
    case 'M':
    case 'L':
      return count > 2 ? formatName(MONTHS[moment.month - 1]!, count) : String(moment.month).padStart(count, '0')
    case 'Q':
    case 'q':
      return count > 2 ? `Q${quarter(moment)}` : String(quarter(moment)).padStart(count, '0')
    case 'E':
      return formatName(DAYS[dayOfWeek(moment.epochDay) - 1]!, count)
    case 'e':
    case 'c':
      if (count > 2) return formatName(DAYS[dayOfWeek(moment.epochDay) - 1]!, count)
      return String(dayOfWeek(moment.epochDay)).padStart(count, '0')
    case 'a':
      return hour(moment) < 12 ? 'AM' : 'PM'
    case 'S':
      return String(nanoOfSecond(moment)).padStart(9, '0').slice(0, count).padEnd(count, '0')
  }
  const number = NUMBERS[letter]
  return number ? String(number(moment)).padStart(count, '0') : formatZone(letter, count)
}

function formatParts(parts: readonly PatternPart[], moment: Moment): string {
  let text = ''
  for (const part of parts) {
    if ('literal' in part) text += part.literal
    else if ('optional' in part) text += formatParts(part.optional, moment)
    else text += formatField(part, moment)
  }
  return text
}

const LETTERS = 'GyuYDMLdQqwEecFahKkHmsSAnNVzOXxZ'
const MAX_PATTERN = 1000

/** Reads the pattern; throws an Error that says what is wrong with it. */
function parsePattern(pattern: string): PatternPart[] {
  if (pattern.length > MAX_PATTERN) throw new Error(`Invalid format: pattern longer than ${MAX_PATTERN} characters`)
  const stack: PatternPart[][] = [[]]
  for (let i = 0; i < pattern.length;) {
    const character = pattern[i]!
    const open = stack.at(-1)!
    if (character === "'") {
      const { literal, end } = readQuoted(pattern, i)
      open.push({ literal })
      i = end
    } else if (/[A-Za-z]/.test(character)) {
      let end = i
      while (pattern[end] === character) end++
      if (!LETTERS.includes(character)) throw new Error(`Invalid format: [${pattern}]: Unknown pattern letter: ${character}`)
      open.push({ letter: character, count: end - i })
      i = end
    } else {
      if (character === '[') stack.push([])
      else if (character === ']') {
        if (stack.length === 1)
          throw new Error(`Invalid format: [${pattern}]: Pattern invalid as it contains ] without previous [`)
        stack.at(-2)!.push({ optional: stack.pop()! })
      } else if ('{}#'.includes(character)) {
        throw new Error(`Invalid format: [${pattern}]: Pattern includes reserved character: '${character}'`)
      } else open.push({ literal: character })
      i++
    }
  }
  // An optional part may stay open to the end.
  while (stack.length > 1) stack.at(-2)!.push({ optional: stack.pop()! })
  return stack[0]!
}

function readQuoted(pattern: string, start: number): { literal: string; end: number } {
  if (pattern[start + 1] === "'") return { literal: "'", end: start + 2 }
  let literal = ''
  for (let i = start + 1; i < pattern.length; i++) {
    if (pattern[i] !== "'") literal += pattern[i]
    else if (pattern[i + 1] === "'") literal += pattern[i++]
    else return { literal, end: i + 1 }
  }
  throw new Error(`Invalid format: [${pattern}]: Pattern ends with an incomplete string literal: ${pattern}`)
}

// ---- parsing ----

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
const names = (list: readonly string[], count: number) => list.map((name) => formatName(name, count)).join('|')

const OFFSETS: Record<string, string> = {
  X: 'Z|[+-][0-9]{2}(?:[0-9]{2})?',
  XX: 'Z|[+-][0-9]{4}',
  XXX: 'Z|[+-][0-9]{2}:[0-9]{2}',
  x: '[+-][0-9]{2}(?:[0-9]{2})?',
  xx: '[+-][0-9]{4}',
  xxx: '[+-][0-9]{2}:[0-9]{2}',
  Z: '[+-][0-9]{4}',
  ZZ: '[+-][0-9]{4}',
  ZZZ: '[+-][0-9]{4}',
  ZZZZZ: 'Z|[+-][0-9]{2}:[0-9]{2}'
}
const ANY_ZONE = 'Z|(?:UTC|GMT|UT)?[+-][0-9]{1,2}(?::?[0-9]{2})?|[A-Za-z][A-Za-z0-9_+/-]*'

function regExpOfField({ letter, count }: PatternField): string | null {
  if (letter === 'y' || letter === 'u' || letter === 'Y') {
    if (count === 2) return '[0-9]{2}'
    return count === 1 ? '-?[0-9]{1,9}' : `-?[0-9]{${count}}|[+-][0-9]{${count},9}`
  }
  if (letter === 'M' || letter === 'L') return count > 2 ? names(MONTHS, count) : count === 2 ? '[0-9]{2}' : '[0-9]{1,2}'
  if (letter === 'E' || ((letter === 'e' || letter === 'c') && count > 2)) return names(DAYS, count)
  if (letter === 'a') return 'AM|PM'
  if (letter === 'G') return 'AD|BC|Anno Domini|Before Christ'
  if (letter === 'S') return `[0-9]{${count}}`
  if (letter === 'Q' || letter === 'q') return count > 2 ? 'Q[1-4]' : `0*[1-4]`
  if ('XxZ'.includes(letter)) return OFFSETS[letter.repeat(count)] ?? null
  if ('VzO'.includes(letter)) return ANY_ZONE
  return letter in NUMBERS || letter === 'e' || letter === 'c' ? (count === 1 ? '[0-9]{1,18}' : `[0-9]{${count}}`) : null
}

function regExpOfParts(parts: readonly PatternPart[], letters: string[]): string {
  let source = ''
  for (const part of parts) {
    if ('literal' in part) source += escapeRegExp(part.literal)
    else if ('optional' in part) source += `(?:${regExpOfParts(part.optional, letters)})?`
    else {
      const field = regExpOfField(part)
      if (field === null) throw new Error(`Invalid format: pattern letter [${part.letter.repeat(part.count)}] cannot be parsed`)
      letters.push(part.letter + (part.letter !== 'S' && 'yuY'.includes(part.letter) && part.count === 2 ? '2' : ''))
      source += `(${field})`
    }
  }
  return source
}

function fieldNumber(found: Found, ...letters: string[]): number | null {
  for (const letter of letters) {
    const text = found.get(letter)
    if (text !== undefined && /^[+-]?[0-9]+$/.test(text)) return Number(text)
  }
  return null
}

function yearOf(found: Found): number {
  const short = fieldNumber(found, 'y2', 'u2')
  if (short !== null) return 2000 + short
  const proleptic = fieldNumber(found, 'u')
  if (proleptic !== null) return proleptic
  const year = fieldNumber(found, 'y') ?? 1970
  return /^B/.test(found.get('G') ?? '') ? 1 - year : year
}

function monthOf(found: Found): number | null {
  const text = found.get('M') ?? found.get('L')
  if (text === undefined || /^[0-9]/.test(text)) return text === undefined ? null : Number(text)
  return MONTHS.findIndex((name) => name === text || name.slice(0, 3) === text) + 1
}

function dayOf(found: Found): number | null {
  const year = yearOf(found)
  const ofYear = fieldNumber(found, 'D')
  const first = daysFromCivil(year, 1, 1)
  if (ofYear !== null) return ofYear >= 1 && civilFromDays(first + ofYear - 1).year === year ? first + ofYear - 1 : null
  const month = monthOf(found) ?? 1
  const day = fieldNumber(found, 'd') ?? 1
  if (month < 1 || month > 12 || day < 1 || day > 31) return null
  // java.time resolves 31 February to the last of the month.
  return daysFromCivil(year, month, Math.min(day, daysInMonth(year, month)))
}

function hourOf(found: Found): number | null {
  const plain = fieldNumber(found, 'H')
  if (plain !== null) return plain <= 23 ? plain : null
  const clock = fieldNumber(found, 'k')
  if (clock !== null) return clock >= 1 && clock <= 24 ? clock % 24 : null
  const half = fieldNumber(found, 'h', 'K')
  if (half === null) return 0
  if (half > 12 || (found.has('K') && half > 11) || (found.has('h') && half < 1)) return null
  return (half % 12) + (found.get('a') === 'PM' ? 12 : 0)
}

function millisOfDay(found: Found): number | null {
  const [hours, minutes, seconds] = [hourOf(found), fieldNumber(found, 'm') ?? 0, fieldNumber(found, 's') ?? 0]
  if (hours === null || minutes > 59 || seconds > 59) return null
  const milliOfDay = fieldNumber(found, 'A')
  if (milliOfDay !== null) return milliOfDay < 86_400_000 ? milliOfDay : null
  const fraction = Number((found.get('S') ?? '').slice(0, 3).padEnd(3, '0'))
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction
}

/** Milliseconds of a local time in the zone of the text; UTC without one. */
function toInstant(localMillis: bigint, zone: string | undefined): bigint | null {
  if (zone === undefined || /^(Z|UTC|GMT|UT)$/.test(zone)) return localMillis
  const offset = /^(?:UTC|GMT|UT)?([+-])([0-9]{1,2}):?([0-9]{2})?$/.exec(zone)
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
    return minutes > 18 * 60 ? null : localMillis - BigInt((offset[1] === '-' ? -1 : 1) * minutes * 60_000)
  }
  const seconds = Number(localMillis / 1000n)
  const shifted = zonedToEpoch(zone, seconds)
  return shifted === null ? null : localMillis + BigInt(shifted - seconds) * 1000n
}

function instantOf(found: Found): bigint | null {
  const day = dayOf(found)
  const time = millisOfDay(found)
  if (day === null || time === null) return null
  const zone = ['X', 'x', 'Z', 'V', 'z', 'O'].map((letter) => found.get(letter)).find((text) => text !== undefined)
  return toInstant(BigInt(day) * 86_400_000n + BigInt(time), zone)
}

/** Compiles a pattern; throws an Error that says what is wrong with it. */
export function compileDatePattern(pattern: string): DatePattern {
  const parts = parsePattern(pattern)
  let parser: { regExp: RegExp; letters: string[] } | null = null
  return {
    format(millis, nanos = 0) {
      const { day, millisOfDay: time } = splitMillis(millis)
      return formatParts(parts, { ...civilFromDays(day), epochDay: day, nanoOfDay: time * 1_000_000 + nanos })
    },
    parse(text) {
      if (!parser) {
        const letters: string[] = []
        parser = { regExp: new RegExp(`^(?:${regExpOfParts(parts, letters)})$`), letters }
      }
      if (text.length > MAX_PATTERN) return null
      const match = parser.regExp.exec(text)
      if (!match) return null
      const found: Found = new Map()
      parser.letters.forEach((letter, i) => match[i + 1] !== undefined && found.set(letter, match[i + 1]!))
      return instantOf(found)
    }
  }
}
