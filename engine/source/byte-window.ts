/**
 * ByteWindow: the part of a stream that a reader is looking at, with the places in the original input.
 *
 * In:   a ByteStream and how it is encoded. Out: `bytes[start, end)` as UTF-8; fill() reads on and drops what is before
 *       `start`; place() gives byte and line in the original.
 * Holds: places are asked for in rising order. A SourceError of the stream ends the window; it is kept in `failure`, so that
 *        what was read before it is still used.
 */
import { SourceError, type ByteStream } from './bytes.ts'
import type { Detection } from './record-reader.ts'
import { originBytes, toUtf8, type Encoding } from './text-encoding.ts'

const FIRST_CAPACITY = 1 << 20
/** Shorter ranges are counted by hand: a view costs more. */
const SHORT = 64
const LINE_FEED = 10
const CARRIAGE_RETURN = 13

export interface Place {
  byte: number
  line: number
}

export class ByteWindow {
  bytes = new Uint8Array(FIRST_CAPACITY)
  /** Bytes before it are not needed any more. */
  start = 0
  end = 0
  /** By how much the last fill() moved the bytes towards the front. */
  moved = 0
  ended = false
  failure: SourceError | null = null
  readonly encoding: Encoding
  private readonly source: ByteStream
  private readonly stream: ByteStream
  private readonly lineEnd: number
  private bomLeft: number
  /** Index in `bytes` up to which origin and line are counted. */
  private counted = 0
  private originByte: number
  private line = 1

  constructor(stream: ByteStream, detection: Detection) {
    this.source = stream
    this.encoding = detection.encoding
    this.bomLeft = detection.bomBytes
    this.originByte = detection.bomBytes
    this.lineEnd = detection.lineEnd === 'cr' ? CARRIAGE_RETURN : LINE_FEED
    this.stream = toUtf8(stream, detection.encoding)
  }

  /** Reads more; false at the end. Indexes the caller holds go down by `moved`. */
  async fill(): Promise<boolean> {
    this.moved = 0
    if (this.ended) return false
    this.drop()
    if (this.end > this.bytes.length / 2) this.grow()
    try {
      if (this.bomLeft > 0) await this.passMark()
      const count = await this.stream.read(this.bytes.subarray(this.end))
      this.end += count
      if (count === 0) this.ended = true
      return count > 0
    } catch (error) {
      if (!(error instanceof SourceError)) throw error
      this.failure = error
      this.ended = true
      return false
    }
  }

  /** Byte and line in the original of the index `at`, which must not lie before an index asked for earlier. */
  place(at: number): Place {
    this.count(at)
    return { byte: this.originByte, line: this.line }
  }

  /** Length in the original of [from, to). */
  lengthOf(from: number, to: number): number {
    return originBytes(this.encoding, this.bytes, from, to)
  }

  /** The end of a reader: null, or once the failure that ended the stream early. */
  finish(): null {
    const { failure } = this
    this.failure = null
    if (failure) throw failure
    return null
  }

  close(): void {
    this.stream.close()
  }

  private count(at: number): void {
    const { bytes, lineEnd } = this
    if (at <= this.counted) return
    if (at - this.counted < SHORT) {
      for (let i = this.counted; i < at; i++) if (bytes[i] === lineEnd) this.line++
    } else {
      const part = bytes.subarray(this.counted, at)
      for (let i = part.indexOf(lineEnd); i >= 0; i = part.indexOf(lineEnd, i + 1)) this.line++
    }
    this.originByte += originBytes(this.encoding, bytes, this.counted, at)
    this.counted = at
  }

  private drop(): void {
    if (this.start === 0) return
    // Moving the rest pays only when it is small or the room is needed.
    if (this.end <= this.bytes.length / 2 && this.end - this.start > 4096) return
    this.moved = this.start
    this.count(this.start)
    this.bytes.copyWithin(0, this.start, this.end)
    this.end -= this.start
    this.counted -= this.start
    this.start = 0
  }

  private grow(): void {
    const bytes = new Uint8Array(this.bytes.length * 2)
    bytes.set(this.bytes.subarray(0, this.end))
    this.bytes = bytes
  }

  private async passMark(): Promise<void> {
    const mark = new Uint8Array(this.bomLeft)
    while (this.bomLeft > 0) {
      const count = await this.source.read(mark.subarray(0, this.bomLeft))
      if (count === 0) break
      this.bomLeft -= count
    }
    this.bomLeft = 0
  }
}
