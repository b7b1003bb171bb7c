/** What a query asks of fields that no event has: which conditions can never hold, and whether it can find anything. */
import { describe, expect, test } from 'vitest'
import type { DataType } from '../../../engine/data/data-type.ts'
import { DataCatalog } from '../../../engine/session/catalogs.ts'
import { type FieldPresence, presenceOf, whyNever } from '../../../engine/session/missing-fields.ts'
import { prepareQuery } from '../../../engine/session/prepare.ts'

const HELD = ['process.name', 'event.action', 'host.name', '@timestamp']

function presence(complete = true): FieldPresence {
  return { events: 12_000, complete, indexNames: [], has: (field) => HELD.includes(field) }
}

function missing(text: string, complete = true) {
  const prepared = prepareQuery(text, new DataCatalog(null), null)
  const { fields, cannotFire } = whyNever(prepared, presence(complete))
  return { fields: fields.map(({ message }) => message), blocked: cannotFire && cannotFire.message }
}

describe('missing fields', () => {
  test('are counted with the conditions that can never hold', () => {
    expect(
      missing(
        'FROM logs-* | WHERE process.parent.working_directory == "/" OR process.parent.working_directory LIKE "/var/*" OR process.name == "sh"'
      )
    ).toEqual({
      fields: ['`process.parent.working_directory` is in none of 12,000 events: 2 conditions can never hold'],
      blocked: null
    })
  })

  test('a condition in AND with the others forbids the rule to fire', () => {
    const text = 'FROM logs-* | WHERE process.name == "sh" AND NOT user.name == "root"'
    expect(missing(text)).toEqual({
      fields: ['`user.name` is in none of 12,000 events: 1 condition can never hold'],
      blocked: '[NOT user.name == "root"] can never hold: `user.name` is in none of 12,000 events'
    })
    const prepared = prepareQuery(text, new DataCatalog(null), null)
    const { cannotFire } = whyNever(prepared, presence())
    expect(text.slice(cannotFire!.span.start, cannotFire!.span.end)).toBe('NOT user.name == "root"')
  })

  test.for([
    ['IS NULL holds', 'FROM logs-* | WHERE user.name IS NULL', 0, null],
    ['IS NOT NULL never', 'FROM logs-* | WHERE user.name IS NOT NULL', 1, '[user.name IS NOT NULL]'],
    ['COALESCE takes another', 'FROM logs-* | WHERE COALESCE(user.name, process.name) == "sh"', 0, null],
    [
      'COALESCE of a constant is known',
      'FROM logs-* | WHERE COALESCE(user.name, "x") == "y"',
      1,
      '[COALESCE(user.name, "x") == "y"]'
    ],
    ['OR of IS NULL holds', 'FROM logs-* | WHERE user.name IS NULL OR user.name == "a"', 1, null],
    ['CASE takes the other branch', 'FROM logs-* | EVAL a = CASE(user.name == "x", 1, 0) | WHERE a == 1', 2, '[a == 1]'],
    ['through EVAL and RENAME', 'FROM logs-* | EVAL a = TO_LOWER(user.name) | RENAME a AS b | WHERE b == "x"', 1, '[b == "x"]'],
    ['NOT (a AND b) holds when b can fail', 'FROM logs-* | WHERE NOT (user.name == "x" AND process.name == "y")', 1, null],
    ['a count of nothing is 0', 'FROM logs-* | STATS n = COUNT(user.name) BY host.name | WHERE n >= 5', 1, '[n >= 5]'],
    ['a distinct count of nothing is 0', 'FROM logs-* | STATS n = COUNT_DISTINCT(user.name) | WHERE n == 0', 0, null],
    [
      'VALUES of nothing is null',
      'FROM logs-* | STATS v = VALUES(user.name) BY host.name | WHERE v IS NOT NULL',
      1,
      '[v IS NOT NULL]'
    ],
    ['COUNT(*) counts', 'FROM logs-* | STATS n = COUNT(*) BY user.name | WHERE n >= 5', 0, null],
    [
      'IN and LIKE of null',
      'FROM logs-* | WHERE user.name IN ("a", "b") OR user.name LIKE "c*"',
      2,
      '[user.name IN ("a", "b") OR user.name LIKE "c*"]'
    ]
  ] as const)('%s', ([, text, conditions, blocked]) => {
    const prepared = prepareQuery(text, new DataCatalog(null), null)
    const knowledge = whyNever(prepared, presence())
    expect(knowledge.fields.map(({ field }) => field)).toEqual(['user.name'])
    expect(knowledge.fields[0]!.conditions).toHaveLength(conditions)
    expect(knowledge.cannotFire === null ? null : `[${knowledge.cannotFire.text}]`).toBe(blocked)
  })

  test('of the head of the data only so much is said', () => {
    expect(missing('FROM logs-* | WHERE user.name == "a"', false)).toEqual({
      fields: ['`user.name` is in none of the first 12,000 events: 1 condition can never hold'],
      blocked: '[user.name == "a"] can never hold: `user.name` is in none of the first 12,000 events'
    })
  })

  test('multi-fields count as their field, points by their halves, metadata always', () => {
    const field = (type: DataType) => ({ type, seen: 1, array: false })
    const fields = new Map([
      ['process.name', field('keyword')],
      ['host.geo.location.lat', field('double')]
    ])
    const sample = { fields, events: 1, notes: [], indexNames: [], objects: new Set<string>(), repeatedIds: 0 }
    const { has } = presenceOf(sample, true)
    expect(['process.name.text', 'host.geo.location', '_id', 'user.name'].map(has)).toEqual([true, true, true, false])
  })

  test('index names say when the data source is absent', () => {
    const prepared = prepareQuery('FROM logs-okta* | WHERE host.name == "a"', new DataCatalog(null), null)
    const elsewhere = { ...presence(), indexNames: ['.ds-logs-endpoint.events.process-default-2026.01.01-000001'] }
    expect(whyNever(prepared, elsewhere).absentSource).toBe(
      'No event is of an index that matches [logs-okta*]; the events are of [logs-endpoint.events.process-default].'
    )
  })
})
