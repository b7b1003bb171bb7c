/**
 * Every literal pattern of LIKE and RLIKE in a query: from the tree where it parses, from the tokens where it does not.
 */
import type { Expression, StringLiteral } from '../language/ast.ts'
import type { Token } from '../language/token.ts'
import type { LintContext, Site } from './context.ts'
import { stringLiterals } from './expressions.ts'

export interface PatternPlace {
  operator: 'like' | 'rlike'
  literal: StringLiteral
  /** Where it stands in the tree; null when only tokens could be read. */
  in: { expression: Extract<Expression, { type: 'pattern' }>; site: Site } | null
}

/** All of them, in the order of the text. */
export function patternPlaces(context: LintContext): PatternPlace[] {
  const known = places.get(context)
  if (known) return known
  const inTree = context.nodes.flatMap(({ expression, site }): PatternPlace[] =>
    expression.type === 'pattern'
      ? stringLiterals(expression.patterns).map((literal) => ({
          operator: expression.operator,
          literal,
          in: { expression, site }
        }))
      : []
  )
  const seen = new Set(inTree.map(({ literal }) => literal.span.start))
  const inTokens = context.query ? [] : tokenPlaces(context.tokens).filter(({ literal }) => !seen.has(literal.span.start))
  const found = [...inTree, ...inTokens]
  places.set(context, found)
  return found
}

/** Several checks ask. */
const places = new WeakMap<LintContext, PatternPlace[]>()

/** `LIKE "..."`, `RLIKE ("...", "...")`. */
function tokenPlaces(tokens: readonly Token[]): PatternPlace[] {
  const found: PatternPlace[] = []
  tokens.forEach((token, at) => {
    if (token.kind !== 'keyword' || (token.word !== 'like' && token.word !== 'rlike')) return
    let next = at + 1
    const list = tokens[next]?.word === '('
    if (list) next++
    for (let item = tokens[next]; item?.kind === 'string' && !item.broken; item = tokens[next]) {
      const { value, raw, span } = item
      found.push({ operator: token.word as 'like' | 'rlike', literal: { type: 'string', value, raw, span }, in: null })
      if (!list || tokens[next + 1]?.word !== ',') break
      next += 2
    }
  })
  return found
}
