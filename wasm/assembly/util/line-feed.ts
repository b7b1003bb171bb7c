/** Search for the end of a line, 64 bytes a step. */

/** Address of the first line feed in [at, end), or 0. May read 64 bytes behind the end. */
export function findLineFeed(at: usize, end: usize): usize {
  const feed = i8x16.splat(10)
  for (; at < end; at += 64) {
    const a = i8x16.eq(v128.load(at), feed)
    const b = i8x16.eq(v128.load(at, 16), feed)
    const c = i8x16.eq(v128.load(at, 32), feed)
    const d = i8x16.eq(v128.load(at, 48), feed)
    if (!v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) continue
    const low = ((<u64>(<u32>i8x16.bitmask(b))) << 16) | (<u64>(<u32>i8x16.bitmask(a)))
    const high = ((<u64>(<u32>i8x16.bitmask(d))) << 16) | (<u64>(<u32>i8x16.bitmask(c)))
    const found = at + <usize>ctz((high << 32) | low)
    return found < end ? found : 0
  }
  return 0
}
