/**
 * Twin of the structural pass: one byte at a time, with the same verdicts in the same precedence (the order of the SKIP_
 * numbers, and among brackets the first that is wrong).
 */
import * as layout from '../../assembly/scan-layout.ts'

export interface RecordStructure {
  reason: number
  /** Behind the closing brace of the record. */
  end: number
  /** From the place of each opening bracket to the place of its closing one. */
  closerOf: Map<number, number>
}

const decoder = new TextDecoder('utf-8', { fatal: true })
const QUOTE = 34
const BACKSLASH = 92
const OPENERS = new Map([
  [0x7d, 0x7b],
  [0x5d, 0x5b]
])
const BLANKS = new Set([32, 10, 13, 9])

/** Judges the record in [start, end); its first byte is the opening brace. */
export function judgeStructure(bytes: Uint8Array, start: number, end: number): RecordStructure {
  const brackets: number[] = []
  let inString = false
  let escaped = false
  let control = false
  let backslashOutside = false
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    const isEscaped: boolean = escaped
    escaped = byte === BACKSLASH && !isEscaped
    if (byte === BACKSLASH && !inString) backslashOutside = true
    if (byte < 32 && inString) control = true
    if (byte === QUOTE && !isEscaped) inString = !inString
    else if (!inString && (byte === 0x7b || byte === 0x7d || byte === 0x5b || byte === 0x5d)) brackets.push(at)
  }
  const closerOf = new Map<number, number>()
  const judge = (): number => {
    if (!isUtf8(bytes.subarray(start, end))) return layout.SKIP_UTF8
    if (inString) return layout.SKIP_UNTERMINATED
    if (control) return layout.SKIP_CONTROL
    if (backslashOutside) return layout.SKIP_BACKSLASH
    return pairBrackets(bytes, brackets, closerOf)
  }
  let reason = judge()
  const recordEnd = closerOf.get(start) ?? end
  if (reason === layout.RECORD_FINE)
    for (let at = recordEnd + 1; at < end; at++) if (!BLANKS.has(bytes[at]!)) reason = layout.SKIP_BEHIND
  return { reason, end: recordEnd + 1, closerOf }
}

function pairBrackets(bytes: Uint8Array, brackets: number[], closerOf: Map<number, number>): number {
  const open: number[] = []
  for (const at of brackets) {
    const opener = OPENERS.get(bytes[at]!)
    if (opener === undefined) {
      open.push(at)
      if (open.length > layout.MAX_NESTING) return layout.SKIP_TOO_DEEP
      continue
    }
    const partner = open.pop()
    if (partner === undefined) return layout.SKIP_BEHIND
    if (bytes[partner] !== opener) return layout.SKIP_MISMATCH
    closerOf.set(partner, at)
  }
  if (open.length > 0) return layout.SKIP_UNCLOSED
  return closerOf.get(brackets[0]!) === brackets.at(-1) ? layout.RECORD_FINE : layout.SKIP_BEHIND
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes)
    return true
  } catch {
    return false
  }
}
