/** Tests of one value of a field, as full-text conditions ask them: compiled once, asked once a distinct value. */
import { parseDateMath } from '../../data/date-math.ts'
import type { DataType, Value } from '../../data/data-type.ts'
import { ipSortKey, parseIpGroups } from '../../data/ip.ts'
import { compareCodePoints } from '../../functions/code-points.ts'
import { cidrContains, parseCidr } from '../../functions/ip.ts'
import { compareVersions } from '../../functions/version.ts'
import { analyze } from '../../patterns/analyzers.ts'
import { fuzzyMatcher } from '../../patterns/fuzzy.ts'
import { wildcardMatcher } from '../../patterns/lucene-wildcard.ts'
import type { DateEnd, FieldTest, RangeEnd, Term } from '../../plan/full-text.ts'

export type ValueTest = (value: Value) => boolean
type TextTest = (text: string) => boolean

const NEVER: ValueTest = () => false

/** The test of a value of `type`. */
export function valueTest(test: Exclude<FieldTest, { type: 'exists' }>, type: DataType, nowMillis: bigint): ValueTest {
  switch (test.type) {
    case 'equal':
      return (value) => value === test.value
    case 'range':
      return within(test.from, test.to, orderOf(type))
    case 'date-range':
      return dateRange(test.from, test.to, type, nowMillis)
    case 'network': {
      const block = parseCidr(test.block)
      return block ? (value) => cidrContains(block, parseIpGroups(value as string)!) : NEVER
    }
    case 'terms': {
      const passes = anyTerm(test.terms)
      if (test.analyzer === 'keyword') return (value) => passes(value as string)
      return (value) => analyze(test.analyzer, value as string).some(passes)
    }
    case 'phrase': {
      const found = phraseFinder(test.tokens, test.slop, test.lastIsPrefix)
      return (value) => found(analyze(test.analyzer, value as string))
    }
  }
}

/** Exact terms are looked up together, the others asked one by one. */
function anyTerm(terms: readonly Term[]): TextTest {
  const exact = new Set(terms.flatMap((term) => (term.type === 'exact' ? [term.text] : [])))
  const tests = terms.flatMap((term) => termTest(term) ?? [])
  return (text) => exact.has(text) || tests.some((test) => test(text))
}

function termTest(term: Term): TextTest | null {
  switch (term.type) {
    case 'exact':
      return null
    case 'caseless': {
      const wanted = term.text.toLowerCase()
      return (text) => text.toLowerCase() === wanted
    }
    case 'prefix':
      return (text) => text.startsWith(term.text)
    case 'wildcard':
      return wildcardMatcher(term.pattern, term.caseInsensitive)
    case 'fuzzy':
      return fuzzyMatcher(term)
    case 'range': {
      const test = within(term.from, term.to, orderOf('keyword'))
      return (text) => test(text)
    }
  }
}

type Order = (a: Value, b: Value) => number

function orderOf(type: DataType): Order {
  if (type === 'ip') return (a, b) => compareUnits(ipSortKey(a as string), ipSortKey(b as string))
  if (type === 'version') return (a, b) => compareVersions(a as string, b as string)
  if (type === 'keyword' || type === 'text') return (a, b) => compareCodePoints(a as string, b as string)
  return (a, b) => (a < b ? -1 : a > b ? 1 : 0)
}

function compareUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function within(from: RangeEnd | null, to: RangeEnd | null, order: Order): ValueTest {
  return (value) => {
    const above = from === null ? 1 : order(value, from.value)
    const below = to === null ? -1 : order(value, to.value)
    return (above > 0 || (above === 0 && from!.inclusive)) && (below < 0 || (below === 0 && to!.inclusive))
  }
}

/** Missing parts and rounding go up where the end lies behind what is named: `<=` and `>`. */
function dateRange(from: DateEnd | null, to: DateEnd | null, type: DataType, nowMillis: bigint): ValueTest {
  const fine = type === 'date_nanos' ? 1_000_000n : 1n
  const end = (at: DateEnd | null, up: boolean): RangeEnd | null | undefined => {
    if (at === null) return null
    const millis = parseDateMath(at.text, nowMillis, up)
    if (millis === null) return undefined
    return { value: millis * fine + (up ? fine - 1n : 0n), inclusive: at.inclusive }
  }
  const low = end(from, from?.inclusive === false)
  const high = end(to, to?.inclusive === true)
  return low === undefined || high === undefined ? NEVER : within(low, high, orderOf(type))
}

/** Finds a phrase among tokens: in order and adjacent, or with the words moved `slop` places in all. */
function phraseFinder(phrase: readonly string[], slop: number, lastIsPrefix: boolean): (tokens: readonly string[]) => boolean {
  const fits = (token: string, at: number) =>
    token === phrase[at] || (lastIsPrefix && at === phrase.length - 1 && token.startsWith(phrase[at]!))
  if (phrase.length === 0) return () => false
  if (slop === 0) {
    return (tokens) =>
      tokens.some((_, start) => phrase.every((_word, i) => start + i < tokens.length && fits(tokens[start + i]!, i)))
  }
  return (tokens) => {
    const places = phrase.map((_, i) => tokens.flatMap((token, at) => (fits(token, i) ? [at - i] : [])))
    return spreadAtMost(places, slop)
  }
}

/**
 * Whether one offset can be picked of each list so that they lie within `slop` of each other: a word's offset is its place in
 * the text minus its place in the phrase, so a whole phrase has offsets all alike.
 */
function spreadAtMost(places: readonly (readonly number[])[], slop: number): boolean {
  if (places.some((list) => list.length === 0)) return false
  const at = places.map(() => 0)
  for (;;) {
    const offsets = places.map((list, i) => list[at[i]!]!)
    const least = Math.min(...offsets)
    if (Math.max(...offsets) - least <= slop) return true
    const lagging = offsets.indexOf(least)
    if (++at[lagging]! >= places[lagging]!.length) return false
  }
}
