/**
 * Rounding instants down to an interval, for DATE_TRUNC and BUCKET.
 *
 * Durations and n days (n other than 1 and 7) are multiples since 1970-01-01 UTC; 7 days are weeks from Monday; months,
 * quarters and years are counted from the first of January of year 1.
 */
import { civilFromDays, daysFromCivil } from '../data/civil-date.ts'
import type { TimeSpan } from '../data/data-type.ts'
import { dayOfWeek, splitMillis } from './calendar.ts'
import { ValueError } from './definition.ts'
import { addToMillis } from './time-span.ts'

const DAY_MILLIS = 86_400_000n

export type Rounding = (millis: bigint) => bigint

/** What is wrong with a span as an interval, or null. */
export function badInterval(span: TimeSpan): string | null {
  const parts = [span.months, span.days, span.millis].filter((part) => part !== 0)
  if (parts.length > 1) return 'Time interval is not supported'
  return parts.length === 0 || parts[0]! < 0 ? 'Zero or negative time interval is not supported' : null
}

/** The function that rounds down to multiples of `span`. */
export function roundingTo(span: TimeSpan): Rounding {
  const bad = badInterval(span)
  if (bad) throw new ValueError(`java.lang.IllegalArgumentException: ${bad}`)
  if (span.months > 0) return (millis) => floorMonths(millis, span.months)
  if (span.days === 7) return floorWeek
  return floorTo(BigInt(span.days) * DAY_MILLIS + BigInt(span.millis))
}

function floorTo(step: bigint): Rounding {
  return (millis) => {
    const rest = millis % step
    return rest < 0n ? millis - rest - step : millis - rest
  }
}

function floorWeek(millis: bigint): bigint {
  const { day } = splitMillis(millis)
  return BigInt(day - dayOfWeek(day) + 1) * DAY_MILLIS
}

function floorMonths(millis: bigint, months: number): bigint {
  const { year, month } = civilFromDays(splitMillis(millis).day)
  const index = Math.floor(((year - 1) * 12 + month - 1) / months) * months
  const floorYear = Math.floor(index / 12)
  return BigInt(daysFromCivil(floorYear + 1, index - floorYear * 12 + 1, 1)) * DAY_MILLIS
}

const span = (part: Partial<TimeSpan>): TimeSpan => ({ months: 0, days: 0, millis: 0, ...part })
const hours = (count: number) => span({ millis: count * 3_600_000 })
const minutes = (count: number) => span({ millis: count * 60_000 })

/** The intervals BUCKET chooses from when it is given a number of buckets, longest first. */
const CHOICES: readonly TimeSpan[] = [
  span({ months: 12 }),
  span({ months: 1 }),
  span({ days: 7 }),
  span({ days: 1 }),
  ...[12, 3, 1].map(hours),
  ...[30, 10, 5, 1].map(minutes),
  ...[30_000, 10_000, 5_000, 1_000, 100, 50, 10, 1].map((millis) => span({ millis }))
]

/** The shortest of the usual intervals that covers the range with at most `buckets` buckets. */
export function roundingForBuckets(buckets: number, from: bigint, to: bigint): Rounding {
  let best = CHOICES[0]!
  for (const choice of CHOICES.slice(1)) {
    if (!coversRange(choice, buckets, from, to)) break
    best = choice
  }
  return roundingTo(best)
}

function coversRange(interval: TimeSpan, buckets: number, from: bigint, to: bigint): boolean {
  let start = roundingTo(interval)(from)
  for (let used = 0; used < buckets; used++) {
    start = addToMillis(start, interval, 1)
    if (start >= to) return true
  }
  return false
}
