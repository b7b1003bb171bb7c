/** PatternCursor: reads a pattern code point by code point, and knows how deep its groups are nested. */
import { MAX_DEPTH, PatternSyntaxError } from './tree.ts'

export class PatternCursor {
  /** Offset of the next code point. */
  at = 0
  private depth = 0

  constructor(
    readonly text: string,
    /** The words for nesting beyond what can be read. */
    private readonly tooDeep: string
  ) {}

  get done(): boolean {
    return this.at >= this.text.length
  }

  /** The next code point as text, "" at the end. */
  peek(): string {
    const code = this.text.codePointAt(this.at)
    return code === undefined ? '' : String.fromCodePoint(code)
  }

  next(): string {
    const char = this.peek()
    this.at += char.length
    return char
  }

  /** Takes `text` when it comes next. */
  take(text: string): boolean {
    const comes = this.comes(text)
    if (comes) this.at += text.length
    return comes
  }

  comes(text: string): boolean {
    return this.text.startsWith(text, this.at)
  }

  /** Takes what a sticky expression matches here, or null. */
  takeMatch(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (match) this.at += match[0].length
    return match
  }

  error(message: string, offset = this.at): PatternSyntaxError {
    return new PatternSyntaxError(message, this.text, offset)
  }

  /** Runs `read` one level deeper. */
  nested<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) throw this.error(this.tooDeep)
    try {
      return read()
    } finally {
      this.depth--
    }
  }
}
