/**
 * Prints names. Parts stay as they were written; what could not be read back gets backticks.
 */
import type { ColumnExpression, NamePart, NamePattern } from './ast.ts'
import { EXPRESSION_KEYWORDS, isIdentifier, isPatternPart } from './token.ts'

const NO_KEYWORDS: ReadonlySet<string> = new Set()

/** Prints the parts of a column name; `keywords` are the words that are no names where it stands. */
export function printName(parts: readonly NamePart[], keywords: ReadonlySet<string> = EXPRESSION_KEYWORDS): string {
  const isPlain = ({ text, quoted }: NamePart) => !quoted && isIdentifier(text) && !keywords.has(text.toLowerCase())
  return parts.map((part) => (isPlain(part) ? part.text : backticks(part.text))).join('.')
}

/** Prints a column as it stands in an expression. */
export function printColumnName(column: ColumnExpression): string {
  return printName(column.parts)
}

/** Prints a name that may hold wildcards. */
export function printNamePattern(name: NamePattern, keywords: ReadonlySet<string> = NO_KEYWORDS): string {
  const isPlain = ({ text, quoted }: NamePart) => !quoted && isPatternPart(text) && !keywords.has(text.toLowerCase())
  return name.parts.map((part) => (isPlain(part) ? part.text : backticks(part.text))).join('.')
}

function backticks(text: string): string {
  return `\`${text.replaceAll('`', '``')}\``
}
