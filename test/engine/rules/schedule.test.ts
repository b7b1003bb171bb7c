import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ScheduledRun, isoTime, parseFrom, parseInterval, planRuns } from '../../../engine/rules/schedule.ts'

const at = (iso: string) => Date.parse(iso)

describe('parseInterval', () => {
  it.each([
    ['1h', 3_600_000],
    ['60m', 3_600_000],
    ['30s', 30_000],
    ['5m', 300_000],
    ['1d', 86_400_000],
    ['2w', 1_209_600_000],
    ['500ms', 500],
    [' 1h ', 3_600_000]
  ])('%s is %d ms', (text, millis) => {
    expect(parseInterval(text)).toBe(millis)
  })
  it.each(['0m', '', 'h', '1', '-5m', '1.5h', '1M', '1 h', '1h1m', '9999999999999d', '999999999999d', 'now-5m', '1h\n2h'])(
    '%j is none',
    (text) => {
      expect(parseInterval(text)).toBeNull()
    }
  )
})

describe('parseFrom', () => {
  it.each([
    ['now-61m', -3_660_000],
    ['now', 0],
    ['now-7d', -604_800_000],
    ['now-1h-5m', -3_900_000],
    ['now-1d+1h', -82_800_000],
    ['now-2w', -1_209_600_000],
    ['now-30s', -30_000],
    ['now-24H', -86_400_000]
  ])('%s is %d ms', (text, millis) => {
    expect(parseFrom(text)?.millis).toBe(millis)
  })
  it.each([
    ['now-1d/d', '2026-03-31T10:20:30.400Z', '2026-03-30T00:00:00.000Z'],
    ['now/h', '2026-03-31T10:20:30.400Z', '2026-03-31T10:00:00.000Z'],
    ['now/w', '2026-04-01T10:20:30.400Z', '2026-03-30T00:00:00.000Z'],
    ['now/M', '2026-03-31T10:20:30.400Z', '2026-03-01T00:00:00.000Z'],
    ['now/y', '2026-03-31T10:20:30.400Z', '2026-01-01T00:00:00.000Z'],
    ['now-1M', '2026-03-31T10:20:30.400Z', '2026-02-28T10:20:30.400Z'],
    ['now-1M', '2024-03-31T10:20:30.400Z', '2024-02-29T10:20:30.400Z'],
    ['now-1y', '2024-02-29T00:00:00.000Z', '2023-02-28T00:00:00.000Z']
  ])('%s of %s is %s', (text, run, start) => {
    const from = parseFrom(text)!
    expect(isoTime(from.startOf(at(run)))).toBe(start)
    expect(from.millis).toBeNull()
  })
  it.each(['now+5m', '61m', 'now-', 'now-5', 'now-5x', '2026-01-01', 'now - 5m', 'now-1d/', 'now-999999999999d', '', 'now-5m/q'])(
    '%j is none',
    (text) => {
      expect(parseFrom(text)).toBeNull()
    }
  )
})

const schedule = (earliest: string, latest: string, from = 'now-61m', interval = '1h') =>
  planRuns({
    earliestMillis: at(earliest),
    latestMillis: at(latest),
    from: parseFrom(from)!,
    intervalMillis: parseInterval(interval)!
  })

const shown = ({ runMillis, fromMillis, toMillis }: ScheduledRun) => [isoTime(runMillis), isoTime(fromMillis), isoTime(toMillis)]

describe('planRuns', () => {
  it('runs from the first full hour after the earliest event to the first at or after the latest', () => {
    expect([...schedule('2025-11-17T00:00:07Z', '2025-11-17T02:00:00.001Z').runs()].map(shown)).toEqual([
      ['2025-11-17T01:00:00.000Z', '2025-11-16T23:59:00.000Z', '2025-11-17T01:00:00.000Z'],
      ['2025-11-17T02:00:00.000Z', '2025-11-17T00:59:00.000Z', '2025-11-17T02:00:00.000Z'],
      ['2025-11-17T03:00:00.000Z', '2025-11-17T01:59:00.000Z', '2025-11-17T03:00:00.000Z']
    ])
  })
  it('is strict at the start, not at the end', () => {
    const runs = [...schedule('2025-11-17T01:00:00Z', '2025-11-17T02:00:00Z').runs()]
    expect(runs.map((run) => isoTime(run.runMillis))).toEqual(['2025-11-17T02:00:00.000Z'])
  })
  it('gives a single event on the hour the run behind it', () => {
    const runs = [...schedule('2025-11-17T01:00:00Z', '2025-11-17T01:00:00Z').runs()]
    expect(runs.map((run) => isoTime(run.runMillis))).toEqual(['2025-11-17T02:00:00.000Z'])
  })
  it('works before the epoch and counts without listing', () => {
    expect([...schedule('1969-12-31T22:30:00Z', '1969-12-31T23:30:00Z').runs()].map((run) => isoTime(run.runMillis))).toEqual([
      '1969-12-31T23:00:00.000Z',
      '1970-01-01T00:00:00.000Z'
    ])
    expect(schedule('2000-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'now-2m', '1m').count).toBe(13_675_680)
  })
  it('knows both runs of a time in the overlap, ends included', () => {
    const plan = schedule('2025-11-17T00:00:07Z', '2025-11-17T03:00:00Z')
    expect(plan.runsContaining(at('2025-11-17T00:58:59.999Z'))).toEqual({ first: 0, last: 0 })
    expect(plan.runsContaining(at('2025-11-17T00:59:00Z'))).toEqual({ first: 0, last: 1 })
    expect(plan.runsContaining(at('2025-11-17T01:00:00Z'))).toEqual({ first: 0, last: 1 })
    expect(plan.runsContaining(at('2025-11-17T01:00:00.001Z'))).toEqual({ first: 1, last: 1 })
    expect(plan.runsContaining(at('2025-11-17T03:00:00.001Z'))).toBeNull()
  })
  it('finds exactly the windows that hold a time', () => {
    const minute = 60_000
    const spans = fc.constantFrom('now', 'now-1m', 'now-6m', 'now-61m', 'now-1d', 'now-1d/d', 'now-1M', 'now/h')
    fc.assert(
      fc.property(
        fc.integer({ min: -3000, max: 3000 }),
        fc.nat(2000),
        spans,
        fc.constantFrom('1m', '5m', '7m', '1h', '1d'),
        fc.integer({ min: -100, max: 2100 }),
        (start, length, from, interval, offset) => {
          const earliestMillis = start * minute
          const plan = planRuns({
            earliestMillis,
            latestMillis: earliestMillis + length * minute,
            from: parseFrom(from)!,
            intervalMillis: parseInterval(interval)!
          })
          const runs = [...plan.runs()]
          expect(runs).toHaveLength(plan.count)
          const time = earliestMillis + offset * minute
          const holding = runs.flatMap((run, index) => (run.fromMillis <= time && time <= run.toMillis ? [index] : []))
          const range = plan.runsContaining(time)
          expect(range === null ? [] : Array.from({ length: range.last - range.first + 1 }, (_, i) => range.first + i)).toEqual(
            holding
          )
        }
      ),
      { seed: 21, numRuns: 300 }
    )
  })
})
