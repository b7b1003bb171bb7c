/**
 * RLIKE patterns to byte automata.
 *
 * In: a pattern. Out: a minimal Dfa over UTF-8 that decides for the whole value, in one pass whatever the pattern is.
 * Complements and intersections are determinized on their own and put back as parts. What needs too many states throws
 * AutomatonTooLargeError, as Elasticsearch refuses it too.
 */
import { complementOf, type Dfa, intersectionOf } from '../data/automaton.ts'
import { AutomatonTooLargeError, determinize, Nfa } from '../data/automaton-builder.ts'
import { minimizeDfa } from '../data/automaton-minimize.ts'
import { digitSequences } from './decimal-interval.ts'
import { type CodePointRange, LAST_CODE_POINT, type RlikeNode } from './rlike-node.ts'
import { parseRlike } from './rlike-parser.ts'
import { type ByteRange, utf8Sequences } from './utf8-ranges.ts'

export { RlikePatternError } from './rlike-parser.ts'

const MAX_NFA_STATES = 50_000
const KEPT = 512
/** The analyzer, the scan and the evaluator ask for the same pattern one after the other. */
const known = new Map<string, Dfa>()

/** The automaton of a pattern. Throws RlikePatternError or AutomatonTooLargeError. */
export function compileRlike(pattern: string): Dfa {
  let automaton = known.get(pattern)
  if (!automaton) {
    automaton = automatonOf(parseRlike(pattern))
    if (known.size >= KEPT) known.clear()
    known.set(pattern, automaton)
  }
  return automaton
}

/** Reads a pattern without building its automaton, which may still turn out too large. Throws RlikePatternError. */
export function checkRlike(pattern: string): void {
  if (!known.has(pattern)) parseRlike(pattern)
}

function automatonOf(node: RlikeNode): Dfa {
  const nfa = new Nfa()
  const start = nfa.addState()
  nfa.accepting.add(node.type === 'sequence' ? addSequence(nfa, node.items, start, true) : addNode(nfa, node, start))
  return minimizeDfa(determinize(nfa))
}

/** Adds states for a node behind `from`; the state that is reached when it has matched. Nothing ever leads back to `from`. */
function addNode(nfa: Nfa, node: RlikeNode, from: number): number {
  if (nfa.edges.length > MAX_NFA_STATES) throw new AutomatonTooLargeError()
  switch (node.type) {
    case 'nothing':
      return nfa.addState()
    case 'text':
      return addText(nfa, node.text, from)
    case 'class':
      return addClass(nfa, node.ranges, from)
    case 'any-one':
      return addClass(nfa, [{ low: 0, high: LAST_CODE_POINT }], from)
    case 'any-run':
      return addAnyRun(nfa, from)
    case 'sequence':
      return addSequence(nfa, node.items, from, false)
    case 'union':
      return addAlternatives(nfa, node.items, (item) => addNode(nfa, item, from))
    case 'repeat':
      return addRepeat(nfa, node, from)
    case 'complement':
      return addAutomaton(nfa, intersectionOf([complementOf(automatonOf(node.item)), allTexts()]), from)
    case 'intersection':
      return addAutomaton(nfa, intersectionOf(node.items.map(automatonOf)), from)
    case 'interval':
      return addInterval(nfa, node, from)
  }
}

/** Every sequence of whole code points: a complement among byte strings would hold pieces of them. */
function allTexts(): Dfa {
  return (everyText ??= automatonOf({ type: 'repeat', item: { type: 'any-one' }, min: 0, max: null }))
}

let everyText: Dfa | null = null

function addSequence(nfa: Nfa, items: readonly RlikeNode[], from: number, whole: boolean): number {
  let state = from
  for (const item of items) {
    state = addNode(nfa, item, state)
    // in the outermost sequence everything that comes before a run of anything leads to it
    if (whole && item.type === 'any-run') nfa.dominating.add(state)
  }
  return state
}

/** Any bytes: the input is UTF-8, and no other part can begin or end inside of a code point. */
function addAnyRun(nfa: Nfa, from: number): number {
  const state = nfa.addState()
  nfa.addEpsilon(from, state)
  nfa.addEdge(state, 0x00, 0xff, state)
  return state
}

const encoder = new TextEncoder()

function addText(nfa: Nfa, text: string, from: number): number {
  let state = from
  for (const byte of encoder.encode(text)) state = addStep(nfa, state, [byte, byte])
  return state
}

function addStep(nfa: Nfa, from: number, [low, high]: ByteRange): number {
  const to = nfa.addState()
  nfa.addEdge(from, low, high, to)
  return to
}

function addAlternatives<T>(nfa: Nfa, items: readonly T[], add: (item: T) => number): number {
  const ends = items.map(add)
  const end = nfa.addState()
  for (const state of ends) nfa.addEpsilon(state, end)
  return end
}

const CONTINUATION: ByteRange = [0x80, 0xbf]

/** One code point of a set. Where all beyond ASCII are in, the leading byte decides alone, which spares states. */
function addClass(nfa: Nfa, ranges: readonly CodePointRange[], from: number): number {
  const to = nfa.addState()
  const behind = new Map<string, number>([['', to]])
  /** The state from which `sequence` leads to the end; equal tails share theirs. */
  const stateFor = (sequence: readonly ByteRange[]): number => {
    const key = sequence.join(' ')
    let state = behind.get(key)
    if (state === undefined) {
      behind.set(key, (state = nfa.addState()))
      nfa.addEdge(state, sequence[0]![0], sequence[0]![1], stateFor(sequence.slice(1)))
    }
    return state
  }
  const last = ranges.at(-1)
  const open = last !== undefined && last.low <= 0x80 && last.high === LAST_CODE_POINT
  const sequences = open ? utf8Sequences([...ranges.slice(0, -1), { low: last.low, high: 0x7f }]) : utf8Sequences(ranges)
  if (open) {
    const one = [CONTINUATION]
    sequences.push([[0xc0, 0xdf], ...one], [[0xe0, 0xef], ...one, ...one], [[0xf0, 0xf7], ...one, ...one, ...one])
  }
  for (const sequence of sequences) nfa.addEdge(from, sequence[0]![0], sequence[0]![1], stateFor(sequence.slice(1)))
  return to
}

function addRepeat(nfa: Nfa, node: Extract<RlikeNode, { type: 'repeat' }>, from: number): number {
  let state = from
  for (let i = 0; i < node.min; i++) state = addNode(nfa, node.item, state)
  if (node.max === null) {
    const loop = nfa.addState()
    nfa.addEpsilon(state, loop)
    nfa.addEpsilon(addNode(nfa, node.item, loop), loop)
    const end = nfa.addState()
    nfa.addEpsilon(loop, end)
    return end
  }
  const end = nfa.addState()
  for (let i = node.min; i < node.max; i++) {
    nfa.addEpsilon(state, end)
    state = addNode(nfa, node.item, state)
  }
  nfa.addEpsilon(state, end)
  return end
}

/** A finished automaton as a part. */
function addAutomaton(nfa: Nfa, dfa: Dfa, from: number): number {
  const states = Array.from({ length: dfa.stateCount }, (_, state) => (dfa.sink[state] === 1 ? -1 : nfa.addState()))
  const end = nfa.addState()
  if (states[0]! >= 0) nfa.addEpsilon(from, states[0]!)
  states.forEach((state, number) => {
    if (state < 0) return
    if (dfa.accepting[number]) nfa.addEpsilon(state, end)
    for (let low = 0; low < 256;) {
      let high = low
      while (high < 255 && dfa.classOf[high + 1] === dfa.classOf[low]) high++
      const to = states[dfa.next[number * dfa.classCount + dfa.classOf[low]!]!]!
      if (to >= 0) nfa.addEdge(state, low, high, to)
      low = high + 1
    }
  })
  return end
}

const ZERO = 0x30

function addInterval(nfa: Nfa, { min, max, digits }: Extract<RlikeNode, { type: 'interval' }>, from: number): number {
  if (digits > 0) return addDigits(nfa, digitSequences(min, max, digits), from)
  const zeros = nfa.addState()
  nfa.addEpsilon(from, zeros)
  nfa.addEdge(zeros, ZERO, ZERO, zeros)
  const lengths = Array.from({ length: String(max).length }, (_, i) => i + 1)
  const sequences = lengths.flatMap((length) => {
    const [low, high] = [length === 1 ? 0 : 10 ** (length - 1), 10 ** length - 1]
    return Math.max(min, low) > Math.min(max, high) ? [] : digitSequences(Math.max(min, low), Math.min(max, high), length)
  })
  return addDigits(nfa, sequences, zeros)
}

function addDigits(nfa: Nfa, sequences: readonly (readonly ByteRange[])[], from: number): number {
  return addAlternatives(nfa, sequences, (sequence) =>
    sequence.reduce((state, [low, high]) => addStep(nfa, state, [ZERO + low, ZERO + high]), from)
  )
}
