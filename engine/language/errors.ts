/**
 * All texts of the lexer and the parser, worded as Elasticsearch words them (`mismatched input 'x' expecting {...}`), with
 * a suggestion behind a comma where there is a near name. Positions are not part of the text: see `formatDiagnostic`.
 */
import type { Diagnostic } from '../base/diagnostic.ts'
import type { Span } from '../base/span.ts'

/** Elasticsearch's own limit, in characters. */
export const MAX_STATEMENT_LENGTH = 1_000_000
/** Deepest nesting of an expression, as in Elasticsearch; it bounds the recursion of the parser and of every later stage. */
export const MAX_EXPRESSION_DEPTH = 400

/** An error that forbids running the query. */
export function syntaxError(message: string, span: Span, code = 'syntax'): Diagnostic {
  return { severity: 'error', code, message, span }
}

/** `mismatched input 'x' expecting {'a', 'b'}`: something else was due here. */
export function mismatchedInput(found: string, expected: readonly string[], suggestion: string | null): string {
  return `mismatched input ${quote(found)} expecting ${expectedSet(expected)}${didYouMean(suggestion)}`
}

/** `extraneous input 'x' expecting {'a', 'b'}`: without this token the text would go on. */
export function extraneousInput(found: string, expected: readonly string[], suggestion: string | null): string {
  return `extraneous input ${quote(found)} expecting ${expectedSet(expected)}${didYouMean(suggestion)}`
}

/** `no viable alternative at input '...'`: the text up to here fits no form of the command. */
export function noViableAlternative(input: string): string {
  return `no viable alternative at input ${quote(input)}`
}

/** `token recognition error at: '...'`: no token begins like this; `advice` says what to write instead. */
export function tokenRecognition(text: string, advice: string | null): string {
  return `token recognition error at: ${quote(text)}${advice === null ? '' : `, ${advice}`}`
}

export const ADVICE = {
  doubleQuotes: 'strings are written in double quotes',
  escapes: 'the only escapes are [\\t], [\\n], [\\r], [\\"] and [\\\\]',
  openString: 'the string is not closed on its line',
  openName: 'the backtick is not closed',
  emptyName: 'a name in backticks is not empty',
  openComment: 'the comment is not closed'
} as const

/** Characters other languages use for an operator that ES|QL spells differently. */
export const FOREIGN_OPERATORS: ReadonlyMap<string, string> = new Map([
  ['&', 'AND'],
  ['&&', 'AND'],
  ['!', 'NOT'],
  ['!!', 'NOT'],
  ['~', 'RLIKE'],
  ['!~', 'NOT RLIKE']
])

/** Advice of a token recognition error: `did you mean [AND]?`. */
export function didYouMeanAdvice(suggestion: string | undefined): string | null {
  return suggestion === undefined ? null : `did you mean [${suggestion}]?`
}

export function statementTooLarge(length: number): string {
  return `ESQL statement is too large [${length} characters > ${MAX_STATEMENT_LENGTH}]`
}

export function expressionTooDeep(): string {
  return `ESQL statement exceeded the maximum expression depth allowed (${MAX_EXPRESSION_DEPTH})`
}

export function unexpectedUnit(unit: string, suggestion: string | null): string {
  return `Unexpected temporal unit: ${quote(unit)}${didYouMean(suggestion)}`
}

export function emptyStats(command: string): string {
  return `At least one aggregation or grouping expression required in [${command}]`
}

/** A form of the language that we read no further: it is refused, never guessed at. */
export function unsupportedSyntax(what: string): string {
  return `${what} is not supported`
}

function expectedSet(expected: readonly string[]): string {
  const names = [...new Set(expected)].map((name) => (/^[A-Z]|^<EOF>$/.test(name) ? name : `'${name}'`))
  return names.length === 1 ? names[0]! : `{${names.join(', ')}}`
}

function didYouMean(suggestion: string | null): string {
  return suggestion === null ? '' : `, did you mean [${suggestion}]?`
}

/** Long input is cut; line breaks and characters nobody can see are written as escapes. */
function quote(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 57)}...` : text
  return `'${short.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00a0\u2000-\u200a\u3000]/gu, escapeInvisible)}'`
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t']
])

function escapeInvisible(character: string): string {
  return ESCAPES.get(character) ?? `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`
}
