/**
 * Reading a date by the parts of a pattern: one regular expression made from them, then the fields put together; missing
 * ones are those of 1970-01-01T00:00:00 UTC.
 */
import { civilFromDays, daysFromCivil, daysInMonth } from '../data/civil-date.ts'
import { zonedToEpoch } from '../data/time-zone.ts'
import { NUMBERS } from './date-pattern-format.ts'
import { DAYS, formatName, MAX_PATTERN, MONTHS, type PatternField, type PatternPart } from './date-pattern-parts.ts'

/** What a parse found, by the letter of the field. */
type Found = Map<string, string>

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
  return found.get('G')?.startsWith('B') ? 1 - year : year
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

const MAX_FIELDS = 24

/** The reader of a pattern: epoch milliseconds of a text, or null; throws an Error for a part that cannot be read. */
export function dateReader(parts: readonly PatternPart[]): (text: string) => bigint | null {
  const letters: string[] = []
  const source = regExpOfParts(parts, letters)
  // Fields of no fixed width side by side multiply the ways to read a text.
  if (letters.length > MAX_FIELDS) throw new Error(`Invalid format: more than ${MAX_FIELDS} fields`)
  const regExp = new RegExp(`^(?:${source})$`)
  return (text) => {
    const match = text.length > MAX_PATTERN ? null : regExp.exec(text)
    if (!match) return null
    const found: Found = new Map()
    letters.forEach((letter, i) => match[i + 1] !== undefined && found.set(letter, match[i + 1]!))
    return instantOf(found)
  }
}
