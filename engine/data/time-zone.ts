/**
 * Offsets of time zones by name, from the host's own time zone data (Intl).
 *
 * For dates written with a region (`2024-05-10T08:00:00 Europe/Berlin` without the space), and for functions that take one.
 */
const formats = new Map<string, Intl.DateTimeFormat | null>()
const MAX_FORMATS = 64
const DAY_SECONDS = 86_400
/** Largest moment that Intl can format. */
const MAX_SECONDS = 8.64e12

/** Seconds that the zone is ahead of UTC at a moment (epoch seconds); null when there is no such zone. */
export function zoneOffsetAt(zone: string, epochSeconds: number): number | null {
  const format = formatOf(zone)
  if (!format) return null
  const moment = Math.max(-MAX_SECONDS, Math.min(MAX_SECONDS, epochSeconds))
  const name = format.formatToParts(moment * 1000).find((part) => part.type === 'timeZoneName')?.value ?? ''
  const match = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name)
  if (!match) return null
  const seconds = Number(match[2] ?? 0) * 3600 + Number(match[3] ?? 0) * 60 + Number(match[4] ?? 0)
  return match[1] === '-' ? -seconds : seconds
}

/**
 * Epoch seconds of a wall-clock time (as if it were UTC) in a zone; null when there is no such zone. A time that occurs twice
 * is its first occurrence, one that the clock skipped moves on by the length of the gap, as java.time has it.
 */
export function zonedToEpoch(zone: string, localSeconds: number): number | null {
  const before = zoneOffsetAt(zone, localSeconds - DAY_SECONDS)
  const after = zoneOffsetAt(zone, localSeconds + DAY_SECONDS)
  if (before === null || after === null) return null
  const fits = (offset: number) => zoneOffsetAt(zone, localSeconds - offset) === offset
  return localSeconds - (!fits(before) && fits(after) ? after : before)
}

function formatOf(zone: string): Intl.DateTimeFormat | null {
  let format = formats.get(zone)
  if (format === undefined) {
    if (formats.size >= MAX_FORMATS) formats.clear()
    formats.set(zone, (format = makeFormat(zone)))
  }
  return format
}

function makeFormat(zone: string): Intl.DateTimeFormat | null {
  // Intl also takes offsets and any case, a region name starts with a capital letter
  if (!/^[A-Z][A-Za-z0-9_+/-]+$/.test(zone)) return null
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  } catch {
    return null
  }
}
