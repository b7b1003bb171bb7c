/** Character classes of Oniguruma: ranges, nested classes, `[:posix:]`, `&&` (binds weakest), negation of the whole. */
import { CodePointSet, NONE } from '../regex/code-point-set.ts'
import type { RubyPatternParser } from './ruby-pattern.ts'
import { posixSet } from './ruby-sets.ts'

/** Reads a class behind its `[`, the `]` included. */
export function parseRubyClass(parser: RubyPatternParser): CodePointSet {
  const { cursor } = parser
  const negated = cursor.take('^')
  const sides: CodePointSet[] = []
  let members: CodePointSet[] = []
  let isFirst = true
  for (;;) {
    if (cursor.done) throw cursor.error('premature end of char-class')
    if (cursor.comes(']') && !isFirst) break
    if (cursor.comes(']') && cursor.text.indexOf(']', cursor.at + 1) < 0) throw cursor.error('empty char-class')
    isFirst = false
    if (cursor.take('&&')) {
      sides.push(CodePointSet.union(members))
      members = []
    } else members.push(parseMember(parser))
  }
  cursor.next()
  sides.push(members.length > 0 ? CodePointSet.union(members) : NONE)
  const set = sides.reduce((a, b) => a.intersect(b))
  const folded = parser.fold(set)
  return negated ? folded.negate() : folded
}

function parseMember(parser: RubyPatternParser): CodePointSet {
  const { cursor } = parser
  const posix = cursor.takeMatch(/\[:(\^?)([A-Za-z]+):\]/y)
  if (posix) {
    const set = posixSet(posix[2]!.toLowerCase())
    if (!set) throw cursor.error('invalid POSIX bracket type')
    return posix[1] === '^' ? set.negate() : set
  }
  if (cursor.take('[')) return cursor.nested(() => parseRubyClass(parser))
  const from = classAtom(parser)
  if (typeof from !== 'number') return from
  const next = cursor.text[cursor.at + 1]
  // A hyphen before the end, before a nested class or `&&` is itself.
  if (!cursor.comes('-') || next === undefined || next === ']' || cursor.comes('-&&')) return CodePointSet.of([from, from])
  if (next === '[') return CodePointSet.of([from, from])
  cursor.next()
  const to = classAtom(parser)
  if (typeof to !== 'number') return CodePointSet.union([to, CodePointSet.of([from, from]), CodePointSet.ofText('-')])
  if (to < from) throw cursor.error('empty range in char class')
  return CodePointSet.of([from, to])
}

function classAtom(parser: RubyPatternParser): number | CodePointSet {
  const { cursor } = parser
  if (!cursor.take('\\')) return cursor.next().codePointAt(0)!
  if (cursor.take('b')) return 8
  if (cursor.take('R') || cursor.take('X')) return cursor.text.codePointAt(cursor.at - 1)!
  return parser.charEscape()
}
