/**
 * Patterns of GROK, DISSECT and REPLACE as RLIKE patterns, so that what they find can be asked for together with other
 * demands on the same text. The result accepts some of the texts the pattern finds, not all: assertions are left out and
 * DATA stands for a plain word. Named parts may be given a value.
 */
import { type Language, rlike } from './languages.ts'

/** What GROK's patterns stand for: narrowly, where nothing is asked of the part, and all they may be, within reason. */
const GROK_PATTERNS: Record<string, readonly [usual: string, widest: string]> = {
  DATA: ['[a-z0-9]{3,}', '(.|\n)*'],
  GREEDYDATA: ['[a-z0-9][a-z0-9.]+[a-z0-9]', '(.|\n)*'],
  NOTSPACE: ['[A-Za-z0-9]{3,}', '[^ \n]+'],
  INT: ['[1-9][0-9]{0,5}', '[1-9][0-9]*'],
  NUMBER: ['[1-9][0-9]{0,5}', '[1-9][0-9]*'],
  WORD: ['[a-z]{3,}', '[A-Za-z0-9_]+'],
  BASE16NUM: ['[0-9a-f]{2,}', '[0-9A-Fa-f]+'],
  URIPROTO: ['http', '[a-z]+'],
  URIHOST: ['[a-z][a-z0-9]+\\.example\\.org', '[a-z0-9]+(\\.[a-z0-9]+)*(:[1-9][0-9]*)?'],
  HOSTNAME: ['[a-z][a-z0-9]+\\.example\\.org', '[a-z0-9]+(\\.[a-z0-9]+)*'],
  IP: ['203\\.0\\.113\\.[1-9]', '[1-9]\\.[1-9]\\.[1-9]\\.[1-9]']
}

/** A text as an RLIKE pattern of itself. */
export const quoted = (text: string): string => text.replaceAll(/[^A-Za-z0-9 ]/g, '\\$&')

export interface Translated {
  /** RLIKE over the whole text. */
  whole: string
  /** The same, with spaces between it and what else there is. */
  apart: string
  /** RLIKE of what is found alone. */
  found: string
  /** RLIKE of each named part. */
  parts: Map<string, string>
}

/** A regular expression (GROK's and Java's) that is looked for in a text. */
export function searched(pattern: string, values: ReadonlyMap<string, string> = new Map()): Translated {
  return new Translator(pattern, values).translate()
}

/** Texts in which the pattern is found at least so often. */
export function foundTimes(pattern: string, times: number): Language {
  const { found } = searched(pattern)
  return rlike(`(.|\n)*${`(${found})(.|\n)*`.repeat(times)}`)
}

/** A pattern of DISSECT; keys without a value are words. */
export function dissected(pattern: string, values: ReadonlyMap<string, string>): Translated {
  const parts = new Map<string, string>()
  let whole = ''
  let at = 0
  for (const key of pattern.matchAll(/%\{([^}]*)\}/g)) {
    whole += quoted(pattern.slice(at, key.index))
    const name = key[1]!.replace(/^[?+*&]/, '').replace(/->$|\/\d+$/g, '')
    const value = values.get(name)
    // A part ends where the text behind it is found first.
    const delimiter = pattern[key.index + key[0].length]
    parts.set(name, delimiter === undefined ? '(.|\n)*' : `[^${quoted(delimiter)}]*`)
    whole += value === undefined ? '[a-z0-9]{3,}' : quoted(value)
    at = key.index + key[0].length
  }
  whole += quoted(pattern.slice(at))
  return { whole, apart: whole, found: whole, parts }
}

class Translator {
  private at = 0
  private foldsCase = false
  private lines = false
  private readonly parts = new Map<string, string>()

  constructor(
    private readonly pattern: string,
    private readonly values: ReadonlyMap<string, string>
  ) {}

  translate(): Translated {
    const opens = /^(\(\?[imsx]+\))?\^/.exec(this.pattern)
    const closes = /(?<!\\)\$$/.test(this.pattern)
    const found = this.alternatives()
    const around = (space: string, optional: string) => {
      const before = opens ? (this.lines ? '((.|\n)*\n)?' : '') : `((.|\n)*${space})${optional}`
      const behind = closes ? (this.lines ? '(\n(.|\n)*)?' : '') : `(${space}(.|\n)*)${optional}`
      return `${before}(${found})${behind}`
    }
    return { whole: around('', ''), apart: around(' ', '?'), found, parts: this.parts }
  }

  private alternatives(): string {
    const branches = [this.sequence()]
    while (this.take('|')) branches.push(this.sequence())
    return branches.length === 1 ? branches[0]! : `(${branches.join('|')})`
  }

  private take(text: string): boolean {
    if (!this.pattern.startsWith(text, this.at)) return false
    this.at += text.length
    return true
  }

  private sequence(): string {
    let text = ''
    while (this.at < this.pattern.length && !'|)'.includes(this.pattern[this.at]!)) text += this.quantified(this.atom())
    return text
  }

  private quantified(atom: string): string {
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(this.pattern.slice(this.at))
    if (!quantifier) return atom
    this.at += quantifier[0].length
    // Lazy and possessive are no difference to what may match.
    if (!this.take('?')) this.take('+')
    return atom === '' ? '' : `${atom}${quantifier[0]}`
  }

  private atom(): string {
    const grok = /^%\{(\w+)(?::([^}:]+))?(?::\w+)?\}/.exec(this.pattern.slice(this.at))
    if (grok) {
      this.at += grok[0].length
      const [usual, widest] = GROK_PATTERNS[grok[1]!] ?? ['[a-z]{3,}', '[a-z]+']
      return this.part(grok[2], usual, widest)
    }
    if (this.take('(')) return this.group()
    if (this.pattern[this.at] === '[') return this.bracket()
    if (this.take('\\')) return this.escape()
    const character = String.fromCodePoint(this.pattern.codePointAt(this.at)!)
    this.at += character.length
    if (character === '^' || character === '$') return ''
    return character === '.' ? '[a-z0-9 ._]' : this.letter(character)
  }

  private letter(character: string): string {
    const [low, high] = [character.toLowerCase(), character.toUpperCase()]
    return this.foldsCase && low !== high ? `[${low}${high}]` : quoted(character)
  }

  private part(name: string | undefined, usual: string, widest: string): string {
    if (name === undefined) return `(${usual})`
    this.parts.set(name, widest)
    const value = this.values.get(name)
    return `(${value === undefined ? usual : quoted(value)})`
  }

  private group(): string {
    const named = /^\?<([^>=!][^>]*)>/.exec(this.pattern.slice(this.at))
    const flags = /^\?([imsx]*)(?:-[imsx]+)?([:)])/.exec(this.pattern.slice(this.at))
    const assertion = /^\?<?[=!]/.exec(this.pattern.slice(this.at))
    const before = this.foldsCase
    if (flags) {
      this.foldsCase ||= flags[1]!.includes('i')
      this.lines ||= flags[1]!.includes('m')
    }
    this.at += (named ?? flags ?? assertion)?.[0].length ?? 0
    if (flags?.[2] === ')') return ''
    if (!named && !flags && !assertion) this.take('?>')
    const inner = this.alternatives()
    this.take(')')
    this.foldsCase = before
    if (assertion) return ''
    return named ? this.part(named[1], inner, inner) : `(${inner})`
  }

  private bracket(): string {
    let end = this.at + 1
    if (this.pattern[end] === '^') end++
    if (this.pattern[end] === ']') end++
    while (this.pattern[end] !== ']' && end < this.pattern.length)
      end += this.pattern[end] === '\\' ? 2 : this.pattern.startsWith('[:', end) ? this.pattern.indexOf(':]', end) + 2 - end : 1
    const source = this.pattern.slice(this.at, end + 1).replaceAll('[:alnum:]', 'a-zA-Z0-9')
    this.at = end + 1
    return characterSet(source, this.foldsCase)
  }

  private escape(): string {
    const character = this.pattern[this.at++]!
    const known: Record<string, string> = {
      d: '[0-9]',
      w: '[a-zA-Z0-9_]',
      s: '[ \n]',
      S: '[a-zA-Z0-9_./]',
      D: '[a-z]',
      W: '[ ./]',
      n: '\n',
      t: '\t',
      r: '\r'
    }
    return 'bBAzZ'.includes(character) ? '' : (known[character] ?? quoted(character))
  }
}

/** A bracket expression as one of plain characters: RLIKE reads some signs within brackets otherwise. */
function characterSet(source: string, foldsCase: boolean): string {
  const test = new RegExp(source, foldsCase ? 'i' : '')
  const members: string[] = []
  for (let code = 32; code < 127; code++) if (test.test(String.fromCharCode(code))) members.push(String.fromCharCode(code))
  if (members.length === 0) return test.test('\n') ? '\n' : '[a]'
  return `[${members.map((character) => (/[A-Za-z0-9 ]/.test(character) ? character : `\\${character}`)).join('')}]`
}
