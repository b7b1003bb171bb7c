/** Byte ranges compared and hashed eight at a time. Both may read up to 8 bytes behind a range; callers pad. */

/** The lowest `count` bytes (0..8) of a word. */
export function keepBytes(word: u64, count: usize): u64 {
  return count >= 8 ? word : word & (((<u64>1) << (count << 3)) - 1)
}

/** True when `length` bytes at both addresses are the same. */
export function equalBytes(left: usize, right: usize, length: usize): bool {
  let rest = length
  while (rest >= 8) {
    if (load<u64>(left) != load<u64>(right)) return false
    left += 8
    right += 8
    rest -= 8
  }
  return rest == 0 || keepBytes(load<u64>(left) ^ load<u64>(right), rest) == 0
}

/**
 * 64-bit hash under a secret seed. Two multiplications a word: with one, flipping the top bit of a word flips a known
 * bit of the state whatever the seed, and collisions could be written down in advance.
 */
export function hashBytes(address: usize, length: usize, seed: u64): u64 {
  let state = seed ^ (<u64>length * 0x9e3779b97f4a7c15)
  let rest = length
  while (rest >= 8) {
    state = mixWord(state, load<u64>(address), seed)
    address += 8
    rest -= 8
  }
  if (rest) state = mixWord(state, keepBytes(load<u64>(address), rest), seed)
  return state ^ (state >>> 29)
}

function mixWord(state: u64, word: u64, seed: u64): u64 {
  const once = rotl<u64>((state ^ word) * 0xd6e8feb86659fd93, 29) + seed
  return (once * 0xa0761d6478bd642f) ^ (once >>> 32)
}
