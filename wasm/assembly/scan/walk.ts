/**
 * The walk: from the opening brace of a record to its end, or to the value that makes it unwanted.
 *
 * In:   a record whose structure is mapped and sound: strings end, brackets pair, the last byte closes the first.
 * Out:  values noted for the wanted fields, in document order; null leaves nothing.
 * Only objects and arrays that lead to a wanted field are entered; of the others the grammar is not looked at. There is
 * no recursion: open nodes stand on a stack as deep as nesting may be.
 */
import { KIND_FALSE, KIND_NUMBER, KIND_STRING, KIND_TRUE, RECORD_FINE, SKIP_ARRAY_COMMA, SKIP_COLON } from '../scan-layout'
import { SKIP_ESCAPE, SKIP_NAME, SKIP_NUMBER, SKIP_OBJECT_COMMA, SKIP_VALUE } from '../scan-layout'
import { ScanState, TrieNode } from './state'
import { findChild } from './trie'
import { MALFORMED, unescape } from './unescape'
import { noteValue } from './values'

const QUOTE: u32 = 0x22
const COMMA: u32 = 0x2c
const COLON: u32 = 0x3a
const OPEN_ARRAY: u32 = 0x5b
const CLOSE_ARRAY: u32 = 0x5d
const OPEN_OBJECT: u32 = 0x7b
const CLOSE_OBJECT: u32 = 0x7d
const TRUE_WORD: u32 = 0x65757274
const NULL_WORD: u32 = 0x6c6c756e
const ALSE_WORD: u32 = 0x65736c61

/** Where the last scalar ended, 0 when it was malformed, and its kind (-1: null). */
let scalarKind: i32 = 0

/** Walks the record that begins at `start`. Answers RECORD_FINE, RECORD_ABANDONED or a reason to skip. */
export function walkRecord(scan: ScanState, start: usize): u32 {
  const bitmaps = scan.bitmaps
  const brackets = scan.brackets
  const closers = scan.closers
  const stack = scan.nodeStack
  const hasBackslash = scan.hasBackslash != 0
  let depth: usize = 0
  let node = scan.rootNode
  let closer = CLOSE_OBJECT
  let first = true
  // index of the next bracket ahead
  let bracket: u32 = 1
  let at = start + 1
  while (true) {
    at = skipBlanks(at)
    let byte = <u32>load<u8>(at)
    if (!first || byte != closer) {
      let child = node
      if (closer == CLOSE_OBJECT) {
        if (byte != QUOTE) return SKIP_NAME
        const name = at + 1
        const nameEnd = nextQuote(bitmaps, start, name)
        const length = nameEnd - name
        if (hasBackslash && hasEscape(bitmaps, start, name, nameEnd)) {
          // decoded into the free part of the pool: the name is needed only until the look-up
          const decoded = scan.pool + scan.poolUsed
          const decodedLength = unescape(name, length, decoded)
          if (decodedLength == MALFORMED) return SKIP_ESCAPE
          child = findChild(node, decoded, decodedLength)
        } else child = findChild(node, name, length)
        at = skipBlanks(nameEnd + 1)
        if (<u32>load<u8>(at) != COLON) return SKIP_COLON
        at = skipBlanks(at + 1)
        byte = <u32>load<u8>(at)
      }
      if (byte == QUOTE) {
        const text = at + 1
        at = nextQuote(bitmaps, start, text)
        if (child && changetype<TrieNode>(child).field >= 0) {
          const escaped = hasBackslash && hasEscape(bitmaps, start, text, at)
          const verdict = noteValue(scan, changetype<TrieNode>(child).field, KIND_STRING, text, at - text, escaped)
          if (verdict) return verdict
        }
        at++
      } else if (byte == OPEN_OBJECT || byte == OPEN_ARRAY) {
        const isArray = byte == OPEN_ARRAY
        if (child && (isArray || changetype<TrieNode>(child).keyCount)) {
          store<usize>(stack + (depth << 2), node | (closer == CLOSE_ARRAY ? 1 : 0))
          depth++
          node = child
          closer = byte + 2
          first = true
          bracket++
          at++
          continue
        }
        const partner = load<u32>(closers + ((<usize>bracket) << 2))
        at = start + <usize>load<u32>(brackets + ((<usize>partner) << 2)) + 1
        bracket = partner + 1
      } else {
        const end = scalarEnd(at, byte)
        if (!end) return byte == 0x2d || byte - 48 <= 9 ? SKIP_NUMBER : SKIP_VALUE
        if (child && changetype<TrieNode>(child).field >= 0 && scalarKind >= 0) {
          const verdict = noteValue(scan, changetype<TrieNode>(child).field, scalarKind, at, end - at, false)
          if (verdict) return verdict
        }
        at = end
      }
    }
    first = false
    // behind a value: a comma, or the ends of any number of objects and arrays
    while (true) {
      at = skipBlanks(at)
      byte = <u32>load<u8>(at)
      at++
      if (byte == COMMA) break
      if (byte != closer) return closer == CLOSE_OBJECT ? SKIP_OBJECT_COMMA : SKIP_ARRAY_COMMA
      bracket++
      if (!depth) return RECORD_FINE
      depth--
      const outer = load<usize>(stack + (depth << 2))
      node = outer & ~1
      closer = outer & 1 ? CLOSE_ARRAY : CLOSE_OBJECT
    }
  }
}

function skipBlanks(at: usize): usize {
  while (true) {
    const byte = <u32>load<u8>(at)
    if (byte > 0x20 || (byte != 0x20 && byte != 10 && byte != 13 && byte != 9)) return at
    at++
  }
}

/** Place of the next unescaped quote; there is one, since no string is unterminated. */
function nextQuote(bitmaps: usize, start: usize, at: usize): usize {
  const place = at - start
  let bitmap = bitmaps + ((place >> 6) << 4)
  const bits = load<u64>(bitmap) >> (<u64>(place & 63))
  if (bits) return at + <usize>ctz(bits)
  let block = start + (place & ~63)
  while (true) {
    bitmap += 16
    block += 64
    const more = load<u64>(bitmap)
    if (more) return block + <usize>ctz(more)
  }
}

/** True when a backslash stands in [from, to). */
function hasEscape(bitmaps: usize, start: usize, from: usize, to: usize): bool {
  let place = from - start
  const end = to - start
  while (place < end) {
    const bits = load<u64>(bitmaps + ((place >> 6) << 4), 8) >> (<u64>(place & 63))
    if (bits) return place + <usize>ctz(bits) < end
    place = (place & ~63) + 64
  }
  return false
}

/** End of the literal or number at `at`, 0 when it is malformed; sets `scalarKind`. What follows is the caller's affair. */
function scalarEnd(at: usize, byte: u32): usize {
  if (byte == 0x74) {
    scalarKind = KIND_TRUE
    return load<u32>(at) == TRUE_WORD ? at + 4 : 0
  }
  if (byte == 0x66) {
    scalarKind = KIND_FALSE
    return load<u32>(at + 1) == ALSE_WORD ? at + 5 : 0
  }
  if (byte == 0x6e) {
    scalarKind = -1
    return load<u32>(at) == NULL_WORD ? at + 4 : 0
  }
  scalarKind = KIND_NUMBER
  return numberEnd(at, byte)
}

function numberEnd(at: usize, byte: u32): usize {
  if (byte == 0x2d) byte = <u32>load<u8>(++at)
  if (byte - 48 > 9) return 0
  at = byte == 48 ? at + 1 : digitsEnd(at)
  if (<u32>load<u8>(at) == 0x2e) {
    const fraction = at + 1
    at = digitsEnd(fraction)
    if (at == fraction) return 0
  }
  if (((<u32>load<u8>(at)) | 0x20) == 0x65) {
    at++
    const sign = <u32>load<u8>(at)
    if (sign == 0x2b || sign == 0x2d) at++
    const exponent = at
    at = digitsEnd(exponent)
    if (at == exponent) return 0
  }
  return at
}

function digitsEnd(at: usize): usize {
  while (<u32>load<u8>(at) - 48 <= 9) at++
  return at
}
