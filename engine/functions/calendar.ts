/**
 * Calendar arithmetic in UTC on top of `engine/data/civil-date.ts`, as java.time does it.
 * Days are plain numbers: the whole range of epoch milliseconds is about 1e11 days, far inside exact doubles.
 */
import { civilFromDays, daysFromCivil, daysInMonth } from '../data/civil-date.ts'

const DAY_MILLIS = 86_400_000

/** Day since the epoch and the milliseconds into it. */
export function splitMillis(instant: bigint): { day: number; millisOfDay: number } {
  const millis = Number(instant)
  if (Number.isSafeInteger(millis)) {
    const day = Math.floor(millis / DAY_MILLIS)
    return { day, millisOfDay: millis - day * DAY_MILLIS }
  }
  let rest = instant % BigInt(DAY_MILLIS)
  if (rest < 0n) rest += BigInt(DAY_MILLIS)
  return { day: Number((instant - rest) / BigInt(DAY_MILLIS)), millisOfDay: Number(rest) }
}

/** The day `months` later; the day of the month is clipped to the month's length. */
export function addMonths(epochDay: number, months: number): number {
  const { year, month, day } = civilFromDays(epochDay)
  const index = year * 12 + (month - 1) + months
  const newYear = Math.floor(index / 12)
  const newMonth = index - newYear * 12 + 1
  return daysFromCivil(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)))
}

/** 1 = Monday ... 7 = Sunday. */
export function dayOfWeek(epochDay: number): number {
  return ((((epochDay + 3) % 7) + 7) % 7) + 1
}

/** 1 to 366. */
export function dayOfYear(epochDay: number): number {
  return epochDay - daysFromCivil(civilFromDays(epochDay).year, 1, 1) + 1
}

/** Year and week of ISO 8601: weeks begin on Monday, week 1 holds the first Thursday. */
export function isoWeek(epochDay: number): { year: number; week: number } {
  const thursday = epochDay - dayOfWeek(epochDay) + 4
  const { year } = civilFromDays(thursday)
  return { year, week: Math.floor((thursday - daysFromCivil(year, 1, 1)) / 7) + 1 }
}
