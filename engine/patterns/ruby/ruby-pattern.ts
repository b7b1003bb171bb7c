/**
 * Parser of patterns in Oniguruma's Ruby syntax, the language of GROK: text to tree, or an error in Oniguruma's words.
 *
 * `^` and `$` are line anchors, `(?m)` lets the dot match line feeds, unnamed groups do not capture when a named one exists,
 * an interval is never possessive. Not read, and refused by name: calls (`\g<name>`), conditions (`(?(1)..)`), the absent
 * operator (`(?~..)`) and grapheme clusters (`\X`). Case folding to several characters (ß to ss) is left out.
 */
import { ANY, CodePointSet } from '../regex/code-point-set.ts'
import { widthOf } from '../regex/facts.ts'
import { PatternCursor } from '../regex/pattern-cursor.ts'
import { type Assertion, choice, type PatternNode, type PatternTree, type RepeatKind, sequence } from '../regex/tree.ts'
import { closeOverCase } from '../regex/unicode-sets.ts'
import { parseRubyClass } from './ruby-class.ts'
import { BOUNDARY_WORD, escapeSet, LINE_ENDS, propertySet } from './ruby-sets.ts'

const MAX_REPEAT = 100_000
const NOT_LF = CodePointSet.ofText('\n').negate()
const CONTROLS: Record<string, number> = { t: 9, n: 10, v: 11, r: 13, f: 12, a: 7, e: 27 }
const UNDEFINED_GROUP = 'undefined group option'

/** Parses a pattern; throws PatternSyntaxError. */
export function parseRubyPattern(pattern: string): PatternTree {
  return new RubyPatternParser(pattern).parse()
}

export class RubyPatternParser {
  readonly cursor: PatternCursor
  private flags: ReadonlySet<string> = new Set()
  private groups = 0
  private readonly names = new Map<string, number[]>()
  private readonly hasNames: boolean
  /** References by name or number, resolved when all groups are known. */
  private readonly references: { node: PatternNode & { type: 'backreference' }; name: string; at: number }[] = []

  constructor(pattern: string) {
    this.cursor = new PatternCursor(pattern, 'too deep nest level')
    this.hasNames = hasNamedGroup(pattern)
  }

  parse(): PatternTree {
    const root = this.alternatives()
    if (!this.cursor.done) throw this.cursor.error('unmatched close parenthesis')
    for (const { node, name, at } of this.references) node.groups.push(...this.resolve(name, at))
    return { root, groups: this.groups, names: this.names }
  }

  private has(flag: string): boolean {
    return this.flags.has(flag)
  }

  fold(set: CodePointSet): CodePointSet {
    return this.has('i') ? closeOverCase(set) : set
  }

  private alternatives(): PatternNode {
    const before = this.flags
    const items = [this.items()]
    while (this.cursor.take('|')) items.push(this.items())
    this.flags = before
    return choice(items)
  }

  private items(): PatternNode {
    const { cursor } = this
    const items: PatternNode[] = []
    for (;;) {
      this.skipComments()
      const char = cursor.peek()
      if (char === '' || char === '|' || char === ')') return sequence(items)
      const isolated = this.isolatedFlags()
      if (isolated) {
        items.push(isolated)
        continue
      }
      items.push(this.quantified(this.atom()))
    }
  }

  private skipComments(): void {
    while (this.cursor.takeMatch(this.has('x') ? /[\t-\r ]+|#[^\n]*|\(\?#(?:[^\\)]|\\.)*\)/y : /\(\?#(?:[^\\)]|\\.)*\)/y));
  }

  /** `(?i)` holds for all that follows in its group, later alternatives included: they stand inside it. */
  private isolatedFlags(): PatternNode | null {
    const { cursor } = this
    const flags = cursor.takeMatch(/\(\?([a-zA-Z-]*)\)/y)
    if (!flags) return null
    const before = this.flags
    this.setFlags(flags[1]!)
    const item = cursor.nested(() => this.alternatives())
    this.flags = before
    return item
  }

  private setFlags(text: string): void {
    const flags = new Set(this.flags)
    let on = true
    for (const char of text) {
      if (char === '-' && on) on = false
      else if (!'imx'.includes(char)) throw this.cursor.error(UNDEFINED_GROUP)
      else if (on) flags.add(char)
      else flags.delete(char)
    }
    this.flags = flags
  }

  private atom(): PatternNode {
    const { cursor } = this
    const char = cursor.next()
    switch (char) {
      case '(':
        return cursor.nested(() => this.group())
      case '[':
        return { type: 'set', set: cursor.nested(() => parseRubyClass(this)) }
      case '\\':
        return this.escape()
      case '.':
        return { type: 'set', set: this.has('m') ? ANY : NOT_LF }
      case '^':
        return assertion({ type: 'line-start', lines: 'lf', alone: true })
      case '$':
        return assertion({ type: 'line-end', lines: 'lf' })
      case '*':
      case '+':
      case '?':
        throw cursor.error('target of repeat operator is not specified')
    }
    return this.single(char.codePointAt(0)!)
  }

  private single(code: number): PatternNode {
    return { type: 'set', set: this.fold(CodePointSet.of([code, code])) }
  }

  /** Quantifiers may follow each other; each repeats what the ones before made. */
  private quantified(atom: PatternNode): PatternNode {
    let item = atom
    for (;;) {
      this.skipComments()
      const next = this.quantifier(item)
      if (next === null) return item
      item = next
    }
  }

  private quantifier(item: PatternNode): PatternNode | null {
    const { cursor } = this
    const simple = cursor.takeMatch(/[?*+]/y)
    if (simple) {
      const [min, max] = simple[0] === '?' ? [0, 1] : [simple[0] === '+' ? 1 : 0, Infinity]
      const kind: RepeatKind = cursor.take('?') ? 'lazy' : cursor.take('+') ? 'possessive' : 'greedy'
      return { type: 'repeat', item, min: min!, max: max!, kind }
    }
    // Anything else in braces is text.
    const interval = cursor.takeMatch(/\{(?:(\d+)(,?)(\d*)|,(\d+))\}/y)
    if (!interval) return null
    const min = Number(interval[1] ?? 0)
    const upper = interval[4] ?? (interval[2] === '' ? interval[1]! : interval[3]!)
    const max = upper === '' ? Infinity : Number(upper)
    if (min > MAX_REPEAT || (max !== Infinity && max > MAX_REPEAT)) throw cursor.error('too big number is specified')
    // A fixed number followed by `?` is a greedy option.
    const isFixed = interval[4] === undefined && interval[2] === ''
    const lazy = !isFixed && cursor.take('?')
    if (max < min) return { type: 'repeat', item, min: max, max: min, kind: 'possessive' }
    return { type: 'repeat', item, min, max, kind: lazy ? 'lazy' : 'greedy' }
  }

  // ---- groups ----

  private group(): PatternNode {
    const { cursor } = this
    if (!cursor.take('?')) return this.hasNames ? this.body() : this.capture()
    if (cursor.take(':')) return this.body()
    if (cursor.take('>')) return { type: 'atomic', item: this.body() }
    if (cursor.take('=')) return { type: 'look', behind: false, negative: false, item: this.body() }
    if (cursor.take('!')) return { type: 'look', behind: false, negative: true, item: this.body() }
    if (cursor.take('<=')) return this.lookBehind(false)
    if (cursor.take('<!')) return this.lookBehind(true)
    if (cursor.take('<')) return this.capture(this.groupName('>'))
    if (cursor.take("'")) return this.capture(this.groupName("'"))
    const flags = cursor.takeMatch(/([a-zA-Z-]+):/y)
    if (!flags) throw cursor.error(cursor.done ? 'end pattern in group' : UNDEFINED_GROUP)
    const before = this.flags
    this.setFlags(flags[1]!)
    const item = this.body()
    this.flags = before
    return item
  }

  private body(): PatternNode {
    const item = this.alternatives()
    if (!this.cursor.take(')')) throw this.cursor.error('end pattern with unmatched parenthesis')
    return item
  }

  private capture(name?: string): PatternNode {
    const group = ++this.groups
    if (name !== undefined) this.names.set(name, [...(this.names.get(name) ?? []), group])
    return { type: 'capture', group, item: this.body() }
  }

  private groupName(end: string): string {
    const { cursor } = this
    const at = cursor.text.indexOf(end, cursor.at)
    const name = at < 0 ? '' : cursor.text.slice(cursor.at, at)
    if (name === '') throw cursor.error('group name is empty')
    if (/^[0-9]|[()]/.test(name) || !BOUNDARY_WORD.has(name.codePointAt(0)!)) {
      if (!/^[@]/.test(name)) throw cursor.error(`invalid group name <${name}>`)
    }
    cursor.at = at + 1
    return name
  }

  /** Alternatives of different lengths may stand on top only. */
  private lookBehind(negative: boolean): PatternNode {
    const item = this.body()
    const ways = item.type === 'choice' ? item.items : [item]
    for (const way of ways) {
      const { min, max } = widthOf(way)
      if (min !== max) throw this.cursor.error('invalid pattern in look-behind')
    }
    return { type: 'look', behind: true, negative, item }
  }

  // ---- escapes ----

  private escape(): PatternNode {
    const { cursor } = this
    const letter = cursor.peek()
    switch (letter) {
      case '':
        throw cursor.error('end pattern at escape')
      case 'A':
        return this.asserted({ type: 'text-start' })
      case 'z':
        return this.asserted({ type: 'text-end' })
      case 'Z':
        return this.asserted({ type: 'last-line-end', lines: 'lf' })
      case 'G':
        return this.asserted({ type: 'search-start' })
      case 'b':
      case 'B':
        return this.asserted({ type: 'word-boundary', word: BOUNDARY_WORD, negative: letter === 'B' })
      case 'R':
        cursor.next()
        return { type: 'atomic', item: choice([sequence([plain(13), plain(10)]), { type: 'set', set: LINE_ENDS }]) }
      case 'K':
        cursor.next()
        return { type: 'keep' }
      case 'k':
        return this.namedReference()
      case 'g':
      case 'X':
        throw cursor.error(`\\${letter} is not supported`)
    }
    const number = cursor.takeMatch(/[1-9][0-9]*/y)
    if (number) return this.numbered(number[0])
    const value = this.charEscape()
    return typeof value === 'number' ? this.single(value) : { type: 'set', set: this.fold(value) }
  }

  private asserted(value: Assertion): PatternNode {
    this.cursor.next()
    return assertion(value)
  }

  private namedReference(): PatternNode {
    const name = this.cursor.takeMatch(/k(?:<([^>]+)>|'([^']+)')/y)
    if (!name) throw this.cursor.error('invalid backref number/name')
    return this.reference(name[1] ?? name[2]!)
  }

  /** Of several digits as many as there are groups for; a number without a group is an octal code. */
  private numbered(digits: string): PatternNode {
    if (this.hasNames) throw this.cursor.error('numbered backref/call is not allowed. (use name)')
    if (digits.length > 1 && Number(digits) > countGroups(this.cursor.text)) {
      const octal = /^[0-7]{2,3}/.exec(digits)
      this.cursor.at -= digits.length - (octal?.[0].length ?? 1)
      return octal ? this.single(parseInt(octal[0], 8)) : this.reference(digits[0]!)
    }
    return this.reference(digits)
  }

  private reference(name: string): PatternNode {
    const node = {
      type: 'backreference' as const,
      groups: [],
      ignoreCase: this.has('i') ? ('unicode' as const) : ('no' as const)
    }
    const relative = /^-(\d+)$/.exec(name)
    this.references.push({ node, name: relative ? String(this.groups + 1 - Number(relative[1])) : name, at: this.cursor.at })
    return node
  }

  /** Of groups of one name the last that took part. */
  private resolve(name: string, at: number): number[] {
    if (/^\d+$/.test(name)) {
      const group = Number(name)
      if (group < 1 || group > this.groups) throw this.cursor.error('invalid backref number/name', at)
      return [group]
    }
    const groups = this.names.get(name)
    if (!groups) throw this.cursor.error(`undefined name <${name}> reference`, at)
    return groups.toReversed()
  }

  /** What stands behind a backslash, in a class or outside: a code point or a set. */
  charEscape(): number | CodePointSet {
    const { cursor } = this
    if (cursor.done) throw cursor.error('end pattern at escape')
    const property = cursor.takeMatch(/([pP])\{(\^?)([^}]*)\}/y)
    if (property) return this.property(property[3]!, (property[1] === 'P') !== (property[2] === '^'))
    const hexadecimal = cursor.takeMatch(/x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{4})/y)
    if (hexadecimal) return parseInt(hexadecimal[1] ?? hexadecimal[2]!, 16)
    const octal = cursor.takeMatch(/0[0-7]{0,2}/y)
    if (octal) return parseInt(octal[0], 8)
    const control = cursor.takeMatch(/(?:c|C-)([\s\S])/y)
    if (control) return control[1]!.charCodeAt(0) & 0x1f
    const letter = cursor.next()
    if (letter === 'u') throw cursor.error('too short escape sequence')
    return escapeSet(letter) ?? (Object.hasOwn(CONTROLS, letter) ? CONTROLS[letter]! : letter.codePointAt(0)!)
  }

  private property(name: string, negated: boolean): CodePointSet {
    const set = propertySet(name)
    if (!set) throw this.cursor.error(`invalid character property name <${name}>`)
    return negated ? set.negate() : set
  }
}

/** True when a group has a name: then those without one do not capture. */
function hasNamedGroup(pattern: string): boolean {
  return groupStarts(pattern).some((start) => /^\(\?(<[^=!]|')/.test(start))
}

function countGroups(pattern: string): number {
  return groupStarts(pattern).filter((start) => !start.startsWith('(?')).length
}

/** The first characters of every group; escapes and classes are passed over. */
function groupStarts(pattern: string): string[] {
  const starts: string[] = []
  let depth = 0
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i]
    if (char === '\\') i++
    else if (char === '[') {
      depth++
      if (pattern[i + 1] === '^') i++
      if (depth === 1 && pattern[i + 1] === ']') i++
    } else if (char === ']' && depth > 0) depth--
    else if (char === '(' && depth === 0) starts.push(pattern.slice(i, i + 4))
  }
  return starts
}

const plain = (code: number): PatternNode => ({ type: 'set', set: CodePointSet.of([code, code]) })
const assertion = (value: Assertion): PatternNode => ({ type: 'assertion', assertion: value })
