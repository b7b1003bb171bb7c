/**
 * Schedule: date math of rules and the runs a rule would have had over a stretch of time.
 *
 * Runs stand at multiples of the interval since the epoch (UTC), from the first strictly after the earliest event to the
 * first at or after the latest one. A run looks at [run + from, run], both ends included. Times are epoch milliseconds.
 */

const UNIT_MILLIS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['H', 3_600_000],
  ['d', 86_400_000],
  ['w', 7 * 86_400_000]
])

const INTERVAL = /^(\d{1,12})(ms|[smhdw])$/
const FROM = /^now((?:[+-]\d{1,12}[smhHdwMy])*)(?:\/([smhHdwMy]))?$/
const STEP = /([+-])(\d+)([smhHdwMy])/g
/** Intervals and offsets beyond a century are typing errors. */
const MAX_SPAN_MILLIS = 36_525 * 86_400_000

/** `1h` as milliseconds; null for anything that is not a positive whole number of ms, s, m, h, d or w. */
export function parseInterval(text: string): number | null {
  const match = INTERVAL.exec(text.trim())
  if (!match) return null
  const millis = Number(match[1]) * UNIT_MILLIS.get(match[2]!)!
  return millis > 0 && millis <= MAX_SPAN_MILLIS ? millis : null
}

/** A point in time relative to a run: steps added one after the other, then perhaps rounding down (`now-1d/d`). */
export interface FromOffset {
  readonly text: string
  /** The window's first millisecond for the run at `runMillis`. */
  startOf(runMillis: number): number
  /** `startOf(run) - run` when it is the same for every run (no months, years or rounding), else null. */
  readonly millis: number | null
}

/** `now-61m` as an offset; null when it is no date math or points behind the run. */
export function parseFrom(text: string): FromOffset | null {
  const match = FROM.exec(text.trim())
  if (!match) return null
  const steps = [...match[1]!.matchAll(STEP)].map(([, sign, amount, unit]) => ({ amount: Number(sign! + amount!), unit: unit! }))
  const rounding = match[2] ?? null
  const fixed = rounding === null && steps.every((step) => UNIT_MILLIS.has(step.unit))
  const startOf = (runMillis: number) => {
    const moved = steps.reduce((time, step) => addUnits(time, step.amount, step.unit), runMillis)
    return rounding === null ? moved : floorTo(moved, rounding)
  }
  const probe = startOf(PROBE) - PROBE
  if (!Number.isFinite(probe) || probe > 0 || probe < -MAX_SPAN_MILLIS) return null
  return { text: text.trim(), startOf, millis: fixed ? probe : null }
}

/** Any moment serves to see the sign and size of an offset. */
const PROBE = Date.UTC(2026, 0, 1, 12)

function addUnits(timeMillis: number, amount: number, unit: string): number {
  const size = UNIT_MILLIS.get(unit)
  if (size !== undefined) return timeMillis + amount * size
  const months = unit === 'y' ? amount * 12 : amount
  const date = new Date(timeMillis)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  // The 31st minus one month is the last day of the month before, as java.time does it.
  date.setUTCDate(Math.min(day, new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()))
  return date.getTime()
}

/** Rounding down as Elasticsearch does it: weeks begin on Monday, everything in UTC. */
function floorTo(timeMillis: number, unit: string): number {
  const date = new Date(timeMillis)
  if (unit === 'y') return Date.UTC(date.getUTCFullYear(), 0, 1)
  if (unit === 'M') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
  const size = UNIT_MILLIS.get(unit)!
  // 1970-01-01 was a Thursday: Mondays lie 4 days after multiples of a week.
  const shift = unit === 'w' ? 4 * 86_400_000 : 0
  return Math.floor((timeMillis - shift) / size) * size + shift
}

export interface ScheduledRun {
  runMillis: number
  /** First and last millisecond of the window, both included. */
  fromMillis: number
  toMillis: number
}

export interface ScheduleRequest {
  /** Times of the earliest and latest event. */
  earliestMillis: number
  latestMillis: number
  from: FromOffset
  intervalMillis: number
}

/** The runs of a rule over a stretch of time; nothing is stored a run, so a year of minutes costs as much as an hour. */
export class Schedule {
  readonly count: number
  private readonly firstIndex: number

  constructor(private readonly request: ScheduleRequest) {
    const { earliestMillis, latestMillis, intervalMillis } = request
    this.firstIndex = Math.floor(earliestMillis / intervalMillis) + 1
    // With one instant on a multiple the first run is strictly after it, later than the last asked for: it still runs.
    const lastIndex = Math.max(this.firstIndex, Math.ceil(latestMillis / intervalMillis))
    this.count = latestMillis < earliestMillis ? 0 : lastIndex - this.firstIndex + 1
  }

  /** The run at `index`, 0 = the earliest. */
  runAt(index: number): ScheduledRun {
    const runMillis = (this.firstIndex + index) * this.request.intervalMillis
    return { runMillis, fromMillis: this.request.from.startOf(runMillis), toMillis: runMillis }
  }

  /** All runs, oldest first. */
  *runs(): Generator<ScheduledRun> {
    for (let index = 0; index < this.count; index++) yield this.runAt(index)
  }

  /**
   * Indexes of the runs whose window holds the time, as an inclusive range; null when none does. Windows start and end later
   * the later their run is, so the runs of a time are neighbours.
   */
  runsContaining(timeMillis: number): { first: number; last: number } | null {
    const { intervalMillis, from } = this.request
    const first = Math.max(0, Math.ceil(timeMillis / intervalMillis) - this.firstIndex)
    if (first >= this.count) return null
    const last =
      from.millis !== null
        ? Math.min(this.count - 1, Math.floor((timeMillis - from.millis) / intervalMillis) - this.firstIndex)
        : this.lastStartingBy(timeMillis, first)
    return last < first ? null : { first, last }
  }

  /** The last run at or behind `low` whose window starts at or before the time (binary search). */
  private lastStartingBy(timeMillis: number, low: number): number {
    let before = low - 1
    let behind = this.count
    while (behind - before > 1) {
      const middle = Math.floor((before + behind) / 2)
      if (this.runAt(middle).fromMillis <= timeMillis) before = middle
      else behind = middle
    }
    return before
  }
}

/** The runs a rule would have had between the earliest and the latest event. */
export function planRuns(request: ScheduleRequest): Schedule {
  return new Schedule(request)
}

/** A run's times as ISO text with Z. */
export function isoTime(millis: number): string {
  return new Date(millis).toISOString()
}
