/** Times in the analyst's zone, always with the zone, as the language in use writes them; UTC beside it for the title. */
import { LOCALES, perLanguage } from '../text/language.ts'

const day = (name: string) => ({ year: 'numeric', month: 'short', day: name === 'ja' ? 'numeric' : '2-digit' }) as const
const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const

const local = perLanguage((name) => new Intl.DateTimeFormat(LOCALES[name], { ...day(name), ...CLOCK, timeZoneName: 'short' }))
const dayOnly = perLanguage((name) => new Intl.DateTimeFormat(LOCALES[name], day(name)))
const dayOfYear = perLanguage((name) => new Intl.DateTimeFormat(LOCALES[name], { ...day(name), year: undefined }))
const clockOnly = perLanguage((name) => new Intl.DateTimeFormat(LOCALES[name], CLOCK))
/** What stands between day and clock. */
const between = perLanguage((name) => (name === 'ja' ? ' ' : ', '))

/** `02 Mar 2026, 15:02:07 CET`; text that is no time is given back as it is. */
export function localTime(iso: string): string {
  const millis = Date.parse(iso)
  return Number.isNaN(millis) ? iso : local().format(millis)
}

/** `12 Nov`, with the year where it is not this one. */
export function dayOf(millis: number, now = Date.now()): string {
  const sameYear = new Date(millis).getFullYear() === new Date(now).getFullYear()
  return (sameYear ? dayOfYear() : dayOnly()).format(millis)
}

/** `15:02:07`; with the day before it where that is not today. */
export function clockOf(millis: number, now = Date.now()): string {
  const clock = clockOnly().format(millis)
  return dayOnly().format(millis) === dayOnly().format(now) ? clock : `${dayOf(millis, now)}${between()}${clock}`
}

/** The exact instant: `2026-03-02T14:02:07.318Z UTC`. */
export function utcTitle(iso: string): string {
  return `${iso} UTC`
}

/** A span with what both ends share said once: `02 Mar 2026, 15:02:07 – 15:05:01 CET`. */
export function timeSpan(firstIso: string, lastIso: string): string {
  const first = Date.parse(firstIso)
  const last = Date.parse(lastIso)
  if (Number.isNaN(first) || Number.isNaN(last) || first === last) return localTime(firstIso)
  if (dayOnly().format(first) !== dayOnly().format(last)) return `${localTime(firstIso)} – ${localTime(lastIso)}`
  const zone =
    local()
      .formatToParts(first)
      .find((part) => part.type === 'timeZoneName')?.value ?? ''
  return `${dayOnly().format(first)}${between()}${clockOnly().format(first)} – ${clockOnly().format(last)} ${zone}`
}
