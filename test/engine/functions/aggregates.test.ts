import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellAt, type Column, ColumnBuilder, isValues } from '../../../engine/data/column.ts'
import type { Cell, DataType, Value } from '../../../engine/data/data-type.ts'
import { DistinctSet } from '../../../engine/functions/aggregates/distinct-set.ts'
import { valueComparator } from '../../../engine/functions/comparison.ts'
import type { ArgumentInfo } from '../../../engine/functions/definition.ts'
import { findFunction } from '../../../engine/functions/registry.ts'
import type { Kernels } from '../../../wasm/abi/kernels.ts'
import { infosOf, typed } from './call.ts'

type Row = [group: number, ...cells: Cell[]]
const NO_KERNELS = {} as Kernels

function columnOf(type: DataType, cells: Cell[]): Column {
  const builder = new ColumnBuilder(type)
  for (const cell of cells) builder.append(cell)
  return builder.finish()
}

/** Feeds rows in batches of `batchRows` and reads one cell a group. */
function run(name: string, types: DataType[], rows: Row[], groupCount: number, batchRows = 2, constants: Cell[] = []) {
  const definition = findFunction(name)
  if (definition?.kind !== 'aggregate') throw new Error(`no aggregate ${name}`)
  const args: ArgumentInfo[] = [
    ...types.map((type, i) => ({ type, constant: undefined, text: `c${i}` })),
    ...infosOf(
      constants.map((cell) => typed(typeof cell === 'string' ? 'keyword' : Number.isInteger(cell) ? 'integer' : 'double', cell))
    )
  ]
  const resolution = definition.resolve(args)
  if ('error' in resolution) throw new Error(resolution.error)
  const warnings: string[] = []
  const accumulator = definition.create(resolution.params, args, {
    nowMillis: 0n,
    kernels: NO_KERNELS,
    warn: (text) => warnings.push(text)
  })
  for (let start = 0; start < rows.length; start += batchRows) {
    const batch = rows.slice(start, start + batchRows)
    const columns = types.map((type, i) =>
      columnOf(
        type,
        batch.map((row) => row[i + 1] as Cell)
      )
    )
    accumulator.add(
      Int32Array.from(batch, ([group]) => group),
      columns,
      batch.length
    )
  }
  const column = accumulator.finish(groupCount)
  expect([column.type, column.rowCount]).toEqual([resolution.returns, groupCount])
  return { values: Array.from({ length: groupCount }, (_, group) => cellAt(column, group)), warnings }
}

const values = (...args: Parameters<typeof run>) => run(...args).values
const TEXTS: Row[] = [
  [0, 'b'],
  [1, ['x', 'y', 'x']],
  [0, null],
  [-1, 'hidden'],
  [0, 'a'],
  [0, 'b'],
  [1, 'y']
]

describe('counting', () => {
  test('COUNT counts values, COUNT(*) rows; rows of no group take no part', () => {
    expect(values('COUNT', ['keyword'], TEXTS, 3)).toEqual([3n, 4n, 0n])
    expect(values('COUNT', [], TEXTS, 3)).toEqual([4n, 2n, 0n])
    expect(values('COUNT', ['null'], [[0, null]], 1)).toEqual([0n])
  })

  test('COUNT_DISTINCT is exact over all kinds of storage', () => {
    expect(values('COUNT_DISTINCT', ['keyword'], TEXTS, 3)).toEqual([2n, 2n, 0n])
    expect(
      values(
        'COUNT_DISTINCT',
        ['double'],
        [
          [0, 0],
          [0, -0],
          [0, 1.5],
          [1, 1.5]
        ],
        2
      )
    ).toEqual([2n, 1n])
    const wide = [1n, 4294967297n, -1n, 1n].map((value): Row => [0, value])
    expect(values('COUNT_DISTINCT', ['long'], wide, 1, 4, [3000])).toEqual([3n])
    expect(values('COUNT_DISTINCT', ['boolean'], [[0, [true, false, true]]], 1)).toEqual([2n])
  })

  test('VALUES keeps the order of first appearance', () => {
    expect(values('VALUES', ['keyword'], TEXTS, 3)).toEqual([['b', 'a'], ['x', 'y'], null])
    expect(
      values(
        'VALUES',
        ['long'],
        [
          [1, 5n],
          [0, 9007199254740993n],
          [1, [-1n, 5n]]
        ],
        2
      )
    ).toEqual([9007199254740993n, [5n, -1n]])
    expect(
      values(
        'VALUES',
        ['double'],
        [
          [0, 0.5],
          [0, -1.5]
        ],
        1
      )
    ).toEqual([[0.5, -1.5]])
    expect(values('VALUES', ['boolean'], [[0, null]], 1)).toEqual([null])
  })

  test('a DistinctSet agrees with a Set of keys', () => {
    const entry = fc.tuple(fc.nat(5), fc.constantFrom(-2, -1, 0, 1, 2), fc.constantFrom(-1, 0, 7))
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 400 }), (entries) => {
        const set = new DistinctSet()
        const keys = new Set<string>()
        for (const [group, low, high] of entries) {
          const key = `${group} ${low} ${high}`
          expect(set.add(group, low, high)).toBe(!keys.has(key))
          keys.add(key)
        }
        const dense = Array.from({ length: set.size }, (_, i) => `${set.groups[i]} ${set.lows[i]} ${set.highs[i]}`)
        expect(dense).toEqual([...keys])
      }),
      { seed: 7, numRuns: 60 }
    )
  })
})

describe('MIN and MAX', () => {
  const TYPES: [DataType, fc.Arbitrary<Value>][] = [
    ['integer', fc.integer()],
    ['double', fc.double({ noNaN: true, noDefaultInfinity: true })],
    ['long', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
    ['unsigned_long', fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })],
    ['date', fc.bigInt({ min: -(2n ** 33n), max: 2n ** 33n })],
    ['keyword', fc.string({ unit: 'grapheme', maxLength: 3 })],
    ['boolean', fc.boolean()],
    ['version', fc.constantFrom('1.2', '1.10', '1.2-a', 'x')],
    ['ip', fc.constantFrom('10.0.0.9', '10.0.0.10', '::1', 'fe80::1')]
  ]

  test.each(TYPES)('of %s are the ends of the sorted values', (type, arbitrary) => {
    const cell = fc.oneof(arbitrary, fc.constant(null), fc.array(arbitrary, { minLength: 2, maxLength: 3 }))
    const rows = fc.array(fc.tuple(fc.integer({ min: -1, max: 2 }), cell), { maxLength: 20 })
    const compare = valueComparator(type)
    fc.assert(
      fc.property(rows, fc.constantFrom(1, 3, 64), (input, batchRows) => {
        const sorted = [0, 1, 2].map((group) =>
          input
            .flatMap(([of, one]) =>
              of !== group || one === null ? [] : isValues(one as Cell) ? (one as Value[]) : [one as Value]
            )
            .sort(compare)
        )
        expect(values('MIN', [type], input as Row[], 3, batchRows)).toEqual(sorted.map((list) => list[0] ?? null))
        expect(values('MAX', [type], input as Row[], 3, batchRows)).toEqual(sorted.map((list) => list.at(-1) ?? null))
      }),
      { seed: 11, numRuns: 40 }
    )
  })
})

describe('sums', () => {
  test('of whole numbers are exact longs', () => {
    expect(
      values(
        'SUM',
        ['integer'],
        [
          [0, [1, 2]],
          [1, null],
          [0, 2147483647]
        ],
        2
      )
    ).toEqual([2147483650n, null])
    const large = [2n ** 53n, 1n, -(2n ** 60n), 2n ** 60n, 1n].map((value): Row => [0, value])
    expect(values('SUM', ['long'], large, 1)).toEqual([2n ** 53n + 2n])
  })

  test('that leave the range of long are null with a warning', () => {
    const rows: Row[] = [
      [0, 2n ** 62n],
      [0, 2n ** 62n],
      [1, 5n]
    ]
    expect(run('SUM', ['long'], rows, 2)).toEqual({
      values: [null, 5n],
      warnings: ['java.lang.ArithmeticException: long overflow']
    })
  })

  test('of doubles are compensated, as Kahan does it', () => {
    const rows = Array.from({ length: 10 }, (): Row => [0, 0.1])
    expect(values('SUM', ['double'], rows, 1)).toEqual([1])
    const lost = [1e100, 1, -1e100, 0.1].map((value): Row => [0, value])
    expect(values('SUM', ['double'], lost, 1)).toEqual([0.1])
    expect(
      run(
        'SUM',
        ['double'],
        [
          [0, 1.7e308],
          [0, 1.7e308]
        ],
        1
      )
    ).toEqual({
      values: [null],
      warnings: ['java.lang.ArithmeticException: not a finite double number: Infinity']
    })
  })

  test('AVG, WEIGHTED_AVG and STD_DEV', () => {
    expect(
      values(
        'AVG',
        ['integer'],
        [
          [0, [1, 2]],
          [0, 4],
          [1, null]
        ],
        2
      )
    ).toEqual([7 / 3, null])
    expect(
      values(
        'AVG',
        ['double'],
        [
          [0, 0.5],
          [0, 1]
        ],
        1
      )
    ).toEqual([0.75])
    expect(
      values(
        'WEIGHTED_AVG',
        ['integer', 'double'],
        [
          [0, 1, 1],
          [0, 4, 2],
          [0, null, 0]
        ],
        1
      )
    ).toEqual([3])
    expect(run('WEIGHTED_AVG', ['integer', 'integer'], [[0, 1, 0]], 1).warnings).toEqual([
      'java.lang.ArithmeticException: / by zero'
    ])
    expect(
      values(
        'STD_DEV',
        ['integer'],
        [2, 4, 4, 4, 5, 5, 7, 9].map((value): Row => [0, value]),
        1
      )
    ).toEqual([2])
  })

  test('null has its own type', () => {
    expect(values('SUM', ['null'], [[0, null]], 1)).toEqual([null])
    expect(values('MEDIAN', ['null'], [[0, null]], 1)).toEqual([null])
    expect(values('MIN', ['null'], [[0, null]], 1)).toEqual([null])
  })
})

describe('quantiles', () => {
  const rows = [3, 1, [4, 1], 5].map((value): Row => [0, value])
  test('are interpolated between ranks', () => {
    expect(values('MEDIAN', ['integer'], rows, 2)).toEqual([3, null])
    expect(values('PERCENTILE', ['integer'], rows, 1, 2, [25])).toEqual([1])
    expect(values('PERCENTILE', ['integer'], rows, 1, 2, [87.5])).toEqual([4.5])
    expect(
      values(
        'MEDIAN_ABSOLUTE_DEVIATION',
        ['long'],
        [1n, 1n, 2n, 2n, 4n, 6n, 9n].map((value): Row => [0, value]),
        1
      )
    ).toEqual([1])
  })
})

describe('selections', () => {
  test('TOP keeps duplicates in the asked order', () => {
    const rows = Array.from({ length: 90 }, (_, i): Row => [i % 2, (i * 7) % 30])
    expect(values('TOP', ['integer'], rows, 3, 7, [3])).toEqual([[28, 28, 28], [29, 29, 29], null])
    expect(
      values(
        'TOP',
        ['keyword'],
        [
          [0, ['b', 'a']],
          [0, 'c']
        ],
        1,
        2,
        [2, 'asc']
      )
    ).toEqual([['a', 'b']])
    expect(values('TOP', ['boolean'], [[0, true]], 1, 2, [2, 'ASC'])).toEqual([true])
    expect(() => values('TOP', ['integer'], [], 1, 2, [0])).toThrow('Limit must be greater than 0 in [{call}], found [0]')
  })

  test('FIRST and LAST follow the sort key; ties go to the first row, rows without a key lose', () => {
    const rows: Row[] = [
      [0, 'none', null],
      [0, ['a', 'b'], 5n],
      [0, 'late', 5n],
      [0, null, 9n],
      [1, 'only', null],
      [1, 'later', null],
      [2, 'x', [3n, 8n]],
      [2, 'y', [4n, 7n]]
    ]
    expect(values('FIRST', ['keyword', 'date'], rows, 4)).toEqual([['a', 'b'], 'only', 'x', null])
    expect(values('LAST', ['keyword', 'date'], rows, 4)).toEqual([null, 'only', 'x', null])
  })
})
