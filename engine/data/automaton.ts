/**
 * Dfa: a byte automaton over UTF-8, complete and minimal enough to run from a table.
 *
 * LIKE patterns, string equality and IN lists compile to it; the scan kernel and `matchDictionary` run it.
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
