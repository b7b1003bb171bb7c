/**
 * LIKE patterns: `*` is any run (empty, line breaks included), `?` exactly one code point, backslash escapes `*`, `?` and
 * backslash. The whole value must match, case counts, `%` and `_` are ordinary characters.
 */
import type { Dfa } from './automaton.ts'
import { Nfa, determinize } from './automaton-builder.ts'
import { minimizeDfa } from './automaton-minimize.ts'

/** The pattern is not one; the message is Elasticsearch's. */
export class LikePatternError extends Error {
  constructor() {
    super('Invalid sequence - escape character is not followed by special wildcard char')
    this.name = 'LikePatternError'
  }
}

/** A literal code point, or one of the two wildcards. */
export type LikePart = number | 'any-run' | 'any-one'

/** Takes a pattern apart; runs of `*` become one. Throws LikePatternError. */
export function parseLikePattern(pattern: string): LikePart[] {
  const parts: LikePart[] = []
  let escaped = false
  for (const character of pattern) {
    if (escaped) {
      if (!'*?\\'.includes(character)) throw new LikePatternError()
      parts.push(character.codePointAt(0)!)
      escaped = false
    } else if (character === '\\') escaped = true
    else if (character === '?') parts.push('any-one')
    else if (character !== '*') parts.push(character.codePointAt(0)!)
    else if (parts.at(-1) !== 'any-run') parts.push('any-run')
  }
  if (escaped) throw new LikePatternError()
  return parts
}

/** The automaton of a pattern. Throws LikePatternError, or AutomatonTooLargeError (many `?` after a `*`). */
export function compileLike(pattern: string): Dfa {
  const nfa = new Nfa()
  let state = nfa.addState()
  for (const part of parseLikePattern(pattern)) {
    if (part === 'any-run') {
      // any bytes: the input is UTF-8, so what follows cannot begin inside of a code point
      nfa.addEdge(state, 0x00, 0xff, state)
      nfa.dominating.add(state)
    } else if (part === 'any-one') state = addAnyCodePoint(nfa, state)
    else state = addLiteral(nfa, state, part)
  }
  nfa.accepting.add(state)
  return minimizeDfa(determinize(nfa))
}

/** Decides without an automaton, in time bounded by pattern times text: for patterns too large to compile. */
export function matchLikeParts(parts: readonly LikePart[], text: string): boolean {
  const characters = Array.from(text, (character) => wellFormed(character.codePointAt(0)!))
  let part = 0
  let at = 0
  let runPart = -1
  let runAt = 0
  while (at < characters.length) {
    const wanted = parts[part]
    if (wanted === 'any-run') {
      runPart = part++
      runAt = at
    } else if (wanted === 'any-one' || (wanted !== undefined && wellFormed(wanted) === characters[at])) {
      part++
      at++
    } else {
      // only the last run needs to give way: what an earlier one could take, the last one can
      if (runPart < 0) return false
      part = runPart + 1
      at = ++runAt
    }
  }
  return part === parts.length || (part === parts.length - 1 && parts[part] === 'any-run')
}

const encoder = new TextEncoder()

function addLiteral(nfa: Nfa, from: number, codePoint: number): number {
  let state = from
  for (const byte of encoder.encode(String.fromCodePoint(codePoint))) {
    const to = nfa.addState()
    nfa.addEdge(state, byte, byte, to)
    state = to
  }
  return state
}

/**
 * One code point by its leading byte alone: on well-formed UTF-8 that is exact, and it needs three extra states instead of
 * the eight that tell overlong forms and surrogates apart.
 */
function addAnyCodePoint(nfa: Nfa, from: number): number {
  const [three, two, one, to] = [nfa.addState(), nfa.addState(), nfa.addState(), nfa.addState()] as const
  nfa.addEdge(from, 0x00, 0x7f, to)
  nfa.addEdge(from, 0xc0, 0xdf, one)
  nfa.addEdge(from, 0xe0, 0xef, two)
  nfa.addEdge(from, 0xf0, 0xf7, three)
  nfa.addEdge(three, 0x80, 0xbf, two)
  nfa.addEdge(two, 0x80, 0xbf, one)
  nfa.addEdge(one, 0x80, 0xbf, to)
  return to
}

/** A lone surrogate becomes U+FFFD, as in UTF-8. */
function wellFormed(codePoint: number): number {
  return codePoint >= 0xd800 && codePoint <= 0xdfff ? 0xfffd : codePoint
}
