/** A column name as it is written in a query: as it is where every part is a plain name, else whole in backticks. */
import { EXPRESSION_KEYWORDS, isIdentifier } from '../language/token.ts'

/** The name, quoted when it has to be. */
export function quotedName(name: string): string {
  const plain = name.split('.').every((part) => isIdentifier(part) && !EXPRESSION_KEYWORDS.has(part.toLowerCase()))
  return plain ? name : `\`${name.replaceAll('`', '``')}\``
}
