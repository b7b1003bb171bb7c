/**
 * Texts that make a pattern work: built from what it matches, cut, repeated and spoilt at the end, and from single characters.
 * They are what a hostile log line would hold that was written for this pattern.
 */
import { parseJavaPattern } from '../../engine/patterns/java/java-pattern.ts'
import { expandGrok } from '../../engine/patterns/grok/expand.ts'
import { GROK_LIBRARY } from '../../engine/patterns/grok/library.ts'
import type { CodePointSet } from '../../engine/patterns/regex/code-point-set.ts'
import type { PatternNode } from '../../engine/patterns/regex/tree.ts'
import { parseRubyPattern } from '../../engine/patterns/ruby/ruby-pattern.ts'

export type PatternLanguage = 'like' | 'rlike' | 'replace' | 'grok'
type Random = () => number

const SINGLES = ['a', 'A', '0', '.', '/', ' ', '"', '\\', ':', '+', '-', '=', '\n', '`', '(', 'a.', '1:', '0 ', 'a://', 'é']

/** Up to `count` texts, the same ones every time, each made for a length in bytes when asked for. */
export function attacksOn(language: PatternLanguage, pattern: string, count: number): ((length: number) => string)[] {
  const random = randomOf(pattern)
  const pieces = new Set<string>(SINGLES)
  for (let tries = 0; pieces.size < count && tries < 4 * count; tries++) {
    const sample = sampleOf(language, pattern, random)
    if (sample === '') continue
    const from = random() < 0.5 ? 0 : Math.floor(random() * sample.length)
    const to = sample.length - (random() < 0.5 ? 1 : Math.floor(random() * (sample.length - from)))
    pieces.add(sample.slice(from, Math.max(from + 1, to)))
    pieces.add(sample)
  }
  return Array.from(pieces, (piece, i) => (length) => filled(piece, length, i % 3 === 0 ? '\u0001' : i % 3 === 1 ? '' : '!x'))
}

function filled(piece: string, length: number, end: string): string {
  const bytes = Math.max(1, new TextEncoder().encode(piece).length)
  const text = piece.repeat(Math.ceil((length - end.length) / bytes))
  const excess = new TextEncoder().encode(text).length + end.length - length
  return text.slice(0, Math.max(0, text.length - Math.max(0, excess))) + end
}

function sampleOf(language: PatternLanguage, pattern: string, random: Random): string {
  if (language === 'like' || language === 'rlike') {
    const words = pattern.split(/[*?.\\[\](){}|+^$"]+/).filter((word) => word !== '')
    return words.slice(0, 1 + Math.floor(random() * words.length)).join(random() < 0.5 ? '' : ' ')
  }
  const { root } = language === 'replace' ? parseJavaPattern(pattern) : parseRubyPattern(expandGrok(pattern, GROK_LIBRARY))
  return sampleNode(root, random, { left: 400 })
}

function sampleNode(node: PatternNode, random: Random, budget: { left: number }): string {
  if (budget.left-- <= 0) return ''
  switch (node.type) {
    case 'set':
      return memberOf(node.set, random)
    case 'sequence':
      return node.items.map((item) => sampleNode(item, random, budget)).join('')
    case 'choice':
      return sampleNode(node.items[Math.floor(random() * node.items.length)]!, random, budget)
    case 'capture':
    case 'atomic':
      return sampleNode(node.item, random, budget)
    case 'repeat': {
      const most = Math.min(node.max, node.min + Math.floor(random() * 4))
      return Array.from({ length: Math.min(most, 120) }, () => sampleNode(node.item, random, budget)).join('')
    }
    default:
      return ''
  }
}

function memberOf(set: CodePointSet, random: Random): string {
  const plain = [...'a0A .-/:x_1'].filter((char) => set.has(char.codePointAt(0)!))
  if (plain.length > 0) return plain[Math.floor(random() * plain.length)]!
  const range = set.ranges[Math.floor(random() * set.ranges.length)]
  return range ? String.fromCodePoint(range[0]) : ''
}

function randomOf(text: string): Random {
  let state = [...text].reduce((hash, char) => (Math.imul(hash, 31) + char.codePointAt(0)!) | 0, 7)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
