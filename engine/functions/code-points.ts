/**
 * Text by Unicode code points, as Elasticsearch counts and orders it (UTF-8), over JavaScript's UTF-16 strings.
 */

/** Number of code points. */
export function codePointLength(text: string): number {
  let count = text.length
  for (let i = 0; i + 1 < text.length; i++) {
    if (isHigh(text.charCodeAt(i)) && isLow(text.charCodeAt(i + 1))) {
      count--
      i++
    }
  }
  return count
}

/** UTF-16 offset of the code point number `index` (0-based), counted from the offset `from`; the text's length when there are fewer. */
export function offsetOfCodePoint(text: string, index: number, from = 0): number {
  let offset = from
  for (let i = 0; i < index && offset < text.length; i++) offset += codePointWidth(text, offset)
  return Math.min(offset, text.length)
}

/** UTF-16 units of the code point at `offset`: 1 or 2. */
export function codePointWidth(text: string, offset: number): 1 | 2 {
  return isHigh(text.charCodeAt(offset)) && isLow(text.charCodeAt(offset + 1)) ? 2 : 1
}

/** Order by code points, which is the order of the UTF-8 bytes (`<` on strings differs for astral characters). */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left !== right) return left >= 0xd800 && right >= 0xd800 ? rank(left) - rank(right) : left - right
  }
  return a.length - b.length
}

/** Bytes of the text in UTF-8. */
export function utf8Length(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) count++
    else if (unit < 0x800) count += 2
    else if (isHigh(unit) && isLow(text.charCodeAt(i + 1))) {
      count += 4
      i++
    } else count += 3
  }
  return count
}

/** Surrogates stand for code points above all of the basic plane, so they sort behind U+E000 to U+FFFF. */
function rank(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
