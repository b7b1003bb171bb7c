/**
 * Huffman decoding tables of DEFLATE.
 *
 * Codes of up to FAST_BITS bits are found by one look into `fast` (symbol * 16 + length, 0 where no short code matches);
 * longer ones, rare by construction, are walked bit by bit over the canonical counts. Tables are small, so building one
 * for every block costs little.
 */

export const FAST_BITS = 10
const MAX_BITS = 15

/** The tables of one code. */
export interface HuffmanCode {
  fast: Uint16Array
  /** Number of codes of each length. */
  counts: Uint16Array
  /** Symbols in canonical order. */
  symbols: Uint16Array
}

/** Room for a code of up to `symbolCount` symbols. */
export function makeHuffmanCode(symbolCount: number): HuffmanCode {
  return {
    fast: new Uint16Array(1 << FAST_BITS),
    counts: new Uint16Array(MAX_BITS + 1),
    symbols: new Uint16Array(symbolCount)
  }
}

const offsets = new Uint16Array(MAX_BITS + 2)

/**
 * Fills the tables from code lengths. False when the lengths make no code: too many codes, or gaps other than the single
 * one-bit code that DEFLATE allows.
 */
export function buildHuffmanCode(code: HuffmanCode, lengths: Uint8Array, start: number, end: number): boolean {
  const { counts, symbols, fast } = code
  counts.fill(0)
  for (let i = start; i < end; i++) counts[lengths[i]!]!++
  counts[0] = 0
  let left = 1
  let longest = 0
  offsets[1] = 0
  for (let length = 1; length <= MAX_BITS; length++) {
    left = left * 2 - counts[length]!
    if (left < 0) return false
    if (counts[length]! > 0) longest = length
    offsets[length + 1] = offsets[length]! + counts[length]!
  }
  if (left > 0 && longest > 1) return false
  for (let i = start; i < end; i++) if (lengths[i]! > 0) symbols[offsets[lengths[i]!]!++] = i - start
  fillFast(fast, counts, symbols)
  return true
}

function fillFast(fast: Uint16Array, counts: Uint16Array, symbols: Uint16Array): void {
  fast.fill(0)
  let canonical = 0
  let index = 0
  for (let length = 1; length <= FAST_BITS; length++) {
    for (let n = counts[length]!; n > 0; n--, canonical++, index++) {
      const entry = symbols[index]! * 16 + length
      for (let slot = reverseBits(canonical, length); slot < fast.length; slot += 1 << length) fast[slot] = entry
    }
    canonical <<= 1
  }
}

function reverseBits(value: number, length: number): number {
  let reversed = 0
  for (let i = 0; i < length; i++) {
    reversed = (reversed << 1) | ((value >> i) & 1)
  }
  return reversed
}

/**
 * Decodes one symbol from the low bits of `hold`, of which `bits` are valid: symbol * 16 + length, or -1 when more bits
 * are needed, or -2 when no code begins so.
 */
export function decodeLong(code: HuffmanCode, hold: number, bits: number): number {
  const { counts, symbols } = code
  let value = 0
  let first = 0
  let index = 0
  for (let length = 1; length <= MAX_BITS; length++) {
    if (length > bits) return -1
    value |= (hold >>> (length - 1)) & 1
    const count = counts[length]!
    if (value - count < first) return symbols[index + value - first]! * 16 + length
    index += count
    first = (first + count) << 1
    value <<= 1
  }
  return -2
}
