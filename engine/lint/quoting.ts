/** Text of a query in messages, and text put into a query. */
import type { StringLiteral } from '../language/ast.ts'
import { printString } from '../language/expression-printer.ts'

/** A piece of a query on one line, cut where it is long. */
export function shown(text: string, longest = 80): string {
  const line = text.replaceAll(/\s+/g, ' ')
  const characters = Array.from(line)
  return characters.length > longest ? `${characters.slice(0, longest - 3).join('')}...` : line
}

/** The same literal with another value, written in the same kind of quotes where they can hold it. */
export function requoted(literal: StringLiteral, value: string): string {
  const raw = literal.raw && !value.includes('"""') && !value.endsWith('"') && !/[\r\n]/.test(value)
  return printString({ ...literal, value, raw })
}
