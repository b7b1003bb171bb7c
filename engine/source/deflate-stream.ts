/**
 * DeflateStream: one raw DEFLATE stream (a zip member) with our own decoder, checked against a checksum and a size.
 *
 * In:   a ByteStream that may go on behind the end of the data: DEFLATE ends itself, so a directory that lies about the
 *       compressed size loses nothing.
 * Out:  the content. Everything decodable is given out before read() throws a SourceError.
 */
import { SourceError, type ByteStream } from './bytes.ts'
import { formatBytes, formatCount } from './bytes-text.ts'
import { crc32 } from './crc32.ts'
import { kept } from './gzip.ts'
import { CompressedInput, InflateDamage, Inflater } from './inflate.ts'

/** What the content should be; null parts are not checked. */
export interface ExpectedContent {
  crc: number | null
  size: number | null
}

/** Says what is wrong with content of this checksum and size, or null. */
export function contentProblem(expected: ExpectedContent, crc: number, size: number): string | null {
  if (expected.crc !== null && expected.crc !== crc) return `the checksum does not match: the content may be damaged`
  if (expected.size !== null && expected.size !== size)
    return `the archive's directory states ${formatBytes(expected.size)}, the content has ${formatCount(size)}`
  return null
}

export class DeflateStream implements ByteStream {
  private readonly input: CompressedInput
  private readonly inflater: Inflater
  private ended = false
  private crc = 0
  private given = 0
  private complaint: { what: string; byte: number | null } | null = null

  constructor(
    stream: ByteStream,
    private readonly expected: ExpectedContent
  ) {
    this.input = new CompressedInput(stream)
    this.inflater = new Inflater(this.input)
    this.inflater.begin()
  }

  /** Compressed bytes used; exact once read() has given 0 or thrown. */
  get consumed(): number {
    return this.input.offset
  }

  /** Checksum and size of what was given out. */
  get content(): { crc: number; size: number } {
    return { crc: this.crc, size: this.given }
  }

  async read(into: Uint8Array): Promise<number> {
    for (;;) {
      if (this.inflater.pending > 0) {
        const count = this.inflater.take(into)
        this.crc = crc32(this.crc, into, 0, count)
        this.given += count
        return count
      }
      if (this.ended) return this.finish()
      try {
        await this.step()
      } catch (error) {
        this.fail(error)
      }
    }
  }

  close(): void {
    this.input.close()
  }

  private async step(): Promise<void> {
    const state = this.inflater.decode()
    if (state === 'done') this.ended = true
    else if (state === 'need-input' && this.inflater.pending === 0 && !(await this.input.fill())) {
      this.ended = true
      this.complaint = { what: 'the compressed data ends too early: the archive is cut', byte: this.input.offset }
    }
  }

  private fail(error: unknown): void {
    this.ended = true
    const byte = this.input.offset
    if (error instanceof InflateDamage)
      this.complaint = { what: `the compressed data is damaged near its byte ${formatCount(byte)}: ${error.message}`, byte }
    else if (error instanceof SourceError) this.complaint = { what: error.message, byte: error.byte }
    else throw error
  }

  private finish(): number {
    const problem = contentProblem(this.expected, this.crc, this.given)
    if (!this.complaint && problem) this.complaint = { what: problem, byte: null }
    if (!this.complaint) return 0
    throw new SourceError(`${this.complaint.what}; ${kept(this.given)}`, this.complaint.byte)
  }
}

/** StoredStream: an uncompressed zip member with the same checks; it ends where the directory says. */
export class StoredStream implements ByteStream {
  private crc = 0
  private given = 0

  constructor(
    private readonly stream: ByteStream,
    private readonly expected: ExpectedContent
  ) {}

  async read(into: Uint8Array): Promise<number> {
    const count = await this.stream.read(into)
    this.crc = crc32(this.crc, into, 0, count)
    this.given += count
    if (count > 0) return count
    const cut = this.expected.size !== null && this.given < this.expected.size
    const problem = cut ? 'the archive is cut inside this file' : contentProblem(this.expected, this.crc, this.given)
    if (problem) throw new SourceError(`${problem}; ${kept(this.given)}`)
    return 0
  }

  close(): void {
    this.stream.close()
  }
}
