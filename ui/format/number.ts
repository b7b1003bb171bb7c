/**
 * Numbers as people read them: grouped digits, bytes with units, rates, durations; digits and units of the language in use.
 * Files that programs read again (exports) do not come from here.
 */
import { type Language, LOCALES, perLanguage } from '../text/language.ts'

const SCALED = ['kB', 'MB', 'GB', 'TB'] as const
/** One byte, several bytes, and the decimal units above them. */
const UNITS: Record<Language, readonly [one: string, several: string, ...scaled: string[]]> = {
  en: ['byte', 'bytes', ...SCALED],
  de: ['Byte', 'Bytes', ...SCALED],
  fr: ['octet', 'octets', 'ko', 'Mo', 'Go', 'To'],
  es: ['byte', 'bytes', ...SCALED],
  ja: ['バイト', 'バイト', ...SCALED]
}

const grouped = perLanguage((name) => new Intl.NumberFormat(LOCALES[name]))
const oneDigit = perLanguage(
  (name) => new Intl.NumberFormat(LOCALES[name], { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false })
)
const units = perLanguage((name) => UNITS[name])

/** `87,412`. */
export function count(value: number | bigint): string {
  return grouped().format(value)
}

/** `7.4`: one digit after the point, always. */
export function decimal(value: number): string {
  return oneDigit().format(value)
}

/** `54.2 MB`, decimal units. */
export function bytes(value: number): string {
  let unit = 0
  let scaled = value
  while (scaled >= 1000 && unit < SCALED.length) {
    scaled /= 1000
    unit++
  }
  if (unit === 0) return `${count(value)} ${units()[value === 1 ? 0 : 1]}`
  return `${scaled < 100 ? decimal(scaled) : scaled.toFixed(0)} ${units()[unit + 1]}`
}

/** Whole percent, never 100 before the end is reached. */
export function percent(done: number, total: number | null): number | null {
  if (total === null || total <= 0) return null
  return done >= total ? 100 : Math.min(99, Math.floor((done / total) * 100))
}

/** Events a second over a span; null while the span is too short to say. */
export function rate(events: number, elapsedMillis: number): number | null {
  return elapsedMillis < 100 ? null : Math.round((events / elapsedMillis) * 1000)
}

/** `45 ms`, `1.4 s`, `12 s`, `3 min 4 s`: symbols that are the same in every language. */
export function duration(millis: number): string {
  if (millis < 1000) return `${Math.max(1, Math.round(millis))} ms`
  if (millis < 10_000) return `${decimal(millis / 1000)} s`
  const seconds = Math.round(millis / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
