/**
 * Lucene wildcard terms: `*` any run, `?` one character, a backslash takes the next character as it is. They become LIKE
 * patterns, and with them byte automata.
 */
import { compileLikeMatcher } from '../data/like-matcher.ts'

/** A test of whole texts against a wildcard term. */
export function wildcardMatcher(pattern: string, caseInsensitive: boolean): (text: string) => boolean {
  const like = asLikePattern(caseInsensitive ? pattern.toLowerCase() : pattern)
  const matcher = compileLikeMatcher([like])
  return caseInsensitive ? (text) => matcher.matches(text.toLowerCase()) : (text) => matcher.matches(text)
}

/** A lone backslash at the end stands for itself. */
function asLikePattern(pattern: string): string {
  return pattern.replace(/\\(.?)/gsu, (_, next: string) => (next === '' ? '\\\\' : '*?\\'.includes(next) ? `\\${next}` : next))
}
