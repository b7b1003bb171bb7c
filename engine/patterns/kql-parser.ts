/**
 * KQL, from tokens to a tree.
 *
 * Elasticsearch reads `a and b or c` as `a and (b or c)`: both operators bind alike and chains are read from the right
 * (pull request 115632 says so with a test); in a list of values, `field: (a or b and c)`, from the left. Both differ from
 * the `and` before `or` that Kibana's own documentation promises; Elasticsearch's reading counts here.
 */
import { KqlSyntaxError, type KqlToken, kqlTokens, type KqlTokenType } from './kql-tokens.ts'

export { KqlSyntaxError } from './kql-tokens.ts'

export type KqlNode =
  | { type: 'all' }
  | KqlGroup
  | { type: 'not'; operand: KqlNode }
  | { type: 'exists'; field: KqlName }
  | { type: 'range'; field: KqlName; operator: KqlComparison; value: KqlValue }
  /** Without a field: any field. */
  | { type: 'term'; field: KqlName | null; value: KqlValue }
  | { type: 'nested'; field: KqlName }

export interface KqlGroup {
  type: 'and' | 'or'
  operands: KqlNode[]
}

export type KqlComparison = '<' | '<=' | '>' | '>='

export interface KqlName {
  text: string
  /** Wildcards of a quoted name are no wildcards. */
  quoted: boolean
  start: number
  end: number
}

export interface KqlValue {
  /** Words joined by one space each, escapes resolved. */
  text: string
  quoted: boolean
  wildcard: boolean
  start: number
  end: number
}

/** Levels of parentheses, negations and changes of operator. */
const DEEPEST = 200

/** The tree of a query; null for an empty one, which matches everything. Throws KqlSyntaxError. */
export function parseKql(text: string): KqlNode | null {
  const parser = new Parser(kqlTokens(text))
  return parser.query()
}

class Parser {
  private at = 0
  private depth = 0

  constructor(private readonly tokens: readonly KqlToken[]) {}

  query(): KqlNode | null {
    if (this.next().type === 'end') return null
    const query = this.chain()
    if (this.next().type !== 'end') throw this.unexpected()
    return query
  }

  private next(): KqlToken {
    return this.tokens[this.at]!
  }

  private peek(distance: number): KqlTokenType {
    return this.tokens[Math.min(this.at + distance, this.tokens.length - 1)]!.type
  }

  private take(): KqlToken {
    return this.tokens[this.at++]!
  }

  private expect(type: KqlTokenType): KqlToken {
    if (this.next().type !== type) throw this.unexpected()
    return this.take()
  }

  private unexpected(): KqlSyntaxError {
    const { type, text, start, end } = this.next()
    const shown = type === 'end' ? '<EOF>' : text === '' ? type : text
    return new KqlSyntaxError(`no viable alternative at input '${shown}'`, start, Math.max(end, start))
  }

  private deeper<Node>(read: () => Node): Node {
    if (++this.depth > DEEPEST) throw new KqlSyntaxError('the query is nested too deeply', this.next().start, this.next().end)
    const node = read()
    this.depth--
    return node
  }

  /** Operands between AND and OR, read from the right. */
  private chain(): KqlNode {
    const operands = [this.simple()]
    const operators: ('and' | 'or')[] = []
    while (this.next().type === 'and' || this.next().type === 'or') {
      operators.push(this.take().type as 'and' | 'or')
      operands.push(this.simple())
    }
    const groups: KqlGroup[] = []
    let node = operands.pop()!
    for (const operator of operators.reverse()) {
      const open = groups.at(-1)
      const operand = operands.pop()!
      if (open?.type === operator) open.operands.unshift(operand)
      else groups.push((node = this.group(operator, [operand, node], groups.length)))
    }
    return node
  }

  private group(type: 'and' | 'or', operands: KqlNode[], level: number): KqlGroup {
    if (level >= DEEPEST) throw new KqlSyntaxError('the query is nested too deeply', 0, this.next().end)
    return { type, operands }
  }

  private simple(): KqlNode {
    const { type } = this.next()
    if (type === 'not' && !endsValue(this.peek(1))) {
      this.take()
      return { type: 'not', operand: this.deeper(() => this.simple()) }
    }
    if (type === '(') {
      this.take()
      const query = this.deeper(() => this.chain())
      this.expect(')')
      return query
    }
    const behind = this.peek(1)
    if (type === 'word' || type === 'string' || type === 'star') {
      if (behind === ':') return this.field()
      if (behind === '<' || behind === '<=' || behind === '>' || behind === '>=') return this.range()
    }
    if (type === 'star' && endsValue(behind)) {
      this.take()
      return { type: 'all' }
    }
    return { type: 'term', field: null, value: this.value() }
  }

  private name(): KqlName {
    const { type, text, start, end } = this.take()
    return { text, quoted: type === 'string', start, end }
  }

  private field(): KqlNode {
    const field = this.name()
    this.expect(':')
    if (this.next().type === '{') {
      // What stands inside is read for its errors; the fields it would be about cannot be columns.
      this.take()
      this.deeper(() => this.chain())
      this.expect('}')
      return { type: 'nested', field }
    }
    if (this.next().type === 'star' && endsValue(this.peek(1))) {
      this.take()
      return field.text === '*' && !field.quoted ? { type: 'all' } : { type: 'exists', field }
    }
    return this.fieldValue(field)
  }

  private range(): KqlNode {
    const field = this.name()
    const operator = this.take().type as KqlComparison
    return { type: 'range', field, operator, value: this.value() }
  }

  /** One value, a negated one, or a list in parentheses. */
  private fieldValue(field: KqlName): KqlNode {
    if (this.next().type === 'not' && !endsValue(this.peek(1))) {
      this.take()
      return { type: 'not', operand: this.deeper(() => this.fieldValue(field)) }
    }
    if (this.next().type !== '(') return { type: 'term', field, value: this.value() }
    this.take()
    const list = this.deeper(() => this.valueList(field))
    this.expect(')')
    return list
  }

  /** Values between AND and OR, read from the left. */
  private valueList(field: KqlName): KqlNode {
    const groups: KqlGroup[] = []
    let node = this.fieldValue(field)
    while (this.next().type === 'and' || this.next().type === 'or') {
      const operator = this.take().type as 'and' | 'or'
      const value = this.fieldValue(field)
      const open = groups.at(-1)
      if (open?.type === operator) open.operands.push(value)
      else groups.push((node = this.group(operator, [node, value], groups.length)))
    }
    return node
  }

  /** A quoted string, or words up to an operator; an operator with nothing behind it is a word. */
  private value(): KqlValue {
    if (this.next().type === 'string') {
      const { text, start, end } = this.take()
      return { text, quoted: true, wildcard: false, start, end }
    }
    const words: KqlToken[] = []
    // An operator that begins a value cannot be one.
    if (this.next().type === 'and' || this.next().type === 'or' || this.next().type === 'not') words.push(this.take())
    for (;;) {
      const { type } = this.next()
      if (type === 'word' || type === 'star' || (type === 'not' && words.length > 0)) words.push(this.take())
      else if ((type === 'and' || type === 'or') && endsValue(this.peek(1))) {
        words.push(this.take())
        break
      } else break
    }
    const [first] = words
    if (!first) throw this.unexpected()
    return {
      text: words.map(({ text }) => text).join(' '),
      quoted: false,
      wildcard: words.some(({ wildcard }) => wildcard),
      start: first.start,
      end: words.at(-1)!.end
    }
  }
}

/** Nothing that could be a query or a value follows. */
function endsValue(type: KqlTokenType): boolean {
  return type === 'end' || type === ')' || type === '}' || type === 'and' || type === 'or'
}
