/**
 * LineReader: one JSON document a line, where the scan kernel cannot read the bytes itself: UTF-16, Latin-1, lone CR ends.
 *
 * Every line that is not blank is a record; whether it is JSON is found out by the scanner.
 */
import type { ByteWindow } from '../byte-window.ts'
import type { Detection, RecordChunk, RecordReader, SkipLog } from '../record-reader.ts'
import { ChunkBuilder } from './chunk-builder.ts'
import { LineCutter } from './line-cutter.ts'

export class LineReader implements RecordReader {
  private readonly lines: LineCutter
  private readonly chunk = new ChunkBuilder()

  constructor(
    private readonly window: ByteWindow,
    detection: Detection,
    skips: SkipLog
  ) {
    this.lines = new LineCutter(window, skips, detection.lineEnd === 'cr' ? 13 : 10)
  }

  async next(): Promise<RecordChunk | null> {
    const { window, lines, chunk } = this
    chunk.count = 0
    for (;;) {
      while (!chunk.full && lines.step()) this.addLine()
      if (chunk.count > 0) return chunk.chunk(window.bytes)
      if (lines.done) return window.finish()
      await lines.fill()
    }
  }

  close(): void {
    this.window.close()
  }

  private addLine(): void {
    const { lines } = this
    if (!lines.trim()) return
    const { lineStart: start, lineEnd: end } = lines
    this.chunk.add(start, end, this.window.place(start), this.window.lengthOf(start, end))
  }
}
