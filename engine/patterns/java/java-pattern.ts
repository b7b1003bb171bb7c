/**
 * Parser of java.util.regex patterns: text to tree, or the error java.util.regex.Pattern would give.
 *
 * No flags at the beginning, as Elasticsearch compiles them; inline ones change the parser's state up to the end of their
 * group. Not read: `\X`, `\b{g}`, `\N{...}` and blocks (`\p{InGreek}`), which are refused as Java refuses what it does not know.
 */
import { ANY, CodePointSet, NONE } from '../regex/code-point-set.ts'
import { widthOf } from '../regex/facts.ts'
import { PatternCursor } from '../regex/pattern-cursor.ts'
import {
  type Assertion,
  choice,
  EMPTY,
  type LineKind,
  type PatternNode,
  type PatternTree,
  type RepeatKind,
  sequence
} from '../regex/tree.ts'
import { closeOverAsciiCase, closeOverCase } from '../regex/unicode-sets.ts'
import { parseJavaClass } from './java-class.ts'
import { escapeSet, LINE_TERMINATORS, propertySet, unicodeWord, VERTICAL, WORD } from './java-sets.ts'

const TOO_DEEP = 'Stack overflow during pattern compilation'
const ILLEGAL_ESCAPE = 'Illegal/unsupported escape sequence'
const MAX_REPEAT = 0x7fffffff
const LF_ONLY = CodePointSet.ofText('\n')
const CONTROLS: Record<string, number> = { t: 9, n: 10, r: 13, f: 12, a: 7, e: 27 }
const FLAGS = 'idmsuxU'

/** Parses a pattern; throws PatternSyntaxError with Java's words. */
export function parseJavaPattern(pattern: string): PatternTree {
  return new JavaPatternParser(unquote(pattern)).parse()
}

/** `\Q...\E` as the same text with every special character escaped. */
function unquote(pattern: string): string {
  let out = ''
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] !== '\\') out += pattern[i]!
    else if (pattern[i + 1] !== 'Q') {
      out += pattern.slice(i, i + 2)
      i++
    } else {
      const end = pattern.indexOf('\\E', i + 2)
      out += pattern.slice(i + 2, end < 0 ? undefined : end).replaceAll(/[\0-/:-@[-`{-\x7f]/g, '\\$&')
      if (end < 0) return out
      i = end + 1
    }
  }
  return out
}

export class JavaPatternParser {
  readonly cursor: PatternCursor
  private flags: ReadonlySet<string> = new Set()
  private groups = 0
  private readonly names = new Map<string, number[]>()

  constructor(pattern: string) {
    this.cursor = new PatternCursor(pattern, TOO_DEEP)
  }

  parse(): PatternTree {
    const root = this.alternatives()
    if (!this.cursor.done) throw this.cursor.error("Unmatched closing ')'", this.cursor.at - 1)
    return { root, groups: this.groups, names: this.names }
  }

  private has(flag: string): boolean {
    return this.flags.has(flag)
  }

  private get unicode(): boolean {
    return this.has('U')
  }

  /** Under `x`, white space and comments are nothing. */
  skipComments(): void {
    if (this.has('x')) this.cursor.takeMatch(/(?:[\t-\r ]|#[^\n\r\u0085\u2028\u2029]*)*/y)
  }

  /** A set with what differs from it in case, when case does not count. */
  fold(set: CodePointSet): CodePointSet {
    if (!this.has('i')) return set
    return this.has('u') || this.unicode ? closeOverCase(set) : closeOverAsciiCase(set)
  }

  private alternatives(): PatternNode {
    const items = [this.items()]
    while (this.cursor.take('|')) items.push(this.items())
    return choice(items)
  }

  private items(): PatternNode {
    const { cursor } = this
    const items: PatternNode[] = []
    for (;;) {
      this.skipComments()
      const char = cursor.peek()
      if (char === '' || char === '|' || char === ')') return sequence(items)
      if (char === '*' || char === '+' || char === '?') throw cursor.error(`Dangling meta character '${char}'`)
      const item = this.atom()
      if (item !== null) items.push(this.quantified(item))
    }
  }

  /** Null for what only changes flags. */
  private atom(): PatternNode | null {
    const { cursor } = this
    if (cursor.comes('{')) return EMPTY
    const char = cursor.next()
    switch (char) {
      case '(':
        return cursor.nested(() => this.group())
      case '[':
        return { type: 'set', set: cursor.nested(() => parseJavaClass(this, true)) }
      case '\\':
        return this.escape()
      case '.':
        return { type: 'set', set: this.has('s') ? ANY : (this.has('d') ? LF_ONLY : LINE_TERMINATORS).negate() }
      case '^':
        return assertion(this.has('m') ? { type: 'line-start', lines: this.lines, alone: false } : { type: 'text-start' })
      case '$':
        return assertion({ type: this.has('m') ? 'line-end' : 'last-line-end', lines: this.lines })
    }
    return this.single(char.codePointAt(0)!)
  }

  private get lines(): LineKind {
    return this.has('d') ? 'lf' : 'unicode'
  }

  private single(code: number): PatternNode {
    return { type: 'set', set: this.fold(CodePointSet.of([code, code])) }
  }

  private quantified(item: PatternNode): PatternNode {
    const { cursor } = this
    this.skipComments()
    const range = this.quantifier()
    if (range === null) return item
    const kind: RepeatKind = cursor.take('?') ? 'lazy' : cursor.take('+') ? 'possessive' : 'greedy'
    return { type: 'repeat', item, ...range, kind }
  }

  private quantifier(): { min: number; max: number } | null {
    const { cursor } = this
    if (cursor.take('?')) return { min: 0, max: 1 }
    if (cursor.take('*')) return { min: 0, max: Infinity }
    if (cursor.take('+')) return { min: 1, max: Infinity }
    if (!cursor.comes('{')) return null
    const start = cursor.at
    const range = cursor.takeMatch(/\{(\d+)(?:(,)(\d*))?/y)
    if (!range) throw cursor.error('Illegal repetition', start)
    const min = Number(range[1])
    const max = range[2] === undefined ? min : range[3] === '' ? Infinity : Number(range[3])
    if (!cursor.take('}')) throw cursor.error('Unclosed counted closure', cursor.at)
    if (min > MAX_REPEAT || (max !== Infinity && (max > MAX_REPEAT || max < min))) {
      throw cursor.error('Illegal repetition range', cursor.at - 1)
    }
    return { min, max }
  }

  // ---- groups ----

  private group(): PatternNode | null {
    const { cursor } = this
    if (!cursor.take('?')) return this.capture()
    const before = this.flags
    const char = cursor.next()
    switch (char) {
      case ':':
        return this.body(before)
      case '>':
        return { type: 'atomic', item: this.body(before) }
      case '=':
      case '!':
        return { type: 'look', behind: false, negative: char === '!', item: this.body(before) }
      case '<':
        return this.namedOrBehind(before)
      case '$':
      case '@':
        throw cursor.error('Unknown group type')
    }
    cursor.at -= char.length
    this.readFlags()
    if (cursor.take(')')) return null
    if (!cursor.take(':')) throw cursor.error('Unknown inline modifier')
    return this.body(before)
  }

  private capture(name?: string): PatternNode {
    const group = ++this.groups
    if (name !== undefined) this.names.set(name, [group])
    return { type: 'capture', group, item: this.body(this.flags) }
  }

  /** The inside of a group with its `)`; flags are then as they were before it. */
  private body(before: ReadonlySet<string>): PatternNode {
    const item = this.alternatives()
    if (!this.cursor.take(')')) throw this.cursor.error('Unclosed group', this.cursor.text.length)
    this.flags = before
    return item
  }

  private namedOrBehind(before: ReadonlySet<string>): PatternNode {
    const { cursor } = this
    const sign = cursor.next()
    if (sign === '=' || sign === '!') {
      const item = this.body(before)
      if (widthOf(item).max === Infinity) {
        throw cursor.error('Look-behind group does not have an obvious maximum length', cursor.at - 1)
      }
      return { type: 'look', behind: true, negative: sign === '!', item }
    }
    cursor.at -= sign.length
    const name = this.groupName()
    if (this.names.has(name)) throw cursor.error(`Named capturing group <${name}> is already defined`, cursor.at - 1)
    return this.capture(name)
  }

  private groupName(): string {
    const { cursor } = this
    const name = cursor.takeMatch(/[A-Za-z][A-Za-z0-9]*/y)
    if (!name) throw cursor.error('capturing group name does not start with a Latin letter')
    if (!cursor.take('>')) throw cursor.error("named capturing group is missing trailing '>'")
    return name[0]
  }

  private readFlags(): void {
    const { cursor } = this
    const flags = new Set(this.flags)
    let on = true
    for (;;) {
      const char = cursor.peek()
      if (char === '-' && on) on = false
      else if (char !== '' && FLAGS.includes(char)) {
        if (on) flags.add(char)
        else flags.delete(char)
      } else break
      cursor.next()
    }
    this.flags = flags
  }

  // ---- escapes ----

  private escape(): PatternNode {
    const { cursor } = this
    const letter = cursor.peek()
    switch (letter) {
      case 'A':
        return this.asserted({ type: 'text-start' })
      case 'z':
        return this.asserted({ type: 'text-end' })
      case 'Z':
        return this.asserted({ type: 'last-line-end', lines: this.lines })
      case 'G':
        return this.asserted({ type: 'search-start' })
      case 'b':
      case 'B':
        if (letter === 'b' && cursor.comes('b{g}')) throw cursor.error(ILLEGAL_ESCAPE)
        return this.asserted({ type: 'word-boundary', word: this.unicode ? unicodeWord() : WORD, negative: letter === 'B' })
      case 'R':
        cursor.next()
        return /^[?*+{]/.test(cursor.text.slice(cursor.at)) ? REPEATED_LINE_END : LINE_END
      case 'k':
        return this.namedReference()
    }
    if (letter >= '1' && letter <= '9' && letter.length === 1) return this.numberedReference()
    const value = this.classEscape()
    return typeof value === 'number' ? this.single(value) : { type: 'set', set: value }
  }

  private asserted(value: Assertion): PatternNode {
    this.cursor.next()
    return assertion(value)
  }

  private namedReference(): PatternNode {
    const { cursor } = this
    cursor.next()
    if (!cursor.take('<')) throw cursor.error("\\k is not followed by '<' for named capturing group")
    const name = this.groupName()
    const groups = this.names.get(name)
    if (!groups) throw cursor.error(`named capturing group <${name}> does not exist`, cursor.at - 1)
    return this.reference(groups)
  }

  /** More digits belong to the number as long as there is a group of that number. */
  private numberedReference(): PatternNode {
    const { cursor } = this
    let group = Number(cursor.next())
    while (/[0-9]/.test(cursor.peek()) && group * 10 + Number(cursor.peek()) <= this.groups) {
      group = group * 10 + Number(cursor.next())
    }
    // A group that does not stand before it never matches.
    return group > this.groups ? { type: 'set', set: NONE } : this.reference([group])
  }

  private reference(groups: number[]): PatternNode {
    const ignoreCase = !this.has('i') ? 'no' : this.has('u') || this.unicode ? 'unicode' : 'ascii'
    return { type: 'backreference', groups, ignoreCase }
  }

  /** A code point or a set: one member of a class, or one end of a range. */
  classAtom(): number | CodePointSet {
    const char = this.cursor.next()
    return char === '\\' ? this.classEscape() : char.codePointAt(0)!
  }

  /** What the escape behind a backslash stands for in a class or outside. */
  private classEscape(): number | CodePointSet {
    const { cursor } = this
    if (cursor.done) throw cursor.error('Unexpected internal error', cursor.text.length)
    const letter = cursor.next()
    if (letter === 'p' || letter === 'P') return this.property(letter === 'P')
    const set = escapeSet(letter, this.unicode)
    if (set) return set
    if (Object.hasOwn(CONTROLS, letter)) return CONTROLS[letter]!
    if (letter === '0') return this.octal()
    if (letter === 'x') return this.hexadecimal()
    if (letter === 'u') return this.unit()
    if (letter === 'c') {
      if (cursor.done) throw cursor.error('Illegal control escape sequence')
      return cursor.next().codePointAt(0)! ^ 64
    }
    if (/[A-Za-z0-9]/.test(letter)) throw cursor.error(ILLEGAL_ESCAPE, cursor.at - 1)
    return letter.codePointAt(0)!
  }

  private octal(): number {
    const digits = this.cursor.takeMatch(/[0-3][0-7]{0,2}|[4-7][0-7]?/y)
    if (!digits) throw this.cursor.error('Illegal octal escape sequence')
    return parseInt(digits[0], 8)
  }

  private hexadecimal(): number {
    const { cursor } = this
    const digits = cursor.takeMatch(/([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]+)\}/y)
    if (!digits)
      throw cursor.error(cursor.comes('{') ? 'Unclosed hexadecimal escape sequence' : 'Illegal hexadecimal escape sequence')
    const code = parseInt(digits[1] ?? digits[2]!, 16)
    if (code > 0x10ffff) throw cursor.error('Hexadecimal codepoint is too big')
    return code
  }

  private unit(): number {
    const { cursor } = this
    const digits = cursor.takeMatch(/[0-9A-Fa-f]{4}/y)
    if (!digits) throw cursor.error('Illegal Unicode escape sequence')
    const high = parseInt(digits[0], 16)
    if (high < 0xd800 || high > 0xdbff) return high
    const low = cursor.takeMatch(/\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})/y)
    return low ? ((high - 0xd800) << 10) + (parseInt(low[1]!, 16) - 0xdc00) + 0x10000 : high
  }

  private property(negated: boolean): CodePointSet {
    const { cursor } = this
    const braced = cursor.take('{')
    const end = braced ? cursor.text.indexOf('}', cursor.at) : -1
    if (braced && end < 0) throw cursor.error('Unclosed character family', cursor.text.length - 1)
    const name = braced ? cursor.text.slice(cursor.at, end) : cursor.next()
    if (braced) cursor.at = end + 1
    if (name === '') throw cursor.error('Empty character family', cursor.at - 1)
    const set = propertySet(name, this.unicode)
    if (!set) throw cursor.error(`Unknown character property name {${name}}`, cursor.at - 1)
    const folded = this.has('i') && /^(Is)?(Lower|Upper|L[ult]$|Titlecase)/i.test(name) ? this.fold(set) : set
    return negated ? folded.negate() : folded
  }
}

const plain = (code: number): PatternNode => ({ type: 'set', set: CodePointSet.of([code, code]) })
const assertion = (value: Assertion): PatternNode => ({ type: 'assertion', assertion: value })
const crLf = sequence([plain(13), plain(10)])
const LINE_END = choice([crLf, { type: 'set', set: VERTICAL }])
// Repeated, it does not take CR and LF of one line end for two.
const loneCr = sequence([plain(13), { type: 'look', behind: false, negative: true, item: plain(10) }])
const REPEATED_LINE_END = choice([crLf, { type: 'set', set: VERTICAL.minus(CodePointSet.ofText('\r')) }, loneCr])
