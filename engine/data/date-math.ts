/**
 * Date math: dates as ranges write them, `now-1d/d`, `2024-01-01||+1M`, and dates of which parts are missing.
 *
 * In: the text, now, and to which side a missing or rounded part goes. Out: epoch milliseconds (UTC), or null for no date.
 * `up`: the last millisecond of what is named (2024-01-01 is 23:59:59.999), otherwise the first.
 */
import { parseIsoMillis } from './iso-date.ts'

type Unit = 'y' | 'M' | 'w' | 'd' | 'h' | 'm' | 's'

const DAY = 86_400_000
const FIXED: Partial<Record<Unit, number>> = { w: 7 * DAY, d: DAY, h: 3_600_000, m: 60_000, s: 1000 }
/** Beyond these a moment cannot be reckoned with. */
const FARTHEST = 8.64e15

const DATE = /^(-?\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?)?)?)?/
const STEP = /([+-]\d{0,9}|\/)([yMwdhHms])/y

/** The moment a text names. */
export function parseDateMath(text: string, nowMillis: bigint, up: boolean): bigint | null {
  if (text.startsWith('now')) return withSteps(Number(nowMillis), text.slice(3), up)
  const [date, math] = text.split('||', 2) as [string, string | undefined]
  // Steps start from the first moment of the date; only where none follow its missing parts are filled upwards.
  const anchor = anchorOf(date.trim(), up && (math === undefined || math === ''))
  return anchor === null ? null : withSteps(anchor, math ?? '', up)
}

function anchorOf(date: string, up: boolean): number | null {
  const millis = parseIsoMillis(date) ?? epochMillis(date)
  if (millis === null) return null
  const start = Number(millis)
  if (!up) return start
  const unit = leastUnit(date)
  return unit === null ? start : lastOf(start, unit)
}

function epochMillis(text: string): bigint | null {
  return /^-?\d{5,18}$/.test(text) ? BigInt(text) : null
}

/** The unit a date stops at; null when it goes down to fractions of seconds (or is a number of milliseconds). */
function leastUnit(date: string): Unit | null {
  const parts = DATE.exec(date)
  if (!parts || /^-?\d{5,}$/.test(date) || /[.,]\d/.test(date)) return null
  const given = parts.slice(1).filter((part) => part !== undefined).length
  return (['y', 'M', 'd', 'h', 'm', 's'] as const)[given - 1] ?? null
}

function withSteps(start: number, math: string, up: boolean): bigint | null {
  let at = start
  let position = 0
  while (position < math.length) {
    STEP.lastIndex = position
    const step = STEP.exec(math)
    if (!step) return null
    position = STEP.lastIndex
    const unit = (step[2] === 'H' ? 'h' : step[2]) as Unit
    const [operation] = step as unknown as [string, string]
    if (operation.startsWith('/')) at = up ? lastOf(at, unit) : floorTo(at, unit)
    else at = add(at, step[1]!.length === 1 ? Number(`${step[1]}1`) : Number(step[1]), unit)
    if (!(Math.abs(at) <= FARTHEST)) return null
  }
  return BigInt(at)
}

/** The last millisecond of the unit that `millis` lies in. */
function lastOf(millis: number, unit: Unit): number {
  return add(floorTo(millis, unit), 1, unit) - 1
}

function floorTo(millis: number, unit: Unit): number {
  const date = new Date(millis)
  if (unit === 'y' || unit === 'M') return utc(date.getUTCFullYear(), unit === 'y' ? 0 : date.getUTCMonth())
  const size = FIXED[unit]!
  // 1970-01-01 was a Thursday; weeks begin on Monday.
  const shift = unit === 'w' ? 4 * DAY : 0
  return Math.floor((millis - shift) / size) * size + shift
}

function add(millis: number, amount: number, unit: Unit): number {
  const size = FIXED[unit]
  if (size !== undefined) return millis + amount * size
  const date = new Date(millis)
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + (unit === 'y' ? amount * 12 : amount)
  const year = Math.floor(months / 12)
  const month = months - year * 12
  // The 31st plus one month is the last day of the month behind.
  const day = Math.min(date.getUTCDate(), new Date(utc(year, month + 1) - 1).getUTCDate())
  return utc(year, month) + (day - 1) * DAY + (((millis % DAY) + DAY) % DAY)
}

/** First millisecond of a month; years below 100 are meant as they are. */
function utc(year: number, month: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month, 1)
  return date.getTime()
}
