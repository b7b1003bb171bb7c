/**
 * Lexer: the text of a query to tokens with spans.
 *
 * In:   query text. Out: tokens that end in an `end` token, and one diagnostic for each piece that is no token.
 * Why modes: what a word is depends on its command. Index patterns take almost any character, names in KEEP take `*`,
 *   `as` is a keyword in RENAME and a name in WHERE. The mode follows from the command word; `(` saves it, `)` restores it.
 * Holds: spans of tokens and comments never overlap and cover all but white space; no input throws or recurses. The parser
 *   and the editor use the same tokens.
 */
import type { Diagnostic } from '../base/diagnostic.ts'
import { COMMANDS, type LexicalMode } from './commands.ts'
import { ADVICE, FOREIGN_OPERATORS, didYouMeanAdvice, syntaxError, tokenRecognition } from './errors.ts'
import { EXPRESSION_KEYWORDS, type Token, type TokenKind } from './token.ts'

export interface TokenizeResult {
  tokens: Token[]
  diagnostics: Diagnostic[]
}

/** Splits a query into tokens; comments are left out unless asked for. */
export function tokenize(text: string, options: { comments?: boolean } = {}): TokenizeResult {
  const lexer = new Lexer(text, options.comments ?? false)
  lexer.run()
  return { tokens: lexer.tokens, diagnostics: lexer.diagnostics }
}

const NO_WORDS: ReadonlySet<string> = new Set()

/** Keywords of each mode; elsewhere the same word is a name. */
const KEYWORDS: Readonly<Record<LexicalMode, ReadonlySet<string>>> = {
  command: NO_WORDS,
  expression: EXPRESSION_KEYWORDS,
  source: new Set(['metadata']),
  join: new Set(['join', 'as', 'on']),
  policy: new Set(['on', 'with']),
  'enrich-names': new Set(['with']),
  names: NO_WORDS,
  rename: new Set(['as']),
  field: NO_WORDS
}

/** Keywords after which the rest of the command is lexed differently. */
const MODE_AFTER: ReadonlyMap<string, LexicalMode> = new Map([
  ['join on', 'expression'],
  ['policy on', 'enrich-names'],
  ['policy with', 'enrich-names']
])

/** Longest first: `::` before `:`. */
const SYMBOLS = [
  '::',
  '==',
  '=~',
  '!=',
  '<=',
  '>=',
  ':',
  '=',
  '<',
  '>',
  '+',
  '-',
  '*',
  '/',
  '%',
  ',',
  '.',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ';'
]
const SYMBOLS_BY_FIRST: ReadonlyMap<string, readonly string[]> = new Map(
  SYMBOLS.map(([first]) => [first!, SYMBOLS.filter((symbol) => symbol[0] === first)])
)
const PUNCTUATION: ReadonlySet<string> = new Set([',', '.', '(', ')', '[', ']', '{', '}', ';'])

const WORD = /[A-Za-z_@][A-Za-z0-9_]*/y
const PATTERN = /[A-Za-z_@*][A-Za-z0-9_*]*/y
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y
const DIGITS = /\d+/y
const PARAMETER = /\?\??(?:[A-Za-z_][A-Za-z0-9_]*|\d+)?/y
const WHITE_SPACE = /[ \t\r\n]+/y
const SOURCE = /(?:[^:"=|,[\]/() \t\r\n]|\/(?![*/]))+/y
const POLICY = /(?:[^\\/?"<>| ,#\t\r\n:()]+:)?[^\\/?"<>| ,#\t\r\n:()]+/y
const COMMENT_EDGE = /\/\*|\*\//g
const SUBQUERY = /[ \t\r\n]*(?:from|ts)[ \t\r\n]+[^ \t\r\n,.()]/iy
const CALL_FOLLOWS = /[ \t\r\n]*\(/y
/** Characters no token begins with, taken together so that one slip is one diagnostic. */
const UNKNOWN = /(?:&+|!+~?|~+|[\u0080-\uffff]+|[\s\S])/y

interface Frame {
  mode: LexicalMode
  command: string
  /** The parenthesis holds commands: a subquery or a FORK branch. */
  commands: boolean
}

class Lexer {
  readonly tokens: Token[] = []
  readonly diagnostics: Diagnostic[] = []
  private position = 0
  private mode: LexicalMode = 'command'
  private command = ''
  private readonly frames: Frame[] = []
  private commandFrames = 0

  constructor(
    private readonly text: string,
    private readonly keepComments: boolean
  ) {}

  run(): void {
    const { text } = this
    while (this.position < text.length) {
      if (this.match(WHITE_SPACE) !== null) this.position = WHITE_SPACE.lastIndex
      else if (!this.comment()) this.token()
    }
    this.push('end', text.length, { text: '<EOF>', word: '<EOF>' })
  }

  private token(): void {
    const character = this.text[this.position]!
    if (character === '|') return this.pipe()
    if (character === '"') return this.string()
    if (this.mode === 'source' || this.mode === 'join') return this.wordOrSymbol(SOURCE, 'source')
    if (this.mode === 'policy') return this.wordOrSymbol(POLICY, 'source')
    if (character === '`') return this.quotedName()
    if (character === '?') return this.parameter()
    if (character === "'") return this.singleQuoted()
    if (character >= '0' && character <= '9') return this.number()
    if (this.mode === 'command' && this.commandWord()) return
    if (this.isNameMode()) return this.wordOrSymbol(PATTERN, 'pattern')
    if (character === '.' && this.mode !== 'field' && /\d/.test(this.text[this.position + 1] ?? '')) return this.number()
    this.wordOrSymbol(WORD, 'identifier')
  }

  private wordOrSymbol(pattern: RegExp, kind: TokenKind): void {
    if (!this.word(pattern, kind)) this.symbol()
  }

  private isNameMode(): boolean {
    return this.mode === 'names' || this.mode === 'rename' || this.mode === 'enrich-names'
  }

  // ---- words ----

  /** The word that names a command and so decides how what follows is lexed. An unknown one is left to the parser. */
  private commandWord(): boolean {
    const text = this.match(WORD)
    if (text === null) {
      this.mode = 'expression'
      return false
    }
    const word = text.toLowerCase()
    const shape = COMMANDS.get(word)
    this.command = word
    this.mode = shape?.mode ?? 'expression'
    this.push(shape === undefined ? 'identifier' : 'command', this.position + text.length, shape === undefined ? {} : { word })
    return true
  }

  /** One name, keyword or source that matches `pattern`; false where none begins here. */
  private word(pattern: RegExp, kind: TokenKind): boolean {
    const text = this.match(pattern)
    if (text === null || text === '_' || text === '@') return false
    const end = this.position + text.length
    const word = text.toLowerCase()
    if (KEYWORDS[this.mode].has(word) && !(this.mode === 'expression' && isFunctionWord(word) && this.callFollows(end))) {
      this.push('keyword', end, { word })
      this.mode = MODE_AFTER.get(`${this.mode} ${word}`) ?? this.mode
      return true
    }
    if (this.command === 'inline' && word === 'stats') {
      this.command = 'inline stats'
      this.push('command', end, { word })
    } else this.push(kind === 'identifier' && this.callFollows(end) ? 'function' : kind, end)
    return true
  }

  private callFollows(end: number): boolean {
    CALL_FOLLOWS.lastIndex = end
    return CALL_FOLLOWS.test(this.text)
  }

  private quotedName(): void {
    const { text } = this
    let end = this.position + 1
    for (;;) {
      end = text.indexOf('`', end)
      if (end < 0) return this.broken('quoted-identifier', text.length, ADVICE.openName)
      if (text[end + 1] !== '`') break
      end += 2
    }
    const value = text.slice(this.position + 1, end).replaceAll('``', '`')
    if (value === '') return this.broken('quoted-identifier', end + 1, ADVICE.emptyName)
    this.push('quoted-identifier', end + 1, { value })
  }

  private parameter(): void {
    const text = this.match(PARAMETER)!
    this.push('parameter', this.position + text.length, { value: text.slice(1) })
  }

  private number(): void {
    // In name modes the dot separates parts, so `a.0.b` must not swallow it.
    const text = this.match(this.isNameMode() || this.mode === 'field' ? DIGITS : NUMBER)!
    this.push('number', this.position + text.length)
  }

  // ---- strings ----

  private string(): void {
    if (this.text.startsWith('"""', this.position)) this.rawString()
    else this.escapedString()
  }

  /** `"""..."""`: no escapes, no line break; up to two more quotes belong to the content. */
  private rawString(): void {
    const { text } = this
    const start = this.position + 3
    let end = text.indexOf('"""', start)
    if (end < 0 || this.breaksLine(start, end)) return this.broken('string', this.lineEnd(start), ADVICE.openString)
    for (let extra = 0; extra < 2 && text[end + 3] === '"'; extra++) end++
    this.push('string', end + 3, { value: text.slice(start, end), raw: true })
  }

  private escapedString(): void {
    const { text } = this
    let end = this.position + 1
    let escapes = false
    for (; ; end++) {
      const character = text[end]
      if (character === undefined || character === '\n' || character === '\r')
        return this.broken('string', end, ADVICE.openString)
      if (character === '"') break
      if (character !== '\\') continue
      escapes = true
      if (/[^\r\n]/.test(text[end + 1] ?? '\n')) end++
    }
    const written = text.slice(this.position + 1, end)
    const value = escapes ? this.unescape(written) : written
    this.push('string', end + 1, { value })
  }

  /** Reports the first escape that does not exist; the text is kept so that parsing can go on. */
  private unescape(written: string): string {
    let reported = false
    return written.replace(/\\([\s\S])/g, (escape, character: string, offset: number) => {
      const decoded = ESCAPED.get(character)
      if (decoded !== undefined) return decoded
      if (!reported) {
        const start = this.position + 1 + offset
        this.report(start, start + 2, tokenRecognition(`"${written.slice(0, offset + 2)}`, ADVICE.escapes))
        reported = true
      }
      return escape
    })
  }

  /** ES|QL has no such strings; the whole of it is one slip. */
  private singleQuoted(): void {
    const close = this.text.indexOf("'", this.position + 1)
    const closed = close >= 0 && !this.breaksLine(this.position, close)
    this.broken('unknown', closed ? close + 1 : this.position + 1, ADVICE.doubleQuotes)
  }

  // ---- pipes, parentheses, the rest ----

  private pipe(): void {
    // A pipe ends the command, so parentheses that are still open were forgotten; those around commands stay.
    while (this.frames.length > 0 && !this.frames.at(-1)!.commands) this.frames.pop()
    this.push('pipe', this.position + 1, { word: '|', nested: this.commandFrames > 0 })
    this.startCommand()
  }

  private startCommand(): void {
    this.mode = 'command'
    this.command = ''
  }

  private symbol(): void {
    const symbol = SYMBOLS_BY_FIRST.get(this.text[this.position]!)?.find((each) => this.text.startsWith(each, this.position))
    if (symbol === undefined) return this.unknown()
    this.push(PUNCTUATION.has(symbol) ? 'punctuation' : 'operator', this.position + symbol.length, { word: symbol })
    if (symbol === '(') this.openParenthesis()
    else if (symbol === ')') this.closeParenthesis()
    else if (symbol === ';') this.startCommand()
  }

  private openParenthesis(): void {
    const commands = this.mode === 'source' || this.command === 'fork' || this.subqueryFollows()
    this.frames.push({ mode: this.mode, command: this.command, commands })
    if (!commands) return
    this.commandFrames++
    this.startCommand()
  }

  /** `IN (FROM ...`: the parser refuses it, as one thing. */
  private subqueryFollows(): boolean {
    if (this.mode !== 'expression' || this.tokens.at(-2)?.word !== 'in') return false
    return this.match(SUBQUERY) !== null
  }

  private closeParenthesis(): void {
    const frame = this.frames.pop()
    if (frame === undefined) return
    this.mode = frame.mode
    this.command = frame.command
    if (frame.commands) this.commandFrames--
  }

  private unknown(): void {
    const text = this.match(UNKNOWN)!
    this.broken('unknown', this.position + text.length, didYouMeanAdvice(FOREIGN_OPERATORS.get(text)))
  }

  /** Takes a comment that begins here; block comments nest. */
  private comment(): boolean {
    const { text } = this
    if (text[this.position] !== '/') return false
    const second = text[this.position + 1]
    if (second === '/') this.pushComment(this.lineEnd(this.position))
    else if (second === '*') this.blockComment()
    else return false
    return true
  }

  private blockComment(): void {
    let depth = 1
    COMMENT_EDGE.lastIndex = this.position + 2
    for (let edge = COMMENT_EDGE.exec(this.text); edge !== null; edge = COMMENT_EDGE.exec(this.text)) {
      depth += edge[0] === '/*' ? 1 : -1
      if (depth === 0) return this.pushComment(COMMENT_EDGE.lastIndex)
    }
    const start = this.position
    this.report(start, start + 2, tokenRecognition(this.text.slice(start), ADVICE.openComment))
    this.pushComment(this.text.length)
  }

  private pushComment(end: number): void {
    if (this.keepComments) this.push('comment', end)
    else this.position = end
  }

  // ---- plumbing ----

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.position
    return pattern.exec(this.text)?.[0] ?? null
  }

  /** Whether a line ends in the range. It never looks beyond `end`: a query of one long line must not cost its square. */
  private breaksLine(start: number, end: number): boolean {
    for (let i = start; i < end; i++) if (this.text[i] === '\n' || this.text[i] === '\r') return true
    return false
  }

  private lineEnd(from: number): number {
    const { text } = this
    let end = from
    while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++
    return end
  }

  private push(kind: TokenKind, end: number, parts: Partial<Token> = {}): void {
    const span = { start: this.position, end }
    const text = parts.text ?? this.text.slice(this.position, end)
    const { word = '', value = text, raw = false, broken = false, nested = false } = parts
    this.tokens.push({ kind, text, word, value, span, raw, broken, nested })
    this.position = end
  }

  private broken(kind: TokenKind, end: number, advice: string | null): void {
    this.report(this.position, end, tokenRecognition(this.text.slice(this.position, end), advice))
    this.push(kind, end, { broken: true })
  }

  private report(start: number, end: number, message: string): void {
    this.diagnostics.push(syntaxError(message, { start, end }))
  }
}

const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['"', '"'],
  ['\\', '\\']
])

function isFunctionWord(word: string): boolean {
  return word === 'first' || word === 'last'
}
