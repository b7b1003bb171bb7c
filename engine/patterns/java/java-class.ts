/**
 * Character classes of java.util.regex: ranges, nested classes (union), `&&` (intersection), negation of the whole.
 * Reads as Pattern.clazz does since Java 9.
 */
import { CodePointSet, NONE } from '../regex/code-point-set.ts'
import type { JavaPatternParser } from './java-pattern.ts'

/** Reads a class behind its `[`, and the `]` too unless it is the right side of an `&&`. */
export function parseJavaClass(parser: JavaPatternParser, consumesEnd: boolean): CodePointSet {
  const { cursor } = parser
  const negated = consumesEnd && cursor.take('^')
  let set: CodePointSet | null = null
  let last: CodePointSet | null = null
  const add = (more: CodePointSet) => {
    last = more
    set = set === null ? more : CodePointSet.union([set, more])
  }
  for (;;) {
    parser.skipComments()
    if (cursor.done) throw cursor.error('Unclosed character class', cursor.text.length - 1)
    if (cursor.take('[')) add(cursor.nested(() => parseJavaClass(parser, true)))
    else if (cursor.take('&&')) {
      const right = parseRightSide(parser)
      if (right === null && set === null) throw cursor.error('Bad class syntax')
      const other: CodePointSet = right ?? last ?? NONE
      set = set === null ? other : (set as CodePointSet).intersect(other)
      last = other
    } else if (cursor.comes(']') && set !== null) {
      if (consumesEnd) cursor.next()
      return negated ? (set as CodePointSet).negate() : set
    } else add(parseRange(parser))
  }
}

function parseRightSide(parser: JavaPatternParser): CodePointSet | null {
  const { cursor } = parser
  let right: CodePointSet | null = null
  for (;;) {
    parser.skipComments()
    if (cursor.comes(']') || cursor.comes('&')) return right
    if (cursor.done) throw cursor.error('Unclosed character class', cursor.text.length - 1)
    const isNested = cursor.take('[')
    const next = cursor.nested(() => parseJavaClass(parser, isNested))
    right = right === null || !isNested ? next : CodePointSet.union([right, next])
  }
}

function parseRange(parser: JavaPatternParser): CodePointSet {
  const { cursor } = parser
  const from = parser.classAtom()
  if (typeof from !== 'number') return from
  parser.skipComments()
  if (!cursor.comes('-')) return parser.fold(CodePointSet.of([from, from]))
  const behind = cursor.text[cursor.at + 1]
  if (behind === '[' || behind === ']') return parser.fold(CodePointSet.of([from, from]))
  cursor.next()
  parser.skipComments()
  if (cursor.done) throw cursor.error('Unclosed character class', cursor.text.length - 1)
  const to = parser.classAtom()
  if (typeof to !== 'number' || to < from) throw cursor.error('Illegal character range', cursor.at - 1)
  return parser.fold(CodePointSet.of([from, to]))
}
