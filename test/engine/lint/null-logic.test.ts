/** The pairs of null-logic.ts against a plain evaluation of every way the other conditions can turn out. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ColumnScope } from '../../../engine/lint/columns.ts'
import { keepsEvents, losesEvents, pairsOf } from '../../../engine/lint/null-logic.ts'
import { parseExpression } from '../../../engine/language/parser.ts'

type Tree = { text: string; actual: (free: readonly boolean[]) => boolean | null; meant: (free: readonly boolean[]) => boolean }

/** Conditions on the field that is null. */
const ON_FIELD: readonly Tree[] = [
  { text: 'f == "x"', actual: () => null, meant: () => false },
  { text: 'f != "x"', actual: () => null, meant: () => true },
  { text: 'f NOT IN ("x", "y")', actual: () => null, meant: () => true },
  { text: 'TO_LOWER(f) LIKE "x*"', actual: () => null, meant: () => false },
  { text: 'CIDR_MATCH(f, "10.0.0.0/8")', actual: () => null, meant: () => false },
  { text: 'f IS NULL', actual: () => true, meant: () => true },
  { text: 'f IS NOT NULL', actual: () => false, meant: () => false },
  { text: 'COALESCE(f == "x", true)', actual: () => true, meant: () => true },
  { text: 'MV_CONTAINS(f, "x")', actual: () => false, meant: () => false }
]

const FREE = 4
/** Each condition on another field is used once: then the pairs are exact. */
const free = (index: number): Tree => ({
  text: `g${index} == 1`,
  actual: (values) => values[index]!,
  meant: (values) => values[index]!
})

const and = (a: boolean | null, b: boolean | null) =>
  a === false || b === false ? false : a === null || b === null ? null : true
const not = (a: boolean | null) => (a === null ? null : !a)

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...ON_FIELD),
    fc.constant({ text: 'FREE', actual: () => null, meant: () => false }),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]): Tree => ({
      text: `(${a.text} AND ${b.text})`,
      actual: (values) => and(a.actual(values), b.actual(values)),
      meant: (values) => a.meant(values) && b.meant(values)
    })),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]): Tree => ({
      text: `(${a.text} OR ${b.text})`,
      actual: (values) => not(and(not(a.actual(values)), not(b.actual(values)))),
      meant: (values) => a.meant(values) || b.meant(values)
    })),
    tie('tree').map((a): Tree => ({
      text: `NOT ${a.text}`,
      actual: (values) => not(a.actual(values)),
      meant: (values) => !a.meant(values)
    }))
  )
}))

function pairsOfText(text: string) {
  const { expression } = parseExpression(text)
  const scope = ColumnScope.ofSource()
  return pairsOf(expression!, scope, scope.lookup('f')!)
}

describe('pairsOf', () => {
  it('says of a condition what every case says', () => {
    fc.assert(
      fc.property(tree, fc.constantFrom('AND', 'OR'), fc.constantFrom('AND', 'OR'), (inner, first, second) => {
        if (inner.text.includes('FREE')) return
        // Conditions on other fields around one on this field, each once.
        const [a, b] = [free(0), free(1)]
        const text = `(${a.text} ${first} ${inner.text}) ${second} NOT ${b.text}`
        const join = (word: string, x: boolean | null, y: boolean | null) =>
          word === 'AND' ? and(x, y) : not(and(not(x), not(y)))
        let [loses, keeps] = [false, false]
        for (let bits = 0; bits < 1 << FREE; bits++) {
          const values = Array.from({ length: FREE }, (_, i) => (bits & (1 << i)) !== 0)
          const actual = join(second, join(first, a.actual(values), inner.actual(values)), not(b.actual(values)))
          const meant = join(second, join(first, a.meant(values), inner.meant(values)), !b.meant(values))
          loses ||= actual !== true && meant === true
          keeps ||= actual === true
        }
        const pairs = pairsOfText(text)
        expect({ text, loses: losesEvents(pairs), keeps: keepsEvents(pairs) }).toEqual({ text, loses, keeps })
      }),
      { seed: 20_261_124, numRuns: 2000 }
    )
  })

  it.each([
    ['f != "x"', true],
    ['f != "x" AND f LIKE "a*"', false],
    ['f != "x" OR g == 1', true],
    ['(f == "a" AND g == 1) OR f != "x"', true],
    ['NOT (f == "a" OR g == 1)', true],
    ['NOT (f != "a")', false],
    ['f > 5 AND NOT f > 10', false]
  ])('%s loses events: %s', (text, loses) => {
    expect(losesEvents(pairsOfText(text))).toBe(loses)
  })
})
