/**
 * A look at an RLIKE pattern with Lucene's eyes: which characters are operators there that are literal elsewhere, what is
 * literal there that is an operator elsewhere, and what is refused. It does not match anything.
 *
 * Lucene: the whole value has to match; `& ~ @ # < > "` are operators outside of classes; there are no anchors, no
 * look-around, no lazy quantifiers, no flags; a bar or a quantifier at the beginning of an alternative is a literal.
 */

export type SlipKind =
  | 'anchor'
  | 'intersection'
  | 'any-string'
  | 'empty-language'
  | 'complement'
  | 'interval'
  | 'quotes'
  | 'escape'
  | 'group'
  | 'lazy'
  | 'empty-alternative'
  | 'leading-quantifier'
  | 'edge-alternatives'

export interface Slip {
  kind: SlipKind
  /** UTF-16 offset in the pattern. */
  at: number
  /** What stands there. */
  text: string
}

interface Reader {
  pattern: string
  at: number
  /** Nothing of the current alternative has been read. */
  atStart: boolean
  /** What stands here can take a quantifier. */
  quantifiable: boolean
  slips: Slip[]
}

/** Everything in the pattern that means something else than in most other languages, in order. */
export function luceneSlips(pattern: string): Slip[] {
  const reader: Reader = { pattern, at: 0, atStart: true, quantifiable: false, slips: [] }
  while (reader.at < pattern.length) readNext(reader)
  if (hasEdgeAlternatives(pattern)) reader.slips.push({ kind: 'edge-alternatives', at: 0, text: pattern })
  return reader.slips
}

const OPERATORS: ReadonlyMap<string, SlipKind> = new Map([
  ['&', 'intersection'],
  ['@', 'any-string'],
  ['#', 'empty-language'],
  ['~', 'complement'],
  ['"', 'quotes'],
  ['^', 'anchor'],
  ['$', 'anchor']
])
/** Escapes that exist; a backslash before anything that is no letter is that character. */
const ESCAPE = /^\\(?:[dDsSwW\\]|[^A-Za-z])/u

function readNext(reader: Reader): void {
  const { pattern, at } = reader
  const character = pattern[at]!
  const slip = (kind: SlipKind, text: string) => reader.slips.push({ kind, at, text })
  const advance = (length: number, atStart: boolean, quantifiable: boolean) => {
    reader.at += length
    reader.atStart = atStart
    reader.quantifiable = quantifiable
  }
  if (character === '\\') {
    if (!ESCAPE.test(pattern.slice(at, at + 3))) slip('escape', pattern.slice(at, at + 2))
    return advance(Math.min(2, pattern.length - at), false, true)
  }
  if (character === '[') {
    const end = classEnd(pattern, at)
    return advance(end - at, false, true)
  }
  if (character === '(') {
    const group = /^\(\?(?:[imsxu-]+\)|[imsxu-]+:|:|=|!|<=|<!|>|<\w+>|P<\w+>)/.exec(pattern.slice(at, at + 40))
    if (group) slip('group', group[0])
    return group ? advance(group[0].length, !group[0].endsWith(')'), false) : advance(1, true, false)
  }
  if (character === ')') return advance(1, false, true)
  if (character === '|') {
    const atEnd = /^\|(?:\)|$)/.test(pattern.slice(at, at + 2))
    if (reader.atStart || atEnd) slip('empty-alternative', atEnd ? pattern.slice(at, at + 2) : '|')
    return advance(1, !reader.atStart, false)
  }
  const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(pattern.slice(at, at + 20))?.[0]
  if (quantifier) {
    if (reader.atStart) slip('leading-quantifier', quantifier)
    else if (!reader.quantifiable && /^[?+]/.test(quantifier)) slip('lazy', pattern[at - 1]! + quantifier)
    return advance(quantifier.length, false, reader.atStart)
  }
  if (character === '<') {
    const interval = /^<\d*-\d*>/.exec(pattern.slice(at, at + 45))?.[0]
    if (!interval) slip('interval', '<')
    return advance(interval?.length ?? 1, false, true)
  }
  const kind = OPERATORS.get(character)
  if (kind) slip(kind, character)
  if (kind === 'quotes') {
    const close = pattern.indexOf('"', at + 1)
    return advance((close < 0 ? pattern.length : close + 1) - at, false, true)
  }
  // An intersection begins an operand of its own.
  advance(character.length, kind === 'intersection' || kind === 'complement', kind !== 'intersection')
}

/** Offset behind a class; a `]` first in it is a member. */
function classEnd(pattern: string, start: number): number {
  let at = start + 1
  if (pattern[at] === '^') at++
  if (pattern[at] === ']') at++
  while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1
  return Math.min(at + 1, pattern.length)
}

/** The alternatives outside of groups and classes. */
export function topAlternatives(pattern: string): string[] {
  const parts: string[] = []
  let [depth, from] = [0, 0]
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]
    if (character === '\\') at++
    else if (character === '[') at = classEnd(pattern, at) - 1
    else if (character === '(') depth++
    else if (character === ')') depth--
    else if (character === '|' && depth === 0) {
      parts.push(pattern.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, pattern.slice(from)]
}

const OPEN_START = /^(?:\.\*|\(\.\*\))/
const OPEN_END = /(?:(?<!\\)\.\*|\(\.\*\))$/

/** `(.*)a|b|c(.*)`: the ends were meant for all alternatives and belong to two of them. */
function hasEdgeAlternatives(pattern: string): boolean {
  const parts = topAlternatives(pattern)
  if (parts.length < 2) return false
  const [first, last] = [parts[0]!, parts.at(-1)!]
  return OPEN_START.test(first) && !OPEN_END.test(first) && OPEN_END.test(last) && !OPEN_START.test(last)
}

/** The pattern with the two ends around all alternatives. */
export function withEdgesOutside(pattern: string): string {
  const parts = topAlternatives(pattern)
  const open = OPEN_START.exec(pattern)![0]
  const close = OPEN_END.exec(pattern)![0]
  const inner = parts.map((part, i) => {
    const from = i === 0 ? open.length : 0
    return part.slice(from, i === parts.length - 1 ? part.length - close.length : undefined)
  })
  return `${open}(${inner.join('|')})${close}`
}
