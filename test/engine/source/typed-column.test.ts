import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Column, cellAt } from '../../../engine/data/column.ts'
import type { DataType } from '../../../engine/data/data-type.ts'
import { parseIsoMillis } from '../../../engine/data/iso-date.ts'
import { type FieldType, fieldTypeOf } from '../../../engine/source/field-types.ts'
import { ScalarKind, type ScannedField } from '../../../engine/source/record-scanner.ts'
import { roundToHalf } from '../../../engine/source/scalar-conversion.ts'
import { TypedColumn } from '../../../engine/source/typed-column.ts'

type Scalar = string | number | boolean | { literal: string }

/** Scanned codes of rows of scalars; the dictionary can go on from an earlier batch. */
class Scan {
  private readonly entries: { kind: ScalarKind; text: string }[] = []
  private readonly codes = new Map<string, number>()

  constructor(private readonly epoch = 0) {}

  batch(rows: Scalar[][]): ScannedField {
    const offsets = [0]
    const codes: number[] = []
    for (const row of rows) {
      for (const scalar of row) codes.push(this.intern(scalar))
      offsets.push(codes.length)
    }
    const { entries, epoch } = this
    return {
      offsets: Int32Array.from(offsets),
      codes: Int32Array.from(codes),
      dictionary: { epoch, size: entries.length, kind: (code) => entries[code]!.kind, text: (code) => entries[code]!.text }
    }
  }

  private intern(scalar: Scalar): number {
    const kind =
      typeof scalar === 'string'
        ? ScalarKind.String
        : scalar === true
          ? ScalarKind.True
          : scalar === false
            ? ScalarKind.False
            : ScalarKind.Number
    const text = typeof scalar === 'object' ? scalar.literal : String(scalar)
    const key = `${kind} ${text}`
    if (!this.codes.has(key)) this.codes.set(key, this.entries.push({ kind, text }) - 1)
    return this.codes.get(key)!
  }
}

const defaults = { indexLimits: false, sourceOrder: false }
const cells = (column: Column) => Array.from({ length: column.rowCount }, (_, row) => cellAt(column, row))

function typed(rows: Scalar[][], type: DataType, field: FieldType | null = null, options = defaults) {
  const converter = new TypedColumn('f', type, field, options)
  const column = converter.convert(new Scan().batch(rows), rows.length)
  return { column, cells: cells(column), converter }
}

const number = (literal: string) => ({ literal })

describe('TypedColumn', () => {
  it('lays out one value a row without offsets or nulls', () => {
    const { column, cells } = typed([['x'], ['y'], ['x']], 'keyword')
    expect(cells).toEqual(['x', 'y', 'x'])
    expect([column.offsets, column.nulls]).toEqual([null, null])
  })

  it('flags nulls when no row has several values', () => {
    const { column, cells } = typed([[1], [], ['x'], [2]], 'long')
    expect(cells).toEqual([1n, null, null, 2n])
    expect([column.offsets, column.nulls]).toEqual([null, Uint8Array.of(0, 1, 1, 0)])
    expect(column.values).toEqual(BigInt64Array.of(1n, 0n, 0n, 2n))
  })

  it('keeps keywords as sets in the order of their bytes', () => {
    const { cells } = typed([['b', 'a', 'b'], ['\u{1f600}', '\uffee', 'z'], [33, '33'], ['x', 'x'], []], 'keyword')
    expect(cells).toEqual([['a', 'b'], ['z', '\uffee', '\u{1f600}'], '33', 'x', null])
  })

  it('has a dense layout again when duplicates leave one value each', () => {
    const { column } = typed([['x', 'x'], ['y']], 'keyword')
    expect([column.offsets, column.nulls, column.values.length]).toEqual([null, null, 2])
  })

  it('takes the text of numbers and booleans as written', () => {
    expect(typed([[33], [true], [number('1.50')], [number('18446744073709551616')]], 'keyword').cells).toEqual([
      '33',
      'true',
      '1.50',
      '18446744073709551616'
    ])
  })

  it('sorts numbers and keeps their duplicates', () => {
    expect(typed([[3, 1, 3, '2'], [5]], 'long').cells).toEqual([[1n, 2n, 3n, 3n], 5n])
    expect(typed([[2.5, '-1', 2.5]], 'double').cells).toEqual([[-1, 2.5, 2.5]])
  })

  it('keeps text and, when asked, everything in source order', () => {
    const rows = [['b', 'a', 'b']]
    expect(typed(rows, 'text').cells).toEqual([['b', 'a', 'b']])
    expect(typed(rows, 'keyword', null, { indexLimits: false, sourceOrder: true }).cells).toEqual([['b', 'a', 'b']])
  })

  it.each([
    ['33', 33n],
    [number('9007199254740993'), 9007199254740993n],
    [number('-9223372036854775808'), -9223372036854775808n],
    [number('9223372036854775808'), null],
    [number('12.7'), 12n],
    [number('-12.7'), -12n],
    [number('1e3'), 1000n],
    [number('123.456e2'), 12345n],
    [number('1e-400'), 0n],
    [number('0e999999999'), 0n],
    [number('1e999999999'), null],
    ['12.9', 12n],
    ['-0.5', 0n],
    ['.5', 0n],
    ['.', null],
    ['', null],
    ['x', null],
    [' 1', null],
    ['0x10', null],
    [true, null]
  ] as const)('%j is %s as long', (scalar, expected) => {
    expect(typed([[scalar]], 'long').cells).toEqual([expected])
  })

  it('holds the ranges of short, byte, integer and unsigned_long', () => {
    expect(typed([[127], [128], [-128.9]], 'integer', fieldTypeOf('byte')).cells).toEqual([127, null, -128])
    expect(typed([[32767], [32768]], 'integer', fieldTypeOf('short')).cells).toEqual([32767, null])
    expect(typed([[2147483647], [2147483648]], 'integer').cells).toEqual([2147483647, null])
    const unsigned = [[number('18446744073709551615')], [-1], [1.5], [number('2.0')]]
    expect(typed(unsigned, 'unsigned_long').cells).toEqual([18446744073709551615n, null, null, 2n])
  })

  it('rounds float, half_float and scaled_float as their index does', () => {
    expect(typed([[2.03], [1e39]], 'double', fieldTypeOf('float')).cells).toEqual([2.0299999713897705, null])
    expect(typed([[2.03], [2.08], [70000]], 'double', fieldTypeOf('half_float')).cells).toEqual([2.029296875, 2.080078125, null])
    expect(typed([[2.03], [2.0349]], 'double', fieldTypeOf('scaled_float', null, 100)).cells).toEqual([2.03, 2.03])
    expect(typed([['1.5d'], [number('0.1')], ['NaN'], ['1e999'], [false]], 'double').cells).toEqual([1.5, 0.1, null, null, null])
    expect([6e-8, 5.96e-8, 1e-9, -65504, 65520, 0.00006103515625].map(roundToHalf)).toEqual([
      5.960464477539063e-8,
      5.960464477539063e-8,
      0,
      -65504,
      Infinity,
      0.00006103515625
    ])
  })

  it('reads booleans in any case', () => {
    expect(typed([[true], ['TRUE'], ['False'], [''], ['yes'], [1]], 'boolean').cells).toEqual([
      true,
      true,
      false,
      false,
      null,
      null
    ])
  })

  it('reads dates from ISO text and epoch milliseconds', () => {
    const rows = [
      ['2025-11-17T00:00:07.0000005Z'],
      [1763337607001],
      ['1763337607001'],
      ['2025-11-17'],
      ['never'],
      [number('1e12')],
      [true],
      [number('99999999999999999999')]
    ]
    expect(typed(rows, 'date').cells).toEqual([
      1763337607000n,
      1763337607001n,
      1763337607001n,
      1763337600000n,
      null,
      null,
      null,
      null
    ])
    expect(typed([['2025-11-17T00:00:07.0000005Z'], [1]], 'date_nanos').cells).toEqual([1763337607000000500n, 1000000n])
  })

  it('reads the usual form of a date as the general reader does', () => {
    const digit = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'))
    const text = fc
      .tuple(
        fc.integer({ min: 998, max: 9999 }),
        digit(13),
        digit(32),
        digit(24),
        digit(60),
        digit(60),
        fc.constantFrom('', '.', '.1', '.12', '.123', '.0009999', '.123456789', '.1234567890', '.x')
      )
      .map(
        ([year, month, day, hour, minute, second, fraction]) =>
          `${String(year).padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`
      )
    fc.assert(
      fc.property(text, (date) => {
        expect([date, typed([[date]], 'date').cells[0]]).toEqual([date, parseIsoMillis(date)])
      }),
      { seed: 11, numRuns: 2000 }
    )
  })

  it('keeps addresses canonical, as a set in address order', () => {
    const { cells, converter } = typed(
      [
        ['192.168.40.11', '::FFFF:127.0.0.1', '127.0.0.1', 'nowhere'],
        ['2001:DB8::0', '10.0.0.1']
      ],
      'ip'
    )
    expect(cells).toEqual([
      ['127.0.0.1', '192.168.40.11'],
      ['10.0.0.1', '2001:db8::']
    ])
    expect(converter.unfit).toBe(1)
  })

  it('reads points from text', () => {
    expect(typed([['48.5,2'], ['POINT (2 48.5)'], ['u09']], 'geo_point').cells).toEqual([
      'POINT (2.0 48.5)',
      'POINT (2.0 48.5)',
      null
    ])
  })

  it('counts values over ignore_above and drops them only under index limits', () => {
    const field = fieldTypeOf('keyword', 3)
    const rows = [['long', 'x', 'abc'], ['long'], ['y']]
    const kept = typed(rows, 'keyword', field)
    expect(kept.cells).toEqual([['abc', 'long', 'x'], 'long', 'y'])
    expect([kept.converter.overLimit, kept.converter.unfit]).toEqual([2, 0])
    const limited = typed(rows, 'keyword', field, { indexLimits: true, sourceOrder: false })
    expect(limited.cells).toEqual([['abc', 'x'], null, 'y'])
    expect(limited.converter.overLimit).toBe(2)
  })

  it('stores caseless keywords in lower case', () => {
    expect(typed([['CMD.exe']], 'keyword', { ...fieldTypeOf('keyword')!, lowerCase: true }).cells).toEqual(['cmd.exe'])
  })

  it('gives nulls for types that are no columns, whatever the data', () => {
    expect(typed([['x'], [1]], 'unsupported').cells).toEqual([null, null])
    expect(typed([[], []], 'keyword').cells).toEqual([null, null])
  })

  it('keeps one dictionary through an epoch and the old one valid after it', () => {
    const converter = new TypedColumn('f', 'keyword', null, defaults)
    const scan = new Scan(0)
    const first = converter.convert(scan.batch([['a'], ['b']]), 2)
    const second = converter.convert(scan.batch([['b'], ['c']]), 2)
    expect(second.dictionary).toBe(first.dictionary)
    const third = converter.convert(new Scan(1).batch([['z'], ['b']]), 2)
    expect(third.dictionary).not.toBe(first.dictionary)
    expect([cells(first), cells(second), cells(third)]).toEqual([
      ['a', 'b'],
      ['b', 'c'],
      ['z', 'b']
    ])
  })
})
