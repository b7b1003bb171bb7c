/**
 * Time spans as text (`"3 days"`) and their arithmetic on instants. A period (months, days) follows the calendar in UTC,
 * a duration (millis) is a fixed length.
 */
import type { Cell, TimeSpan } from '../data/data-type.ts'
import type { ArgumentInfo } from './definition.ts'
import { ValueError } from './definition.ts'
import { addMonths, splitMillis } from './calendar.ts'

export type SpanType = 'date_period' | 'time_duration'

const UNITS: readonly [names: string, span: Partial<TimeSpan>][] = [
  ['millisecond milliseconds ms', { millis: 1 }],
  ['second seconds sec s', { millis: 1000 }],
  ['minute minutes min m', { millis: 60_000 }],
  ['hour hours h', { millis: 3_600_000 }],
  ['day days d', { days: 1 }],
  ['week weeks w', { days: 7 }],
  ['month months mo', { months: 1 }],
  ['quarter quarters q', { months: 3 }],
  ['year years yr y', { months: 12 }]
]

const SPAN_OF_UNIT = new Map(UNITS.flatMap(([names, span]) => names.split(' ').map((name) => [name, span] as const)))

/** Parses `5 minutes`; null when the text is no whole amount of a known unit. */
export function parseTimeSpan(text: string): { type: SpanType; value: TimeSpan } | null {
  const match = /^\s*([+-]?[0-9]{1,15})\s+([A-Za-z]+)\s*$/.exec(text)
  const unit = match && SPAN_OF_UNIT.get(match[2]!.toLowerCase())
  if (!unit) return null
  const amount = Number(match[1])
  // "+ 0" because a negative amount times 0 is -0.
  const times = (size = 0) => amount * size + 0
  const value = { months: times(unit.months), days: times(unit.days), millis: times(unit.millis) }
  return { type: unit.millis === undefined ? 'date_period' : 'time_duration', value }
}

/** The span a cell holds: a span, or text that states one; null otherwise. */
export function spanOf(cell: Cell | undefined): TimeSpan | null {
  if (typeof cell === 'string') return parseTimeSpan(cell)?.value ?? null
  return typeof cell === 'object' && cell !== null && 'months' in cell ? cell : null
}

/** The span of a constant argument, which the analyzer has checked to be one; null for a null constant. */
export function constantSpan(argument: ArgumentInfo): TimeSpan | null {
  return spanOf(argument.constant)
}

/** Sum of two spans, the second times `sign`. */
export function addSpans(a: TimeSpan, b: TimeSpan, sign: 1 | -1): TimeSpan {
  return { months: a.months + sign * b.months, days: a.days + sign * b.days, millis: a.millis + sign * b.millis }
}

const DAY_MILLIS = 86_400_000n
const NANOS_PER_MILLI = 1_000_000n

/** Instant plus span (times `sign`), in epoch milliseconds. Months first, the day clipped to the month, then days, then time. */
export function addToMillis(instant: bigint, span: TimeSpan, sign: 1 | -1): bigint {
  let result = instant
  if (span.months !== 0) {
    const { day, millisOfDay } = splitMillis(instant)
    result = BigInt(addMonths(day, sign * span.months)) * DAY_MILLIS + BigInt(millisOfDay)
  }
  result += BigInt(sign * span.days) * DAY_MILLIS + BigInt(sign * span.millis)
  if (result !== BigInt.asIntN(64, result)) throw new ValueError('java.lang.ArithmeticException: long overflow')
  return result
}

/** The millisecond a nanosecond lies in (rounded down). */
export function nanosToMillis(nanos: bigint): bigint {
  const rest = nanos % NANOS_PER_MILLI
  return (nanos - (rest < 0n ? rest + NANOS_PER_MILLI : rest)) / NANOS_PER_MILLI
}

/** As `addToMillis`, for epoch nanoseconds. */
export function addToNanos(instant: bigint, span: TimeSpan, sign: 1 | -1): bigint {
  const millis = nanosToMillis(instant)
  const result = addToMillis(millis, span, sign) * NANOS_PER_MILLI + (instant - millis * NANOS_PER_MILLI)
  if (result < 0n || result !== BigInt.asIntN(64, result)) throw new ValueError('java.lang.ArithmeticException: long overflow')
  return result
}
