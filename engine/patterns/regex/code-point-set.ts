/**
 * CodePointSet: a set of Unicode code points as sorted ranges, what a class or an escape of a pattern stands for.
 *
 * Holds: ranges are disjoint, ascending and not adjacent; a set never changes.
 */

export const MAX_CODE_POINT = 0x10ffff
/** First and last code point of a range, both in it. */
export type CodePointRange = readonly [first: number, last: number]

export class CodePointSet {
  private low: Uint8Array | null = null

  private constructor(readonly ranges: readonly CodePointRange[]) {}

  /** The set of these ranges, in any order, overlapping or not. */
  static of(...ranges: readonly CodePointRange[]): CodePointSet {
    return new CodePointSet(merged(ranges))
  }

  /** The set of the code points of a text. */
  static ofText(text: string): CodePointSet {
    return CodePointSet.of(...Array.from(text, (char): CodePointRange => [char.codePointAt(0)!, char.codePointAt(0)!]))
  }

  static union(sets: readonly CodePointSet[]): CodePointSet {
    const distinct = [...new Set(sets)]
    return distinct.length === 1 ? distinct[0]! : new CodePointSet(merged(distinct.flatMap(({ ranges }) => ranges)))
  }

  negate(): CodePointSet {
    const gaps: CodePointRange[] = []
    let next = 0
    for (const [first, last] of this.ranges) {
      if (first > next) gaps.push([next, first - 1])
      next = last + 1
    }
    if (next <= MAX_CODE_POINT) gaps.push([next, MAX_CODE_POINT])
    return new CodePointSet(gaps)
  }

  intersect(other: CodePointSet): CodePointSet {
    return CodePointSet.union([this.negate(), other.negate()]).negate()
  }

  minus(other: CodePointSet): CodePointSet {
    return CodePointSet.union([this.negate(), other]).negate()
  }

  overlaps(other: CodePointSet): boolean {
    let i = 0
    let j = 0
    while (i < this.ranges.length && j < other.ranges.length) {
      const [first, last] = this.ranges[i]!
      const [otherFirst, otherLast] = other.ranges[j]!
      if (last < otherFirst) i++
      else if (otherLast < first) j++
      else return true
    }
    return false
  }

  has(codePoint: number): boolean {
    if (codePoint < 256) return this.viewLow()[codePoint] === 1
    const { ranges } = this
    let from = 0
    let to = ranges.length
    while (from < to) {
      const middle = (from + to) >> 1
      const [first, last] = ranges[middle]!
      if (codePoint < first) to = middle
      else if (codePoint > last) from = middle + 1
      else return true
    }
    return false
  }

  get isEmpty(): boolean {
    return this.ranges.length === 0
  }

  /** True when a code point outside the basic plane (two units of a string) is in the set. */
  get hasAstral(): boolean {
    return (this.ranges.at(-1)?.[1] ?? 0) > 0xffff
  }

  /** The one code point of the set, or -1 when it has none or several. */
  get single(): number {
    const range = this.ranges[0]
    return this.ranges.length === 1 && range![0] === range![1] ? range![0] : -1
  }

  /** For each of the first 256 code points 1 when it is in the set: borrowed, to be read only. */
  viewLow(): Uint8Array {
    return (this.low ??= this.makeLow())
  }

  private makeLow(): Uint8Array {
    const low = new Uint8Array(256)
    for (const [first, last] of this.ranges) if (first < 256) low.fill(1, first, Math.min(last, 255) + 1)
    return low
  }

  equals(other: CodePointSet): boolean {
    const { ranges } = this
    return (
      ranges.length === other.ranges.length &&
      ranges.every(([first, last], i) => first === other.ranges[i]![0] && last === other.ranges[i]![1])
    )
  }
}

export const ANY = CodePointSet.of([0, MAX_CODE_POINT])
export const NONE = CodePointSet.of()

function merged(ranges: readonly CodePointRange[]): CodePointRange[] {
  const sorted = ranges.filter(([first, last]) => first <= last).toSorted((a, b) => a[0] - b[0])
  const out: [number, number][] = []
  for (const [first, last] of sorted) {
    const previous = out.at(-1)
    if (previous && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last)
    else out.push([first, last])
  }
  return out
}
