/** The arithmetic of a scroll bar that stands for more than it is: every row can be reached, small steps skip none. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  isScaled,
  lastTop,
  PHYSICAL_MOST,
  physicalTop,
  rowsInSight,
  scrolledTo,
  scrollPlan,
  topShowing,
  virtualTop
} from '../../../ui/format/scaled-scroll.ts'

const ROW = 28
const VIEW = 600

test('below the cap nothing is scaled', () => {
  const plan = scrollPlan(1000, ROW, VIEW)
  expect([isScaled(plan), plan.physical, virtualTop(plan, 5000), physicalTop(plan, 5000)]).toEqual([false, 28_000, 5000, 5000])
  expect(scrolledTo(plan, 0, 0, 900)).toBe(900)
})

test('the last of ten million rows is reached by the bar and by a key', () => {
  const rows = 10_000_000
  const plan = scrollPlan(rows, ROW, VIEW)
  expect([isScaled(plan), plan.physical]).toEqual([true, PHYSICAL_MOST])
  const end = scrolledTo(plan, 0, 0, plan.physical - VIEW)
  expect(end).toBe(lastTop(plan))
  expect(rowsInSight(plan, rows, ROW, end, 0)).toMatchObject({ end: rows })
  expect(topShowing(plan, ROW, 0, rows - 1)).toBe(lastTop(plan))
  expect(physicalTop(plan, end)).toBe(plan.physical - VIEW)
})

test('a step of the bar moves rows by as many pixels; a drag moves through the whole', () => {
  const plan = scrollPlan(10_000_000, ROW, VIEW)
  const top = 140_000_000
  const bar = physicalTop(plan, top)
  expect(scrolledTo(plan, top, bar, bar + 100)).toBe(top + 100)
  expect(scrolledTo(plan, top, bar, bar - 100)).toBe(top - 100)
  const dragged = scrolledTo(plan, top, bar, bar / 2)
  expect(Math.abs(dragged - top / 2)).toBeLessThan(ROW)
})

test('any place goes to the bar and back, any row can be shown wholly', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20_000_000 }),
      fc.integer({ min: 28, max: 2000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rows, view, share, other) => {
        const plan = scrollPlan(rows, ROW, view)
        const top = Math.round(share * lastTop(plan))
        const back = virtualTop(plan, physicalTop(plan, top))
        expect(Math.abs(back - top)).toBeLessThanOrEqual(1)
        const row = Math.min(rows - 1, Math.floor(other * rows))
        const shown = topShowing(plan, ROW, top, row)
        const sight = rowsInSight(plan, rows, ROW, shown, 0)
        expect(row).toBeGreaterThanOrEqual(sight.first)
        expect(row).toBeLessThan(sight.end)
        expect((sight.end - sight.first) * ROW).toBeLessThanOrEqual(view + 2 * ROW)
      }
    ),
    { seed: 5 }
  )
})
