import { describe, expect, test } from 'vitest'
import { OPERATORS } from '../../../engine/functions/operators.ts'
import { allFunctions, findFunction, LATER, nearFunctionName } from '../../../engine/functions/registry.ts'
import { parseQuery } from '../../../engine/language/index.ts'

const records = [...allFunctions(), ...OPERATORS.values()]

describe('registry', () => {
  test('every record has one sentence and an example that parses', () => {
    for (const record of records) {
      expect(record.doc, record.name).toMatch(/^[A-Z].*\.$/)
      const command = record.kind === 'aggregate' ? 'STATS' : 'EVAL'
      expect(parseQuery(`FROM logs | ${command} x = ${record.example}`).diagnostics, record.example).toEqual([])
      if (!OPERATORS.has(record.name) && record.name !== 'NEG') expect(record.example.startsWith(`${record.name}(`)).toBe(true)
    }
  })

  test('no name or alias is taken twice, and none of those left for later is built', () => {
    const names = allFunctions().flatMap((record) => [record.name, ...(record.aliases ?? [])])
    expect(names.length).toBe(new Set(names).size)
    expect(names.filter((name) => name !== name.toUpperCase() || LATER.has(name))).toEqual([])
  })

  test('finds names in any case, aliases, and near names', () => {
    expect(findFunction('to_Str')?.name).toBe('TO_STRING')
    expect([findFunction('__proto__'), findFunction('constructor'), findFunction('categorize')]).toEqual([null, null, null])
    expect([nearFunctionName('lenght'), nearFunctionName('DATE_TRUNK'), nearFunctionName('zzz')]).toEqual([
      'length',
      'DATE_TRUNC',
      null
    ])
    expect(LATER.get('SCORE')).toBe('it needs the scores of a search')
  })

  test('errors of aggregates are worded as Elasticsearch words them', () => {
    const keyword = { type: 'keyword' as const, constant: undefined, text: 'first_name' }
    expect(findFunction('AVG')!.resolve([keyword])).toEqual({
      error:
        'argument of [{call}] must be [numeric except unsigned_long or counter types], found value [first_name] type [keyword]'
    })
    expect(
      findFunction('PERCENTILE')!.resolve([
        { ...keyword, type: 'long' },
        { ...keyword, type: 'long', text: 'x' }
      ])
    ).toEqual({
      error: 'second argument of [{call}] must be a constant, received [x]'
    })
    expect(findFunction('MAX')!.resolve([])).toEqual({ error: 'error building [max]: expects exactly one argument' })
  })
})
