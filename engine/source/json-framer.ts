/**
 * JsonFramer: finds the events in JSON text that is not one document a line: elements of arrays, documents one after
 * another (pretty-printed or not, with or without commas), hits of search responses.
 *
 * In:   a ByteWindow. Out: chunks whose bytes are the window itself; no record is copied.
 * Holds: damage costs the damaged part only. A record that breaks off is skipped from its first byte to where the next
 *        record begins: a `{` at the start of a line in the column of the first record, or a `{` followed by the first key
 *        of the first record. Looking back is paid from a budget, so hostile input cannot make the work quadratic.
 */
import type { ByteWindow, Place } from './byte-window.ts'
import { DAMAGED, NEED_MORE, ValueScanner } from './json-value.ts'
import { ChunkBuilder } from './readers/chunk-builder.ts'
import type { RecordChunk, RecordReader, SkipLog } from './record-reader.ts'
import { MAX_DEPTH, MAX_RECORD_BYTES } from './record-scanner.ts'
import type { ResponseOutline } from './response-outline.ts'

const TAB = 9
const LF = 10
const CR = 13
const SPACE = 32
const QUOTE = 34
const COMMA = 44
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123

/** Longest first key remembered as the mark of a record's beginning, with the white space before it. */
const MARK_BYTES = 96
/** Bytes that may be read again after damage, beyond twice what was read. */
const BUDGET_BYTES = 1 << 20

/** Between records; inside one; inside one too long to keep; inside something that cannot be read. */
type State = 'gap' | 'record' | 'long' | 'damage'

export class JsonFramer implements RecordReader {
  private readonly chunk = new ChunkBuilder()
  private readonly scanner = new ValueScanner()
  private state: State = 'gap'
  private pos = 0
  private recordStart = 0
  private inArray = false
  private arrays = 0
  /** Column of the next byte when only white space stands before it on its line, else -1. */
  private indent = 0
  private recordIndent = -1
  /** Column of the first good record: -2 before there is one, -1 when something stands before it on its line. */
  private firstIndent = -2
  private mark: Uint8Array | null = null
  private damagePlace: Place = { byte: 0, line: 0 }
  private damageBytes = 0
  private damageFrom = 0
  private reason = ''
  private rescanned = 0
  private total = 0
  private finished = false

  constructor(
    private readonly window: ByteWindow,
    private readonly skips: SkipLog,
    /** Leads to the hits of a search response; null when records stand at the top or in an array there. */
    private readonly outline: ResponseOutline | null
  ) {}

  async next(): Promise<RecordChunk | null> {
    const { window, chunk } = this
    chunk.count = 0
    for (;;) {
      this.walk()
      if (chunk.count > 0) return chunk.chunk(window.bytes)
      if (this.finished) return window.finish()
      await this.fill()
    }
  }

  close(): void {
    this.window.close()
  }

  private async fill(): Promise<void> {
    const { window } = this
    if (this.state === 'record' && window.end - this.recordStart > MAX_RECORD_BYTES) this.leaveLongRecord()
    if (this.state === 'damage' || this.state === 'long') this.passDamage()
    window.start = this.state === 'record' ? this.recordStart : this.pos
    const before = window.end
    const more = await window.fill()
    this.pos -= window.moved
    this.recordStart -= window.moved
    this.damageFrom -= window.moved
    this.total += window.end + window.moved - before
    if (!more) this.finish()
  }

  /** Goes through the bytes at hand until they are used up or the chunk is full. */
  private walk(): void {
    const { window, chunk } = this
    while (this.pos < window.end && !chunk.full) {
      if (this.state === 'gap') this.walkGap()
      else if (this.state === 'damage') {
        if (!this.walkDamage()) return
      } else if (!this.walkRecord()) return
    }
  }

  private walkGap(): void {
    const { bytes, end } = this.window
    for (; this.pos < end; this.pos++) {
      const byte = bytes[this.pos]!
      if (this.outline && !this.inArray) {
        if (this.outline.feed(byte)) this.enterArray()
        this.trackIndent(byte)
        continue
      }
      if (byte === OPEN_BRACE) return this.beginRecord()
      if (byte === OPEN_BRACKET && !this.inArray) this.enterArray()
      else if (byte === CLOSE_BRACKET && this.inArray) {
        this.inArray = false
        this.outline?.leaveHits()
      } else if (byte > SPACE && byte !== COMMA) return this.beginDamage(this.pos, 'not a JSON document')
      else if (byte < SPACE && byte !== TAB && byte !== LF && byte !== CR)
        return this.beginDamage(this.pos, 'not a JSON document')
      this.trackIndent(byte)
    }
  }

  private enterArray(): void {
    this.inArray = true
    this.arrays++
  }

  private trackIndent(byte: number): void {
    if (byte === LF || byte === CR) this.indent = 0
    else if ((byte === SPACE || byte === TAB) && this.indent >= 0) this.indent++
    else this.indent = -1
  }

  private beginRecord(): void {
    this.recordIndent = this.indent
    this.state = 'record'
    this.recordStart = this.pos
    this.indent = -1
    this.scanner.begin()
  }

  /** False when more bytes are needed. */
  private walkRecord(): boolean {
    const { window, scanner } = this
    const result = scanner.scan(window.bytes, this.pos, window.end)
    if (result === NEED_MORE) {
      this.pos = window.end
      return false
    }
    if (result === DAMAGED) {
      this.leaveDamagedRecord(scanner.damage, scanner.damagedAt)
      return true
    }
    this.pos = result
    if (this.state === 'long') this.endDamage(this.pos)
    else this.endRecord()
    return true
  }

  private endRecord(): void {
    const { window, recordStart, pos } = this
    const place = window.place(recordStart)
    const length = window.lengthOf(recordStart, pos)
    this.state = 'gap'
    if (this.scanner.tooDeep) return this.skips.add({ ...place, length, reason: `nested deeper than ${MAX_DEPTH} levels` })
    if (pos - recordStart > MAX_RECORD_BYTES) return this.skips.add({ ...place, length, reason: LONG_REASON })
    if (this.firstIndent === -2) {
      this.firstIndent = this.recordIndent
      this.mark = markOf(window.bytes, recordStart, pos)
    }
    this.chunk.add(recordStart, pos, place, length)
  }

  /** The record at hand is longer than the limit: its end is still looked for, its bytes are let go. */
  private leaveLongRecord(): void {
    this.openDamage(this.recordStart, LONG_REASON)
    this.state = 'long'
  }

  private leaveDamagedRecord(what: string, at: number): void {
    const reason = at < this.window.end ? `damaged JSON: ${what}` : what
    if (this.state === 'long') {
      this.state = 'damage'
      this.reason = reason
      this.pos = at
      this.indent = -1
    } else {
      this.beginDamage(this.recordStart, reason)
      this.pos = this.resumeAt(at)
      this.indent = -1
    }
  }

  /** Where to look for the next record: right behind the damaged one's first byte, while the budget lasts. */
  private resumeAt(damagedAt: number): number {
    const again = damagedAt - this.recordStart
    if (this.rescanned + again > 2 * this.total + BUDGET_BYTES) return Math.max(damagedAt, this.recordStart + 1)
    this.rescanned += again
    return this.recordStart + 1
  }

  private beginDamage(at: number, reason: string): void {
    this.openDamage(at, reason)
    this.state = 'damage'
  }

  private openDamage(at: number, reason: string): void {
    this.damagePlace = this.window.place(at)
    this.damageBytes = 0
    this.damageFrom = at
    this.reason = reason
  }

  /** Counts the bytes up to `pos` as part of the damage, before they are let go. */
  private passDamage(): void {
    this.damageBytes += this.window.lengthOf(this.damageFrom, this.pos)
    this.damageFrom = this.pos
  }

  private endDamage(at: number): void {
    this.pos = at
    this.passDamage()
    this.skips.add({ ...this.damagePlace, length: this.damageBytes, reason: this.reason })
    this.state = 'gap'
  }

  /** Looks for the next record's beginning; false when more bytes are needed to tell. */
  private walkDamage(): boolean {
    const { window } = this
    const { bytes } = window
    for (; this.pos < window.end; this.pos++) {
      const byte = bytes[this.pos]!
      if (byte === OPEN_BRACE) {
        const begins = this.beginsRecord()
        if (begins === null) return false
        if (begins) {
          this.endDamage(this.pos)
          return true
        }
      }
      this.trackIndent(byte)
    }
    return true
  }

  /** Whether the `{` at pos begins a record; null: more bytes are needed. */
  private beginsRecord(): boolean | null {
    const { window, mark, pos } = this
    if (this.indent >= 0 && (this.firstIndent < 0 ? this.indent === 0 : this.indent === this.firstIndent)) return true
    if (!mark) return this.firstIndent === -2
    if (pos + mark.length > window.end) return window.ended ? false : null
    for (let i = 0; i < mark.length; i++) if (window.bytes[pos + i] !== mark[i]) return false
    return true
  }

  private finish(): void {
    const { window } = this
    // The last record breaks off, but others may stand inside what it swallowed: the walk goes on behind its first byte.
    if (this.state === 'record') this.leaveDamagedRecord(this.cutReason(), window.end)
    if (this.pos < window.end) return
    if (this.state === 'damage' || this.state === 'long') {
      if (this.state === 'long') this.reason = this.cutReason()
      this.endDamage(window.end)
    } else if (this.inArray || this.outline?.isOpen) this.noteOpenEnd()
    if (this.outline && this.arrays === 0)
      this.skips.add({ ...window.place(window.end), length: 0, reason: 'the search response holds no hits' })
    this.inArray = false
    this.finished = true
  }

  private cutReason(): string {
    return this.inArray ? 'the array ends in the middle of an element' : 'the text ends in the middle of a document'
  }

  private noteOpenEnd(): void {
    const what = this.outline ? 'search response' : 'array'
    this.skips.add({ ...this.window.place(this.window.end), length: 0, reason: `the ${what} is not closed: the file may be cut` })
  }
}

const LONG_REASON = `longer than ${MAX_RECORD_BYTES / 1048576} MiB`

/** The bytes from a record's `{` through its first key; null when there is none within reach. */
function markOf(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
  const limit = Math.min(end, start + MARK_BYTES)
  let quotes = 0
  for (let i = start + 1; i < limit; i++) {
    if (bytes[i] === BACKSLASH) return null
    if (bytes[i] === QUOTE && ++quotes === 2) return bytes.slice(start, i + 1)
  }
  return null
}
