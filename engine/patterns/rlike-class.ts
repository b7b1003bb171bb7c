/** Character classes of RLIKE: `[...]`, and the six escapes `\d \D \w \W \s \S`, which know ASCII only. */
import type { RlikeCursor } from './rlike-cursor.ts'
import { type CodePointRange, complementRanges, normalRanges, type RlikeNode } from './rlike-node.ts'

const only = (character: string): CodePointRange => range(character, character)
const range = (low: string, high: string): CodePointRange => ({ low: low.codePointAt(0)!, high: high.codePointAt(0)! })

const DIGIT = [range('0', '9')]
const WORD = [range('a', 'z'), range('A', 'Z'), range('0', '9'), only('_')]
const SPACE = [only(' '), only('\t'), only('\n'), only('\r')]
const PREDEFINED: ReadonlyMap<string, readonly CodePointRange[]> = new Map([
  ['d', DIGIT],
  ['w', WORD],
  ['s', SPACE],
  ['D', complementRanges(DIGIT)],
  ['W', complementRanges(WORD)],
  ['S', complementRanges(SPACE)]
])

/** What a backslash (already read) and the next character stand for: a class, or that character itself. */
export function parseEscape(cursor: RlikeCursor): readonly CodePointRange[] {
  const predefined = PREDEFINED.get(cursor.peek())
  if (predefined) {
    cursor.next()
    return predefined
  }
  const codePoint = cursor.next()
  if (/^[A-Za-z]$/.test(String.fromCodePoint(codePoint))) cursor.fail(`invalid character class \\${codePoint}`)
  return [{ low: codePoint, high: codePoint }]
}

/** The rest of a class behind `[`. The first member may be `]`; an escaped character never begins a range. */
export function parseClass(cursor: RlikeCursor): RlikeNode {
  const negated = cursor.accept('^')
  const ranges: CodePointRange[] = []
  do ranges.push(...parseMember(cursor))
  while (cursor.more && cursor.peek() !== ']')
  if (!cursor.accept(']')) cursor.fail(`expected ']' at position ${cursor.at}`)
  return { type: 'class', ranges: negated ? complementRanges(ranges) : normalRanges(ranges) }
}

function parseMember(cursor: RlikeCursor): readonly CodePointRange[] {
  if (cursor.accept('\\')) return parseEscape(cursor)
  const low = cursor.next()
  if (!cursor.accept('-')) return [{ low, high: low }]
  cursor.accept('\\')
  const high = cursor.next()
  if (low > high) cursor.fail(`invalid range: from (${low}) cannot be > to (${high})`)
  return [{ low, high }]
}
