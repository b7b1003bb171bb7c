/**
 * Tokens of ES|QL: what the lexer yields, what the parser reads and what the editor colours.
 *
 * Holds: `word` identifies every token of fixed text, so the parser compares one field; `value` is the decoded text of
 * strings, names and sources, so nobody decodes an escape twice.
 */
import type { Span } from '../base/span.ts'

export type TokenKind =
  | 'command'
  | 'keyword'
  | 'function'
  | 'identifier'
  /** A part in backticks. */
  | 'quoted-identifier'
  /** A name in KEEP, DROP, RENAME, ENRICH: may hold `*`. */
  | 'pattern'
  /** An index pattern, or the name of an enrich policy. */
  | 'source'
  | 'string'
  | 'number'
  | 'parameter'
  | 'operator'
  | 'punctuation'
  | 'pipe'
  | 'comment'
  | 'unknown'
  | 'end'

export interface Token {
  kind: TokenKind
  /** As written. */
  text: string
  /** Lower-case text of commands, keywords, operators, punctuation and pipes; empty for everything else. */
  word: string
  /** Decoded text of strings, identifiers, patterns and sources; parameters without the first `?`; else as written. */
  value: string
  span: Span
  /** A string written with three quotes. */
  raw: boolean
  /** The lexer has reported it and what follows cannot be trusted: the parser adds no second diagnostic. */
  broken: boolean
  /** A pipe inside the parentheses of FORK or of a subquery: it does not end the command around it. */
  nested: boolean
}

/** Words that are no names inside expressions. FIRST and LAST are function names when `(` follows. */
export const EXPRESSION_KEYWORDS: ReadonlySet<string> = new Set(
  'and asc by desc false first in is last like not null nulls on or rlike true where with'.split(' ')
)

const IDENTIFIER = /^(?:[A-Za-z][A-Za-z0-9_]*|[_@][A-Za-z0-9_]+)$/
const PATTERN_PART = /^(?:[A-Za-z*][A-Za-z0-9_*]*|[_@][A-Za-z0-9_*]+)$/

/** Whether `text` is one part of a name that needs no backticks (keywords aside). */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text)
}

/** Whether `text` can be written without backticks as a part of a KEEP, DROP, RENAME or ENRICH name. */
export function isPatternPart(text: string): boolean {
  return PATTERN_PART.test(text)
}

/** A column name as it is written in a query: as it is where every part is a plain name, else whole in backticks. */
export function quotedName(name: string): string {
  const plain = name.split('.').every((part) => isIdentifier(part) && !EXPRESSION_KEYWORDS.has(part.toLowerCase()))
  return plain ? name : `\`${name.replaceAll('`', '``')}\``
}
