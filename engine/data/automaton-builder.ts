/**
 * From a nondeterministic byte automaton to a deterministic one (subset construction).
 *
 * In: states with edges on byte ranges. Out: a complete RawDfa, to be handed to `minimizeDfa`.
 * Holds: work is bounded. What would need more than MAX_STATES states, or sets that are too large in sum, throws
 * AutomatonTooLargeError; who compiles what a user typed catches it and matches without an automaton.
 */
export const MAX_STATES = 10_000
const MAX_SET_ENTRIES = 4_000_000

/** A pattern or a combination of patterns needs more states than we are willing to build. */
export class AutomatonTooLargeError extends Error {
  constructor() {
    super('Pattern is too complex: its automaton would be too large')
    this.name = 'AutomatonTooLargeError'
  }
}

/** A complete automaton before minimization: like Dfa, start state 0, no sinks known. */
export interface RawDfa {
  stateCount: number
  classCount: number
  classOf: Uint8Array
  next: Int32Array
  accepting: Uint8Array
}

interface Edge {
  low: number
  high: number
  to: number
}

/** A nondeterministic automaton over bytes. State 0 is the start. */
export class Nfa {
  readonly edges: Edge[][] = []
  readonly epsilons: number[][] = []
  readonly accepting = new Set<number>()
  /**
   * States that loop on every byte and whose language contains that of every lower-numbered state that can be active with
   * them (the `*` of LIKE, states numbered in pattern order): lower states are dropped from a set that holds one of them.
   */
  readonly dominating = new Set<number>()

  addState(): number {
    this.epsilons.push([])
    return this.edges.push([]) - 1
  }

  addEdge(from: number, low: number, high: number, to: number): void {
    this.edges[from]!.push({ low, high, to })
  }

  addEpsilon(from: number, to: number): void {
    this.epsilons[from]!.push(to)
  }
}

/** The deterministic automaton of the same language. */
export function determinize(nfa: Nfa): RawDfa {
  const { classOf, classCount } = byteClasses(nfa)
  const sets = new StateSets()
  const next: number[] = []
  sets.intern(closure(nfa, [0]))
  for (let state = 0; state < sets.count; state++) {
    const targets: number[][] = Array.from({ length: classCount }, () => [])
    for (const from of sets.at(state))
      for (const { low, high, to } of nfa.edges[from]!) for (let c = classOf[low]!; c <= classOf[high]!; c++) targets[c]!.push(to)
    for (const target of targets) next.push(sets.intern(closure(nfa, target)))
  }
  const accepting = Uint8Array.from({ length: sets.count }, (_, state) =>
    Number(sets.at(state).some((s) => nfa.accepting.has(s)))
  )
  return { stateCount: sets.count, classCount, classOf, next: Int32Array.from(next), accepting }
}

/** Numbers sets of states in order of first appearance. */
class StateSets {
  private readonly sets: number[][] = []
  private readonly numbers = new Map<string, number>()
  private entries = 0

  get count(): number {
    return this.sets.length
  }

  at(number: number): readonly number[] {
    return this.sets[number]!
  }

  intern(set: number[]): number {
    const key = set.join()
    let number = this.numbers.get(key)
    if (number === undefined) {
      this.entries += set.length
      if (this.sets.length === MAX_STATES || this.entries > MAX_SET_ENTRIES) throw new AutomatonTooLargeError()
      number = this.sets.push(set) - 1
      this.numbers.set(key, number)
    }
    return number
  }
}

/** What is active when `states` are: epsilon closure, sorted, without dominated states. */
function closure(nfa: Nfa, states: readonly number[]): number[] {
  const active = new Set(states)
  let floor = 0
  // a Set is visited in insertion order, additions made meanwhile included
  for (const state of active) {
    for (const to of nfa.epsilons[state]!) active.add(to)
    if (nfa.dominating.has(state) && state > floor) floor = state
  }
  return [...active].filter((state) => state >= floor).sort((a, b) => a - b)
}

/** Splits the bytes into runs that no edge tells apart. */
function byteClasses(nfa: Nfa): { classOf: Uint8Array; classCount: number } {
  const startsClass = new Uint8Array(257)
  for (const edges of nfa.edges)
    for (const { low, high } of edges) {
      startsClass[low] = 1
      startsClass[high + 1] = 1
    }
  const classOf = new Uint8Array(256)
  let last = 0
  for (let byte = 1; byte < 256; byte++) classOf[byte] = last += startsClass[byte]!
  return { classOf, classCount: last + 1 }
}
