/**
 * GzipStream: decompresses gzip with our own decoder: members one after another, zeros behind the end, damage.
 *
 * In:   a ByteStream of gzip. Out: the content of all members, joined.
 * Holds: everything decodable before a damage is given out first; then read() throws a SourceError with the place in the
 *        compressed input and what was kept. A wrong checksum or size costs nothing: the content is given out, later
 *        members too, and the error comes at the very end. Memory is flat whatever the ratio.
 */
import { SourceError, type ByteStream } from './bytes.ts'
import { formatBytes, formatCount } from './bytes-text.ts'
import { crc32 } from './crc32.ts'
import { CompressedInput, InflateDamage, Inflater } from './inflate.ts'

const HAS_HEADER_CRC = 2
const HAS_EXTRA = 4
const HAS_NAME = 8
const HAS_COMMENT = 16
const RESERVED = 0xe0

/** Whether bytes begin as gzip does (magic and the only method there is). */
export function looksLikeGzip(head: Uint8Array): boolean {
  return head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8
}

/** What remains after a damage, for messages. */
export function kept(bytes: number): string {
  return bytes === 0 ? 'nothing could be read' : `${formatBytes(bytes)} of content were read`
}

export class GzipStream implements ByteStream {
  private readonly input: CompressedInput
  private readonly inflater: Inflater
  private stage: 'header' | 'body' | 'trailer' | 'end' = 'header'
  private members = 0
  private crc = 0
  private memberBytes = 0
  private given = 0
  private complaint: { what: string; byte: number | null } | null = null

  constructor(stream: ByteStream) {
    this.input = new CompressedInput(stream)
    this.inflater = new Inflater(this.input)
  }

  async read(into: Uint8Array): Promise<number> {
    for (;;) {
      if (this.inflater.pending > 0) return this.give(into)
      if (this.stage === 'end') {
        if (this.complaint) throw new SourceError(`${this.complaint.what}; ${kept(this.given)}`, this.complaint.byte)
        return 0
      }
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

  private give(into: Uint8Array): number {
    const count = this.inflater.take(into)
    this.crc = crc32(this.crc, into, 0, count)
    this.memberBytes += count
    this.given += count
    return count
  }

  private async step(): Promise<void> {
    if (this.stage === 'header') await this.readHeader()
    else if (this.stage === 'trailer') await this.readTrailer()
    else {
      const state = this.inflater.decode()
      if (state === 'done') this.stage = 'trailer'
      else if (state === 'need-input' && this.inflater.pending === 0 && !(await this.input.fill())) this.cut()
    }
  }

  /** Ends the stream at a damage: what is pending is still given out. */
  private fail(error: unknown): void {
    this.stage = 'end'
    if (error instanceof InflateDamage) {
      const place = this.input.offset
      this.complain(`the compressed data is damaged near byte ${formatCount(place)}: ${error.message}`, place)
    } else if (error instanceof SourceError) this.complain(error.message, error.byte)
    else throw error
  }

  private cut(): void {
    this.stage = 'end'
    this.complain('the compressed data ends too early: the file is cut', this.input.offset)
  }

  /** Keeps the first complaint; it is thrown when everything has been given out. */
  private complain(what: string, byte: number | null): void {
    this.complaint ??= { what, byte }
  }

  private async readHeader(): Promise<void> {
    const { input } = this
    const start = input.offset
    if (this.members > 0 && !(await this.findMember())) return
    if (!(await input.need(10))) return this.cut()
    const method = input.bytes[input.pos + 2]!
    const flags = input.bytes[input.pos + 3]!
    if (!looksLikeGzip(input.bytes.subarray(input.pos, input.pos + 3))) {
      this.stage = 'end'
      const magic = input.bytes[input.pos] === 0x1f && input.bytes[input.pos + 1] === 0x8b
      return this.complain(magic ? `gzip with the unknown compression method ${method}` : 'this is not gzip data', start)
    }
    if (flags & RESERVED) this.complain('the gzip header carries flags that do not exist', start + 3)
    input.pos += 10
    if (!(await this.passHeaderFields(flags))) return this.cut()
    this.members++
    this.crc = 0
    this.memberBytes = 0
    this.inflater.begin()
    this.stage = 'body'
  }

  private async passHeaderFields(flags: number): Promise<boolean> {
    const { input } = this
    if (flags & HAS_EXTRA) {
      if (!(await input.need(2))) return false
      const length = input.bytes[input.pos]! | (input.bytes[input.pos + 1]! << 8)
      input.pos += 2
      if (!(await this.pass(length))) return false
    }
    if (flags & HAS_NAME && !(await this.passText())) return false
    if (flags & HAS_COMMENT && !(await this.passText())) return false
    return !(flags & HAS_HEADER_CRC) || (await this.pass(2))
  }

  private async pass(count: number): Promise<boolean> {
    const { input } = this
    for (let left = count; left > 0;) {
      if (!(await input.need(1))) return false
      const step = Math.min(left, input.end - input.pos)
      input.pos += step
      left -= step
    }
    return true
  }

  private async passText(): Promise<boolean> {
    const { input } = this
    while (await input.need(1)) if (input.bytes[input.pos++] === 0) return true
    return false
  }

  /** Goes on to the next member; zeros are padding, anything else is named. False when there is none. */
  private async findMember(): Promise<boolean> {
    const { input } = this
    const start = input.offset
    while ((await input.need(1)) && input.bytes[input.pos] === 0) input.pos++
    if (!(await input.need(1))) {
      this.stage = 'end'
      return false
    }
    if ((await input.need(3)) && looksLikeGzip(input.bytes.subarray(input.pos, input.pos + 3))) return true
    this.stage = 'end'
    this.complain(`something that is not gzip follows the compressed data at byte ${formatCount(start)}`, start)
    return false
  }

  private async readTrailer(): Promise<void> {
    const { input } = this
    if (!(await input.need(8))) return this.cut()
    const view = new DataView(input.bytes.buffer, input.pos, 8)
    const place = input.offset
    const member = this.members > 1 ? ` of member ${this.members}` : ''
    if (view.getUint32(0, true) !== this.crc)
      this.complain(`the checksum${member} does not match: its content may be damaged`, place)
    else if (view.getUint32(4, true) !== this.memberBytes % 2 ** 32)
      this.complain(`the size noted at the end${member} does not match`, place + 4)
    input.pos += 8
    this.stage = 'header'
  }
}
