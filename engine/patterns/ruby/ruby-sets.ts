/**
 * The sets Oniguruma's Ruby syntax knows: escapes are ASCII, POSIX brackets and properties are Unicode (measured with Joni,
 * as Elasticsearch uses it).
 */
import { ANY, CodePointSet } from '../regex/code-point-set.ts'
import { unicodeClass, unicodeSet } from '../regex/unicode-sets.ts'

const range = (first: number, last: number) => CodePointSet.of([first, last])
const both = (...sets: CodePointSet[]) => CodePointSet.union(sets)

const DIGIT = range(0x30, 0x39)
const WORD = both(DIGIT, range(0x41, 0x5a), range(0x61, 0x7a), CodePointSet.ofText('_'))
const HEXADECIMAL = both(DIGIT, range(0x41, 0x46), range(0x61, 0x66))
const SPACE = CodePointSet.ofText('\t\n\v\f\r ')

const ESCAPES: Record<string, CodePointSet> = { d: DIGIT, w: WORD, s: SPACE, h: HEXADECIMAL }

export const LINE_ENDS = CodePointSet.ofText('\n\v\f\r\u0085\u2028\u2029')

/** The set of an escape letter (`d`, `H`, ...), or null. */
export function escapeSet(letter: string): CodePointSet | null {
  const lower = letter.toLowerCase()
  const set = Object.hasOwn(ESCAPES, lower) ? ESCAPES[lower]! : null
  return set && letter !== lower ? set.negate() : set
}

const union = (...names: string[]) => both(...names.map(unicodeClass))
const POSIX: Record<string, () => CodePointSet> = {
  alnum: () => union('Alphabetic', 'Nd'),
  alpha: () => union('Alphabetic'),
  ascii: () => range(0, 0x7f),
  blank: () => both(union('Zs'), CodePointSet.ofText('\t')),
  cntrl: () => union('Cc'),
  digit: () => union('Nd'),
  graph: () => both(union('White_Space', 'Cc', 'Cs', 'Cn')).negate(),
  lower: () => union('Lowercase'),
  print: () => both(both(union('White_Space', 'Cc', 'Cs', 'Cn')).negate(), union('Zs')),
  punct: () => both(union('P'), CodePointSet.ofText('$+<=>^`|~')),
  space: () => union('White_Space'),
  upper: () => union('Uppercase'),
  word: unicodeWord,
  xdigit: () => HEXADECIMAL
}

let knownWord: CodePointSet | null = null

/** Letters, marks, digits and connectors of all scripts. */
function unicodeWord(): CodePointSet {
  return (knownWord ??= union('Alphabetic', 'M', 'Nd', 'Pc'))
}

/** What `\b` takes for a word's character; the tables of Unicode are made when a text needs them. */
export const BOUNDARY_WORD = { has: (code: number): boolean => (code < 128 ? WORD.has(code) : unicodeWord().has(code)) }

/** The set of `[:name:]`, or null. */
export function posixSet(name: string): CodePointSet | null {
  return Object.hasOwn(POSIX, name) ? POSIX[name]!() : null
}

/** The set of `\p{name}`: POSIX names, general categories, scripts, properties; case, spaces, `-` and `_` do not count. */
export function propertySet(name: string): CodePointSet | null {
  const plain = name.toLowerCase().replaceAll(/[ _-]/g, '')
  if (plain === 'any') return ANY
  if (plain === 'assigned') return unicodeClass('Cn').negate()
  const posix = posixSet(plain)
  if (posix) return posix
  const category = LONG_CATEGORIES.get(plain) ?? (/^[a-z][a-z&]?$/.test(plain) ? plain[0]!.toUpperCase() + plain.slice(1) : null)
  const words = name.trim().toLowerCase().replaceAll(/[ -]/g, '_')
  const titled = words.replaceAll(/(^|_)[a-z]/g, (start) => start.toUpperCase())
  return (category && unicodeSet(category)) || unicodeSet(`Script=${titled}`) || unicodeSet(titled)
}

const LONG_CATEGORIES: ReadonlyMap<string, string> = new Map([
  ['letter', 'L'],
  ['uppercaseletter', 'Lu'],
  ['lowercaseletter', 'Ll'],
  ['titlecaseletter', 'Lt'],
  ['modifierletter', 'Lm'],
  ['otherletter', 'Lo'],
  ['mark', 'M'],
  ['number', 'N'],
  ['decimalnumber', 'Nd'],
  ['separator', 'Z'],
  ['spaceseparator', 'Zs'],
  ['symbol', 'S'],
  ['punctuation', 'P'],
  ['other', 'C'],
  ['control', 'Cc'],
  ['format', 'Cf']
])
