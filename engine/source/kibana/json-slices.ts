/**
 * One JSON text as slices of its bytes: what an answer holds is found by name and copied verbatim, so that numbers keep their
 * 64 bits and a field is called what the page called it, `__proto__` included.
 *
 * Only the levels that are walked are looked into; everything below is passed over by its brackets. No recursion.
 */
import { skipSpace, valueEnd } from '../json-outline.ts'

/** Half-open range of one value. */
export interface Slice {
  start: number
  end: number
}

const OPEN_BRACE = 123
const OPEN_BRACKET = 91
const QUOTE = 34
const COMMA = 44
const COLON = 58
const BACKSLASH = 92

/** The text is not JSON where it was looked at. */
export class JsonDamage extends Error {}

/** The one value that the bytes hold, without looking inside. */
export function rootSlice(bytes: Uint8Array): Slice {
  return sliceAt(bytes, skipSpace(bytes, 0, bytes.length), bytes.length)
}

export const isObject = (bytes: Uint8Array, { start }: Slice) => bytes[start] === OPEN_BRACE
export const isArray = (bytes: Uint8Array, { start }: Slice) => bytes[start] === OPEN_BRACKET

/** Names and values of an object, in order. */
export function* membersOf(bytes: Uint8Array, object: Slice): Generator<[name: string, value: Slice]> {
  if (!isObject(bytes, object)) return
  const end = object.end - 1
  let at = skipSpace(bytes, object.start + 1, end)
  while (at < end) {
    const key = sliceAt(bytes, at, end)
    if (bytes[at] !== QUOTE) throw new JsonDamage('a name is missing')
    const colon = skipSpace(bytes, key.end, end)
    if (bytes[colon] !== COLON) throw new JsonDamage('a colon is missing')
    const value = sliceAt(bytes, skipSpace(bytes, colon + 1, end), end)
    yield [textOf(bytes, key) ?? '', value]
    at = behindComma(bytes, value.end, end)
  }
}

/** Values of an array, in order. */
export function* elementsOf(bytes: Uint8Array, array: Slice): Generator<Slice> {
  if (!isArray(bytes, array)) return
  const end = array.end - 1
  let at = skipSpace(bytes, array.start + 1, end)
  while (at < end) {
    const value = sliceAt(bytes, at, end)
    yield value
    at = behindComma(bytes, value.end, end)
  }
}

/** First member of that name; null when there is none. */
export function memberOf(bytes: Uint8Array, object: Slice, name: string): Slice | null {
  for (const [key, value] of membersOf(bytes, object)) if (key === name) return value
  return null
}

const decoder = new TextDecoder()

/** A string's text; null for any other value. */
export function textOf(bytes: Uint8Array, { start, end }: Slice): string | null {
  if (bytes[start] !== QUOTE) return null
  try {
    return JSON.parse(decoder.decode(bytes.subarray(start, end))) as string
  } catch {
    throw new JsonDamage('a string is damaged')
  }
}

/** Whether the value is the word `true`. */
export const isTrue = (bytes: Uint8Array, { start, end }: Slice) => end - start === 4 && bytes[start] === 0x74

function behindComma(bytes: Uint8Array, from: number, end: number): number {
  const at = skipSpace(bytes, from, end)
  if (at >= end) return end
  if (bytes[at] !== COMMA) throw new JsonDamage('a comma is missing')
  return skipSpace(bytes, at + 1, end)
}

function sliceAt(bytes: Uint8Array, start: number, end: number): Slice {
  const byte = bytes[start]
  if (start >= end || byte === undefined) throw new JsonDamage('the text ends early')
  if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
    const close = valueEnd(bytes, start, end)
    if (close < 0) throw new JsonDamage('the text ends early')
    return { start, end: close }
  }
  let at = start
  if (byte === QUOTE) {
    for (at++; at < end && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++
    if (at >= end) throw new JsonDamage('the text ends early')
    return { start, end: at + 1 }
  }
  // A number or a word: up to the next sign of structure.
  while (at < end && !endsScalar(bytes[at]!)) at++
  if (at === start) throw new JsonDamage('a value is missing')
  return { start, end: at }
}

const endsScalar = (byte: number) => byte <= 32 || byte === COMMA || byte === COLON || byte === 93 || byte === 125
