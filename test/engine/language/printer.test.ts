import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseExpression, parseQuery, printExpression, printQuery } from '../../../engine/language/index.ts'
import { arbitraryExpression, arbitraryQuery } from '../../helpers/arbitrary-query.ts'
import { withoutSpans } from '../../helpers/without-spans.ts'

const reprint = (text: string) => {
  const { query, diagnostics } = parseQuery(text)
  expect(diagnostics).toEqual([])
  return printQuery(query!)
}

test.each([
  ['from a,b  metadata _id|where x==1 and(y or z)', 'FROM a, b METADATA _id\n| WHERE x == 1 AND (y OR z)'],
  ['from a | where ((x)) == (1)', 'FROM a\n| WHERE x == 1'],
  ['from a | where not (x and y) or not z', 'FROM a\n| WHERE NOT (x AND y) OR NOT z'],
  ['from a | where (not x) is null', 'FROM a\n| WHERE (NOT x) IS NULL'],
  ['from a | eval x = a - (b - c) - d * (e + f)', 'FROM a\n| EVAL x = a - (b - c) - d * (e + f)'],
  ['from a | eval x = -(-a)::long', 'FROM a\n| EVAL x = -(-a)::long'],
  ['from a | eval (a + 1), b', 'FROM a\n| EVAL (a + 1), b'],
  ['from a | stats count( * )  where  b>1 by (c) , d=e', 'FROM a\n| STATS count( * )  where  b>1 BY (c), d = e'],
  ['from a | stats x = count(*) where b > 1', 'FROM a\n| STATS x = count(*) WHERE b > 1'],
  ['from a | inlinestats max(b) by c', 'FROM a\n| INLINE STATS max(b) BY c'],
  ['from "a b", "c", `d`', 'FROM "a b", c, `d`'],
  ['from a | keep `a.b`.c, d*, `*`', 'FROM a\n| KEEP `a.b`.c, d*, `*`'],
  ['from a | rename a as b, c = `d e`', 'FROM a\n| RENAME a AS b, c = `d e`'],
  ['from a | sort a desc nulls first, b', 'FROM a\n| SORT a DESC NULLS FIRST, b'],
  [
    'from a | where b rlike """a\\d"b""" and c like ("x\\"", "y")',
    'FROM a\n| WHERE b RLIKE """a\\d"b""" AND c LIKE ("x\\"", "y")'
  ],
  [
    'from a | where match(b, "x", {"fuzziness":1,"o":{"k":[1,-2]}})',
    'FROM a\n| WHERE match(b, "x", { "fuzziness": 1, "o": { "k": [1, -2] } })'
  ],
  ['set a = 1; set b={"c":true};from a', 'SET a = 1;\nSET b={"c":true};\nFROM a'],
  ['from a | fork (where b | limit 1)(sort c) | limit 5  by  d', 'FROM a\n| FORK (where b | limit 1)(sort c)\n| LIMIT 5 BY d']
])('prints %s', (text, printed) => {
  expect(reprint(text)).toBe(printed)
  expect(reprint(printed)).toBe(printed)
})

test('an expression printed and parsed again is the same', () => {
  const property = fc.property(arbitraryExpression, (expression) => {
    const printed = printExpression(expression)
    const { expression: again, diagnostics } = parseExpression(printed)
    expect(diagnostics, printed).toEqual([])
    expect(withoutSpans(again), printed).toEqual(withoutSpans(expression))
  })
  fc.assert(property, { seed: 20261124, numRuns: 3000 })
})

test('a query printed and parsed again is the same', () => {
  const property = fc.property(arbitraryQuery, (query) => {
    const printed = printQuery(query)
    const { query: again, diagnostics } = parseQuery(printed)
    expect(diagnostics, printed).toEqual([])
    expect(withoutSpans(again), printed).toEqual(withoutSpans(query))
  })
  fc.assert(property, { seed: 20261124, numRuns: 1500 })
})
