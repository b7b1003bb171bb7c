/**
 * CsvReader: CSV with a header of dotted field names, as Kibana exports it (RFC 4180: quotes, doubled quotes, line ends
 * inside quotes; comma, semicolon, tab or bar).
 *
 * In:   a ByteWindow. Out: one record a row as flat JSON; its place is the row's text.
 * Holds: an empty cell is an absent field; a JSON array is a multi-value; number and boolean literals stay what they are (the
 *        field table decides types later, exact digits kept). A row that breaks off inside a quote costs its first line only.
 */
import type { ByteWindow } from '../byte-window.ts'
import { readHeader, separatorLine, splitRow } from '../csv-format.ts'
import type { Detection, RecordChunk, RecordReader, RecordReaderOptions, SkipLog } from '../record-reader.ts'
import { MAX_RECORD_BYTES } from '../record-scanner.ts'
import { ChunkBuilder } from './chunk-builder.ts'
import { CsvRowWriter } from './csv-row.ts'
import { JsonSink } from './json-sink.ts'

const LF = 10
const CR = 13
const QUOTE = 34
const CHUNK_BYTES = 1 << 20
/** Bytes that may be read again after damage, beyond twice what was read. */
const BUDGET_BYTES = 1 << 20

/** Where the search for a row's end stands. */
type CellState = 'start' | 'plain' | 'quoted' | 'after-quote'

export class CsvReader implements RecordReader {
  private readonly chunk = new ChunkBuilder()
  private readonly sink = new JsonSink()
  private readonly lineEnd: number
  private writer: CsvRowWriter | null = null
  private separator = 44
  private separatorKnown = false
  private columns = 0
  private rowStart = 0
  private pos = 0
  private state: CellState = 'start'
  private cells = 1
  /** First line end inside a quote of this row; -1: none. */
  private innerLineEnd = -1
  /** Inside a row that was given up, up to its next line end. */
  private passing = false
  /** A closing quote of this row was followed by more text. */
  private textBehindQuote = false
  private rescanned = 0
  private total = 0

  constructor(
    private readonly window: ByteWindow,
    detection: Detection,
    private readonly skips: SkipLog,
    private readonly options: RecordReaderOptions
  ) {
    this.lineEnd = detection.lineEnd === 'cr' ? CR : LF
  }

  async next(): Promise<RecordChunk | null> {
    const { window, chunk, sink } = this
    chunk.count = 0
    sink.length = 0
    for (;;) {
      this.readRows()
      if (chunk.count > 0) return chunk.chunk(sink.bytes)
      if (window.ended && this.rowStart === window.end) return window.finish()
      await this.fill()
    }
  }

  close(): void {
    this.window.close()
  }

  private async fill(): Promise<void> {
    const { window } = this
    if (window.end - this.rowStart > MAX_RECORD_BYTES) this.giveUpRow('longer than 16 MiB')
    window.start = this.rowStart
    const before = window.end
    await window.fill()
    this.total += window.end + window.moved - before
    this.rowStart -= window.moved
    this.pos -= window.moved
    if (this.innerLineEnd >= 0) this.innerLineEnd -= window.moved
  }

  private readRows(): void {
    const { window, chunk, sink } = this
    while (!chunk.full && sink.length < CHUNK_BYTES && this.rowStart < window.end) {
      if (this.passing && !this.passLine()) return
      const end = this.findRowEnd()
      if (end >= 0) this.takeRow(end, Math.min(end + 1, window.end))
      else if (!window.ended) return
      else this.giveUpRow('the file ends inside a quoted cell')
    }
  }

  /** Index of the row's line end (or of the end of the input), or -1 when more bytes are needed or a quote stays open. */
  private findRowEnd(): number {
    const { bytes, end, ended } = this.window
    let { state } = this
    const { separator, lineEnd } = this
    let i = this.pos
    for (; i < end; i++) {
      const byte = bytes[i]!
      if (state === 'quoted') {
        if (byte === QUOTE) state = 'after-quote'
        else if (byte === lineEnd && this.innerLineEnd < 0) this.innerLineEnd = i
      } else if (byte === lineEnd) break
      else if (byte === separator) {
        state = 'start'
        this.cells++
      } else if (byte === QUOTE && state !== 'plain') state = 'quoted'
      else {
        if (state === 'after-quote' && byte !== CR) this.textBehindQuote = true
        state = 'plain'
      }
    }
    this.state = state
    this.pos = i
    if (i < end) return i
    return ended && state !== 'quoted' ? end : -1
  }

  private beginRow(at: number): void {
    this.rowStart = this.pos = at
    this.state = 'start'
    this.cells = 1
    this.innerLineEnd = -1
    this.textBehindQuote = false
  }

  private takeRow(end: number, next: number): void {
    const { window } = this
    // A row over several lines that does not add up comes from a stray quote: only its first line is given up.
    if (this.writer && this.innerLineEnd >= 0 && (this.cells !== this.columns || this.textBehindQuote))
      return this.giveUpRow(`a quote that is not closed in its row (${this.columns} cells expected)`)
    const start = this.rowStart
    const textEnd = end > start && window.bytes[end - 1] === CR ? end - 1 : end
    if (!isBlank(window.bytes, start, textEnd)) {
      if (this.writer) this.writeRow(this.writer, start, textEnd)
      else if (!this.readHeaderRow(start, textEnd)) return
    }
    this.beginRow(next)
  }

  private writeRow(writer: CsvRowWriter, start: number, end: number): void {
    const { window, sink } = this
    const from = sink.length
    writer.write(sink, window.bytes, start, end)
    this.chunk.add(from, sink.length, window.place(start), window.lengthOf(start, end))
  }

  /** False when the row is to be read again because its separator is known only now. */
  private readHeaderRow(start: number, end: number): boolean {
    const row = this.window.bytes.subarray(start, end)
    if (!this.separatorKnown) {
      const stated = separatorLine(row)
      this.separatorKnown = true
      this.separator = stated ?? readHeader(row, null, null)?.separator ?? mostCells(row)
      if (stated !== null) return true
      this.beginRow(start)
      return false
    }
    const names = splitRow(row, this.separator)
    this.columns = names.length
    this.writer = new CsvRowWriter(names, this.separator, this.options)
    return true
  }

  /** Logs the row's first line (or all of it when looking back would cost too much) and goes on behind it. */
  private giveUpRow(reason: string): void {
    const { window, rowStart } = this
    const again = this.pos - rowStart
    const cheap = this.innerLineEnd >= 0 && this.rescanned + again <= 2 * this.total + BUDGET_BYTES
    if (cheap) this.rescanned += again
    const end = cheap ? this.innerLineEnd : this.pos
    this.skips.add({ ...window.place(rowStart), length: window.lengthOf(rowStart, end), reason })
    this.passing = !cheap
    this.beginRow(cheap ? end + 1 : end)
  }

  /** Goes to behind the next line end; false when it is not at hand. */
  private passLine(): boolean {
    const { window } = this
    const found = window.bytes.subarray(this.rowStart, window.end).indexOf(this.lineEnd)
    this.beginRow(found < 0 ? window.end : this.rowStart + found + 1)
    this.passing = found < 0
    return found >= 0 && this.rowStart < window.end
  }
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i]! > 32) return false
  return true
}

function mostCells(row: Uint8Array): number {
  let best = 44
  for (const separator of [59, 9, 124]) if (splitRow(row, separator).length > splitRow(row, best).length) best = separator
  return best
}
