import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { flattenRecord } from '../../../engine/source/event-text.ts'
import { sharedPath } from '../../helpers/shared-facts.ts'

const pairs = (text: string, shape: Parameters<typeof flattenRecord>[1] = 'plain') =>
  flattenRecord(text, shape).map(({ name, value }) => [name, value])

describe('flattenRecord', () => {
  it('lists fields in document order, with exact numbers', () => {
    expect(
      pairs(
        '{"b":{"c":[1,"x",null]},"a":9007199254740993,"f":0.10000000000000000001,"g":1.50,"b.c":true,"n":null,"e":[],"h":1e400}'
      )
    ).toEqual([
      ['b.c', [1, 'x', true]],
      ['a', 9007199254740993n],
      ['f', '0.10000000000000000001'],
      ['g', 1.5],
      ['n', null],
      ['h', '1e400']
    ])
  })

  it('shows the metadata and the document of a hit', () => {
    expect(pairs('{"_index":"i","_id":"1","_score":null,"_source":{"a":1,"_id":"inner"},"sort":[5]}', 'hit-source')).toEqual([
      ['_index', 'i'],
      ['_id', ['1', 'inner']],
      ['a', 1]
    ])
    expect(pairs('{"_id":"1","fields":{"a":["x"]}}', 'hit-fields')).toEqual([
      ['_id', '1'],
      ['a', 'x']
    ])
  })

  it('takes what is no hit as a document', () => {
    expect(pairs('{"a":1}', 'hit-source')).toEqual([['a', 1]])
    expect(pairs('{"_source":{}}', 'hit-source')).toEqual([])
  })

  it('gives what stands before a break, and never recurses', () => {
    expect(pairs('{"a":1,"b":tru')).toEqual([['a', 1]])
    expect(pairs('nonsense')).toEqual([])
    expect(pairs('{"a":' + '['.repeat(1_000_000))).toEqual([])
    expect(pairs(`{"a":${'9'.repeat(1000)}}`)).toEqual([['a', '9'.repeat(1000)]])
  })

  const file = sharedPath('trust/made/hostile-fieldnames.ndjson')
  it.skipIf(!file)('keeps hostile names as they are', () => {
    for (const line of readFileSync(file!, 'utf8').trimEnd().split('\n')) {
      const name = JSON.parse(/,(".*"):\{"polluted"/.exec(line)![1]!) as string
      expect(pairs(line).at(-1)).toEqual([`${name}.polluted`, 'yes'])
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})
