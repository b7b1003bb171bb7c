/** Which rows of a long list are drawn: those in sight and a few around them. */
export interface VisibleRange {
  start: number
  /** Exclusive. */
  end: number
}

/** Lists up to this length are drawn whole. */
export const DRAW_ALL_UP_TO = 200
const AROUND = 12

/** Rows of height `rowHeight` that a viewport of `viewHeight` at `scrollTop` needs. */
export function visibleRange(count: number, rowHeight: number, scrollTop: number, viewHeight: number): VisibleRange {
  if (count <= DRAW_ALL_UP_TO || rowHeight <= 0) return { start: 0, end: count }
  const first = Math.floor(scrollTop / rowHeight)
  const shown = Math.ceil(Math.max(viewHeight, rowHeight) / rowHeight)
  const start = Math.max(0, Math.min(first, count - shown) - AROUND)
  return { start, end: Math.min(count, first + shown + AROUND) }
}
