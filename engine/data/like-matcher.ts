/**
 * TextMatcher: decides whether any of a list of patterns matches a text, whatever the patterns are.
 *
 * Normally one automaton does. Patterns whose automaton would be too large are matched directly, and automata whose union
 * would be too large run one after the other. Throws LikePatternError for what is no pattern.
 */
import { type Dfa, matchText } from './automaton.ts'
import { AutomatonTooLargeError } from './automaton-builder.ts'
import { unionOf } from './automaton-sets.ts'
import { compileLike, matchLikeParts, parseLikePattern } from './like-pattern.ts'

export interface TextMatcher {
  /** The one automaton that decides alone (it can be handed to a scan), or null when there is none. */
  readonly automaton: Dfa | null
  matches(text: string): boolean
}

/** Compiles a list of LIKE patterns. */
export function compileLikeMatcher(patterns: readonly string[]): TextMatcher {
  const automata: Dfa[] = []
  const direct: ((text: string) => boolean)[] = []
  for (const pattern of patterns) {
    const automaton = unlessTooLarge(() => compileLike(pattern))
    if (automaton) automata.push(automaton)
    else {
      const parts = parseLikePattern(pattern)
      direct.push((text) => matchLikeParts(parts, text))
    }
  }
  return matcherOf(automata, direct)
}

/** The matcher that asks all of them. */
export function matcherOf(automata: readonly Dfa[], direct: readonly ((text: string) => boolean)[]): TextMatcher {
  const union = unlessTooLarge(() => unionOf(automata))
  const running = union ? [union] : automata
  return {
    automaton: direct.length === 0 ? union : null,
    matches: (text) => running.some((automaton) => matchText(automaton, text)) || direct.some((matches) => matches(text))
  }
}

function unlessTooLarge(compile: () => Dfa): Dfa | null {
  try {
    return compile()
  } catch (error) {
    if (error instanceof AutomatonTooLargeError) return null
    throw error
  }
}
