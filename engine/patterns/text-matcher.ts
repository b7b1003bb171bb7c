/** Matchers of the two pattern operators, LIKE and RLIKE. */
import { compileLikeMatcher, matcherOf, type TextMatcher } from '../data/like-matcher.ts'
import { compileRlike } from './rlike.ts'

export type PatternSyntax = 'like' | 'rlike'

/** True for a text that any of the patterns matches. The patterns have been seen to compile. */
export function compileTextMatcher(syntax: PatternSyntax, patterns: readonly string[]): TextMatcher {
  return syntax === 'like' ? compileLikeMatcher(patterns) : matcherOf(patterns.map(compileRlike), [])
}
