import { describe, expect, it } from 'vitest'
import { parseQuery } from '../../../engine/language/parser.ts'
import { BUILT_IN_RULE } from '../../../engine/rules/built-in-rule.ts'
import { readThresholds, thresholdText } from '../../../engine/rules/thresholds.ts'

const thresholds = (text: string) => {
  const { query, diagnostics } = parseQuery(text)
  expect(diagnostics).toEqual([])
  return readThresholds(query!)
}

describe('readThresholds', () => {
  it('reads those of the built-in rule with what they count', () => {
    expect(thresholds(BUILT_IN_RULE.query)).toEqual([
      { column: 'Esql.event_count', operator: '<', limit: 5, unit: null },
      { column: 'Esql.agent_id_count_distinct', operator: '==', limit: 1, unit: 'agent' }
    ])
  })
  it('mirrors, keeps signs and 64 bits, follows RENAME, leaves alternatives and other commands out', () => {
    expect(
      thresholds(`FROM x | WHERE a > 1 | STATS n = COUNT(*), s = MIN(x), h = COUNT_DISTINCT(host.name) BY k
        | WHERE 10 <= n AND NOT s == 3 AND (n > 1 OR s > 2) AND s > -5 AND n < 9223372036854775807
        | RENAME h AS hosts | WHERE hosts != 2 AND n == s AND k == "x" AND n > 1.5`)
    ).toEqual([
      { column: 'n', operator: '>=', limit: 10, unit: null },
      { column: 's', operator: '>', limit: -5, unit: null },
      { column: 'n', operator: '<', limit: 9223372036854775807n, unit: null },
      { column: 'hosts', operator: '!=', limit: 2, unit: 'host' },
      { column: 'k', operator: '==', limit: 'x', unit: null },
      { column: 'n', operator: '>', limit: 1.5, unit: null }
    ])
  })
  it('takes only what was aggregated behind INLINE STATS', () => {
    expect(
      thresholds('FROM x | INLINE STATS n = COUNT(*) BY k | EVAL m = n * 2 | WHERE n > 3 AND m > 4 AND user.id == "0"').map(
        ({ column }) => column
      )
    ).toEqual(['n', 'm'])
  })
  it('finds none without STATS', () => {
    expect(thresholds('FROM x | WHERE n > 3')).toEqual([])
  })
  it('walks a chain of ten thousand conditions', () => {
    const chain = Array.from({ length: 10_000 }, () => 'n > 1').join(' AND ')
    const parsed = parseQuery(`FROM x | STATS n = COUNT(*) | WHERE ${chain}`)
    if (parsed.query !== null) expect(readThresholds(parsed.query)).toHaveLength(10_000)
  })
})

describe('thresholdText', () => {
  it.each([
    [{ operator: '<', limit: 5, unit: null }, 1n, '1 of fewer than 5'],
    [{ operator: '==', limit: 1, unit: 'agent' }, 1, '1 of exactly 1 agent'],
    [{ operator: '>=', limit: 10, unit: 'source address' }, 12, '12 of at least 10 source addresses'],
    [{ operator: '>', limit: 2, unit: 'host' }, 3, '3 of more than 2 hosts'],
    [{ operator: '<=', limit: 3, unit: null }, null, 'no value of at most 3'],
    [{ operator: '!=', limit: 0, unit: null }, 7, '7 of anything but 0'],
    [{ operator: '==', limit: 'TP', unit: null }, 'TP', 'TP, exactly TP'],
    [{ operator: '>=', limit: '2026-01-01', unit: null }, '2026-02-01', '2026-02-01, from 2026-01-01']
  ] as const)('%o', (threshold, value, text) => {
    expect(thresholdText({ column: 'c', ...threshold }, value)).toBe(text)
  })
})
