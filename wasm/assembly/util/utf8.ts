/**
 * UTF-8 validation by table lookup, 16 bytes a step (Keiser and Lemire, "Validating UTF-8 in less than one instruction
 * per byte", 2020): three 16-entry tables, on the nibbles of a byte and the one before it, name the errors two
 * neighbours can make; what a third or fourth byte must be follows from the lead two or three places back.
 */
const TOO_SHORT: u8 = 1
const TOO_LONG: u8 = 2
const OVERLONG_3: u8 = 4
const TOO_LARGE: u8 = 8
const SURROGATE: u8 = 16
const OVERLONG_2: u8 = 32
const TOO_LARGE_OR_OVERLONG_4: u8 = 64
const TWO_CONTINUATIONS: u8 = 128
const ANY_LOW: u8 = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS
const BEYOND: u8 = ANY_LOW | TOO_LARGE | TOO_LARGE_OR_OVERLONG_4
const SECOND: u8 = TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS

/** Errors possible by the high half of the first byte, its low half, and the high half of the second byte. */
// prettier-ignore
const FIRST_HIGH: usize = memory.data<u8>([
  TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
  TWO_CONTINUATIONS, TWO_CONTINUATIONS, TWO_CONTINUATIONS, TWO_CONTINUATIONS,
  TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | TOO_LARGE_OR_OVERLONG_4
], 16)
// prettier-ignore
const FIRST_LOW: usize = memory.data<u8>([
  ANY_LOW | OVERLONG_2 | OVERLONG_3 | TOO_LARGE_OR_OVERLONG_4, ANY_LOW | OVERLONG_2, ANY_LOW, ANY_LOW,
  ANY_LOW | TOO_LARGE, BEYOND, BEYOND, BEYOND, BEYOND, BEYOND, BEYOND, BEYOND, BEYOND, BEYOND | SURROGATE, BEYOND, BEYOND
], 16)
// prettier-ignore
const SECOND_HIGH: usize = memory.data<u8>([
  TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
  SECOND | OVERLONG_3 | TOO_LARGE_OR_OVERLONG_4, SECOND | OVERLONG_3 | TOO_LARGE,
  SECOND | SURROGATE | TOO_LARGE, SECOND | SURROGATE | TOO_LARGE, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT
], 16)

/** True when the range is well-formed UTF-8. Reads nothing behind it. */
export function isUtf8(start: usize, end: usize): bool {
  let at = start
  let before = i8x16.splat(0)
  let errors = i8x16.splat(0)
  while (at + 16 <= end) {
    const chunk = v128.load(at)
    errors = v128.or(errors, chunkErrors(chunk, before))
    before = chunk
    at += 16
    // ASCII ahead: nothing can be wrong but a sequence cut off here
    if (at + 64 <= end && !isHigh(at) && !i8x16.bitmask(chunk)) {
      at += 64
      while (at + 64 <= end && !isHigh(at)) at += 64
      before = i8x16.splat(0)
    }
  }
  // the rest, padded with ASCII, so that a cut sequence meets a byte that cannot continue it
  memory.fill(tail, 0, 32)
  memory.copy(tail, at, end - at)
  errors = v128.or(errors, chunkErrors(v128.load(tail), before))
  return !v128.any_true(errors)
}

const tail: usize = memory.data(32, 16)

function isHigh(at: usize): bool {
  const low = v128.or(v128.load(at), v128.load(at, 16))
  const high = v128.or(v128.load(at, 32), v128.load(at, 48))
  return i8x16.bitmask(v128.or(low, high)) != 0
}

function chunkErrors(chunk: v128, before: v128): v128 {
  const previous1 = v128.shuffle<u8>(before, chunk, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30)
  const previous2 = v128.shuffle<u8>(before, chunk, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29)
  const previous3 = v128.shuffle<u8>(before, chunk, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28)
  const byHigh = v128.swizzle(v128.load(FIRST_HIGH), i8x16.shr_u(previous1, 4))
  const byLow = v128.swizzle(v128.load(FIRST_LOW), v128.and(previous1, i8x16.splat(15)))
  const bySecond = v128.swizzle(v128.load(SECOND_HIGH), i8x16.shr_u(chunk, 4))
  const pairs = v128.and(v128.and(byHigh, byLow), bySecond)
  // 0xe0 - 0x80 and 0xf0 - 0x80: the top bit stays only where the lead asks for a third or fourth byte here
  const third = i8x16.sub_sat_u(previous2, i8x16.splat(0x60))
  const fourth = i8x16.sub_sat_u(previous3, i8x16.splat(0x70))
  const continued = v128.and(v128.or(third, fourth), i8x16.splat(-128))
  return v128.xor(continued, pairs)
}
