/** Times in the analyst's zone, always with the zone; UTC beside it for the title. */
const LOCAL = new Intl.DateTimeFormat('en-GB', {
  year: 'numeric',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short'
})
const DAY = new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'short', day: '2-digit' })
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** `02 Mar 2026, 15:02:07 CET`; text that is no time is given back as it is. */
export function localTime(iso: string): string {
  const millis = Date.parse(iso)
  return Number.isNaN(millis) ? iso : LOCAL.format(millis)
}

/** `12 Nov`, with the year where it is not this one. */
export function dayOf(millis: number, now = Date.now()): string {
  const text = DAY.format(millis)
  return new Date(millis).getFullYear() === new Date(now).getFullYear() ? text.replace(/\s\d{4}$/, '') : text
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
  if (DAY.format(first) !== DAY.format(last)) return `${localTime(firstIso)} – ${localTime(lastIso)}`
  const zone = LOCAL.formatToParts(first).find((part) => part.type === 'timeZoneName')?.value ?? ''
  return `${DAY.format(first)}, ${CLOCK.format(first)} – ${CLOCK.format(last)} ${zone}`
}
