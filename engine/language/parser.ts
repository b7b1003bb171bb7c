/**
 * Parser: the text of a query to its tree.
 *
 * In:   query text. Out: the tree, or null with at least one error; several errors at once.
 * Holds: after a failure parsing goes on behind the next pipe, so one slip is one diagnostic and the commands behind it are
 *   still checked. No input throws, and nesting is bounded (see expression-parser.ts). `SET x = y;` before the query is kept
 *   as an OtherCommand in front, for the verifier to refuse by name.
 */
import type { Diagnostic } from '../base/diagnostic.ts'
import type { Command, Expression, QueryNode } from './ast.ts'
import { parseCommand } from './command-parser.ts'
import { COMMANDS, PROCESSING_COMMANDS, SOURCE_COMMANDS } from './commands.ts'
import { MAX_STATEMENT_LENGTH, statementTooLarge, syntaxError } from './errors.ts'
import { parseExpression as parseExpressionAt } from './expression-parser.ts'
import { tokenize } from './lexer.ts'
import { SyntaxFailure, TokenCursor } from './token-cursor.ts'

export interface ParseResult {
  /** Null when there is an error. */
  query: QueryNode | null
  /** The commands that could be read, whether or not the others could. */
  commands: Command[]
  /** In the order of the text; at most MAX_DIAGNOSTICS. */
  diagnostics: Diagnostic[]
}

/** Nobody reads more, and text that is no query could give one a character. */
const MAX_DIAGNOSTICS = 100

/** Parses a whole query. */
export function parseQuery(text: string): ParseResult {
  const whole = { start: 0, end: text.length }
  if (text.length > MAX_STATEMENT_LENGTH) {
    return { query: null, commands: [], diagnostics: [syntaxError(statementTooLarge(text.length), whole, 'statement-too-large')] }
  }
  const { tokens, diagnostics } = tokenize(text)
  const cursor = new TokenCursor(text, tokens)
  const commands: Command[] = []
  const parseNext = (words: readonly string[]) =>
    attempt(cursor, diagnostics, () => {
      commands.push(parseCommandIn(cursor, words))
      expectCommandEnd(cursor)
    })
  if (attempt(cursor, diagnostics, () => parseSettings(cursor, commands))) parseNext(SOURCE_COMMANDS)
  while (diagnostics.length < MAX_DIAGNOSTICS && cursor.accept('|')) parseNext(PROCESSING_COMMANDS)
  const span = cursor.spanFrom(commands[0]?.span.start ?? 0)
  const query: QueryNode | null = diagnostics.length > 0 ? null : { type: 'query', commands, span }
  return { query, commands, diagnostics: diagnostics.sort((a, b) => a.span.start - b.span.start).slice(0, MAX_DIAGNOSTICS) }
}

/** Parses one expression that is the whole text, as in `WHERE <text>`. */
export function parseExpression(text: string): { expression: Expression | null; diagnostics: Diagnostic[] } {
  const prefix = 'WHERE '
  const { tokens, diagnostics } = tokenize(prefix + text)
  const cursor = new TokenCursor(prefix + text, tokens)
  let expression: Expression | null = null
  attempt(cursor, diagnostics, () => {
    cursor.advance()
    expression = parseExpressionAt(cursor)
    if (!cursor.at('<EOF>')) cursor.fail()
  })
  return { expression: diagnostics.length > 0 ? null : expression, diagnostics }
}

/** Runs `parse`; a failure becomes a diagnostic, the cursor moves to the end of the command and the answer is false. */
function attempt(cursor: TokenCursor, diagnostics: Diagnostic[], parse: () => void): boolean {
  cursor.beginCommand()
  try {
    parse()
    return true
  } catch (failure) {
    if (!(failure instanceof SyntaxFailure)) throw failure
    if (failure.diagnostic !== null) diagnostics.push(failure.diagnostic)
    cursor.skipCommand()
    return false
  }
}

function parseSettings(cursor: TokenCursor, commands: Command[]): void {
  while (cursor.at('set')) {
    commands.push(parseCommand(cursor))
    cursor.expect(';')
    cursor.beginCommand()
  }
}

/** Words that are never suggested, with the list of those they may stand for. */
const HIDDEN_COMMANDS: ReadonlyMap<string, readonly string[]> = new Map(
  [...COMMANDS]
    .filter(([, { hidden }]) => hidden)
    .map(([word, { place }]) => [word, place === 'source' ? SOURCE_COMMANDS : PROCESSING_COMMANDS] as const)
)

function parseCommandIn(cursor: TokenCursor, words: readonly string[]): Command {
  if (!words.includes(cursor.current.word) && HIDDEN_COMMANDS.get(cursor.current.word) !== words) {
    cursor.note(words)
    cursor.fail()
  }
  return parseCommand(cursor)
}

function expectCommandEnd(cursor: TokenCursor): void {
  if (!cursor.at('<EOF>') && !cursor.at('|')) cursor.fail()
}
