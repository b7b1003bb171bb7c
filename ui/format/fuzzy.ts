/**
 * Finds texts by a few of their letters in order, as a palette does: `rnq` finds “Run the query”.
 *
 * Words of the search must all be found; each counts more at the start of a word and when its letters stand together.
 */

/** How well `search` fits `text`; null when it does not. Higher is better. */
export function fuzzyScore(search: string, text: string): number | null {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const lower = text.toLowerCase()
  let total = 0
  for (const word of words) {
    const score = wordScore(word, lower)
    if (score === null) return null
    total += score
  }
  // Of two equal fits the shorter text is meant.
  return total - lower.length / 1000
}

function wordScore(word: string, text: string): number | null {
  const whole = text.indexOf(word)
  if (whole >= 0) return 100 + word.length + (startsWord(text, whole) ? 50 : 0)
  let at = -1
  let score = 0
  for (const letter of word) {
    const next = text.indexOf(letter, at + 1)
    if (next < 0) return null
    score += startsWord(text, next) ? 5 : next === at + 1 ? 3 : 1
    at = next
  }
  return score
}

const startsWord = (text: string, at: number) => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]!)

/** Those that fit, best first; equal ones keep their order. An empty search fits all. */
export function fuzzyFind<Item>(search: string, items: readonly Item[], textOf: (item: Item) => string): Item[] {
  if (search.trim() === '') return [...items]
  return items
    .flatMap((item) => {
      const score = fuzzyScore(search, textOf(item))
      return score === null ? [] : [{ item, score }]
    })
    .toSorted((a, b) => b.score - a.score)
    .map(({ item }) => item)
}
