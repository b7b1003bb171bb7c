/**
 * Whole numbers of neighbouring rows in the fewest bytes: the smallest of them, and the distances from it in the narrowest
 * array that takes the largest. Offsets of events that follow each other in a file need two or four bytes instead of eight.
 */
export interface PackedNumbers {
  base: number
  /** Null: all are `base`. */
  deltas: Uint8Array | Uint16Array | Uint32Array | Float64Array | null
}

/** Packs `values[0 .. count - 1]`, whole numbers below 2^53. */
export function packNumbers(values: Float64Array, count: number): PackedNumbers {
  let least = Infinity
  let most = -Infinity
  for (let i = 0; i < count; i++) {
    const value = values[i]!
    if (value < least) least = value
    if (value > most) most = value
  }
  const range = most - least
  if (count === 0 || range === 0) return { base: count === 0 ? 0 : least, deltas: null }
  const deltas =
    range < 0x100
      ? new Uint8Array(count)
      : range < 0x10000
        ? new Uint16Array(count)
        : range < 0x100000000
          ? new Uint32Array(count)
          : new Float64Array(count)
  for (let i = 0; i < count; i++) deltas[i] = values[i]! - least
  return { base: least, deltas }
}

/** The number of a row. */
export function packedAt({ base, deltas }: PackedNumbers, row: number): number {
  return deltas === null ? base : base + deltas[row]!
}

export function packedBytes({ deltas }: PackedNumbers): number {
  return 16 + (deltas?.byteLength ?? 0)
}
