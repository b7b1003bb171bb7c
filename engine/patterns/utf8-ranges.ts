/**
 * Code point ranges as sequences of byte ranges in UTF-8: U+0000..U+07FF is [00-7f] and [c2-df][80-bf].
 *
 * In: ascending code point ranges. Out: sequences of one to four byte ranges. Surrogates have no form and are left out.
 */
import type { CodePointRange } from './rlike-node.ts'

export type ByteRange = readonly [low: number, high: number]

/** Last code point of each length; lengths, and surrogates, split a range first. */
const SPLITS = [0x7f, 0x7ff, 0xd7ff, 0xdfff, 0xffff, 0x10ffff]
const encoder = new TextEncoder()

/** All byte sequences of a set of code points. */
export function utf8Sequences(ranges: readonly CodePointRange[]): ByteRange[][] {
  const sequences: ByteRange[][] = []
  for (const { low, high } of ranges) {
    let from = low
    for (const last of SPLITS) {
      if (from > last || from > high) continue
      if (last !== 0xdfff) split(from, Math.min(high, last), sequences)
      from = last + 1
    }
  }
  return sequences
}

/** Splits a range of one length until only the last bytes vary freely. */
function split(low: number, high: number, into: ByteRange[][]): void {
  for (let free = 1; free < 4; free++) {
    const mask = (1 << (6 * free)) - 1
    if ((low & ~mask) === (high & ~mask)) continue
    if ((low & mask) !== 0) {
      split(low, low | mask, into)
      split((low | mask) + 1, high, into)
      return
    }
    if ((high & mask) !== mask) {
      split(low, (high & ~mask) - 1, into)
      split(high & ~mask, high, into)
      return
    }
  }
  const [first, last] = [bytesOf(low), bytesOf(high)]
  into.push(Array.from(first, (byte, i): ByteRange => [byte, last[i]!]))
}

const bytesOf = (codePoint: number) => encoder.encode(String.fromCodePoint(codePoint))
