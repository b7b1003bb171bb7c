/**
 * Names: columns in expressions (`source.`as`.number`) and the patterns of KEEP, DROP, RENAME and ENRICH (`user.*`).
 *
 * Holds: `name` and `text` are the parts joined by dots, backticks removed; a `*` is a wildcard only in an unquoted part.
 */
import type { ColumnExpression, NamePart, NamePattern } from './ast.ts'
import type { TokenCursor } from './token-cursor.ts'
import type { Token } from './token.ts'

/** Parses a column name. */
export function parseColumn(cursor: TokenCursor): ColumnExpression {
  const start = cursor.start()
  const parts = [columnPart(cursor)]
  while (cursor.accept('.')) parts.push(columnPart(cursor))
  return { type: 'column', name: joinParts(parts), parts, span: cursor.spanFrom(start) }
}

/** Parses a name that may hold wildcards. */
export function parseNamePattern(cursor: TokenCursor): NamePattern {
  const start = cursor.start()
  const parts = [patternPart(cursor)]
  while (cursor.accept('.')) parts.push(patternPart(cursor))
  const wildcard = parts.some((part) => !part.quoted && part.text.includes('*'))
  return { type: 'name-pattern', text: joinParts(parts), parts, wildcard, span: cursor.spanFrom(start) }
}

/** Parses one part of a name without dots: the type of a cast, an option of DISSECT. */
export function parseIdentifier(cursor: TokenCursor): Token {
  if (!atIdentifier(cursor)) cursor.fail()
  return cursor.advance()
}

/** Whether a column name and then `=` follow. */
export function assignmentFollows(cursor: TokenCursor): boolean {
  if (!isIdentifier(cursor.current)) return false
  let distance = 1
  while (cursor.peek(distance).word === '.' && isIdentifier(cursor.peek(distance + 1))) distance += 2
  return cursor.peek(distance).word === '='
}

function columnPart(cursor: TokenCursor): NamePart {
  const token = parseIdentifier(cursor)
  return { text: token.value, quoted: token.kind === 'quoted-identifier' }
}

function patternPart(cursor: TokenCursor): NamePart {
  if (!cursor.atKind('pattern') && !cursor.atKind('quoted-identifier')) cursor.fail()
  const token = cursor.advance()
  return { text: token.value, quoted: token.kind === 'quoted-identifier' }
}

function atIdentifier(cursor: TokenCursor): boolean {
  return cursor.atKind('identifier') || cursor.current.kind === 'function' || cursor.atKind('quoted-identifier')
}

function isIdentifier(token: Token): boolean {
  return token.kind === 'identifier' || token.kind === 'function' || token.kind === 'quoted-identifier'
}

function joinParts(parts: readonly NamePart[]): string {
  return parts.length === 1 ? parts[0]!.text : parts.map((part) => part.text).join('.')
}
