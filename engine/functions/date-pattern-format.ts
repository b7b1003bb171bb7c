/** Printing a moment by the parts of a date pattern; UTC, English names. */
import { dayOfWeek, dayOfYear, isoWeek } from './calendar.ts'
import { DAYS, formatName, MONTHS, type PatternField, type PatternPart } from './date-pattern-parts.ts'

/** A moment taken apart. */
export interface Moment {
  year: number
  month: number
  day: number
  epochDay: number
  nanoOfDay: number
}

const NANOS_PER_SECOND = 1_000_000_000
const second = (moment: Moment) => Math.floor(moment.nanoOfDay / NANOS_PER_SECOND)
const hour = (moment: Moment) => Math.floor(second(moment) / 3600)
const nanoOfSecond = (moment: Moment) => moment.nanoOfDay % NANOS_PER_SECOND
const yearOfEra = (moment: Moment) => (moment.year > 0 ? moment.year : 1 - moment.year)
const quarter = (moment: Moment) => Math.floor((moment.month + 2) / 3)

/** Letters that print a number padded to the count. */
export const NUMBERS: Record<string, (moment: Moment) => number> = {
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

/** The text of a moment. */
export function formatParts(parts: readonly PatternPart[], moment: Moment): string {
  let text = ''
  for (const part of parts) {
    if ('literal' in part) text += part.literal
    else if ('optional' in part) text += formatParts(part.optional, moment)
    else text += formatField(part, moment)
  }
  return text
}
