/** The sets that java.util.regex knows by an escape or a property name (`\d`, `\p{Alpha}`, `\p{IsGreek}`). */
import { ANY, CodePointSet } from '../regex/code-point-set.ts'
import { unicodeClass, unicodeSet } from '../regex/unicode-sets.ts'

const range = (first: number, last: number) => CodePointSet.of([first, last])
const text = (chars: string) => CodePointSet.ofText(chars)
const both = (...sets: CodePointSet[]) => CodePointSet.union(sets)

const LOWER = range(0x61, 0x7a)
const UPPER = range(0x41, 0x5a)
const ALPHA = both(LOWER, UPPER)
const DIGIT = range(0x30, 0x39)
const ALNUM = both(ALPHA, DIGIT)
const GRAPH = range(0x21, 0x7e)
const SPACE = text('\t\n\v\f\r ')

export const WORD = both(ALNUM, text('_'))
/** What `.` leaves out without DOTALL. */
export const LINE_TERMINATORS = text('\n\r\u0085\u2028\u2029')
export const VERTICAL = text('\n\v\f\r\u0085\u2028\u2029')
const HORIZONTAL = both(text(' \t\u00a0\u1680\u180e\u202f\u205f\u3000'), range(0x2000, 0x200a))

const PLAIN: Record<string, CodePointSet> = { d: DIGIT, w: WORD, s: SPACE, h: HORIZONTAL, v: VERTICAL }

let knownWord: CodePointSet | null = null

/** `\w` and `\b` under UNICODE_CHARACTER_CLASS. */
export function unicodeWord(): CodePointSet {
  return (knownWord ??= both(...['Alphabetic', 'M', 'Nd', 'Pc', 'Join_Control'].map(unicodeClass)))
}

/** The set of an escape letter (`d`, `W`, ...), or null when the letter stands for none. */
export function escapeSet(letter: string, unicode: boolean): CodePointSet | null {
  const lower = letter.toLowerCase()
  const plain = Object.hasOwn(PLAIN, lower) ? PLAIN[lower]! : null
  if (plain === null) return null
  const set = unicode ? unicodeEscape(lower, plain) : plain
  return letter === lower ? set : set.negate()
}

function unicodeEscape(letter: string, plain: CodePointSet): CodePointSet {
  if (letter === 'w') return unicodeWord()
  if (letter === 'd') return unicodeClass('Nd')
  return letter === 's' ? unicodeClass('White_Space') : plain
}

const POSIX: Record<string, CodePointSet> = {
  ASCII: range(0, 0x7f),
  Alnum: ALNUM,
  Alpha: ALPHA,
  Blank: text(' \t'),
  Cntrl: both(range(0, 0x1f), range(0x7f, 0x7f)),
  Digit: DIGIT,
  Graph: GRAPH,
  Lower: LOWER,
  Print: range(0x20, 0x7e),
  Punct: GRAPH.minus(ALNUM),
  Space: SPACE,
  Upper: UPPER,
  XDigit: both(DIGIT, range(0x41, 0x46), range(0x61, 0x66)),
  L1: range(0, 0xff),
  all: ANY,
  ALL: ANY
}

/** Names under UNICODE_CHARACTER_CLASS, and of `\p{Is...}`, as JavaScript spells them. */
const UNICODE_POSIX: Record<string, string[]> = {
  ALNUM: ['Alphabetic', 'Nd'],
  ALPHA: ['Alphabetic'],
  ALPHABETIC: ['Alphabetic'],
  ASSIGNED: ['Assigned'],
  BLANK: ['Zs'],
  CNTRL: ['Cc'],
  CONTROL: ['Cc'],
  DIGIT: ['Nd'],
  EMOJI: ['Emoji'],
  EMOJI_PRESENTATION: ['Emoji_Presentation'],
  EMOJI_MODIFIER: ['Emoji_Modifier'],
  EMOJI_MODIFIER_BASE: ['Emoji_Modifier_Base'],
  EMOJI_COMPONENT: ['Emoji_Component'],
  EXTENDED_PICTOGRAPHIC: ['Extended_Pictographic'],
  HEXDIGIT: ['Nd', 'Hex_Digit'],
  HEX_DIGIT: ['Nd', 'Hex_Digit'],
  IDEOGRAPHIC: ['Ideographic'],
  JOINCONTROL: ['Join_Control'],
  JOIN_CONTROL: ['Join_Control'],
  LETTER: ['L'],
  LOWER: ['Lowercase'],
  LOWERCASE: ['Lowercase'],
  NONCHARACTERCODEPOINT: ['Noncharacter_Code_Point'],
  NONCHARACTER_CODE_POINT: ['Noncharacter_Code_Point'],
  PUNCT: ['P'],
  PUNCTUATION: ['P'],
  SPACE: ['White_Space'],
  TITLECASE: ['Lt'],
  UPPER: ['Uppercase'],
  UPPERCASE: ['Uppercase'],
  WHITESPACE: ['White_Space'],
  WHITE_SPACE: ['White_Space'],
  XDIGIT: ['Nd', 'Hex_Digit']
}

const JAVA: Record<string, string[]> = {
  javaAlphabetic: ['Alphabetic'],
  javaDigit: ['Nd'],
  javaIdeographic: ['Ideographic'],
  javaISOControl: ['Cc'],
  javaLetter: ['L'],
  javaLetterOrDigit: ['L', 'Nd'],
  javaLowerCase: ['Lowercase'],
  javaSpaceChar: ['Z'],
  javaTitleCase: ['Lt'],
  javaUpperCase: ['Uppercase']
}

const unionNamed = (names: readonly string[]) => both(...names.map(unicodeClass))
const named = (table: Record<string, string[]>, key: string) => (Object.hasOwn(table, key) ? unionNamed(table[key]!) : null)

/** The set of `\p{name}`; null when there is no such property (or it is a block, which JavaScript has no tables for). */
export function propertySet(name: string, unicode: boolean): CodePointSet | null {
  const equals = name.indexOf('=')
  if (equals >= 0) return keyedSet(name.slice(0, equals).toLowerCase(), name.slice(equals + 1))
  if (name.startsWith('Is')) return isSet(name.slice(2))
  if (name.startsWith('In')) return null
  if (unicode && Object.hasOwn(POSIX, name) && named(UNICODE_POSIX, name.toUpperCase())) {
    return named(UNICODE_POSIX, name.toUpperCase())
  }
  if (Object.hasOwn(POSIX, name)) return POSIX[name]!
  return named(JAVA, name) ?? categorySet(name)
}

function keyedSet(key: string, value: string): CodePointSet | null {
  if (key === 'sc' || key === 'script') return scriptSet(value)
  if (key === 'gc' || key === 'general_category') return categorySet(value)
  return null
}

function isSet(name: string): CodePointSet | null {
  return named(UNICODE_POSIX, name.toUpperCase()) ?? categorySet(name) ?? scriptSet(name)
}

function categorySet(name: string): CodePointSet | null {
  if (name === 'LD') return unionNamed(['L', 'Nd'])
  if (name === 'L1') return POSIX.L1!
  if (!/^(L[ultmoC]?|M[nce]?|N[dlo]?|Z[slp]?|C[cfosn]?|P[dsecfio]?|S[mcko]?)$/.test(name)) return null
  return unicodeSet(name)
}

/** Scripts are named in any case; JavaScript wants each word capitalised. */
function scriptSet(name: string): CodePointSet | null {
  const words = name.toLowerCase().replaceAll(/(^|_)[a-z]/g, (start) => start.toUpperCase())
  return unicodeSet(`Script=${words}`)
}
