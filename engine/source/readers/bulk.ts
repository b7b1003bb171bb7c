/**
 * BulkReader: files for Elasticsearch's bulk API, an action line and then its document line.
 *
 * In:   lines. Out: one record a document, as a hit: {"_index":..,"_id":..,"_source":<the line>}; its place is the document's.
 * Holds: actions without a document to show (delete, update) are logged, not lost silently. A document whose action is
 *        missing or damaged is an event all the same, without `_index` and `_id`.
 */
import type { ByteWindow, Place } from '../byte-window.ts'
import { parseAction, type BulkAction } from '../bulk-action.ts'
import { ValueScanner } from '../json-value.ts'
import type { Detection, RecordChunk, RecordReader, SkipLog } from '../record-reader.ts'
import { ChunkBuilder } from './chunk-builder.ts'
import { JsonSink } from './json-sink.ts'
import { LineCutter } from './line-cutter.ts'

/** A chunk is handed over when its text has grown to this. */
const CHUNK_BYTES = 1 << 20

type Pending = BulkAction & Place & { length: number }

export class BulkReader implements RecordReader {
  private readonly lines: LineCutter
  private readonly chunk = new ChunkBuilder()
  private readonly sink = new JsonSink()
  private readonly scanner = new ValueScanner()
  private action: Pending | null = null

  constructor(
    private readonly window: ByteWindow,
    detection: Detection,
    private readonly skips: SkipLog
  ) {
    this.lines = new LineCutter(window, skips, detection.lineEnd === 'cr' ? 13 : 10)
  }

  async next(): Promise<RecordChunk | null> {
    const { window, lines, chunk, sink } = this
    chunk.count = 0
    sink.length = 0
    for (;;) {
      while (!chunk.full && sink.length < CHUNK_BYTES && lines.step()) this.takeLine()
      if (chunk.count > 0) return chunk.chunk(sink.bytes)
      if (lines.done) {
        this.dropAction('no document follows this action')
        return window.finish()
      }
      await lines.fill()
    }
  }

  close(): void {
    this.window.close()
  }

  private takeLine(): void {
    const { lines } = this
    if (!lines.trim()) return
    const { lineStart: start, lineEnd: end } = lines
    const action = parseAction(this.window.bytes, start, end)
    if (action) this.takeAction(action, start, end)
    else this.takeDocument(start, end)
  }

  private takeAction(action: BulkAction, start: number, end: number): void {
    this.dropAction('no document follows this action')
    const pending = { ...action, ...this.window.place(start), length: this.window.lengthOf(start, end) }
    if (action.name === 'delete') this.skips.add(skipped(pending, 'a delete action carries no document'))
    else this.action = pending
  }

  private takeDocument(start: number, end: number): void {
    const { action, window } = this
    this.action = null
    if (action?.name === 'update') return this.lines.skip(start, end, 'an update action carries only a part of a document')
    this.scanner.begin()
    const opens = window.bytes[start] === 123
    if (!opens || this.scanner.scan(window.bytes, start, end) !== end)
      return this.lines.skip(start, end, 'neither a bulk action nor a JSON document')
    this.write(action, start, end)
  }

  private write(action: Pending | null, start: number, end: number): void {
    const { sink, window } = this
    const from = sink.length
    sink.byte(123)
    if (action?.index) sink.text(`"_index":${JSON.stringify(action.index)},`)
    if (action?.id) sink.text(`"_id":${JSON.stringify(action.id)},`)
    sink.text('"_source":')
    sink.raw(window.bytes, start, end)
    sink.byte(125)
    this.chunk.add(from, sink.length, window.place(start), window.lengthOf(start, end))
  }

  private dropAction(reason: string): void {
    if (this.action) this.skips.add(skipped(this.action, reason))
    this.action = null
  }
}

function skipped(place: Place & { length: number }, reason: string): Place & { length: number; reason: string } {
  return { line: place.line, byte: place.byte, length: place.length, reason }
}
