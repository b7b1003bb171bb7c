/**
 * Dfa: a byte automaton over UTF-8, complete and minimal enough to run from a table.
 *
 * LIKE patterns, string equality and IN lists compile to it; the scan kernel runs it over bytes and `matchText` over strings.
 * State 0 is the start; `next[state * classCount + classOf[byte]]` is the next state.
 * `sink[state]`: 0 keep reading, 1 nothing can be accepted any more, 2 everything will be accepted.
 */
export interface Dfa {
  stateCount: number
  classCount: number
  classOf: Uint8Array
  next: Uint16Array
  accepting: Uint8Array
  sink: Uint8Array
}

export { AutomatonTooLargeError } from './automaton-builder.ts'
export { compileOneOf, complementOf, intersectionOf, unionOf } from './automaton-sets.ts'
export { LikePatternError, compileLike } from './like-pattern.ts'

/** Runs an automaton over bytes; stops early in a sink. */
export function matchBytes(dfa: Dfa, bytes: Uint8Array): boolean {
  const { classCount, classOf, next, sink } = dfa
  let state = 0
  for (let i = 0; i < bytes.length && !sink[state]; i++) state = next[state * classCount + classOf[bytes[i]!]!]!
  return dfa.accepting[state] === 1
}

/** Runs an automaton over the UTF-8 form of a text, made byte by byte; a lone surrogate is read as U+FFFD. */
export function matchText(dfa: Dfa, text: string): boolean {
  const { sink } = dfa
  let state = 0
  for (let i = 0; i < text.length && !sink[state]; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) state = step(dfa, state, unit)
    else if (unit < 0x800) state = step(dfa, step(dfa, state, 0xc0 | (unit >> 6)), 0x80 | (unit & 0x3f))
    else if (unit < 0xd800 || unit > 0xdfff) state = stepThree(dfa, state, unit)
    else {
      const low = unit < 0xdc00 && i + 1 < text.length ? text.charCodeAt(i + 1) : 0
      if (low < 0xdc00 || low > 0xdfff) state = stepThree(dfa, state, 0xfffd)
      else {
        state = stepFour(dfa, state, 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00))
        i++
      }
    }
  }
  return dfa.accepting[state] === 1
}

function stepThree(dfa: Dfa, state: number, codePoint: number): number {
  const second = step(dfa, step(dfa, state, 0xe0 | (codePoint >> 12)), 0x80 | ((codePoint >> 6) & 0x3f))
  return step(dfa, second, 0x80 | (codePoint & 0x3f))
}

function stepFour(dfa: Dfa, state: number, codePoint: number): number {
  const second = step(dfa, step(dfa, state, 0xf0 | (codePoint >> 18)), 0x80 | ((codePoint >> 12) & 0x3f))
  return step(dfa, step(dfa, second, 0x80 | ((codePoint >> 6) & 0x3f)), 0x80 | (codePoint & 0x3f))
}

function step(dfa: Dfa, state: number, byte: number): number {
  return dfa.next[state * dfa.classCount + dfa.classOf[byte]!]!
}
