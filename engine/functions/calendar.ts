/**
 * The proleptic Gregorian calendar in UTC, as java.time counts it: days since 1970-01-01 and years, months, days.
 * Days are plain numbers: the whole range of epoch milliseconds is about 1e11 days, far inside exact doubles.
 */

/** A date of the calendar; `month` and `day` are 1-based. */
export interface CivilDate {
  year: number
  month: number
  day: number
}

const DAYS_PER_ERA = 146_097
const DAY_MILLIS = 86_400_000

/** Days since the epoch of a date. Eras of 400 years begin in March, so that the leap day is the last of its year. */
export function dayOfDate(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * DAYS_PER_ERA + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** Date of a day since the epoch. */
export function dateOfDay(epochDay: number): CivilDate {
  const shifted = epochDay + 719_468
  const era = Math.floor(shifted / DAYS_PER_ERA)
  const dayOfEra = shifted - era * DAYS_PER_ERA
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  }
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 ? (isLeapYear(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

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
  const { year, month, day } = dateOfDay(epochDay)
  const index = year * 12 + (month - 1) + months
  const newYear = Math.floor(index / 12)
  const newMonth = index - newYear * 12 + 1
  return dayOfDate(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)))
}

/** 1 = Monday ... 7 = Sunday. */
export function dayOfWeek(epochDay: number): number {
  return ((((epochDay + 3) % 7) + 7) % 7) + 1
}

/** 1 to 366. */
export function dayOfYear(epochDay: number): number {
  return epochDay - dayOfDate(dateOfDay(epochDay).year, 1, 1) + 1
}

/** Year and week of ISO 8601: weeks begin on Monday, week 1 holds the first Thursday. */
export function isoWeek(epochDay: number): { year: number; week: number } {
  const thursday = epochDay - dayOfWeek(epochDay) + 4
  const { year } = dateOfDay(thursday)
  return { year, week: Math.floor((thursday - dayOfDate(year, 1, 1)) / 7) + 1 }
}
