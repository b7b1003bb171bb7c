/** RandomAccessBytes over bytes in memory: pasted text, samples, small archives inside archives. */
import type { ByteStream, RandomAccessBytes } from '../bytes.ts'

/** Wraps an array; it is not copied and must not change. */
export function bytesOf(name: string, bytes: Uint8Array): RandomAccessBytes {
  return {
    name,
    size: bytes.length,
    open: (start = 0, end = bytes.length) => new MemoryStream(bytes.subarray(start, end)),
    readRange: async (start, length) => bytes.slice(start, start + length)
  }
}

/** A ByteStream over an array. `step` bounds what one read gives (tests use it to place borders anywhere). */
export class MemoryStream implements ByteStream {
  private pos = 0

  constructor(
    private readonly bytes: Uint8Array,
    private readonly step = Number.MAX_SAFE_INTEGER
  ) {}

  async read(into: Uint8Array): Promise<number> {
    const count = Math.min(into.length, this.bytes.length - this.pos, this.step)
    into.set(this.bytes.subarray(this.pos, this.pos + count))
    this.pos += count
    return count
  }

  close(): void {
    this.pos = this.bytes.length
  }
}
