/**
 * Scrolling further than an element can be tall. Browsers cap an element at some 33.5 million pixels (Firefox at half of
 * that); ten million rows of 28 need 280 million. Above PHYSICAL_MOST the scroll bar stands for a taller, virtual page.
 *
 * Holds: dragging the bar moves through the whole; small movements (wheel, touch, arrows) move rows by as many pixels as
 * asked for, whatever the scale, so that no row is skipped.
 */
export interface ScrollPlan {
  /** Height of all rows. */
  virtual: number
  /** Height given to the element. */
  physical: number
  /** Height of the part that rows are seen in. */
  view: number
}

/** Well below every browser's cap. */
export const PHYSICAL_MOST = 12_000_000

/** The plan for rows of one height. */
export function scrollPlan(rows: number, rowHeight: number, view: number): ScrollPlan {
  const virtual = rows * rowHeight
  return { virtual, physical: Math.min(virtual, PHYSICAL_MOST), view }
}

/** Whether the bar stands for more than it is. */
export function isScaled(plan: ScrollPlan): boolean {
  return plan.virtual > plan.physical
}

/** The farthest the rows can be moved. */
export function lastTop(plan: ScrollPlan): number {
  return Math.max(0, plan.virtual - plan.view)
}

/** Where the bar stands for a place among the rows. */
export function physicalTop(plan: ScrollPlan, top: number): number {
  if (!isScaled(plan)) return top
  const most = lastTop(plan)
  return most === 0 ? 0 : (top / most) * (plan.physical - plan.view)
}

/** The place among the rows that a bar dragged to `scrollTop` means. */
export function virtualTop(plan: ScrollPlan, scrollTop: number): number {
  if (!isScaled(plan)) return Math.min(scrollTop, lastTop(plan))
  const share = scrollTop / (plan.physical - plan.view)
  return clampTop(plan, Math.round(share * lastTop(plan)))
}

/** A place that exists. */
export function clampTop(plan: ScrollPlan, top: number): number {
  return Math.max(0, Math.min(top, lastTop(plan)))
}

/**
 * The new place after the bar went from one position to another: less than a view is a step of that many pixels, more is a
 * drag. Both ends of the bar are the ends of the rows.
 */
export function scrolledTo(plan: ScrollPlan, top: number, from: number, to: number): number {
  if (!isScaled(plan)) return virtualTop(plan, to)
  if (to <= 0) return 0
  if (to >= plan.physical - plan.view - 1) return lastTop(plan)
  const step = to - from
  return Math.abs(step) < plan.view ? clampTop(plan, top + step) : virtualTop(plan, to)
}

export interface RowsInSight {
  first: number
  /** Exclusive. */
  end: number
  /** Pixels by which the first row stands above the view. */
  offset: number
}

/** The rows of a place, with a few before and behind. */
export function rowsInSight(plan: ScrollPlan, rows: number, rowHeight: number, top: number, around: number): RowsInSight {
  const first = Math.max(0, Math.floor(top / rowHeight) - around)
  const end = Math.min(rows, Math.ceil((top + plan.view) / rowHeight) + around)
  return { first, end, offset: top - first * rowHeight }
}

/** The place that shows a row wholly, as near to the present one as can be. */
export function topShowing(plan: ScrollPlan, rowHeight: number, top: number, row: number): number {
  const start = row * rowHeight
  if (start < top) return clampTop(plan, start)
  const end = start + rowHeight
  return end > top + plan.view ? clampTop(plan, end - plan.view) : top
}
