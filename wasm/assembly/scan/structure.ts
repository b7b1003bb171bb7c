/**
 * Structural pass over one record: every record gets it, whatever the query wants and even when it is abandoned.
 *
 * In:  the first byte of the record's object and where the record must end (a known end, or the first line feed).
 * Out: the end; per 64 bytes a bitmap of unescaped quotes and one of backslashes; the places of all brackets outside
 *      strings and for each opening one the index of its closing one, so that the walk skips a value in one step.
 * Reads up to 64 bytes behind the record; what stands there does not matter.
 */
import { RECORD_FINE, MAX_NESTING, SKIP_BACKSLASH, SKIP_BEHIND, SKIP_CONTROL, SKIP_MISMATCH } from '../scan-layout'
import { SKIP_TOO_DEEP, SKIP_UNCLOSED, SKIP_UNTERMINATED, SKIP_UTF8 } from '../scan-layout'
import { isUtf8 } from '../util/utf8'
import { growBitmaps, growBrackets } from './scratch'
import { ScanState } from './state'

const EVEN_BITS: u64 = 0x5555555555555555
const LINE_FEED: u8 = 10

/** Splats read from memory once a record: as constants they would be built anew at every use, five instructions each. */
// prettier-ignore
const SPLATS: usize = memory.data<u64>([
  0x2222222222222222, 0x2222222222222222, 0x5c5c5c5c5c5c5c5c, 0x5c5c5c5c5c5c5c5c, 0x1f1f1f1f1f1f1f1f, 0x1f1f1f1f1f1f1f1f,
  0x2020202020202020, 0x2020202020202020, 0x7b7b7b7b7b7b7b7b, 0x7b7b7b7b7b7b7b7b, 0x7d7d7d7d7d7d7d7d, 0x7d7d7d7d7d7d7d7d
], 16)

class Lanes {
  /** Bit i is the top bit of byte i of the 64 bytes. */
  @inline
  static mask(a: v128, b: v128, c: v128, d: v128): u64 {
    const low = ((<u64>(<u32>i8x16.bitmask(b))) << 16) | (<u64>(<u32>i8x16.bitmask(a)))
    const high = ((<u64>(<u32>i8x16.bitmask(d))) << 16) | (<u64>(<u32>i8x16.bitmask(c)))
    return (high << 32) | low
  }

  /** Bit i is the parity of bits 0..i. */
  @inline
  static parity(bits: u64): u64 {
    bits ^= bits << 1
    bits ^= bits << 2
    bits ^= bits << 4
    bits ^= bits << 8
    bits ^= bits << 16
    return bits ^ (bits << 32)
  }
}

/** Damage found by the last `mapStructure`, by kind. */
let highBytes: bool = false
let controlInString: bool = false
let backslashOutside: bool = false
let unterminated: bool = false

/**
 * Maps [start, limit), or up to the first line feed when `toLineFeed`. Answers the end, or 0 when a line feed was asked
 * for and there is none (`limit` is then the end of what has been read). While it runs a line feed stands at `limit`, so
 * that the last block is noticed where control characters are, and the others ask for nothing.
 */
export function mapStructure(scan: ScanState, start: usize, limit: usize, toLineFeed: bool): usize {
  const kept = load<u8>(limit)
  store<u8>(limit, LINE_FEED)
  const quote = v128.load(SPLATS)
  const slash = v128.load(SPLATS, 16)
  const lastControl = v128.load(SPLATS, 32)
  const fold = v128.load(SPLATS, 48)
  const opening = v128.load(SPLATS, 64)
  const closing = v128.load(SPLATS, 80)
  let bitmap = scan.bitmaps
  let bitmapsEnd = bitmap + ((<usize>scan.bitmapCapacity) << 4)
  let bracket = scan.brackets
  let bracketsEnd = bracket + ((<usize>scan.bracketCapacity) << 2)
  let inString: u64 = 0
  let escapeCarry: u64 = 0
  let control: u64 = 0
  let stray: u64 = 0
  let slashes: u64 = 0
  let high = i8x16.splat(0)
  let end: usize = 0
  for (let block = start; !end; block += 64) {
    if (bitmap >= bitmapsEnd) {
      bitmap = growBitmaps(scan, bitmap)
      bitmapsEnd = scan.bitmaps + ((<usize>scan.bitmapCapacity) << 4)
    }
    if (bracket + 272 > bracketsEnd) {
      bracket = growBrackets(scan, bracket)
      bracketsEnd = scan.brackets + ((<usize>scan.bracketCapacity) << 2)
    }
    const a = v128.load(block)
    const b = v128.load(block, 16)
    const c = v128.load(block, 32)
    const d = v128.load(block, 48)
    high = v128.or(high, v128.or(v128.or(a, b), v128.or(c, d)))
    let controls: u64 = 0
    let valid: u64 = ~(<u64>0)
    const least = i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d))
    if (v128.any_true(i8x16.eq(i8x16.min_u(least, lastControl), least))) {
      controls = Lanes.mask(
        i8x16.eq(i8x16.min_u(a, lastControl), a),
        i8x16.eq(i8x16.min_u(b, lastControl), b),
        i8x16.eq(i8x16.min_u(c, lastControl), c),
        i8x16.eq(i8x16.min_u(d, lastControl), d)
      )
      end = lineEnd(block, controls, limit, toLineFeed)
      if (end) valid = ((<u64>1) << (end - block)) - 1
      controls &= valid
    }
    const slashA = i8x16.eq(a, slash)
    const slashB = i8x16.eq(b, slash)
    const slashC = i8x16.eq(c, slash)
    const slashD = i8x16.eq(d, slash)
    let backslash: u64 = 0
    let escaped = escapeCarry
    escapeCarry = 0
    if (v128.any_true(v128.or(v128.or(slashA, slashB), v128.or(slashC, slashD)))) {
      // odd runs of backslashes: where a run begins decides, by a carry through the run, which byte behind it is escaped
      backslash = Lanes.mask(slashA, slashB, slashC, slashD) & valid
      const free = backslash & ~escaped
      const follows = (free << 1) | escaped
      const oddStarts = free & ~EVEN_BITS & ~follows
      const sequence = oddStarts + free
      escapeCarry = sequence < free ? 1 : 0
      escaped = (EVEN_BITS ^ (sequence << 1)) & follows
      slashes |= backslash
    }
    const quotes = Lanes.mask(i8x16.eq(a, quote), i8x16.eq(b, quote), i8x16.eq(c, quote), i8x16.eq(d, quote)) & valid & ~escaped
    const strings = Lanes.parity(quotes) ^ inString
    inString = <u64>((<i64>strings) >> 63)
    control |= controls & strings
    stray |= backslash & ~strings
    store<u64>(bitmap, quotes)
    store<u64>(bitmap, backslash, 8)
    bitmap += 16
    // brackets and braces differ in one bit, which is set in both before they are compared
    const foldA = v128.or(a, fold)
    const foldB = v128.or(b, fold)
    const foldC = v128.or(c, fold)
    const foldD = v128.or(d, fold)
    let bits = Lanes.mask(
      v128.or(i8x16.eq(foldA, opening), i8x16.eq(foldA, closing)),
      v128.or(i8x16.eq(foldB, opening), i8x16.eq(foldB, closing)),
      v128.or(i8x16.eq(foldC, opening), i8x16.eq(foldC, closing)),
      v128.or(i8x16.eq(foldD, opening), i8x16.eq(foldD, closing))
    )
    bits &= valid & ~strings
    // most blocks hold few brackets: four are written without asking, the list grows by as many as there were
    const place = <u32>(block - start)
    const count = <usize>popcnt(bits)
    store<u32>(bracket, place + <u32>ctz(bits))
    bits &= bits - 1
    store<u32>(bracket, place + <u32>ctz(bits), 4)
    bits &= bits - 1
    store<u32>(bracket, place + <u32>ctz(bits), 8)
    bits &= bits - 1
    store<u32>(bracket, place + <u32>ctz(bits), 12)
    bits &= bits - 1
    let more = bracket + 16
    while (bits) {
      store<u32>(more, place + <u32>ctz(bits))
      more += 4
      bits &= bits - 1
    }
    bracket += count << 2
  }
  store<u8>(limit, kept)
  scan.bracketCount = <u32>((bracket - scan.brackets) >> 2)
  scan.hasBackslash = slashes ? 1 : 0
  highBytes = i8x16.bitmask(high) != 0
  controlInString = control != 0
  backslashOutside = stray != 0
  unterminated = inString != 0
  return toLineFeed && end == limit ? 0 : end
}

/** Where the record ends if that is in this block: at `limit`, or at the first line feed when one is asked for; else 0. */
function lineEnd(block: usize, controls: u64, limit: usize, toLineFeed: bool): usize {
  if (!toLineFeed) return limit - block < 64 ? limit : 0
  while (controls) {
    const at = block + <usize>ctz(controls)
    if (load<u8>(at) == LINE_FEED) return at
    controls &= controls - 1
  }
  return 0
}

/** Verdict on the record that `mapStructure` mapped last, [start, end). */
export function judgeStructure(scan: ScanState, start: usize, end: usize): u32 {
  if (highBytes && !isUtf8(start, end)) return SKIP_UTF8
  if (unterminated) return SKIP_UNTERMINATED
  if (controlInString) return SKIP_CONTROL
  if (backslashOutside) return SKIP_BACKSLASH
  const reason = matchBrackets(scan, start)
  if (reason) return reason
  const last = start + <usize>load<u32>(scan.brackets + ((<usize>scan.bracketCount - 1) << 2))
  for (let at = last + 1; at < end; at++) {
    const byte = load<u8>(at)
    if (byte != 0x20 && byte != 9 && byte != 10 && byte != 13) return SKIP_BEHIND
  }
  scan.recordEnd = last + 1
  return RECORD_FINE
}

/**
 * Pairs the brackets. Without branches on what a bracket is: a closing one frees a place of the stack and an opening one
 * takes it, so both may write it; an opening one is its own partner until the closing one comes.
 */
function matchBrackets(scan: ScanState, start: usize): u32 {
  const count = scan.bracketCount
  const brackets = scan.brackets
  const closers = scan.closers
  const stack = scan.bracketStack
  let depth: i32 = 0
  for (let index: u32 = 0; index < count; index++) {
    const byte = <u32>load<u8>(start + <usize>load<u32>(brackets + ((<usize>index) << 2)))
    const closing = (byte >> 2) & 1
    depth -= <i32>closing
    if (depth < 0) return SKIP_BEHIND
    const place = stack + ((<usize>depth) << 2)
    const partner = select<u32>(load<u32>(place), index, closing)
    const opening = <u32>load<u8>(start + <usize>load<u32>(brackets + ((<usize>partner) << 2)))
    if (closing & (opening + 2 != byte ? 1 : 0)) return SKIP_MISMATCH
    store<u32>(closers + ((<usize>partner) << 2), index)
    store<u32>(place, index)
    depth += <i32>(closing ^ 1)
    if (depth > MAX_NESTING) return SKIP_TOO_DEEP
  }
  if (depth) return SKIP_UNCLOSED
  return load<u32>(closers) + 1 == count ? RECORD_FINE : SKIP_BEHIND
}
