/**
 * Parser of RLIKE patterns: Lucene's regular expressions with every option on, the complement included.
 *
 *   union        a|b             intersection  a&b        sequence   ab
 *   repeat       a? a* a+ a{2} a{2,} a{2,3}               complement ~a (of the next atom)
 *   atoms        . any code point   @ any text   # nothing   "..." verbatim   (...)   [...]   <1-20> numbers   \d\D\w\W\s\S
 *
 * A quantifier, bar or parenthesis where an atom must begin is that character itself. Nesting is bounded, sequences and
 * alternatives are not: only nesting costs stack.
 */
import { parseClass, parseEscape } from './rlike-class.ts'
import { RlikeCursor } from './rlike-cursor.ts'
import type { RlikeNode } from './rlike-node.ts'

export { RlikePatternError } from './rlike-cursor.ts'

const MAX_NESTING = 200

/** Parses a pattern. Throws RlikePatternError. */
export function parseRlike(pattern: string): RlikeNode {
  if (pattern === '') return { type: 'text', text: '' }
  const cursor = new RlikeCursor(pattern)
  const node = parseUnion(cursor, 0)
  if (cursor.more) cursor.fail(`end-of-string expected at position ${cursor.at}`)
  return node
}

function parseUnion(cursor: RlikeCursor, nesting: number): RlikeNode {
  if (nesting > MAX_NESTING) cursor.fail(`nested more than ${MAX_NESTING} deep at position ${cursor.at}`)
  return parseSeparated(cursor, '|', 'union', () => parseIntersection(cursor, nesting))
}

function parseIntersection(cursor: RlikeCursor, nesting: number): RlikeNode {
  return parseSeparated(cursor, '&', 'intersection', () => parseSequence(cursor, nesting))
}

function parseSeparated(
  cursor: RlikeCursor,
  separator: string,
  type: 'union' | 'intersection',
  parsePart: () => RlikeNode
): RlikeNode {
  const items = [parsePart()]
  while (cursor.accept(separator)) items.push(parsePart())
  return items.length === 1 ? items[0]! : { type, items }
}

function parseSequence(cursor: RlikeCursor, nesting: number): RlikeNode {
  const items: RlikeNode[] = []
  do {
    const item = parseRepeat(cursor, nesting)
    const last = items.at(-1)
    if (item.type === 'text' && last?.type === 'text') items[items.length - 1] = { type: 'text', text: last.text + item.text }
    // a group without quantifier is part of the sequence around it
    else if (item.type === 'sequence') items.push(...item.items)
    else items.push(item)
  } while (cursor.more && !cursor.peeks(')|&'))
  return items.length === 1 ? items[0]! : { type: 'sequence', items }
}

function parseRepeat(cursor: RlikeCursor, nesting: number): RlikeNode {
  let node = parseComplement(cursor, nesting)
  let quantifiers = 0
  while (cursor.peeks('?*+{')) {
    node = repeated(node, parseQuantifier(cursor))
    if (++quantifiers > MAX_NESTING) cursor.fail(`more than ${MAX_NESTING} quantifiers at position ${cursor.at}`)
  }
  return node
}

interface Quantifier {
  min: number
  max: number | null
}

const QUANTIFIERS: Readonly<Record<string, Quantifier>> = {
  '?': { min: 0, max: 1 },
  '*': { min: 0, max: null },
  '+': { min: 1, max: null }
}

function parseQuantifier(cursor: RlikeCursor): Quantifier {
  const character = String.fromCodePoint(cursor.next())
  if (character !== '{') return QUANTIFIERS[character]!
  const min = cursor.integer()
  if (min === null) cursor.fail(`integer expected at position ${cursor.at}`)
  const max = cursor.accept(',') ? cursor.integer() : min
  if (!cursor.accept('}')) cursor.fail(`expected '}' at position ${cursor.at}`)
  return { min, max }
}

function repeated(item: RlikeNode, { min, max }: Quantifier): RlikeNode {
  if (max !== null && min > max) return { type: 'nothing' }
  if (max === null && min <= 1 && item.type === 'any-run') return item
  if (max === null && min === 0 && item.type === 'any-one') return { type: 'any-run' }
  return { type: 'repeat', item, min, max }
}

/** `~` binds closer than quantifiers; two of them are none. */
function parseComplement(cursor: RlikeCursor, nesting: number): RlikeNode {
  let count = 0
  while (cursor.accept('~')) count++
  const item = parseAtom(cursor, nesting)
  return count % 2 === 0 ? item : { type: 'complement', item }
}

function parseAtom(cursor: RlikeCursor, nesting: number): RlikeNode {
  if (cursor.accept('[')) return parseClass(cursor)
  if (cursor.accept('.')) return { type: 'any-one' }
  if (cursor.accept('#')) return { type: 'nothing' }
  if (cursor.accept('@')) return { type: 'any-run' }
  if (cursor.accept('"')) return { type: 'text', text: verbatim(cursor, '"') }
  if (cursor.accept('<')) return parseInterval(cursor)
  if (cursor.accept('(')) return parseGroup(cursor, nesting)
  if (cursor.accept('\\')) {
    const ranges = parseEscape(cursor)
    const [{ low, high }] = ranges as [(typeof ranges)[number]]
    return ranges.length === 1 && low === high ? { type: 'text', text: String.fromCodePoint(low) } : { type: 'class', ranges }
  }
  return { type: 'text', text: String.fromCodePoint(cursor.next()) }
}

function parseGroup(cursor: RlikeCursor, nesting: number): RlikeNode {
  if (cursor.accept(')')) return { type: 'text', text: '' }
  const node = parseUnion(cursor, nesting + 1)
  if (!cursor.accept(')')) cursor.fail(`expected ')' at position ${cursor.at}`)
  return node
}

/** The text up to `end`, which is read as well. */
function verbatim(cursor: RlikeCursor, end: string): string {
  const stop = cursor.pattern.indexOf(end, cursor.at)
  if (stop < 0) cursor.fail(`expected '${end}' at position ${cursor.pattern.length}`)
  const text = cursor.pattern.slice(cursor.at, stop)
  cursor.at = stop + 1
  return text
}

function parseInterval(cursor: RlikeCursor): RlikeNode {
  const text = verbatim(cursor, '>')
  // without a hyphen it names an automaton, and a query knows none
  if (!text.includes('-')) cursor.fail(`'${text}' not found`)
  const [, first, second] = /^([0-9]+)-([0-9]+)$/.exec(text) ?? []
  if (first === undefined || second === undefined || Number(first) > 0x7fffffff || Number(second) > 0x7fffffff) {
    cursor.fail(`interval syntax error at position ${cursor.at - 1}`)
  }
  const bounds = [Number(first), Number(second)]
  return {
    type: 'interval',
    min: Math.min(...bounds),
    max: Math.max(...bounds),
    digits: first.length === second.length ? first.length : 0
  }
}
