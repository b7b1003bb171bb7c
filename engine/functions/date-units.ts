/** The named units of DATE_DIFF and the named parts of DATE_EXTRACT. */
import { civilFromDays } from '../data/civil-date.ts'
import { dayOfWeek, dayOfYear, splitMillis } from './calendar.ts'

/** An instant in nanoseconds counted from the epoch (milliseconds widened), which orders dates of both types. */
export type EpochNanos = bigint

const MILLI = 1_000_000n
const DAY = 86_400_000n * MILLI

type UnitDifference = (start: EpochNanos, end: EpochNanos) => bigint

const fixed =
  (length: bigint): UnitDifference =>
  (start, end) =>
    (end - start) / length
const months =
  (count: bigint): UnitDifference =>
  (start, end) =>
    wholeMonths(start, end) / count

const UNITS: readonly [names: string, difference: UnitDifference][] = [
  ['year years yy yyyy', months(12n)],
  ['quarter quarters qq q', months(3n)],
  ['month months mm m', months(1n)],
  ['week weeks wk ww', fixed(7n * DAY)],
  ['dayofyear dy y day days dd d weekday weekdays dw', fixed(DAY)],
  ['hour hours hh', fixed(3_600_000n * MILLI)],
  ['minute minutes mi n', fixed(60_000n * MILLI)],
  ['second seconds ss s', fixed(1000n * MILLI)],
  ['millisecond milliseconds ms', fixed(MILLI)],
  ['microsecond microseconds mcs', fixed(1000n)],
  ['nanosecond nanoseconds ns', fixed(1n)]
]

const DIFFERENCES = new Map(UNITS.flatMap(([names, difference]) => names.split(' ').map((name) => [name, difference] as const)))

/** The difference in a unit (complete units, toward zero) by the unit's name or alias in any case; null for an unknown one. */
export function dateDifference(unit: string): UnitDifference | null {
  return DIFFERENCES.get(unit.toLowerCase()) ?? null
}

/** Complete months between two instants, as java.time counts: the day and time of day of the start must be reached again. */
function wholeMonths(start: EpochNanos, end: EpochNanos): bigint {
  if (end < start) return -wholeMonths(end, start)
  const [from, to] = [split(start), split(end)]
  const count = (to.year - from.year) * 12 + (to.month - from.month)
  const isShort = to.day < from.day || (to.day === from.day && to.nanoOfDay < from.nanoOfDay)
  return BigInt(isShort ? count - 1 : count)
}

function split(nanos: EpochNanos): { year: number; month: number; day: number; nanoOfDay: bigint } {
  let nanoOfDay = nanos % DAY
  if (nanoOfDay < 0n) nanoOfDay += DAY
  return { ...civilFromDays(Number((nanos - nanoOfDay) / DAY)), nanoOfDay }
}

/** An instant as DATE_EXTRACT sees it. */
interface Parts {
  day: number
  millisOfDay: number
  /** Nanoseconds within the millisecond. */
  nanos: number
}

const hour = ({ millisOfDay }: Parts) => Math.floor(millisOfDay / 3_600_000)
const nanoOfSecond = ({ millisOfDay, nanos }: Parts) => (millisOfDay % 1000) * 1_000_000 + nanos
const date = ({ day }: Parts) => civilFromDays(day)

const PARTS: Record<string, (parts: Parts) => number | bigint> = {
  year: (parts) => date(parts).year,
  year_of_era: (parts) => (date(parts).year > 0 ? date(parts).year : 1 - date(parts).year),
  era: (parts) => (date(parts).year > 0 ? 1 : 0),
  proleptic_month: (parts) => date(parts).year * 12 + date(parts).month - 1,
  month_of_year: (parts) => date(parts).month,
  day_of_month: (parts) => date(parts).day,
  day_of_week: ({ day }) => dayOfWeek(day),
  day_of_year: ({ day }) => dayOfYear(day),
  epoch_day: ({ day }) => day,
  aligned_day_of_week_in_month: (parts) => ((date(parts).day - 1) % 7) + 1,
  aligned_day_of_week_in_year: ({ day }) => ((dayOfYear(day) - 1) % 7) + 1,
  aligned_week_of_month: (parts) => Math.floor((date(parts).day - 1) / 7) + 1,
  aligned_week_of_year: ({ day }) => Math.floor((dayOfYear(day) - 1) / 7) + 1,
  hour_of_day: hour,
  clock_hour_of_day: (parts) => hour(parts) || 24,
  hour_of_ampm: (parts) => hour(parts) % 12,
  clock_hour_of_ampm: (parts) => hour(parts) % 12 || 12,
  ampm_of_day: (parts) => (hour(parts) < 12 ? 0 : 1),
  minute_of_hour: ({ millisOfDay }) => Math.floor(millisOfDay / 60_000) % 60,
  minute_of_day: ({ millisOfDay }) => Math.floor(millisOfDay / 60_000),
  second_of_minute: ({ millisOfDay }) => Math.floor(millisOfDay / 1000) % 60,
  second_of_day: ({ millisOfDay }) => Math.floor(millisOfDay / 1000),
  milli_of_second: ({ millisOfDay }) => millisOfDay % 1000,
  milli_of_day: ({ millisOfDay }) => millisOfDay,
  micro_of_second: (parts) => Math.floor(nanoOfSecond(parts) / 1000),
  micro_of_day: ({ millisOfDay, nanos }) => millisOfDay * 1000 + Math.floor(nanos / 1000),
  nano_of_second: nanoOfSecond,
  nano_of_day: ({ millisOfDay, nanos }) => millisOfDay * 1_000_000 + nanos,
  instant_seconds: ({ day, millisOfDay }) => BigInt(day) * 86_400n + BigInt(Math.floor(millisOfDay / 1000)),
  offset_seconds: () => 0
}

/** Reads a named part (any case) of an instant; null for an unknown name. */
export function datePart(name: string): ((millis: bigint, nanos: number) => bigint) | null {
  const lower = name.toLowerCase()
  if (!Object.hasOwn(PARTS, lower)) return null
  const part = PARTS[lower]!
  return (millis, nanos) => BigInt(part({ ...splitMillis(millis), nanos }))
}
