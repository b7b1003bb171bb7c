/**
 * LineCutter: cuts a window into lines, for readers of line-oriented forms.
 *
 * Out: one line after another as [lineStart, lineEnd) without its line end and without a CR before an LF. A line longer than
 *      a record may be is passed over and reported in the log.
 */
import type { ByteWindow, Place } from '../byte-window.ts'
import type { SkipLog } from '../record-reader.ts'
import { MAX_RECORD_BYTES } from '../record-scanner.ts'

const LF = 10
const CR = 13
const SPACE = 32

export class LineCutter {
  lineStart = 0
  lineEnd = 0
  private pos = 0
  private searched = 0
  private longLine: (Place & { length: number }) | null = null

  constructor(
    private readonly window: ByteWindow,
    private readonly skips: SkipLog,
    private readonly end: number
  ) {}

  /** Nothing is left. */
  get done(): boolean {
    return this.window.ended && this.pos === this.window.end && this.longLine === null
  }

  /** Moves to the next line at hand; false when fill() is needed first, or at the end. */
  step(): boolean {
    const { window } = this
    for (;;) {
      const found = window.bytes.subarray(this.searched, window.end).indexOf(this.end)
      if (found < 0) this.searched = window.end
      if (found < 0 && !(window.ended && this.pos < window.end)) return false
      const end = found < 0 ? window.end : this.searched + found
      const start = this.pos
      this.pos = this.searched = found < 0 ? end : end + 1
      if (this.longLine) this.endLongLine(start, end)
      else if (end - start > MAX_RECORD_BYTES) this.skip(start, end, LONG_REASON)
      else {
        this.lineStart = start
        this.lineEnd = this.end === LF && end > start && window.bytes[end - 1] === CR ? end - 1 : end
        return true
      }
    }
  }

  /** Narrows the line to what stands between its blanks; false when nothing does. */
  trim(): boolean {
    const { bytes } = this.window
    let { lineStart: start, lineEnd: end } = this
    while (start < end && bytes[start]! <= SPACE) start++
    while (end > start && bytes[end - 1]! <= SPACE) end--
    this.lineStart = start
    this.lineEnd = end
    return start < end
  }

  /** Reads on; the present line's bytes are let go. */
  async fill(): Promise<void> {
    const { window } = this
    if (window.end - this.pos > MAX_RECORD_BYTES || this.longLine) this.passLongLine()
    window.start = this.pos
    const more = await window.fill()
    this.pos -= window.moved
    this.searched -= window.moved
    if (!more && this.longLine && this.pos === window.end) this.endLongLine(this.pos, this.pos)
  }

  /** Logs [from, to) as unreadable. */
  skip(from: number, to: number, reason: string): void {
    this.skips.add({ ...this.window.place(from), length: this.window.lengthOf(from, to), reason })
  }

  private passLongLine(): void {
    const { window } = this
    this.longLine ??= { ...window.place(this.pos), length: 0 }
    this.longLine.length += window.lengthOf(this.pos, window.end)
    this.pos = this.searched = window.end
  }

  private endLongLine(start: number, end: number): void {
    const { line, byte, length } = this.longLine!
    this.longLine = null
    this.skips.add({ line, byte, length: length + this.window.lengthOf(start, end), reason: LONG_REASON })
  }
}

const LONG_REASON = `longer than ${MAX_RECORD_BYTES / 1048576} MiB`
