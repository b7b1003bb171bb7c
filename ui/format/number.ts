/** Numbers as people read them: grouped digits, bytes with units, rates, durations. */
const GROUPED = new Intl.NumberFormat('en')
const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** `87,412`. */
export function count(value: number | bigint): string {
  return GROUPED.format(value)
}

/** `54.2 MB`, decimal units. */
export function bytes(value: number): string {
  let unit = 0
  let scaled = value
  while (scaled >= 1000 && unit < UNITS.length - 1) {
    scaled /= 1000
    unit++
  }
  return `${unit === 0 ? GROUPED.format(scaled) : scaled.toFixed(scaled < 100 ? 1 : 0)} ${UNITS[unit]}`
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

/** `45 ms`, `1.4 s`, `12 s`, `3 min 4 s`. */
export function duration(millis: number): string {
  if (millis < 1000) return `${Math.max(1, Math.round(millis))} ms`
  if (millis < 10_000) return `${(millis / 1000).toFixed(1)} s`
  const seconds = Math.round(millis / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
