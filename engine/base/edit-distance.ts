/** Near names for "did you mean". */

/** Three rows of distances, kept from name to name. */
let rows = [0, 1, 2].map(() => new Int32Array(256))

/** Damerau-Levenshtein distance (optimal string alignment) of two short names. */
export function editDistance(a: string, b: string): number {
  return boundedDistance(a, b, Math.max(a.length, b.length))
}

/**
 * The distance where it is at most `limit`, else something above. Only cells within `limit` of the diagonal matter, and a row
 * that is above it everywhere decides: names are compared by the thousand when a field is unknown.
 */
function boundedDistance(a: string, b: string, limit: number): number {
  const width = b.length + 1
  if (rows[0]!.length < width) rows = [0, 1, 2].map(() => new Int32Array(2 * width))
  let [beforePrevious, previous, current] = rows as [Int32Array, Int32Array, Int32Array]
  for (let j = 0; j < width; j++) previous[j] = j
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - limit)
    const to = Math.min(b.length, i + limit)
    current[from - 1] = from === 1 ? i : limit + 1
    let least = current[from - 1]!
    for (let j = from; j <= to; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1)
      let best = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1))
        best = Math.min(best, beforePrevious[j - 2]! + 1)
      current[j] = best
      if (best < least) least = best
    }
    if (to < b.length) current[to + 1] = limit + 1
    // Two rows in turn: a swap of letters reaches back over one of them.
    if (least > limit + 1) return least
    ;[beforePrevious, previous, current] = [previous, current, beforePrevious]
  }
  return previous[b.length]!
}

/** The nearest of `candidates` within a third of the name's length, at most three edits; null when none is near. */
export function nearestName(name: string, candidates: Iterable<string>): string | null {
  const limit = Math.max(1, Math.min(3, Math.floor(name.length / 3)))
  const lower = name.toLowerCase()
  const letters = lettersOf(lower)
  let best: string | null = null
  let bestDistance = limit + 1
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - name.length) >= bestDistance) continue
    const lowerCandidate = candidate.toLowerCase()
    // An edit adds at most one kind of letter and takes away one: most of thousands of names are passed over by this alone.
    if (bitCount(letters ^ lettersOf(lowerCandidate)) > 2 * (bestDistance - 1)) continue
    const distance = boundedDistance(lower, lowerCandidate, bestDistance - 1)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Which letters a text has, a bit each (characters that share their low five bits share one). */
function lettersOf(text: string): number {
  let bits = 0
  for (let i = 0; i < text.length; i++) bits |= 1 << (text.charCodeAt(i) & 31)
  return bits
}

function bitCount(bits: number): number {
  let count = 0
  for (let left = bits; left !== 0; left &= left - 1) count++
  return count
}
