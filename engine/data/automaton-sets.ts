/** Automata of sets: a list of texts, unions, complements. */
import type { Dfa } from './automaton.ts'
import { AutomatonTooLargeError, MAX_STATES, type RawDfa } from './automaton-builder.ts'
import { minimizeDfa } from './automaton-minimize.ts'

/** More than MAX_STATES, since a list of texts grows only as its bytes do; below 65,536 so that numbers fit 16 bits. */
const MAX_TRIE_STATES = 65_000
const DEAD = 1
const encoder = new TextEncoder()

/** Accepts exactly the given texts. Throws AutomatonTooLargeError when they have more than about 65,000 bytes in all. */
export function compileOneOf(texts: readonly string[]): Dfa {
  // state 0 is the trie's root, 1 is where everything else leads
  const children: Map<number, number>[] = [new Map(), new Map()]
  const accepting: number[] = [0, 0]
  for (const text of texts) {
    let state = 0
    for (const byte of encoder.encode(text)) {
      let child = children[state]!.get(byte)
      if (child === undefined) {
        child = children.push(new Map()) - 1
        if (child > MAX_TRIE_STATES) throw new AutomatonTooLargeError()
        accepting.push(0)
        children[state]!.set(byte, child)
      }
      state = child
    }
    accepting[state] = 1
  }
  return minimizeDfa(trieToDfa(children, Uint8Array.from(accepting)))
}

function trieToDfa(children: readonly Map<number, number>[], accepting: Uint8Array): RawDfa {
  const classOf = new Uint8Array(256)
  const used = new Set(children.flatMap((map) => [...map.keys()]))
  let classCount = used.size < 256 ? 1 : 0
  for (const byte of used) classOf[byte] = classCount++
  const next = new Int32Array(children.length * classCount).fill(DEAD)
  children.forEach((map, state) => map.forEach((child, byte) => (next[state * classCount + classOf[byte]!] = child)))
  return { stateCount: children.length, classCount, classOf, next, accepting }
}

/**
 * Accepts what any of `dfas` accepts (nothing, for none). Throws AutomatonTooLargeError: the union of patterns with several
 * `*` each can need the product of their states, and is then better run one by one.
 */
export function unionOf(dfas: readonly Dfa[]): Dfa {
  if (dfas.length === 0) return compileOneOf([])
  if (dfas.length === 1) return dfas[0]!
  const { classOf, classCount, representative } = commonClasses(dfas)
  const numbers = new Map<string, number>()
  const tuples: Uint16Array[] = []
  const next: number[] = []
  const intern = (tuple: Uint16Array) => {
    // once one part accepts whatever comes, the others no longer matter
    const all = tuple.findIndex((state, i) => dfas[i]!.sink[state] === 2)
    if (all >= 0) tuple.fill(0xffff)
    const key = String.fromCharCode(...tuple)
    let number = numbers.get(key)
    if (number === undefined) {
      if (tuples.length === MAX_STATES) throw new AutomatonTooLargeError()
      numbers.set(key, (number = tuples.push(tuple) - 1))
    }
    return number
  }
  intern(new Uint16Array(dfas.length))
  for (let number = 0; number < tuples.length; number++) {
    const tuple = tuples[number]!
    for (let c = 0; c < classCount; c++) {
      if (isAll(tuple)) next.push(number)
      else next.push(intern(tuple.map((state, i) => step(dfas[i]!, state, representative[c]!))))
    }
  }
  const accepting = Uint8Array.from(tuples, (t) => Number(isAll(t) || t.some((state, i) => dfas[i]!.accepting[state])))
  return minimizeDfa({ stateCount: tuples.length, classCount, classOf, next: Int32Array.from(next), accepting })
}

/** Accepts exactly the byte strings that `dfa` does not. */
export function complementOf(dfa: Dfa): Dfa {
  return { ...dfa, accepting: dfa.accepting.map((flag) => 1 - flag), sink: dfa.sink.map((sink) => [0, 2, 1][sink]!) }
}

/** Accepts what all of `dfas` accept (everything, for none). Throws AutomatonTooLargeError. */
export function intersectionOf(dfas: readonly Dfa[]): Dfa {
  return complementOf(unionOf(dfas.map(complementOf)))
}

function isAll(tuple: Uint16Array): boolean {
  return tuple[0] === 0xffff
}

function step(dfa: Dfa, state: number, byte: number): number {
  return dfa.next[state * dfa.classCount + dfa.classOf[byte]!]!
}

/** The coarsest byte classes that refine those of every automaton, with one byte of each. */
function commonClasses(dfas: readonly Dfa[]): { classOf: Uint8Array; classCount: number; representative: number[] } {
  const numbers = new Map<string, number>()
  const representative: number[] = []
  const classOf = new Uint8Array(256)
  for (let byte = 0; byte < 256; byte++) {
    const key = dfas.map((dfa) => dfa.classOf[byte]!).join()
    let number = numbers.get(key)
    if (number === undefined) {
      numbers.set(key, (number = numbers.size))
      representative.push(byte)
    }
    classOf[byte] = number
  }
  return { classOf, classCount: representative.length, representative }
}
