/**
 * Date patterns of java.time (`yyyy-MM-dd HH:mm:ss`), for DATE_FORMAT and DATE_PARSE: compiled once, used for many rows.
 */
import { civilFromDays } from '../data/civil-date.ts'
import { splitMillis } from './calendar.ts'
import { formatParts } from './date-pattern-format.ts'
import { dateReader } from './date-pattern-parse.ts'
import { parsePattern } from './date-pattern-parts.ts'

export { DAYS, MONTHS } from './date-pattern-parts.ts'

export interface DatePattern {
  /** `nanos`: nanoseconds within the millisecond. */
  format(millis: bigint, nanos?: number): string
  /** Epoch milliseconds, or null when the text does not match. */
  parse(text: string): bigint | null
}

/** Compiles a pattern; throws an Error that says what is wrong with it. */
export function compileDatePattern(pattern: string): DatePattern {
  const parts = parsePattern(pattern)
  let read: ((text: string) => bigint | null) | null = null
  return {
    format(millis, nanos = 0) {
      const { day, millisOfDay } = splitMillis(millis)
      return formatParts(parts, { ...civilFromDays(day), epochDay: day, nanoOfDay: millisOfDay * 1_000_000 + nanos })
    },
    // Made at the first use: some letters can be printed but not read.
    parse: (text) => (read ??= dateReader(parts))(text)
  }
}
