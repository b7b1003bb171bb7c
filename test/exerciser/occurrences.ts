/** How rules count what a pattern finds: they mark what it finds, and compare lengths. */
import type { CallExpression, Expression } from '../../engine/language/ast.ts'
import { constantOf } from './constants.ts'
import { keyOf } from './levels.ts'

/** Without conversions around it. */
export function bare(node: Expression): Expression {
  if (node.type === 'cast') return bare(node.value)
  return node.type === 'call' && node.name.toUpperCase() === 'TO_DOUBLE' ? bare(node.args[0]!) : node
}

/** `LENGTH(a) - LENGTH(REPLACE(a, mark, ""))` with a = REPLACE(subject, pattern, mark): how often a pattern is found. */
export function occurrences(node: Expression): { subject: Expression; pattern: string } | null {
  const named = (node: Expression | undefined, name: string): node is CallExpression =>
    node?.type === 'call' && node.name.toUpperCase() === name
  if (node.type !== 'arithmetic' || node.operator !== '-') return null
  const { left, right } = node
  if (!named(left, 'LENGTH') || !named(right, 'LENGTH')) return null
  const [marked, cleared] = [left.args[0]!, right.args[0]!]
  if (!named(cleared, 'REPLACE')) return null
  const inner = cleared.args[0]!
  // The marks are as long as what they replace: one character.
  if (named(inner, 'REPLACE') && keyOf(inner.args[0]!) === keyOf(marked))
    return { subject: marked, pattern: String(constantOf(inner.args[1])) }
  if (keyOf(inner) !== keyOf(marked)) return null
  if (named(marked, 'REPLACE') && constantOf(marked.args[2]) === constantOf(cleared.args[1]))
    return { subject: marked.args[0]!, pattern: String(constantOf(marked.args[1])) }
  return { subject: marked, pattern: String(constantOf(cleared.args[1])) }
}
