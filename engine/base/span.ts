/** Half-open range of UTF-16 offsets into a query text. */
export interface Span {
  start: number
  end: number
}

/** The smallest span that holds both. */
export function joinSpans(first: Span, last: Span): Span {
  return { start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) }
}
