/**
 * Where bytes come from. The hosts (browser File, Node path, pasted text) implement RandomAccessBytes; everything behind
 * it (decompression, text encodings, framing) is a ByteStream.
 */

/** A file-like thing that can be read from any place, many times. */
export interface RandomAccessBytes {
  readonly name: string
  readonly size: number
  /** Opens a stream over [start, end). */
  open(start?: number, end?: number): ByteStream
  /** Reads one range into a new array; short at the end of the file. */
  readRange(start: number, length: number): Promise<Uint8Array>
}

/** A forward stream of bytes. */
export interface ByteStream {
  /** Fills `into` from its start with at least one byte and returns the count; 0 at the end. Throws SourceError. */
  read(into: Uint8Array): Promise<number>
  /** Releases readers and handles; safe to call twice. */
  close(): void
}

/** An input that cannot be read (any further). `kept` says what was read before. */
export class SourceError extends Error {
  constructor(
    message: string,
    readonly byte: number | null = null
  ) {
    super(message)
  }
}
