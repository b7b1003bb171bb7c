/** Where the parser of an RLIKE pattern is. Positions count UTF-16 units, as Lucene's messages do. */

/** The pattern is none; the message is Lucene's. */
export class RlikePatternError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RlikePatternError'
  }
}

export class RlikeCursor {
  at = 0

  constructor(readonly pattern: string) {}

  get more(): boolean {
    return this.at < this.pattern.length
  }

  /** The next character (a whole code point) without reading it; empty at the end. */
  peek(): string {
    const codePoint = this.pattern.codePointAt(this.at)
    return codePoint === undefined ? '' : String.fromCodePoint(codePoint)
  }

  /** Whether the next character is one of `characters`. */
  peeks(characters: string): boolean {
    return this.more && characters.includes(this.peek())
  }

  accept(character: string): boolean {
    if (this.peek() !== character) return false
    this.at += character.length
    return true
  }

  /** Reads one code point. */
  next(): number {
    const codePoint = this.pattern.codePointAt(this.at)
    if (codePoint === undefined) this.fail('unexpected end-of-string')
    this.at += codePoint > 0xffff ? 2 : 1
    return codePoint
  }

  /** Reads digits; null when there are none. */
  integer(): number | null {
    const digits = /^[0-9]*/.exec(this.pattern.slice(this.at, this.at + 20))![0]
    if (digits === '') return null
    this.at += digits.length
    return this.javaInteger(digits)
  }

  /** A number that fits 32 bits. */
  javaInteger(digits: string): number {
    const value = Number(digits)
    if (value > 0x7fffffff) this.fail(`For input string: "${digits}"`)
    return value
  }

  fail(message: string): never {
    throw new RlikePatternError(message)
  }
}
