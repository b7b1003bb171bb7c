/** JSON string escapes. */

const BACKSLASH: u32 = 0x5c

/** Result of `unescape` for a malformed escape. */
export const MALFORMED: usize = usize.MAX_VALUE

/**
 * Decodes the inside of a JSON string to `to` and answers the length, never more than the source's. A surrogate without
 * its partner becomes U+FFFD, as UTF-8 has no place for it. Reads and writes up to 16 bytes behind both ranges.
 */
export function unescape(from: usize, length: usize, to: usize): usize {
  const end = from + length
  let out = to
  while (from < end) {
    const chunk = v128.load(from)
    v128.store(out, chunk)
    const found = i8x16.bitmask(i8x16.eq(chunk, i8x16.splat(0x5c)))
    const plain = min<usize>(found ? <usize>ctz(found) : 16, end - from)
    from += plain
    out += plain
    if (from >= end || load<u8>(from) != BACKSLASH) continue
    if (from + 1 >= end) return MALFORMED
    const letter = <u32>load<u8>(from, 1)
    if (letter != 0x75) {
      const byte = simpleEscape(letter)
      if (!byte) return MALFORMED
      store<u8>(out++, byte)
      from += 2
      continue
    }
    let point = hexQuad(from + 2, end)
    if (point < 0) return MALFORMED
    from += 6
    if ((point & 0xfc00) == 0xd800 && from + 6 <= end && load<u16>(from) == 0x755c) {
      const low = hexQuad(from + 2, end)
      if (low < 0) return MALFORMED
      if ((low & 0xfc00) == 0xdc00) {
        point = 0x10000 + ((point & 0x3ff) << 10) + (low & 0x3ff)
        from += 6
      }
    }
    if ((point & 0xfffff800) == 0xd800) point = 0xfffd
    out = writePoint(out, point)
  }
  return out - to
}

/** The byte an escape letter stands for, 0 when there is no such escape. */
function simpleEscape(letter: u32): u8 {
  switch (letter) {
    case 0x22:
    case 0x5c:
    case 0x2f:
      return <u8>letter
    case 0x62:
      return 8
    case 0x66:
      return 12
    case 0x6e:
      return 10
    case 0x72:
      return 13
    case 0x74:
      return 9
    default:
      return 0
  }
}

function hexQuad(at: usize, end: usize): i32 {
  if (at + 4 > end) return -1
  let point: i32 = 0
  for (let i: usize = 0; i < 4; i++) {
    const byte = <u32>load<u8>(at + i)
    let digit = byte - 48
    if (digit > 9) {
      const letter = (byte | 0x20) - 97
      if (letter > 5) return -1
      digit = letter + 10
    }
    point = (point << 4) | (<i32>digit)
  }
  return point
}

function writePoint(out: usize, point: i32): usize {
  if (point < 0x80) {
    store<u8>(out, point)
    return out + 1
  }
  if (point < 0x800) {
    store<u8>(out, 0xc0 | (point >> 6))
    store<u8>(out, 0x80 | (point & 63), 1)
    return out + 2
  }
  if (point < 0x10000) {
    store<u8>(out, 0xe0 | (point >> 12))
    store<u8>(out, 0x80 | ((point >> 6) & 63), 1)
    store<u8>(out, 0x80 | (point & 63), 2)
    return out + 3
  }
  store<u8>(out, 0xf0 | (point >> 18))
  store<u8>(out, 0x80 | ((point >> 12) & 63), 1)
  store<u8>(out, 0x80 | ((point >> 6) & 63), 2)
  store<u8>(out, 0x80 | (point & 63), 3)
  return out + 4
}
