/**
 * Segments of a text that are another text in disguise: percent-encoding, base64 (also of UTF-16), hexadecimal, backslash
 * escapes. Each comes with a way to write a changed text in the same disguise.
 *
 * Holds: bounded by the length of the text; what decodes to no text is given too, as `binary`, because names may stand in it.
 */
export interface EncodedSegment {
  start: number
  end: number
  /** What it decodes to. */
  text: string
  binary: boolean
  /** The same disguise for another text; null where it cannot be put on again. */
  encode: ((text: string) => string) | null
  /** Where each unit of the text (and its end) stands in the segment, when parts can be replaced in place. */
  places: readonly number[] | null
}

const PERCENT = /[^\s"'<>|;&()`]*%[0-9a-fA-F]{2}[^\s"'<>|;&()`]*/g
const BASE64 = /(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/_-]{6,}={0,2}|[A-Za-z0-9+/_-]{4,}={1,2})/g
const HEX = /(?<![0-9a-zA-Z])(?:0x)?(?:[0-9a-fA-F]{2}){3,}(?![0-9a-zA-Z])/g
const ESCAPES =
  /(?:\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[0-3][0-7]{2}|\\0[0-7]{1,3}|[\w.@-](?=\\x[0-9a-fA-F]{2})|(?<=\\x[0-9a-fA-F]{2})[\w.@-])+/g
/** More than this in one go is data, not a disguised command. */
const MAX_SEGMENT = 1 << 20

/** All segments of a text; they may overlap. */
export function encodedSegments(text: string): EncodedSegment[] {
  return [
    ...(text.includes('%') ? collect(text, PERCENT, percentText) : []),
    ...(text.includes('\\') ? collect(text, ESCAPES, escapedText) : []),
    ...collect(text, HEX, hexText),
    ...collect(text, BASE64, base64Text)
  ]
}

type Decoded = Omit<EncodedSegment, 'start' | 'end'>

function collect(
  text: string,
  pattern: RegExp,
  decode: (found: string) => (Decoded & { from?: number; to?: number })[]
): EncodedSegment[] {
  return Array.from(text.matchAll(pattern)).flatMap((match) =>
    match[0].length > MAX_SEGMENT
      ? []
      : decode(match[0]).map(({ from = 0, to = match[0].length, ...decoded }) => ({
          start: match.index + from,
          end: match.index + to,
          ...decoded
        }))
  )
}

// ---- percent and backslash ----

function percentText(found: string): Decoded[] {
  return [inPlace(found, /(?:%[0-9a-fA-F]{2})+/g, 3, (escape) => [parseInt(escape.slice(1), 16)])]
}

function escapedText(found: string): Decoded[] {
  return found.includes('\\') ? [inPlace(found, /(?:\\x[0-9a-fA-F]{2})+/g, 4, escapedBytes, OTHER_ESCAPE)] : []
}

const OTHER_ESCAPE = /\\u[0-9a-fA-F]{4}|\\0?[0-3]?[0-7]{1,2}/g

function escapedBytes(escape: string): number[] {
  return [parseInt(escape.slice(2), 16)]
}

/** Decodes runs of escapes of `width` characters a byte, and single ones that are a character each. */
function inPlace(
  found: string,
  run: RegExp,
  width: number,
  bytesOf: (escape: string) => number[],
  single: RegExp | null = null
): Decoded {
  let text = ''
  const places: number[] = []
  const put = (piece: string, at: (unit: number) => number) => {
    for (let unit = 0; unit < piece.length; unit++) places.push(at(unit))
    text += piece
  }
  const plain = (from: number, to: number) => {
    let end = from
    for (const match of single ? found.slice(from, to).matchAll(single) : []) {
      const start = from + match.index
      const before = end
      put(found.slice(end, start), (unit) => before + unit)
      const digits = match[0].slice(match[0][1] === 'u' ? 2 : 1)
      put(String.fromCharCode(match[0][1] === 'u' ? parseInt(digits, 16) : parseInt(digits, 8) & 255), () => start)
      end = start + match[0].length
    }
    put(found.slice(end, to), (unit) => end + unit)
  }
  let end = 0
  for (const match of found.matchAll(run)) {
    plain(end, match.index)
    const escapes = Array.from({ length: match[0].length / width }, (_, i) => match[0].slice(i * width, (i + 1) * width))
    const bytes = Uint8Array.from(escapes.flatMap(bytesOf))
    const decoded = lenientUtf8(bytes)
    // Characters of several bytes: a unit stands where its character's first byte does.
    const starts = unitStarts(decoded)
    put(decoded, (unit) => match.index + Math.min(starts[unit]!, bytes.length - 1) * width)
    end = match.index + match[0].length
  }
  plain(end, found.length)
  places.push(found.length)
  return { text, binary: false, encode: null, places }
}

/** The byte each UTF-16 unit of a decoded text begins at; a broken byte is one character. */
function unitStarts(decoded: string): number[] {
  const starts: number[] = []
  let at = 0
  for (const character of decoded) {
    for (let unit = 0; unit < character.length; unit++) starts.push(at)
    at += character === '\ufffd' ? 1 : new TextEncoder().encode(character).length
  }
  return starts
}

// ---- hexadecimal ----

function hexText(found: string): Decoded[] {
  const prefix = found.startsWith('0x') ? '0x' : ''
  const digits = found.slice(prefix.length)
  const bytes = bytesOfHex(digits)
  const upper = /[A-F]/.test(digits)
  return bytesText(bytes).map(({ text, binary, toBytes }) => ({
    text,
    binary,
    places: null,
    encode: toBytes && ((changed) => prefix + (upper ? hexOf(toBytes(changed)).toUpperCase() : hexOf(toBytes(changed))))
  }))
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length >> 1 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16))
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

// ---- base64 ----

/** The whole run; where that is no text, its parts between slashes and dashes, and the run from its next three digits on. */
function base64Text(found: string): (Decoded & { from?: number; to?: number })[] {
  const whole = base64Run(found)
  if (whole.some(({ binary }) => !binary)) return whole
  const parts = /[/_-]/.test(found)
    ? Array.from(found.matchAll(/[A-Za-z0-9+]{6,}={0,2}/g)).flatMap((part) =>
        base64Run(part[0])
          .filter(({ binary }) => !binary)
          .map((decoded) => ({ ...decoded, from: part.index, to: part.index + part[0].length }))
      )
    : []
  if (parts.length > 0) return [...whole, ...parts]
  if (found.length < 12) return whole
  const shifted = [1, 2, 3].flatMap((shift) =>
    base64Run(found.slice(shift))
      .filter(({ binary }) => !binary)
      .map((decoded) => ({ ...decoded, encode: null }))
  )
  return [...whole, ...shifted]
}

function base64Run(found: string): Decoded[] {
  const padded = /=+$/.test(found)
  const urlSafe = /[-_]/.test(found) && !/[+/]/.test(found)
  const bytes = bytesOfBase64(found)
  return bytesText(bytes).map(({ text, binary, toBytes }) => ({
    text,
    binary,
    places: null,
    encode: toBytes && ((changed) => base64Of(toBytes(changed), urlSafe, padded))
  }))
}

function bytesOfBase64(text: string): Uint8Array {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  // A lone digit at the end is no byte: the run was cut there.
  const whole = standard.length % 4 === 1 ? standard.slice(0, -1) : standard
  return Uint8Array.from(atob(whole), (character) => character.charCodeAt(0))
}

function base64Of(bytes: Uint8Array, urlSafe: boolean, padded: boolean): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  const standard = btoa(binary)
  const kept = padded ? standard : standard.replace(/=+$/, '')
  return urlSafe ? kept.replaceAll('+', '-').replaceAll('/', '_') : kept
}

// ---- bytes as text ----

interface TextOfBytes {
  text: string
  binary: boolean
  toBytes: ((text: string) => Uint8Array) | null
}

/** UTF-8, UTF-16 of either order, or what letters there are among other bytes. */
function bytesText(bytes: Uint8Array): TextOfBytes[] {
  if (bytes.length < 2) return []
  const order = wideOrder(bytes)
  if (order) {
    const text = new TextDecoder(order === 'le' ? 'utf-16le' : 'utf-16be').decode(bytes)
    if (isReadable(text)) return [{ text, binary: false, toBytes: (changed) => wideBytes(changed, order) }]
  }
  const text = lenientUtf8(bytes)
  if (isReadable(text)) return [{ text, binary: false, toBytes: (changed) => new TextEncoder().encode(changed) }]
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return [{ text: letters, binary: true, toBytes: null }]
}

function wideOrder(bytes: Uint8Array): 'le' | 'be' | null {
  if (bytes.length < 4) return null
  let [odd, even] = [0, 0]
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== 0) continue
    if (i % 2 === 1) odd++
    else even++
  }
  const most = Math.floor(bytes.length / 2) * 0.6
  return odd >= most ? 'le' : even >= most ? 'be' : null
}

function wideBytes(text: string, order: 'le' | 'be'): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), order === 'le')
  return bytes
}

function lenientUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

/** Nearly no controls and broken characters; NUL separates the arguments of a process title. */
function isReadable(text: string): boolean {
  let odd = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === 0xfffd || unit === 0x7f || (unit < 32 && unit !== 0 && unit !== 9 && unit !== 10 && unit !== 13)) odd++
  }
  return odd <= text.length / 20
}
