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
  const reach = new Reach(nfa)
  const sets = new StateSets()
  const next: number[] = []
  sets.intern(reach.from([0]))
  for (let state = 0; state < sets.count; state++) {
    const from = next.length
    const everywhere: number[] = []
    const byClass = new Map<number, number[]>()
    for (const member of sets.at(state)) {
      for (const { low, high, to } of nfa.edges[member]!) {
        const [first, last] = [classOf[low]!, classOf[high]!]
        if (first === 0 && last === classCount - 1) everywhere.push(to)
        else for (let c = first; c <= last; c++) pushTo(byClass, c, to)
      }
    }
    // what most classes lead to is worked out once
    const common = sets.intern(reach.from(everywhere))
    for (let c = 0; c < classCount; c++) next.push(common)
    for (const [c, targets] of byClass) next[from + c] = sets.intern(reach.from([...targets, ...everywhere]))
  }
  const accepting = Uint8Array.from({ length: sets.count }, (_, state) =>
    Number(sets.at(state).some((s) => nfa.accepting.has(s)))
  )
  return { stateCount: sets.count, classCount, classOf, next: Int32Array.from(next), accepting }
}

function pushTo(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

/** Numbers sets of states in order of first appearance. */
class StateSets {
  private readonly sets: Int32Array[] = []
  private readonly numbers = new Map<number, number[]>()
  private entries = 0

  get count(): number {
    return this.sets.length
  }

  at(number: number): Int32Array {
    return this.sets[number]!
  }

  intern(set: Int32Array): number {
    let hash = set.length
    for (let i = 0; i < set.length; i++) hash = (Math.imul(hash, 31) + set[i]!) | 0
    const alike = this.numbers.get(hash)
    const known = alike?.find((number) => sameSet(this.sets[number]!, set))
    if (known !== undefined) return known
    this.entries += set.length
    if (this.sets.length === MAX_STATES || this.entries > MAX_SET_ENTRIES) throw new AutomatonTooLargeError()
    const number = this.sets.push(set) - 1
    if (alike) alike.push(number)
    else this.numbers.set(hash, [number])
    return number
  }
}

function sameSet(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/**
 * What is active when some states are: their epsilon closure, sorted, without dominated states. States that have no edge
 * and do not accept say nothing and are left out, which keeps the sets of patterns with many groups small.
 */
class Reach {
  /** Of each state its own closure, once it has been asked for. */
  private readonly closures: (Int32Array | undefined)[] = []
  private readonly seen: Int32Array
  private round = 0

  constructor(private readonly nfa: Nfa) {
    this.seen = new Int32Array(nfa.edges.length)
  }

  from(states: readonly number[]): Int32Array {
    const round = ++this.round
    const active: number[] = []
    let floor = 0
    for (const state of states) {
      for (const member of (this.closures[state] ??= this.closureOf(state))) {
        if (this.seen[member] === round) continue
        this.seen[member] = round
        active.push(member)
        if (member > floor && this.nfa.dominating.has(member)) floor = member
      }
    }
    return Int32Array.from(floor === 0 ? active : active.filter((state) => state >= floor)).sort()
  }

  private closureOf(state: number): Int32Array {
    const { edges, epsilons, accepting } = this.nfa
    const active = new Set([state])
    // a Set is visited in insertion order, additions made meanwhile included
    for (const member of active) for (const to of epsilons[member]!) active.add(to)
    return Int32Array.from([...active].filter((member) => edges[member]!.length > 0 || accepting.has(member)))
  }
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
