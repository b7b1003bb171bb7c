/**
 * From a complete automaton to the smallest one: merges states (Hopcroft's partition refinement, n log n), then byte
 * classes, numbers the states breadth first from the start and marks the sinks.
 *
 * In: a RawDfa whose states need not all be reachable. Out: a Dfa with at most 65,535 states.
 */
import { assert } from '../base/assert.ts'
import type { Dfa } from './automaton.ts'
import type { RawDfa } from './automaton-builder.ts'

/** The minimal Dfa of the same language. */
export function minimizeDfa(raw: RawDfa): Dfa {
  const slim = mergeClasses(raw)
  const merged = mergeStates(slim, partitionStates(slim))
  const { stateCount, classCount, classOf, next, accepting } = mergeClasses(merged)
  assert(stateCount <= 65_535, 'state numbers fit 16 bits')
  return { stateCount, classCount, classOf, next: Uint16Array.from(next), accepting, sink: findSinks(merged) }
}

/** In a minimal automaton a sink is a state that only leads to itself. */
function findSinks({ stateCount, classCount, next, accepting }: RawDfa): Uint8Array {
  return Uint8Array.from({ length: stateCount }, (_, state) => {
    for (let c = 0; c < classCount; c++) if (next[state * classCount + c] !== state) return 0
    return accepting[state] ? 2 : 1
  })
}

/** Gives bytes that act alike in every state one class. */
function mergeClasses(raw: RawDfa): RawDfa {
  const { stateCount, classCount, next } = raw
  let group: number[] = new Array<number>(classCount).fill(0)
  let groupCount = 1
  for (let state = 0; state < stateCount && groupCount < classCount; state++) {
    const numbers = new Map<number, number>()
    const refined: number[] = []
    for (let c = 0; c < classCount; c++) {
      const key = group[c]! * 65_536 * 16 + next[state * classCount + c]!
      let number = numbers.get(key)
      if (number === undefined) numbers.set(key, (number = numbers.size))
      refined.push(number)
    }
    group = refined
    groupCount = numbers.size
  }
  const merged = new Int32Array(stateCount * groupCount)
  for (let state = 0; state < stateCount; state++)
    for (let c = 0; c < classCount; c++) merged[state * groupCount + group[c]!] = next[state * classCount + c]!
  return { ...raw, classCount: groupCount, classOf: raw.classOf.map((c) => group[c]!), next: merged }
}

/** One state per block, numbered breadth first, so that the start is 0 and unreachable states vanish. */
function mergeStates(raw: RawDfa, blockOf: Int32Array): RawDfa {
  const { classCount, classOf, next } = raw
  const numberOf = new Map<number, number>([[blockOf[0]!, 0]])
  const members = [0]
  const merged: number[] = []
  for (let number = 0; number < members.length; number++) {
    for (let c = 0; c < classCount; c++) {
      const target = next[members[number]! * classCount + c]!
      let to = numberOf.get(blockOf[target]!)
      if (to === undefined) numberOf.set(blockOf[target]!, (to = members.push(target) - 1))
      merged.push(to)
    }
  }
  const accepting = Uint8Array.from(members, (member) => raw.accepting[member]!)
  return { stateCount: members.length, classCount, classOf, next: Int32Array.from(merged), accepting }
}

/** Blocks of states, each a range of `order`; a block splits by swapping marked members to its front. */
class Partition {
  readonly order: Int32Array
  readonly blockOf: Int32Array
  readonly start: number[] = [0]
  readonly end: number[]
  private readonly position: Int32Array
  private readonly marked: number[] = [0]

  constructor(count: number) {
    this.order = Int32Array.from({ length: count }, (_, i) => i)
    this.position = this.order.slice()
    this.blockOf = new Int32Array(count)
    this.end = [count]
  }

  /** Marks a state once; answers true when it is the first of its block. */
  mark(state: number): boolean {
    const block = this.blockOf[state]!
    const front = this.start[block]! + this.marked[block]!
    const at = this.position[state]!
    if (at < front) return false
    const other = this.order[front]!
    this.order[at] = other
    this.position[other] = at
    this.order[front] = state
    this.position[state] = front
    return this.marked[block]!++ === 0
  }

  /** Splits the marked part off; answers the new block, or -1 when none or all of the block was marked. */
  split(block: number): number {
    const from = this.start[block]!
    const middle = from + this.marked[block]!
    this.marked[block] = 0
    if (middle === from || middle === this.end[block]!) return -1
    const fresh = this.start.push(from) - 1
    this.end.push(middle)
    this.marked.push(0)
    this.start[block] = middle
    for (let i = from; i < middle; i++) this.blockOf[this.order[i]!] = fresh
    return fresh
  }

  size(block: number): number {
    return this.end[block]! - this.start[block]!
  }
}

/** Block of each state such that states share a block exactly when they accept the same words. */
function partitionStates(raw: RawDfa): Int32Array {
  const { stateCount, classCount, accepting } = raw
  const sources = invert(raw)
  const partition = new Partition(stateCount)
  for (let state = 0; state < stateCount; state++) if (accepting[state]) partition.mark(state)
  const waiting = [0]
  const isWaiting = [true]
  const splitBlock = (block: number) => {
    const fresh = partition.split(block)
    if (fresh < 0) return
    // where the old block still waits both halves must, else the smaller one tells them apart as well
    const add = isWaiting[block] || partition.size(fresh) <= partition.size(block) ? fresh : block
    isWaiting[fresh] ??= false
    isWaiting[add] = true
    waiting.push(add)
  }
  splitBlock(0)
  for (let block = waiting.pop(); block !== undefined; block = waiting.pop()) {
    isWaiting[block] = false
    const splitters = partition.order.slice(partition.start[block], partition.end[block])
    for (let c = 0; c < classCount; c++) {
      const touched: number[] = []
      for (const target of splitters) {
        const slot = target * classCount + c
        for (let i = sources.first[slot]!; i < sources.first[slot + 1]!; i++) {
          const from = sources.states[i]!
          if (partition.mark(from)) touched.push(partition.blockOf[from]!)
        }
      }
      for (const candidate of touched) splitBlock(candidate)
    }
  }
  return partition.blockOf
}

/** For each state and class the states that lead there, as ranges of one array. */
function invert({ stateCount, classCount, next }: RawDfa): { first: Int32Array; states: Int32Array } {
  const first = new Int32Array(stateCount * classCount + 1)
  const slotOf = (i: number) => next[i]! * classCount + (i % classCount)
  for (let i = 0; i < next.length; i++) first[slotOf(i) + 1]!++
  for (let slot = 0; slot < stateCount * classCount; slot++) first[slot + 1]! += first[slot]!
  const states = new Int32Array(next.length)
  const fill = first.slice()
  for (let i = 0; i < next.length; i++) states[fill[slotOf(i)]!++] = Math.floor(i / classCount)
  return { first, states }
}
