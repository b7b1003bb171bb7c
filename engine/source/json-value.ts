/**
 * ValueScanner: finds the end of one JSON object or array, over as many pieces of input as it takes.
 *
 * Only structure is looked at: strings with their escapes, brackets that match, and where an opening bracket may stand.
 * That is enough to frame events and to notice most damage early; full grammar is the scan kernel's affair.
 * Holds: no recursion; nesting beyond MAX_DEPTH is counted on and told in `tooDeep`, so that the end is still found.
 */
import { MAX_DEPTH } from './record-scanner.ts'

const OBJECT = 1
const ARRAY = 2
const LF = 10
const CR = 13
const SPACE = 32
const QUOTE = 34
const COMMA = 44
const COLON = 58
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

/** scan() needs the bytes that follow. */
export const NEED_MORE = -1
/** scan() met something that JSON does not allow; see `damage` and `damagedAt`. */
export const DAMAGED = -2

export class ValueScanner {
  damage = ''
  /** Index in the bytes of the call that gave DAMAGED. */
  damagedAt = 0
  tooDeep = false
  private depth = 0
  private inString = false
  private escaped = false
  private previous = 0
  private readonly kinds = new Uint8Array(MAX_DEPTH + 1)

  /** Begins anew; the next byte given must be `{` or `[`. */
  begin(): void {
    this.depth = 0
    this.inString = this.escaped = this.tooDeep = false
    this.previous = 0
  }

  /** Scans bytes[from, to): the index after the value, or NEED_MORE, or DAMAGED. */
  scan(bytes: Uint8Array, from: number, to: number): number {
    let i = from
    while (i < to) {
      if (this.inString) {
        i = this.scanString(bytes, i, to)
        if (i < 0) return i
        continue
      }
      const byte = bytes[i]!
      if (byte === QUOTE) {
        if (!this.mayOpenString()) return this.damaged(i, 'a quote where no string can begin')
        this.inString = true
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (!this.open(byte === OPEN_BRACE ? OBJECT : ARRAY)) return this.damaged(i, 'a bracket where none can stand')
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        if (!this.close(byte === CLOSE_BRACE ? OBJECT : ARRAY)) return this.damaged(i, 'a closing bracket of the wrong kind')
        if (this.depth === 0) return i + 1
      }
      if (byte > SPACE) this.previous = byte
      i++
    }
    return NEED_MORE
  }

  /** Index after the string's end or `to`; DAMAGED at a line end, which no JSON string holds. */
  private scanString(bytes: Uint8Array, from: number, to: number): number {
    let i = from
    if (this.escaped && i < to) {
      this.escaped = false
      i++
    }
    for (; i < to; i++) {
      const byte = bytes[i]!
      if (byte === QUOTE) {
        this.inString = false
        this.previous = QUOTE
        return i + 1
      }
      if (byte === BACKSLASH) {
        if (++i === to) this.escaped = true
      } else if (byte === LF || byte === CR) return this.damaged(i, 'a line end inside a string')
    }
    return to
  }

  /** A missing quote turns what is inside strings and outside around; this notices it at the next one. */
  private mayOpenString(): boolean {
    const { previous } = this
    return previous === COMMA || previous === COLON || previous === OPEN_BRACE || previous === OPEN_BRACKET
  }

  private open(kind: number): boolean {
    const { depth, previous } = this
    if (depth > MAX_DEPTH) this.tooDeep = true
    else {
      const within = depth === 0 ? 0 : this.kinds[depth]
      if (within === OBJECT && previous !== COLON) return false
      if (within === ARRAY && previous !== OPEN_BRACKET && previous !== COMMA) return false
      if (depth + 1 <= MAX_DEPTH) this.kinds[depth + 1] = kind
      else this.tooDeep = true
    }
    this.depth++
    return true
  }

  private close(kind: number): boolean {
    if (this.depth <= MAX_DEPTH && this.kinds[this.depth] !== kind) return false
    this.depth--
    return true
  }

  private damaged(at: number, what: string): number {
    this.damage = what
    this.damagedAt = at
    return DAMAGED
  }
}
