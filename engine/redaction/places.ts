/** Which of overlapping places are replaced: a place of higher rank keeps all of it, another what is left of it. */
import type { Span } from './redaction.ts'

/** A piece of a span, in the order of the text. */
export interface Place<S extends Span> {
  start: number
  end: number
  span: S
}

/** Pieces that cover every span and do not overlap. */
export function resolvePlaces<S extends Span>(length: number, spans: readonly S[]): Place<S>[] {
  const order = spans.toSorted((a, b) => a.priority - b.priority || b.end - b.start - (a.end - a.start) || a.start - b.start)
  const covered = new Uint8Array(length)
  const places: Place<S>[] = []
  for (const span of order) {
    for (let at = span.start; at < span.end;) {
      while (at < span.end && covered[at]) at++
      const start = at
      while (at < span.end && !covered[at]) at++
      if (at > start) places.push({ start, end: at, span })
    }
    covered.fill(1, span.start, span.end)
  }
  return places.sort((a, b) => a.start - b.start)
}
