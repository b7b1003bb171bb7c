/** A compiled pattern in Oniguruma's Ruby syntax: the first match in a text, as GROK asks for it. */
import { RegexMatcher, type SearchResult } from '../regex/matcher.ts'
import { programCache } from '../regex/program-cache.ts'
import { parseRubyPattern } from './ruby-pattern.ts'

const compiled = programCache(parseRubyPattern)

export class RubyRegex {
  readonly groups: number
  readonly names: ReadonlyMap<string, readonly number[]>
  private readonly matcher: RegexMatcher

  /** Throws PatternSyntaxError. */
  constructor(readonly pattern: string) {
    const { program, groups, names } = compiled(pattern)
    this.groups = groups
    this.names = names
    this.matcher = new RegexMatcher(program)
  }

  /** Begins with a text. */
  reset(text: string): void {
    this.matcher.reset(text)
  }

  /** The first match at or behind an offset. */
  find(from = 0): SearchResult {
    return this.matcher.find(from)
  }

  /** Where a group of the match begins, -1 when it took no part. */
  start(group: number): number {
    return this.matcher.slots[2 * group]!
  }

  end(group: number): number {
    return this.matcher.slots[2 * group + 1]!
  }
}
