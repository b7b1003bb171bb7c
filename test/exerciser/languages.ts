/**
 * Languages: sets of texts as automata that are walked, not built.
 *
 * LIKE, RLIKE and lists of constants come from the engine's own compilers; complement, the preimage under TO_LOWER, a fixed
 * text before or behind, and bounds on the length are views of them. `shortest` walks several at once and so never builds
 * their product. Only printable ASCII, tab and line feed are walked.
 */
import { compileLike, compileOneOf, type Dfa } from '../../engine/data/automaton.ts'
import { compileRlike } from '../../engine/patterns/rlike.ts'

export interface Language {
  /** The same for the same set made the same way. */
  readonly key: string
  readonly start: number
  step(state: number, byte: number): number
  accepts(state: number): boolean
  /** Characters to the nearest end: never more than it takes, Infinity where no end can be reached. */
  distance(state: number): number
}

/** Bytes of witnesses, those that read well first. */
const BYTES = [
  ...Array.from('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ/._-\\:= ', (c) => c.charCodeAt(0)),
  ...Array.from('!"#$%&\'()*+,;<>?@[]^`{|}~\n\t', (c) => c.charCodeAt(0))
]

const known = new Map<string, Language>()

function once(key: string, make: () => Language): Language {
  let language = known.get(key)
  if (!language) known.set(key, (language = make()))
  return language
}

export const like = (pattern: string): Language => once(`like ${pattern}`, () => table(`like ${pattern}`, compileLike(pattern)))
export const rlike = (pattern: string): Language =>
  once(`rlike ${pattern}`, () => table(`rlike ${pattern}`, compileRlike(pattern)))
export const oneOf = (texts: readonly string[]): Language =>
  once(`in ${JSON.stringify(texts)}`, () => table(`in ${JSON.stringify(texts)}`, compileOneOf(texts)))

/** A text as a LIKE pattern that matches just it. */
export const literally = (text: string): string => text.replaceAll(/[\\*?]/g, '\\$&')

/** Texts with `text` somewhere inside. */
export const containing = (text: string): Language => like(`*${literally(text)}*`)

function table(key: string, dfa: Dfa, negated = false): Language {
  const step = (state: number, byte: number) => dfa.next[state * dfa.classCount + dfa.classOf[byte]!]!
  const accepts = (state: number) => (dfa.accepting[state] === 1) !== negated
  let distances: number[] | null = null
  return {
    key,
    start: 0,
    step,
    accepts,
    distance: (state) => (distances ??= distancesIn(dfa.stateCount, step, accepts))[state]!,
    ...({ dfa, negated } as object)
  }
}

/** Everything the language has not. */
export function not(language: Language): Language {
  const { dfa, negated } = language as unknown as { dfa?: Dfa; negated: boolean }
  if (dfa) return once(`not ${language.key}`, () => table(`not ${language.key}`, dfa, !negated))
  const accepts = (state: number) => !language.accepts(state)
  return {
    key: `not ${language.key}`,
    start: language.start,
    step: (state, byte) => language.step(state, byte),
    accepts,
    distance: (state) => (accepts(state) ? 0 : 1)
  }
}

function distancesIn(
  count: number,
  step: (state: number, byte: number) => number,
  accepts: (state: number) => boolean
): number[] {
  const distance = Array.from({ length: count }, (_, state) => (accepts(state) ? 0 : Infinity))
  const before: Set<number>[] = Array.from({ length: count }, () => new Set())
  for (let state = 0; state < count; state++) for (const byte of BYTES) before[step(state, byte)]!.add(state)
  let frontier = distance.flatMap((d, state) => (d === 0 ? [state] : []))
  for (let d = 1; frontier.length > 0; d++) {
    const next: number[] = []
    for (const state of frontier)
      for (const earlier of before[state]!)
        if (distance[earlier] === Infinity) {
          distance[earlier] = d
          next.push(earlier)
        }
    frontier = next
  }
  return distance
}

/** Texts whose bytes, changed by `change`, are in the language. */
export function changed(name: string, language: Language, change: (byte: number) => number): Language {
  return { ...language, key: `${name}(${language.key})`, step: (state, byte) => language.step(state, change(byte)), ...noTable }
}

const noTable = { dfa: undefined, negated: undefined }

export const lowered = (language: Language) => changed('lower', language, (b) => (b >= 65 && b <= 90 ? b + 32 : b))
export const uppered = (language: Language) => changed('upper', language, (b) => (b >= 97 && b <= 122 ? b - 32 : b))

/** Texts that are in the language once `before` and `behind` are put around them. */
export function between(before: string, language: Language, behind: string): Language {
  const run = (state: number, text: string) => [...new TextEncoder().encode(text)].reduce((at, b) => language.step(at, b), state)
  return {
    key: `between(${JSON.stringify([before, behind])} ${language.key})`,
    start: run(language.start, before),
    step: (state, byte) => language.step(state, byte),
    accepts: (state) => language.accepts(run(state, behind)),
    distance: (state) => Math.max(language.distance(state) - behind.length, 0)
  }
}

/** Texts whose part from `skip` on, `take` characters long, is in the language. */
export function slice(language: Language, skip: number, take: number): Language {
  const SIZE = 1 << 20
  return {
    key: `slice(${skip} ${take} ${language.key})`,
    start: language.start,
    step(state, byte) {
      const at = Math.floor(state / SIZE)
      const inner = at >= skip && at < skip + take ? language.step(state % SIZE, byte) : state % SIZE
      return Math.min(at + 1, skip + take + 1) * SIZE + inner
    },
    accepts: (state) => language.accepts(state % SIZE),
    distance: (state) => language.distance(state % SIZE)
  }
}

/** Texts of so many characters. */
export function length(least: number, most: number): Language {
  return {
    key: `length ${least} ${most}`,
    start: 0,
    step: (state) => state + 1,
    accepts: (state) => state >= least && state <= most,
    distance: (state) => (state > most ? Infinity : Math.max(0, least - state))
  }
}

/** Texts four fifths of which are characters of the language of single characters. */
export function mostly(single: Language): Language {
  const SIZE = 1 << 14
  const counts = (byte: number) => single.accepts(single.step(single.start, byte))
  return {
    key: `mostly ${single.key}`,
    start: 0,
    step: (state, byte) => (counts(byte) ? state + (state % SIZE < SIZE - 1 ? 1 : 0) : state + SIZE),
    accepts: (state) => state % SIZE > 0 && state % SIZE >= 4 * Math.floor(state / SIZE),
    distance: (state) => Math.max(state % SIZE > 0 ? 0 : 1, 4 * Math.floor(state / SIZE) - (state % SIZE))
  }
}

export function accepts(language: Language, text: string): boolean {
  let state = language.start
  for (const byte of new TextEncoder().encode(text)) state = language.step(state, byte)
  return language.accepts(state)
}

/** Moves of single automata after which the search gives up. */
const MOST_MOVES = 3_000_000

interface Place {
  states: number[]
  byte: number
  from: Place | null
  length: number
}

/** A shortest text that all languages have; null when there is none or none was found in time. */
export function shortest(languages: readonly Language[]): string | null {
  if (languages.length === 0) return ''
  const queue = new Buckets()
  const seen = new Set<string>()
  const add = (states: number[], byte: number, from: Place | null) => {
    const key = states.join(' ')
    if (seen.has(key)) return
    seen.add(key)
    let furthest = 0
    let sum = 0
    for (let i = 0; i < states.length; i++) {
      const distance = languages[i]!.distance(states[i]!)
      if (distance === Infinity) return
      if (distance > furthest) furthest = distance
      sum += distance
    }
    const length = from ? from.length + 1 : 0
    // Nearest by the sum first: not always the shortest, and never a wide front.
    queue.push({ states, byte, from, length }, sum * 2 + length)
  }
  add(
    languages.map(({ start }) => start),
    0,
    null
  )
  const each = BYTES.length * languages.length
  for (let moves = 0; moves < MOST_MOVES; moves += each) {
    const place = queue.pop()
    if (!place) return null
    if (place.states.every((state, i) => languages[i]!.accepts(state))) return textOf(place)
    for (const byte of BYTES)
      add(
        place.states.map((state, i) => languages[i]!.step(state, byte)),
        byte,
        place
      )
  }
  return null
}

function textOf(place: Place): string {
  const bytes: number[] = []
  for (let at: Place | null = place; at?.from; at = at.from) bytes.push(at.byte)
  return String.fromCharCode(...bytes.reverse())
}

/** A queue by small whole priorities; first in, first out within one. */
class Buckets {
  private readonly buckets: Place[][] = []
  private readonly heads: number[] = []
  private lowest = 0

  push(place: Place, priority: number): void {
    ;(this.buckets[priority] ??= []).push(place)
    if (priority < this.lowest) this.lowest = priority
  }

  pop(): Place | null {
    for (; this.lowest < this.buckets.length; this.lowest++) {
      const bucket = this.buckets[this.lowest]
      const head = this.heads[this.lowest] ?? 0
      if (bucket && head < bucket.length) {
        this.heads[this.lowest] = head + 1
        return bucket[head]!
      }
    }
    return null
  }
}
