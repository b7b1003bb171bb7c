/**
 * Lucene's query string syntax, as QSTR takes it: `field:value`, phrases, AND OR NOT && || !, + and -, parentheses (behind a
 * field too), wildcards, `~` for fuzzy terms and sloppy phrases, ranges in brackets and by `>` `<`, `_exists_:field`, `^` for rank.
 *
 * Clauses without an operator between them join by the default operator. `a AND b OR c` marks a and b as required and leaves c
 * optional, as the classic parser does: operators are no algebra there. Regular expressions are refused by name.
 */

export type QueryStringNode =
  | { type: 'all' }
  | { type: 'clauses'; clauses: { occur: Occurrence; node: QueryStringNode }[] }
  | { type: 'exists'; field: string }
  | { type: 'range'; field: string | null; from: RangeText | null; to: RangeText | null }
  | { type: 'term'; field: string | null; text: string; quoted: boolean; wildcard: boolean; fuzzy: string | null }

export type Occurrence = 'must' | 'should' | 'must-not'

export interface RangeText {
  text: string
  inclusive: boolean
}

/** What is wrong with a query string, and where. */
export class QueryStringError extends Error {
  constructor(
    message: string,
    readonly start: number,
    readonly end: number
  ) {
    super(message)
  }
}

const DEEPEST = 100
const SPACE = /[ \t\n\r\u3000]+/y
const TERM =
  /(?:\\[\s\S]|[^\s\u3000+\-!():^[\]"{}~/\\<>=&|]|[&|](?![&|]))(?:\\[\s\S]|[^\s\u3000!():^[\]"{}~\\<>=&|]|[&|](?![&|]))*/y
const PHRASE = /"((?:\\[\s\S]|[^"\\])*)"/y
const RANGE = /([[{])\s*("(?:\\[\s\S]|[^"\\])*"|[^\s"]+)\s+TO\s+("(?:\\[\s\S]|[^"\\])*"|[^\s"\]}]+)\s*([\]}])/y
const COMPARISON = /(<=|>=|<|>|=)\s*/y
const FUZZY = /~(\d+(?:\.\d+)?)?/y
const BOOST = /\^\d+(?:\.\d+)?/y
const FIELD = /((?:\\[\s\S]|[^\s\u3000+\-!():^[\]"{}~/\\<>=])(?:\\[\s\S]|[^\s\u3000!():^[\]"{}~\\<>=])*)\s*:\s*/y

/** The tree of a query string. Throws QueryStringError. */
export function parseQueryString(text: string, defaultOperator: 'and' | 'or'): QueryStringNode {
  const parser = new Parser(text, defaultOperator)
  return parser.whole()
}

class Parser {
  private at = 0
  private depth = 0

  constructor(
    private readonly text: string,
    private readonly defaultOperator: 'and' | 'or'
  ) {}

  whole(): QueryStringNode {
    const node = this.clauses(null)
    if (this.at < this.text.length) throw this.unexpected()
    return node
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found) this.at += found[0].length
    return found
  }

  private eat(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false
    this.at += text.length
    return true
  }

  private word(name: string): boolean {
    const pattern = new RegExp(`${name}(?=[\\s(]|$)`, 'y')
    return this.match(pattern) !== null
  }

  private unexpected(): QueryStringError {
    const at = Math.min(this.at, this.text.length)
    const shown = at === this.text.length ? '<EOF>' : this.text[at]!
    return new QueryStringError(`Encountered "${shown}" at column ${at + 1}`, at, Math.min(at + 1, this.text.length))
  }

  /** Clauses up to a closing parenthesis or the end. */
  private clauses(field: string | null): QueryStringNode {
    if (++this.depth > DEEPEST) throw new QueryStringError('the query is nested too deeply', this.at, this.at)
    const clauses: { occur: Occurrence; node: QueryStringNode }[] = []
    for (;;) {
      this.match(SPACE)
      if (this.at >= this.text.length || this.text[this.at] === ')') break
      const joined = clauses.length === 0 ? null : this.conjunction()
      const occur = this.modifier()
      const node = this.clause(field)
      const last = clauses.at(-1)
      // AND makes the clause before it required; OR, where AND is the default, makes it optional.
      if (joined === 'and' && last?.occur === 'should') last.occur = 'must'
      if (joined === 'or' && this.defaultOperator === 'and' && last?.occur === 'must') last.occur = 'should'
      const required = joined === 'and' || (joined === null && this.defaultOperator === 'and')
      clauses.push({ occur: occur ?? (required ? 'must' : 'should'), node })
    }
    this.depth--
    if (clauses.length === 1 && clauses[0]!.occur !== 'must-not') return clauses[0]!.node
    return { type: 'clauses', clauses }
  }

  private conjunction(): 'and' | 'or' | null {
    const found = this.word('AND') || this.eat('&&') ? 'and' : this.word('OR') || this.eat('||') ? 'or' : null
    this.match(SPACE)
    return found
  }

  private modifier(): Occurrence | null {
    const occur = this.eat('+') ? 'must' : this.eat('-') || this.eat('!') || this.word('NOT') ? 'must-not' : null
    this.match(SPACE)
    return occur
  }

  private clause(outer: string | null): QueryStringNode {
    const named = this.match(FIELD)
    const field = named ? unescape(named[1]!) : outer
    if (this.eat('(')) {
      const node = this.clauses(field)
      if (!this.eat(')')) throw this.unexpected()
      this.match(BOOST)
      return node
    }
    if (field === '_exists_') {
      const name = this.match(TERM)
      if (!name) throw this.unexpected()
      return { type: 'exists', field: unescape(name[0]) }
    }
    if (this.text[this.at] === '/')
      throw new QueryStringError('a regular expression is not run by this version yet', this.at, this.text.length)
    const value = this.range(field) ?? this.comparison(field) ?? this.phrase(field) ?? this.term(field)
    this.match(BOOST)
    return value
  }

  private range(field: string | null): QueryStringNode | null {
    const found = this.match(RANGE)
    if (!found) return null
    const end = (text: string, inclusive: boolean): RangeText | null =>
      text === '*' ? null : { text: unescape(text.startsWith('"') ? text.slice(1, -1) : text), inclusive }
    return { type: 'range', field, from: end(found[2]!, found[1] === '['), to: end(found[3]!, found[4] === ']') }
  }

  private comparison(field: string | null): QueryStringNode | null {
    const sign = this.match(COMPARISON)
    if (!sign) return null
    const quoted = this.match(PHRASE)
    const text = quoted ? quoted[1]! : this.match(/[^\s()]+/y)?.[0]
    if (text === undefined || sign[1] === '=') throw this.unexpected()
    const end = { text: unescape(text), inclusive: sign[1]!.length === 2 }
    return sign[1]!.startsWith('>')
      ? { type: 'range', field, from: end, to: null }
      : { type: 'range', field, from: null, to: end }
  }

  private phrase(field: string | null): QueryStringNode | null {
    const found = this.match(PHRASE)
    if (!found) return null
    return { type: 'term', field, text: unescape(found[1]!), quoted: true, wildcard: false, fuzzy: this.fuzzy() }
  }

  private term(field: string | null): QueryStringNode {
    const found = this.match(TERM)
    if (!found) throw this.unexpected()
    const [written] = found
    if (written === '*' && (field === null || field === '*')) return { type: 'all' }
    if (written === '*' && field !== null) return { type: 'exists', field }
    const wildcard = /(?:^|[^\\])(?:\\\\)*[*?]/.test(written)
    // Of a wildcard the backslashes stay: they tell its stars from others.
    return { type: 'term', field, text: wildcard ? written : unescape(written), quoted: false, wildcard, fuzzy: this.fuzzy() }
  }

  private fuzzy(): string | null {
    const found = this.match(FUZZY)
    return found ? (found[1] ?? '') : null
  }
}

function unescape(text: string): string {
  return text.replace(/\\([\s\S])/g, '$1')
}
