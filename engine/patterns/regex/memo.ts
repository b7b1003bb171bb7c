/**
 * Memo: what is known of (row, position) pairs of one value, two bits each, in lines that exist once they are written.
 *
 * A line is a bit field over the positions of the text, so a value costs memory only for the instructions at which ways
 * really parted often enough.
 */

export const UNKNOWN = 0
/** No match, or no end of the context, can be reached from here. */
export const FAILED = 1
/** The context's end is reached: of an atomic group, and what follows fails; of a look-around, which holds. */
export const LEAVES = 2
/** The same for the context around it. */
export const LEAVES_OUTER = 3

/** Beyond this many words (64 MB) no new line is begun. */
const MAX_WORDS = 1 << 24
const NO_LINE = -1

export class Memo {
  private words = new Int32Array(1024)
  private used = 0
  private readonly lines: Int32Array
  private lineWords = 0

  constructor(rows: number) {
    this.lines = new Int32Array(rows).fill(NO_LINE)
  }

  /** Forgets everything; positions 0 to `length` come next. */
  reset(length: number): void {
    if (this.used > 0) this.lines.fill(NO_LINE)
    this.used = 0
    this.lineWords = (length >> 4) + 1
  }

  get(row: number, position: number): number {
    const line = this.lines[row]!
    return line < 0 ? UNKNOWN : (this.words[line + (position >> 4)]! >>> ((position & 15) << 1)) & 3
  }

  set(row: number, position: number, value: number): void {
    let line = this.lines[row]!
    if (line < 0 && (line = this.begin(row)) < 0) return
    const shift = (position & 15) << 1
    const word = line + (position >> 4)
    this.words[word] = (this.words[word]! & ~(3 << shift)) | (value << shift)
  }

  /** True when all sixteen positions of the word that holds `position` are FAILED. */
  blockFailed(row: number, position: number): boolean {
    const line = this.lines[row]!
    return line >= 0 && this.words[line + (position >> 4)] === 0x55555555
  }

  private begin(row: number): number {
    const line = this.used
    const end = line + this.lineWords
    if (end > MAX_WORDS) return NO_LINE
    if (end > this.words.length) {
      const grown = new Int32Array(Math.min(MAX_WORDS, Math.max(end, 2 * this.words.length)))
      grown.set(this.words.subarray(0, line))
      this.words = grown
    } else this.words.fill(0, line, end)
    this.used = end
    this.lines[row] = line
    return line
  }
}
