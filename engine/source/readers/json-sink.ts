/** JsonSink: a growing buffer in which readers that transcode (bulk, CSV) write JSON text as UTF-8 bytes. */

const QUOTE = 34
const BACKSLASH = 92
const SPACE = 32
const HEX = new TextEncoder().encode('0123456789abcdef')
const ENCODER = new TextEncoder()

export class JsonSink {
  bytes = new Uint8Array(1 << 16)
  length = 0

  /** Appends one byte. */
  byte(byte: number): void {
    this.reserve(1)
    this.bytes[this.length++] = byte
  }

  /** Appends text. */
  text(text: string): void {
    this.reserve(3 * text.length)
    this.length += ENCODER.encodeInto(text, this.bytes.subarray(this.length)).written
  }

  /** Appends bytes[start, end) as they are. */
  raw(bytes: Uint8Array, start = 0, end = bytes.length): void {
    this.reserve(end - start)
    // Short pieces are copied faster by hand than through a view.
    if (end - start > 64) this.bytes.set(bytes.subarray(start, end), this.length)
    else for (let i = start, at = this.length; i < end; i++) this.bytes[at++] = bytes[i]!
    this.length += end - start
  }

  /** Appends bytes[start, end) as a JSON string; bytes of UTF-8, valid or not, are left as they are. */
  string(bytes: Uint8Array, start: number, end: number): void {
    this.reserve(6 * (end - start) + 2)
    const out = this.bytes
    let at = this.length
    out[at++] = QUOTE
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!
      if (byte < SPACE) {
        out[at++] = BACKSLASH
        out[at++] = 117
        out[at++] = 48
        out[at++] = 48
        out[at++] = HEX[byte >> 4]!
        out[at++] = HEX[byte & 15]!
        continue
      }
      if (byte === QUOTE || byte === BACKSLASH) out[at++] = BACKSLASH
      out[at++] = byte
    }
    out[at++] = QUOTE
    this.length = at
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return
    const bytes = new Uint8Array(Math.max(this.length + count, this.bytes.length * 2))
    bytes.set(this.bytes.subarray(0, this.length))
    this.bytes = bytes
  }
}
