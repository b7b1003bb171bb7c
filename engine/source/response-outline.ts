/**
 * ResponseOutline: walks a search response up to its hits, one byte a call.
 *
 * Whatever wraps it (`rawResponse`, `response`, `responses` of a multi search, a Kibana batch) is passed through: the hits
 * are the array `hits` inside an object `hits`. Aggregations hold such arrays too (top_hits), so nothing below them counts.
 */

const QUOTE = 34
const COMMA = 44
const COLON = 58
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

const MAX_OUTLINE_DEPTH = 64
const MAX_KEY_BYTES = 64
/** Parts of a response whose hits are not the response's. */
const OTHER_PARTS = new Set(['aggregations', 'aggs', 'profile', 'suggest', '_source', 'inner_hits'])

interface Container {
  array: boolean
  key: string
  other: boolean
}

export class ResponseOutline {
  private readonly stack: Container[] = []
  /** Containers open beyond MAX_OUTLINE_DEPTH; nothing in there is looked at. */
  private deeper = 0
  private inString = false
  private escaped = false
  private text = ''
  private key = ''

  /** True when the array of hits begins behind this byte; its elements and its `]` are then the caller's. */
  feed(byte: number): boolean {
    if (this.inString) this.feedString(byte)
    else if (byte === QUOTE) {
      this.inString = true
      this.text = ''
    } else if (byte === COLON) this.key = this.text
    else if (byte === COMMA) this.key = ''
    else if (byte === OPEN_BRACE) this.open(false)
    else if (byte === OPEN_BRACKET) return this.open(true)
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.close()
    return false
  }

  /** The caller has passed the `]` of the hits. */
  leaveHits(): void {
    this.key = ''
  }

  /** Whether the response is still open. */
  get isOpen(): boolean {
    return this.stack.length > 0
  }

  private feedString(byte: number): void {
    if (this.escaped) this.escaped = false
    else if (byte === BACKSLASH) this.escaped = true
    else if (byte === QUOTE) this.inString = false
    else if (this.text.length < MAX_KEY_BYTES) this.text += String.fromCharCode(byte)
  }

  private open(array: boolean): boolean {
    if (this.stack.length === MAX_OUTLINE_DEPTH) {
      this.deeper++
      return false
    }
    const parent = this.stack.at(-1)
    const key = parent && !parent.array ? this.key : ''
    this.key = ''
    if (array && key === 'hits' && parent?.key === 'hits' && !parent.other) return true
    this.stack.push({ array, key, other: (parent?.other ?? false) || OTHER_PARTS.has(key) })
    return false
  }

  private close(): void {
    this.key = ''
    if (this.deeper > 0) this.deeper--
    else this.stack.pop()
  }
}
