import { describe, expect, test } from 'vitest'
import { call, column, date, ip, type Literal, shown, typed } from './call.ts'

const CASES: [name: string, args: Literal[], expected: unknown][] = [
  ['MV_MIN', [[3, 1, 2]], 1],
  ['MV_MAX', [['a', '🔥', '\ufffd']], '🔥'],
  ['MV_MIN', ['x'], 'x'],
  ['MV_MAX', [ip('10.0.0.9', '10.0.0.10')], '10.0.0.10'],
  ['MV_FIRST', [['b', 'a']], 'b'],
  ['MV_LAST', [['b', 'a']], 'a'],
  ['MV_COUNT', [['a', 'a']], 2],
  ['MV_COUNT', [null], null],
  ['MV_DEDUPE', [['foo', 'foo', 'bar', 'foo']], ['foo', 'bar']],
  ['MV_DEDUPE', [['a', 'a']], 'a'],
  ['MV_CONCAT', [['foo', 'zoo', 'bar'], ', '], 'foo, zoo, bar'],
  ['MV_CONCAT', ['foo', ', '], 'foo'],
  ['MV_CONCAT', [['a', 'b'], null], null],
  ['MV_SORT', [[4, 2, -3, 2], 'DESC'], [4, 2, 2, -3]],
  ['MV_SORT', [[true, false, true]], [false, true, true]],
  ['MV_SLICE', [['1', '2', '3', '4'], '0', '1'], ['1', '2']],
  ['MV_SLICE', [[1, 2, 3], -2, -1], [2, 3]],
  ['MV_SLICE', [[1, 2, 3], -9, -3], 1],
  ['MV_SLICE', [[1, 2, 3], 1], 2],
  ['MV_SLICE', [[1, 2, 3], 3, 9], null],
  ['MV_SLICE', [[1, 2, 3], -9, -5], null],
  ['MV_SLICE', ['a', 0, 9], 'a'],
  ['MV_SUM', [[1, 2, 3]], 6],
  ['MV_SUM', [[1n, 2n]], 3n],
  ['MV_AVG', [[1, 2]], 1.5],
  ['MV_AVG', [[1n, 2n]], 1.5],
  ['MV_MEDIAN', [[2, 9, 3]], 3],
  ['MV_MEDIAN', [[-1, 0, 1, 4]], 0],
  ['MV_MEDIAN', [[0.5, 1.5]], 1],
  ['MV_APPEND', [['a'], ['b', 'c']], ['a', 'b', 'c']],
  ['MV_APPEND', ['a', null], null],
  ['MV_ZIP', [['x', 'y', 'z'], ['1', '2'], '-'], ['x-1', 'y-2', 'z']],
  ['MV_ZIP', ['x', '1'], 'x,1'],
  [
    'MV_CONTAINS',
    [
      ['a', 'b', 'c'],
      ['a', 'c']
    ],
    true
  ],
  ['MV_CONTAINS', ['a', ['a', 'b']], false],
  ['MV_CONTAINS', [null, 'a'], false],
  ['MV_CONTAINS', ['a', null], true],
  ['MV_CONTAINS', [null, null], true],
  [
    'MV_INTERSECTION',
    [
      ['c', 'a', 'c', 'b'],
      ['b', 'c']
    ],
    ['c', 'b']
  ],
  ['MV_INTERSECTION', [['a'], ['b']], null],
  [
    'MV_UNION',
    [
      ['b', 'a'],
      ['a', 'c']
    ],
    ['b', 'a', 'c']
  ],
  ['CASE', [false, 1, null, 2, 3], 3],
  ['CASE', [true, 'a', 'b'], 'a'],
  ['CASE', [false, 'a'], null],
  ['COALESCE', [null, ['a', 'b'], 'c'], ['a', 'b']],
  ['COALESCE', [null, 1, 2n], 1n],
  ['GREATEST', [1, 3, 2], 3],
  ['GREATEST', [[1, 9], 2.5], 9],
  ['LEAST', ['b', 'a'], 'a'],
  ['LEAST', [1, null], null]
]

describe('multi-value and conditional functions', () => {
  test.each(CASES)('%s(%o) is %o', (name, args, expected) => {
    const cells = args.map((arg) => (Array.isArray(arg) && arg.length === 1 ? (arg[0] as Literal) : arg))
    expect(shown(call(name, ...cells))).toEqual(expected)
  })

  test('MV_DEDUPE sorts from the size at which Elasticsearch does', () => {
    const texts = Array.from({ length: 10 }, (_, i) => [`k${9 - i}`, `k${9 - i}`]).flat()
    expect(call('MV_DEDUPE', texts.slice(0, 19)).value).toEqual(['k9', 'k8', 'k7', 'k6', 'k5', 'k4', 'k3', 'k2', 'k1', 'k0'])
    expect(call('MV_DEDUPE', texts).value).toEqual(['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8', 'k9'])
  })

  test('bad ends of a slice are an error of the query when constant, else a warning', () => {
    expect(() => call('MV_SLICE', [1, 2], 1, 0)).toThrow('Start offset is greater than end offset')
    expect(() => call('MV_SLICE', [1, 2], -1, 1)).toThrow('Start and end offset have different signs')
    expect(call('MV_SLICE', [1, 2], column('integer', 1), column('integer', 0))).toEqual({
      type: 'integer',
      value: null,
      warnings: ['org.elasticsearch.xpack.esql.core.InvalidArgumentException: Start offset is greater than end offset']
    })
  })

  test('types follow the arguments', () => {
    expect(call('MV_MAX', typed('text', 'a')).type).toBe('keyword')
    expect(call('MV_APPEND', date('2024-01-01'), null).type).toBe('date')
    expect(call('ROUND', null).type).toBe('null')
    expect(call('CASE', true, null, 1).type).toBe('integer')
    expect(() => call('CASE', true, 1, 'a')).toThrow(
      'third argument of [{call}] must be [integer], found value ["a"] type [keyword]'
    )
    expect(() => call('CASE', true)).toThrow('error building [case]: expects at least two arguments')
    expect(() => call('MV_APPEND', 'a', 1)).toThrow(
      'second argument of [{call}] must be [keyword], found value [1] type [integer]'
    )
  })
})
