/**
 * Dates as Elasticsearch reads and prints them.
 *
 * Millis follow `strict_date_optional_time`: four-digit year (`-` before it allowed), then as much of
 * `-MM-DDTHH:MM:SS.fraction` as is there (`.` or `,`, one to nine digits) and, after an hour, a zone: `Z`, `+hh`, `+hhmm`,
 * `+hh:mm`, with seconds, `UTC+1`, or a region. Nanos follow `strict_date_optional_time_nanos`: a time, where there is one,
 * needs its seconds; moments before 1970 or beyond what 64 bits hold are refused. No zone means UTC.
 * Epoch numbers are no dates here.
 */
import { civilFromDays, daysFromCivil, daysInMonth } from './civil-date.ts'
import { zonedToEpoch } from './time-zone.ts'

const MILLIS_PER_DAY = 86_400_000n
const NANOS_PER_MILLI = 1_000_000n
const MAX_NANOS = 9_223_372_036_854_775_807n
const MAX_OFFSET_SECONDS = 18 * 3600

/** Epoch milliseconds (finer digits are cut off), or null when the text is no date. */
export function parseIsoMillis(text: string): bigint | null {
  const moment = parseMoment(text)
  if (!moment) return null
  return BigInt(moment.seconds) * 1000n + BigInt(Math.floor(moment.nanos / 1e6))
}

/** Epoch nanoseconds, or null when the text is no date or the moment cannot be stored. */
export function parseIsoNanos(text: string): bigint | null {
  const nanos = parseIsoInstant(text)
  return nanos === null || nanos < 0n || nanos > MAX_NANOS ? null : nanos
}

/** Nanoseconds since 1970 without a bound, or null when the text is no date. */
export function parseIsoInstant(text: string): bigint | null {
  const moment = parseMoment(text)
  return moment?.complete ? BigInt(moment.seconds) * 1_000_000_000n + BigInt(moment.nanos) : null
}

/** `2024-05-10T08:00:00.000Z`; years beyond 9999 with `+`, before 0 with `-`, four digits at least. */
export function formatIsoMillis(millis: bigint): string {
  const { date, ofDay } = splitDay(millis, MILLIS_PER_DAY)
  return `${date}T${formatClock(Number(ofDay / 1000n))}.${String(ofDay % 1000n).padStart(3, '0')}Z`
}

/** As `formatIsoMillis`, with as many of nine decimals as are needed, three at least. */
export function formatIsoNanos(nanos: bigint): string {
  const { date, ofDay } = splitDay(nanos, MILLIS_PER_DAY * NANOS_PER_MILLI)
  const fraction = String(ofDay % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0{1,6}$/, '')
  return `${date}T${formatClock(Number(ofDay / 1_000_000_000n))}.${fraction}Z`
}

interface Moment {
  /** Epoch seconds, rounded down. */
  seconds: number
  nanos: number
  /** A date without time, or a time down to the second. */
  complete: boolean
}

const PATTERN = /^(-?\d{4})(?:-(\d\d)(?:-(\d\d)(?:(T)(?:(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?([A-Za-z+-].*)?)?)?)?)?$/

function parseMoment(text: string): Moment | null {
  const match = PATTERN.exec(text)
  if (!match) return null
  const [, years, months = '1', days = '1', time, hours = '0', minutes = '0', seconds, fraction = '', zone = 'Z'] = match
  const [year, month, day] = [Number(years), Number(months), Number(days)]
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds ?? 0)]
  if (day < 1 || day > daysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return null
  const local = daysFromCivil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
  const epoch = toEpoch(local, zone)
  if (epoch === null) return null
  return { seconds: epoch, nanos: Number(fraction.padEnd(9, '0')), complete: time === undefined || seconds !== undefined }
}

function toEpoch(local: number, zone: string): number | null {
  if (zone === 'Z') return local
  const offset = parseOffset(zone)
  if (offset === 'region') return zonedToEpoch(zone, local)
  return offset === null ? null : local - offset
}

const OFFSET = /^([+-])(\d\d)(?:(:?)(\d\d)(?:\3(\d\d))?)?$/
const PREFIXED = /^(?:UTC|GMT|UT)([+-].*)?$/

/** Seconds ahead of UTC; null when out of range or ill-formed; 'region' when it may be the name of one. */
function parseOffset(zone: string): number | null | 'region' {
  const prefixed = PREFIXED.exec(zone)
  if (!prefixed && zone[0] !== '+' && zone[0] !== '-') return 'region'
  if (prefixed && prefixed[1] === undefined) return 0
  // behind a prefix the hour may have one digit
  const match = OFFSET.exec(prefixed ? prefixed[1]!.replace(/^(.)(\d)$/, '$10$2') : zone)
  if (!match) return null
  const [hours, minutes, seconds] = [Number(match[2]), Number(match[4] ?? 0), Number(match[5] ?? 0)]
  const total = hours * 3600 + minutes * 60 + seconds
  if (total > MAX_OFFSET_SECONDS || (prefixed && (minutes > 59 || seconds > 59))) return null
  return match[1] === '-' ? -total : total
}

function splitDay(moment: bigint, perDay: bigint): { date: string; ofDay: bigint } {
  const ofDay = ((moment % perDay) + perDay) % perDay
  const { year, month, day } = civilFromDays(Number((moment - ofDay) / perDay))
  const sign = year > 9999 ? '+' : year < 0 ? '-' : ''
  return { date: `${sign}${String(Math.abs(year)).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`, ofDay }
}

function formatClock(seconds: number): string {
  return `${twoDigits(Math.floor(seconds / 3600))}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
