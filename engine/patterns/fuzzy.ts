/**
 * Fuzzy terms: texts within a number of edits of each other, counted in code points.
 *
 * An edit inserts, drops or replaces a character, or swaps two neighbours when transpositions count as one. Time is bounded
 * by the length of the term times the distance: a text of quite another length is refused at once.
 */

/** What the option `fuzziness` says: a number of edits, or AUTO by the length of the term. */
export type Fuzziness = { auto: true; low: number; high: number } | { auto: false; distance: number }

/** Reads `AUTO`, `AUTO:3,6`, `0`, `1`, `2`; null for anything else. */
export function parseFuzziness(text: string): Fuzziness | null {
  const auto = /^auto(?::(\d{1,6}),(\d{1,6}))?$/i.exec(text.trim())
  if (auto) {
    const [low, high] = auto[1] === undefined ? [3, 6] : [Number(auto[1]), Number(auto[2])]
    return low > high ? null : { auto: true, low, high }
  }
  const edits = /^([012])(?:\.0+)?$/.exec(text.trim())
  return edits && { auto: false, distance: Number(edits[1]) }
}

/** Edits allowed for a term. AUTO: none below 3 characters, one up to 5, two from 6 on. */
export function editsFor(fuzziness: Fuzziness, term: string): number {
  if (!fuzziness.auto) return fuzziness.distance
  const length = [...term].length
  return length < fuzziness.low ? 0 : length < fuzziness.high ? 1 : 2
}

export interface FuzzyTerm {
  text: string
  distance: number
  /** Leading characters that must be equal. */
  prefixLength: number
  transpositions: boolean
}

/** A test of texts against a fuzzy term. */
export function fuzzyMatcher(term: FuzzyTerm): (text: string) => boolean {
  const wanted = [...term.text]
  const prefix = wanted.slice(0, term.prefixLength)
  const rest = wanted.slice(prefix.length)
  return (text) => {
    // A code point is one or two units long: texts that cannot be near are not taken apart.
    if (text.length > 2 * (wanted.length + term.distance)) return false
    const characters = [...text]
    if (Math.abs(characters.length - wanted.length) > term.distance) return false
    if (prefix.some((character, i) => characters[i] !== character)) return false
    return withinEdits(rest, characters.slice(prefix.length), term.distance, term.transpositions)
  }
}

/** Whether `a` becomes `b` by at most `most` edits. */
function withinEdits(a: readonly string[], b: readonly string[], most: number, transpositions: boolean): boolean {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = new Array<number>(b.length + 1).fill(most + 1)
    row[0] = i
    let least = i
    for (let j = Math.max(1, i - most); j <= Math.min(b.length, i + most); j++) {
      const same = a[i - 1] === b[j - 1]
      let edits = Math.min(last[j - 1]! + (same ? 0 : 1), last[j]! + 1, row[j - 1]! + 1)
      const swapped = transpositions && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) edits = Math.min(edits, beforeLast[j - 2]! + 1)
      row[j] = edits
      least = Math.min(least, edits)
    }
    if (least > most) return false
    beforeLast = last
    last = row
  }
  return last[b.length]! <= most
}
