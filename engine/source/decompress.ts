/**
 * Decompression of gzip and raw DEFLATE: the platform's decoder where it serves (several times faster), ours where it does
 * not.
 *
 * The platform swallows what it decoded just before a damage, refuses or ignores further members, and does not say where.
 * So: whenever it fails, or its output does not add up at the end, the input is opened again and our decoder goes on from
 * the byte after the last one given out. Nothing is given out twice and nothing is lost.
 */
import { SourceError, type ByteStream } from './bytes.ts'
import { GzipStream } from './gzip.ts'

/** Smaller inputs go to our decoder at once: there is nothing to win. */
export const NATIVE_FROM_BYTES = 1 << 20

/** Compressed input that can be opened again. */
export interface CompressedSource {
  open(): ByteStream
  /** Compressed size where known; unknown (nested compression) means our own decoder. */
  size: number | null
  /** The last 4 bytes, which state the size of the last gzip member; null when they cannot be read cheaply. */
  lastBytes: (() => Promise<Uint8Array>) | null
}

/** Opens a stream over the content of gzip data. */
export function openGunzip(source: CompressedSource, nativeFrom = NATIVE_FROM_BYTES): ByteStream {
  if (source.size === null || source.lastBytes === null || source.size < nativeFrom) return new GzipStream(source.open())
  const { lastBytes } = source
  return new NativeFirstStream(
    'gzip',
    source.open,
    (given) => sizeAddsUp(lastBytes, given),
    () => new GzipStream(source.open())
  )
}

/** False when the native decoder stopped before the end of the last member (or the size is damaged: ours then says so). */
async function sizeAddsUp(lastBytes: () => Promise<Uint8Array>, given: number): Promise<boolean> {
  const tail = await lastBytes()
  if (tail.length < 4) return false
  return new DataView(tail.buffer, tail.byteOffset, 4).getUint32(0, true) === given % 2 ** 32
}

/**
 * Reads through DecompressionStream and falls back to `openOwn` at the place reached.
 *
 * In: `open` the compressed bytes; `check` what the whole output must fulfil. Out: the decompressed bytes.
 */
export class NativeFirstStream implements ByteStream {
  private native: NativeInflate | null
  private own: ByteStream | null = null
  private given = 0

  constructor(
    format: 'gzip' | 'deflate-raw',
    open: () => ByteStream,
    private readonly check: (given: number) => Promise<boolean>,
    private readonly openOwn: () => ByteStream
  ) {
    this.native = new NativeInflate(format, open())
  }

  async read(into: Uint8Array): Promise<number> {
    if (this.native) {
      const count = await this.readNative(this.native, into)
      if (count >= 0) return count
    }
    this.own ??= await this.openOwnAt(this.given)
    return this.own.read(into)
  }

  close(): void {
    this.native?.close()
    this.own?.close()
  }

  /** -1: the native decoder cannot go on. */
  private async readNative(native: NativeInflate, into: Uint8Array): Promise<number> {
    let count: number
    try {
      count = await native.read(into)
      if (count === 0 && (await this.check(this.given))) return 0
    } catch {
      count = 0
    }
    this.given += count
    if (count > 0) return count
    native.close()
    this.native = null
    return -1
  }

  private async openOwnAt(place: number): Promise<ByteStream> {
    const stream = this.openOwn()
    const scratch = new Uint8Array(65536)
    for (let left = place; left > 0;) {
      const count = await stream.read(scratch.subarray(0, Math.min(left, scratch.length)))
      if (count === 0) throw new SourceError('the input changed while it was read', null)
      left -= count
    }
    return stream
  }
}

/** DecompressionStream behind read(); the pump feeds less at a time when the ratio is high, so that memory stays flat. */
class NativeInflate implements ByteStream {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>
  private chunk = new Uint8Array(0)
  private taken = 0
  private produced = 0
  private consumed = 0
  private closed = false

  constructor(
    format: 'gzip' | 'deflate-raw',
    private readonly source: ByteStream
  ) {
    const transform = new DecompressionStream(format)
    this.reader = transform.readable.getReader() as ReadableStreamDefaultReader<Uint8Array>
    void this.pump(transform.writable.getWriter() as WritableStreamDefaultWriter<Uint8Array>)
  }

  async read(into: Uint8Array): Promise<number> {
    while (this.taken === this.chunk.length) {
      const { done, value } = await this.reader.read()
      if (done) return 0
      this.chunk = value as Uint8Array<ArrayBuffer>
      this.taken = 0
      this.produced += value.length
    }
    const count = Math.min(into.length, this.chunk.length - this.taken)
    into.set(this.chunk.subarray(this.taken, this.taken + count))
    this.taken += count
    return count
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    this.reader.cancel().catch(() => undefined)
    this.source.close()
  }

  /** Failures reach the reader through the transform, or through abort when the source itself fails. */
  private async pump(writer: WritableStreamDefaultWriter<Uint8Array>): Promise<void> {
    writer.closed.catch(() => undefined)
    try {
      while (!this.closed) {
        const buffer = new Uint8Array(this.feedSize())
        const count = await this.source.read(buffer)
        if (count === 0) return await writer.close()
        this.consumed += count
        await writer.ready
        await writer.write(buffer.subarray(0, count))
      }
    } catch (error) {
      writer.abort(error).catch(() => undefined)
    }
  }

  /** Aims at 4 MB of output a step: one write of a bomb would otherwise give a thousand times its size at once. */
  private feedSize(): number {
    const ratio = this.consumed > 0 ? Math.max(1, this.produced / this.consumed) : 64
    return Math.round(Math.min(262144, Math.max(16384, 4194304 / ratio)))
  }
}
