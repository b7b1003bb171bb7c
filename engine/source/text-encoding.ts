/**
 * Text encodings other than UTF-8, and the way back to places in the original bytes.
 *
 * In:   a ByteStream of UTF-16 or Latin-1. Out: a ByteStream of UTF-8.
 * Holds: the place in the original follows from the UTF-8 alone (each character is 2 or 4 bytes of UTF-16, one byte of
 *        Latin-1), so no map is kept. A half surrogate pair becomes the three bytes that UTF-8 forbids for it: its record
 *        is then refused by name like any other with invalid UTF-8, and the places stay right.
 */
import { SourceError, type ByteStream } from './bytes.ts'
import type { Detection } from './record-reader.ts'

export type Encoding = Detection['encoding']

/** Wraps a stream of `encoding` (byte-order mark already passed); UTF-8 comes back as it is. */
export function toUtf8(stream: ByteStream, encoding: Encoding): ByteStream {
  if (encoding === 'utf-8') return stream
  return new TranscodingStream(stream, encoding)
}

/** Bytes that the UTF-8 range [start, end) takes in the original encoding. */
export function originBytes(encoding: Encoding, bytes: Uint8Array, start: number, end: number): number {
  if (encoding === 'utf-8') return end - start
  let characters = 0
  let pairs = 0
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!
    if ((byte & 0xc0) !== 0x80) characters++
    if (byte >= 0xf0) pairs++
  }
  return encoding === 'latin-1' ? characters : 2 * (characters + pairs)
}

class TranscodingStream implements ByteStream {
  private readonly raw = new Uint8Array(65536)
  private rawEnd = 0
  private readonly out = new Uint8Array(3 * 65536)
  private outPos = 0
  private outEnd = 0
  private passed = 0
  private ended = false

  constructor(
    private readonly stream: ByteStream,
    private readonly encoding: Exclude<Encoding, 'utf-8'>
  ) {}

  async read(into: Uint8Array): Promise<number> {
    while (this.outPos === this.outEnd) {
      if (this.ended) return this.finish()
      const count = await this.stream.read(this.raw.subarray(this.rawEnd))
      this.rawEnd += count
      if (count === 0) this.ended = true
      this.outPos = this.outEnd = 0
      const used = this.encoding === 'latin-1' ? this.transcodeLatin1() : this.transcodeUtf16()
      this.passed += used
      this.raw.copyWithin(0, used, this.rawEnd)
      this.rawEnd -= used
    }
    const count = Math.min(into.length, this.outEnd - this.outPos)
    into.set(this.out.subarray(this.outPos, this.outPos + count))
    this.outPos += count
    return count
  }

  close(): void {
    this.stream.close()
  }

  private finish(): number {
    if (this.rawEnd > 0) throw new SourceError('the text ends in the middle of a UTF-16 character', this.passed)
    return 0
  }

  private put(code: number): void {
    const { out } = this
    if (code < 0x80) out[this.outEnd++] = code
    else if (code < 0x800) {
      out[this.outEnd++] = 0xc0 | (code >> 6)
      out[this.outEnd++] = 0x80 | (code & 63)
    } else if (code < 0x10000) {
      out[this.outEnd++] = 0xe0 | (code >> 12)
      out[this.outEnd++] = 0x80 | ((code >> 6) & 63)
      out[this.outEnd++] = 0x80 | (code & 63)
    } else {
      out[this.outEnd++] = 0xf0 | (code >> 18)
      out[this.outEnd++] = 0x80 | ((code >> 12) & 63)
      out[this.outEnd++] = 0x80 | ((code >> 6) & 63)
      out[this.outEnd++] = 0x80 | (code & 63)
    }
  }

  private transcodeLatin1(): number {
    for (let i = 0; i < this.rawEnd; i++) this.put(this.raw[i]!)
    return this.rawEnd
  }

  /** Bytes used; a high surrogate at the end waits for its other half. */
  private transcodeUtf16(): number {
    const { raw } = this
    const low = this.encoding === 'utf-16le' ? 0 : 1
    let i = 0
    for (; i + 2 <= this.rawEnd; i += 2) {
      const unit = raw[i + low]! | (raw[i + 1 - low]! << 8)
      if ((unit & 0xfc00) !== 0xd800) {
        this.put(unit)
        continue
      }
      if (i + 4 > this.rawEnd) {
        if (!this.ended) break
        this.put(unit)
        continue
      }
      const next = raw[i + 2 + low]! | (raw[i + 3 - low]! << 8)
      if ((next & 0xfc00) !== 0xdc00) {
        this.put(unit)
        continue
      }
      this.put(0x10000 + ((unit & 0x3ff) << 10) + (next & 0x3ff))
      i += 2
    }
    return i
  }
}

/** A UTF-16 head as UTF-8, for detection. */
export function headToUtf8(head: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Uint8Array {
  return new TextEncoder().encode(new TextDecoder(encoding).decode(head.subarray(0, head.length & ~1), { stream: true }))
}
