/** Looks at the outer shape of one JSON value at the head of an input, which may be cut anywhere. */
import { ValueScanner } from './json-value.ts'
import type { DocumentShape } from './record-reader.ts'

const QUOTE = 34
const COLON = 58
const BACKSLASH = 92
const LONGEST_KEY = 256

/** Keys of the object at bytes[start], each with the first byte of its value (0 when cut off). */
export function rootKeys(bytes: Uint8Array, start: number, end: number): Map<string, number> {
  const keys = new Map<string, number>()
  const decoder = new TextDecoder()
  let depth = 0
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!
    if (byte === 123 || byte === 91) depth++
    else if (byte === 125 || byte === 93) {
      if (--depth === 0) break
    } else if (byte === QUOTE) {
      const close = stringEnd(bytes, i + 1, end)
      const after = skipSpace(bytes, close + 1, end)
      if (depth === 1 && bytes[after] === COLON && close - i <= LONGEST_KEY) {
        const value = skipSpace(bytes, after + 1, end)
        keys.set(decoder.decode(bytes.subarray(i + 1, close)), value < end ? bytes[value]! : 0)
      }
      i = close
    }
  }
  return keys
}

function stringEnd(bytes: Uint8Array, from: number, end: number): number {
  let i = from
  while (i < end && bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1
  return Math.min(i, end)
}

/** Index of the first byte from `from` that is no white space, or `end`. */
export function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let i = from
  while (i < end && (bytes[i] === 32 || bytes[i] === 9 || bytes[i] === 10 || bytes[i] === 13)) i++
  return Math.min(i, end)
}

/** Index after the value at `start`; NEED_MORE when the head ends before; DAMAGED. */
export function valueEnd(bytes: Uint8Array, start: number, end: number): number {
  const scanner = new ValueScanner()
  scanner.begin()
  return scanner.scan(bytes, start, end)
}

/** Whether the object at bytes[start] is a hit, and where its fields are. */
export function shapeOf(bytes: Uint8Array, start: number, end: number): DocumentShape {
  const keys = rootKeys(bytes, start, end)
  const metadata = keys.has('_index') || keys.has('_id')
  if (metadata && keys.get('_source') === 123) return 'hit-source'
  if (metadata && keys.get('fields') === 123) return 'hit-fields'
  return 'plain'
}

/** Whether the value at `start` is complete within the head and begins and ends on one line. */
export function isWholeLine(bytes: Uint8Array, start: number, lineEnd: number): boolean {
  if (bytes[start] !== 123) return false
  const end = valueEnd(bytes, start, lineEnd)
  return end > 0 && skipSpace(bytes, end, lineEnd) === lineEnd
}
