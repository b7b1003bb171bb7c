/** Counts of events in equal slices of a time range, for a plot of bars. */
export interface TimeBars {
  counts: number[]
  /** The largest count, at least 1. */
  peak: number
}

/** Sorts times into `bars` slices; times outside the range (or unreadable) are left out. */
export function timeBars(times: readonly number[], startMillis: number, endMillis: number, bars: number): TimeBars {
  const counts = new Array<number>(bars).fill(0)
  const span = Math.max(1, endMillis - startMillis)
  for (const time of times) {
    if (!(time >= startMillis && time <= endMillis)) continue
    counts[Math.min(bars - 1, Math.floor(((time - startMillis) / span) * bars))]!++
  }
  return { counts, peak: Math.max(1, ...counts) }
}
