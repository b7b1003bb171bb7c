import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Expression, QueryNode } from '../../../engine/language/ast.ts'
import { parseQuery } from '../../../engine/language/parser.ts'
import { BUILT_IN_RULE } from '../../../engine/rules/built-in-rule.ts'
import { parseFrom, parseInterval } from '../../../engine/rules/schedule.ts'
import { sharedPath } from '../../helpers/shared-facts.ts'

function parsed(text: string): QueryNode {
  const { query, diagnostics } = parseQuery(text)
  expect(diagnostics).toEqual([])
  return query!
}

/** A tree without positions, spelling of names and order of operands: equal for queries that mean the same by form. */
function canonical(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(canonical)
  if (typeof node !== 'object' || node === null) return node
  const expression = node as Expression
  if (expression.type === 'logical') {
    const operands = flat(expression, expression.operator).map((operand) => JSON.stringify(canonical(operand)))
    return { [expression.operator]: operands.sort() }
  }
  if (expression.type === 'in') {
    return {
      in: canonical(expression.value),
      negated: expression.negated,
      items: expression.items.map((item) => JSON.stringify(canonical(item))).sort()
    }
  }
  // COUNT() and COUNT(*) are the same, in any case of letters.
  if (expression.type === 'call')
    return { call: expression.name.toLowerCase(), args: expression.star ? [] : expression.args.map(canonical) }
  return Object.fromEntries(
    Object.entries(node)
      .filter(([name]) => name !== 'span')
      .map(([name, value]) => [name, canonical(value)])
  )
}

function flat(expression: Expression, operator: 'and' | 'or'): Expression[] {
  return expression.type === 'logical' && expression.operator === operator
    ? [...flat(expression.left, operator), ...flat(expression.right, operator)]
    : [expression]
}

describe('the built-in rule', () => {
  it('parses, has a schedule and knows its retirement', () => {
    parsed(BUILT_IN_RULE.query)
    expect(parseFrom(BUILT_IN_RULE.from)?.millis).toBe(-3_660_000)
    expect(parseInterval(BUILT_IN_RULE.interval)).toBe(3_600_000)
    expect(BUILT_IN_RULE.retired?.date).toBe('2026-07-02')
    expect(BUILT_IN_RULE.retired?.successors).toHaveLength(2)
    expect(BUILT_IN_RULE.techniques.slice(0, 3)).toEqual(['T1505.003', 'T1059.004', 'T1071'])
  })

  const seed = sharedPath('esql/corpus/seed.esql')
  it.skipIf(seed === null)('states the logic of the seed: same commands up to the order of operands and an early KEEP', () => {
    const ours = parsed(BUILT_IN_RULE.query).commands
    // The seed keeps twenty columns before STATS, which uses a part of them: that changes no row.
    const theirs = parsed(readFileSync(seed!, 'utf8')).commands
    const early = theirs.findIndex((command) => command.type === 'keep')
    expect(theirs[early + 1]?.type).toBe('stats')
    expect(ours.map(canonical)).toEqual(theirs.filter((_, index) => index !== early).map(canonical))
  })

  it.skipIf(seed === null)('is not a copy of its text', () => {
    const words = (text: string) => text.toLowerCase().split(/\s+/).join(' ')
    expect(words(BUILT_IN_RULE.query)).not.toContain(words(readFileSync(seed!, 'utf8')).slice(0, 200))
  })
})
