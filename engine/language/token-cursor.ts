/**
 * Cursor over tokens: the parser's only way to look at the text.
 *
 * Every question (`at`, `accept`, `expect`) is remembered until the next token is taken, so a failure can say what would
 * have been right here without any parser function listing it. A failure is thrown as SyntaxFailure and caught where the
 * parser resynchronises, at the next pipe.
 */
import type { Diagnostic } from '../base/diagnostic.ts'
import { nearestName } from '../base/edit-distance.ts'
import type { Span } from '../base/span.ts'
import {
  MAX_EXPRESSION_DEPTH,
  expressionTooDeep,
  extraneousInput,
  mismatchedInput,
  syntaxError,
  unsupportedSyntax
} from './errors.ts'
import type { Token, TokenKind } from './token.ts'

/** Leaves the command that is being parsed. `diagnostic` is null when the lexer has already reported the cause. */
export class SyntaxFailure extends Error {
  constructor(readonly diagnostic: Diagnostic | null) {
    super(diagnostic?.message ?? 'reported by the lexer')
  }
}

/** How a class of tokens is called in messages, as in Elasticsearch's. */
const CLASS_NAMES: Readonly<Partial<Record<TokenKind, string>>> = {
  string: 'QUOTED_STRING',
  identifier: 'UNQUOTED_IDENTIFIER',
  'quoted-identifier': 'QUOTED_IDENTIFIER',
  pattern: 'ID_PATTERN',
  source: 'UNQUOTED_SOURCE',
  parameter: 'PARAM'
}

export class TokenCursor {
  /** The token under the cursor; the last one is `end` and is never passed. */
  current: Token
  /** Height of the expression parsed last: what bounds the recursion of later stages. */
  height = 0
  private index = 0
  private nesting = 0
  /** Everything asked for at this token. */
  private expected: string[] = []
  /** Where the command began: a token the lexer refused behind it explains the failure. */
  private commandStart = 0

  constructor(
    readonly text: string,
    private readonly tokens: readonly Token[]
  ) {
    this.current = tokens[0]!
  }

  /** The token `distance` places ahead. */
  peek(distance: number): Token {
    return this.tokens[Math.min(this.index + distance, this.tokens.length - 1)]!
  }

  /** Takes the current token. */
  advance(): Token {
    const token = this.current
    if (this.index < this.tokens.length - 1) this.current = this.tokens[++this.index]!
    this.expected.length = 0
    return token
  }

  /** Offset where the current token begins. */
  start(): number {
    return this.current.span.start
  }

  /** The span from `start` to the end of the last token taken. */
  spanFrom(start: number): Span {
    return { start, end: this.index === 0 ? start : Math.max(start, this.tokens[this.index - 1]!.span.end) }
  }

  /** Whether the current token is this keyword, operator or punctuation. */
  at(word: string): boolean {
    this.expected.push(word)
    return this.current.word === word
  }

  /** Takes the current token when it is `word`. */
  accept(word: string): boolean {
    if (!this.at(word)) return false
    this.advance()
    return true
  }

  /** Takes `word` or fails. */
  expect(word: string): Token {
    if (!this.at(word)) this.fail()
    return this.advance()
  }

  /** Whether the current token is of this kind. */
  atKind(kind: TokenKind): boolean {
    this.expected.push(CLASS_NAMES[kind] ?? kind)
    return this.current.kind === kind
  }

  /** Takes a token of this kind or fails. */
  expectKind(kind: TokenKind): Token {
    if (!this.atKind(kind)) this.fail()
    return this.advance()
  }

  /** Adds to what a failure at this token lists. */
  note(names: readonly string[]): void {
    for (const name of names) this.expected.push(name)
  }

  /** A new command begins at the current token. */
  beginCommand(): void {
    this.commandStart = this.index
    this.nesting = 0
  }

  /** Enters one level of nesting; `leave` must follow unless parsing fails. */
  enter(): void {
    if (++this.nesting > MAX_EXPRESSION_DEPTH) this.failDeep()
  }

  leave(): void {
    this.nesting--
  }

  /** Records the height of a node over children of at most `height`. */
  grow(height: number): void {
    this.height = height + 1
    if (this.height > MAX_EXPRESSION_DEPTH) this.failDeep()
  }

  /** The current token does not fit. */
  fail(): never {
    const { current, expected } = this
    const suggestion = this.suggestion()
    const fitsWithout = expected.includes(this.peek(1).word) && current.kind !== 'end' && current.kind !== 'pipe'
    const wording = fitsWithout ? extraneousInput : mismatchedInput
    throw this.failure(wording(current.text, expected, suggestion), current.span)
  }

  /** Fails with a text of the caller's own. */
  failWith(message: string, span: Span, code?: string): never {
    throw this.failure(message, span, code)
  }

  /** Refuses a form of the language that is read no further. */
  failUnsupported(what: string, span: Span): never {
    throw this.failure(unsupportedSyntax(what), span, 'unsupported-syntax')
  }

  /** Skips to the pipe that ends the current command, or to the end. */
  skipCommand(): void {
    while (this.current.kind !== 'end' && !(this.current.kind === 'pipe' && !this.current.nested)) this.advance()
  }

  private failDeep(): never {
    throw this.failure(expressionTooDeep(), this.current.span, 'statement-too-large')
  }

  private failure(message: string, span: Span, code?: string): SyntaxFailure {
    for (let i = this.commandStart; i <= this.index; i++) if (this.tokens[i]!.broken) return new SyntaxFailure(null)
    return new SyntaxFailure(syntaxError(message, span, code))
  }

  private suggestion(): string | null {
    const { current, expected } = this
    const before = this.tokens[this.index - 1]
    const adjacent = before !== undefined && before.span.end === current.span.start
    if (current.word === '=' && expected.includes('==')) return '=='
    if (current.word === '>' && before?.word === '<' && adjacent) return '!='
    if (current.word === '|' && before?.word === '|' && adjacent) return 'OR'
    if (current.kind === 'number' && adjacent) return digitPart(current.text, before.word === '.')
    const words = expected.filter((name) => /^[a-z_]{2,}$/.test(name))
    if (current.kind !== 'identifier' && current.kind !== 'function' && current.kind !== 'pattern') return null
    return nearestName(current.text, words)?.toUpperCase() ?? null
  }
}

/** `a.0.b`: a part that begins with a digit needs backticks. */
function digitPart(text: string, afterDot: boolean): string | null {
  const digits = /^(\.?)(\d+)\.?$/.exec(text)
  if (digits === null || (digits[1] === '' && !afterDot)) return null
  return `${digits[1]}\`${digits[2]}\``
}
