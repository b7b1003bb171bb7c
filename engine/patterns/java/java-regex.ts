/**
 * A compiled java.util.regex pattern: finds matches one after the other, as Matcher.find does.
 *
 * An empty match moves the next search on by one code point (Java: by one unit, which can fall into a surrogate pair).
 */
import { RegexMatcher, type SearchResult } from '../regex/matcher.ts'
import { programCache } from '../regex/program-cache.ts'
import { PatternSyntaxError } from '../regex/tree.ts'
import { parseJavaPattern } from './java-pattern.ts'

const compiled = programCache(parseJavaPattern)

export class JavaRegex {
  readonly groups: number
  readonly names: ReadonlyMap<string, readonly number[]>
  private readonly matcher: RegexMatcher
  private text = ''
  private from = 0
  private last = 0

  /** Throws PatternSyntaxError. */
  constructor(readonly pattern: string) {
    const { program, groups, names } = compiled(pattern)
    this.groups = groups
    this.names = names
    this.matcher = new RegexMatcher(program)
  }

  /** Begins with a text. */
  reset(text: string): void {
    this.text = text
    this.from = 0
    this.last = 0
    this.matcher.reset(text)
  }

  /** The next match. */
  find(): SearchResult {
    if (this.from > this.text.length) return 'none'
    const result = this.matcher.find(this.from, this.last)
    if (result === 'found') {
      this.last = this.end(0)
      const width = (this.text.codePointAt(this.last) ?? 0) > 0xffff ? 2 : 1
      this.from = this.start(0) === this.last ? this.last + width : this.last
    }
    return result
  }

  /** Where a group of the match begins, -1 when it took no part. */
  start(group: number): number {
    return this.matcher.slots[2 * group]!
  }

  end(group: number): number {
    return this.matcher.slots[2 * group + 1]!
  }
}

/** The message of java.util.regex.PatternSyntaxException: what, where, the pattern and a mark below the place. */
export function javaSyntaxMessage(error: PatternSyntaxError): string {
  const { message, pattern, offset } = error
  if (offset < 0) return `${message}\n${pattern}`
  const mark = offset < pattern.length ? `\n${' '.repeat(offset)}^` : ''
  return `${message} near index ${offset}\n${pattern}${mark}`
}
