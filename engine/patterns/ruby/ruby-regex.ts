/** A compiled pattern in Oniguruma's Ruby syntax: the first match in a text, as GROK asks for it. */
import { compileTree } from '../regex/compile.ts'
import { RegexMatcher, type SearchResult } from '../regex/matcher.ts'
import { parseRubyPattern } from './ruby-pattern.ts'

export class RubyRegex {
  readonly groups: number
  readonly names: ReadonlyMap<string, readonly number[]>
  private readonly matcher: RegexMatcher

  /** Throws PatternSyntaxError. */
  constructor(readonly pattern: string) {
    const tree = parseRubyPattern(pattern)
    this.groups = tree.groups
    this.names = tree.names
    this.matcher = new RegexMatcher(compileTree(tree, pattern))
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
