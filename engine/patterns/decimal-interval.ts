/**
 * Numbers of an interval `<min-max>` as sequences of digit ranges: 8..12 is [8-9] and 1[0-2].
 *
 * Both bounds are padded to one length, so the sequences have that length, leading zeros included.
 */
export type DigitRange = readonly [low: number, high: number]

/** The sequences of exactly `length` digits whose value lies between the bounds, both included. */
export function digitSequences(min: number, max: number, length: number): DigitRange[][] {
  const sequences: DigitRange[][] = []
  // how many sequences there are is bounded by ten times the length
  split(digitsOf(min, length), digitsOf(max, length), [], sequences)
  return sequences
}

const digitsOf = (value: number, length: number) => Array.from(String(value).padStart(length, '0'), Number)
const ANY: DigitRange = [0, 9]

function split(low: readonly number[], high: readonly number[], prefix: readonly DigitRange[], into: DigitRange[][]): void {
  const [first, ...lowRest] = low
  const [last, ...highRest] = high
  if (first === undefined || last === undefined) {
    into.push([...prefix])
    return
  }
  if (first === last) return split(lowRest, highRest, [...prefix, [first, last]], into)
  const wholeLow = lowRest.every((digit) => digit === 0)
  const wholeHigh = highRest.every((digit) => digit === 9)
  if (!wholeLow)
    split(
      lowRest,
      lowRest.map(() => 9),
      [...prefix, [first, first]],
      into
    )
  const from = wholeLow ? first : first + 1
  const to = wholeHigh ? last : last - 1
  if (from <= to) into.push([...prefix, [from, to], ...lowRest.map(() => ANY)])
  if (!wholeHigh)
    split(
      highRest.map(() => 0),
      highRest,
      [...prefix, [last, last]],
      into
    )
}
