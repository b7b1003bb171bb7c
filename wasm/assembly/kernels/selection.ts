/**
 * Selection bitmaps: bit i (byte i / 8, least significant first) is set when row i still takes part.
 *
 * A bitmap of `count` rows takes `(count + 15) / 16 * 2` bytes, any alignment; bits behind the last row are 0, and every
 * function here keeps them so. Nothing behind that is touched.
 */

/** Sets the bits of the rows that are true and not null (`values`, `nulls`: count bytes, 0 or 1). */
export function selectTrue(values: usize, nulls: usize, count: usize, bitmap: usize): void {
  let i: usize = 0
  for (; i + 16 <= count; i += 16) {
    const isTrue = v128.andnot(v128.load(values + i), v128.load(nulls + i))
    store<u16>(bitmap + (i >> 3), i8x16.bitmask(i8x16.ne(isTrue, i8x16.splat(0))))
  }
  if (i == count) return
  let bits: u32 = 0
  const last = bitmap + (i >> 3)
  for (let bit: usize = 0; i < count; i++, bit++) bits |= (<u32>(load<u8>(values + i) & ~load<u8>(nulls + i) & 1)) << (<u32>bit)
  store<u16>(last, bits)
}

/** Intersects two bitmaps; `out` may be one of them. */
export function bitmapAnd(a: usize, b: usize, count: usize, out: usize): void {
  const byteLength = ((count + 15) >> 4) << 1
  let i: usize = 0
  for (; i + 16 <= byteLength; i += 16) v128.store(out + i, v128.and(v128.load(a + i), v128.load(b + i)))
  for (; i < byteLength; i += 2) store<u16>(out + i, load<u16>(a + i) & load<u16>(b + i))
}

/** Number of selected rows. */
export function bitmapCount(bitmap: usize, count: usize): u32 {
  const byteLength = ((count + 15) >> 4) << 1
  let total: u64 = 0
  let i: usize = 0
  for (; i + 8 <= byteLength; i += 8) total += popcnt<u64>(load<u64>(bitmap + i))
  for (; i < byteLength; i += 2) total += popcnt<u32>(load<u16>(bitmap + i))
  return <u32>total
}

/** Writes the numbers of the selected rows (u32, ascending) to `rows`; answers how many. */
export function bitmapToRows(bitmap: usize, count: usize, rows: usize): u32 {
  const byteLength = ((count + 15) >> 4) << 1
  let out = rows
  let i: usize = 0
  for (; i + 8 <= byteLength; i += 8) out = writeRows(load<u64>(bitmap + i), i << 3, out)
  for (; i < byteLength; i += 2) out = writeRows(load<u16>(bitmap + i), i << 3, out)
  return <u32>((out - rows) >> 2)
}

function writeRows(bits: u64, base: usize, out: usize): usize {
  for (; bits; bits &= bits - 1) {
    store<u32>(out, base + <usize>ctz<u64>(bits))
    out += 4
  }
  return out
}
