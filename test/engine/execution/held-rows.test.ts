/** Rows that are held for a page: cells come back as they were, in any order of a column, with their events, within limits. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ColumnBuilder } from '../../../engine/data/column.ts'
import type { Cell, DataType, Value } from '../../../engine/data/data-type.ts'
import { HeldTexts } from '../../../engine/data/held-texts.ts'
import { EventLineage } from '../../../engine/data/lineage.ts'
import { packedAt, packNumbers } from '../../../engine/data/packed-numbers.ts'
import { HELD_PART_ROWS } from '../../../engine/execution/held-columns.ts'
import { HeldRows } from '../../../engine/execution/held-rows.ts'
import { valueComparator } from '../../../engine/functions/comparison.ts'

const HALF = 2n ** 63n
const VALUES: Partial<Record<DataType, fc.Arbitrary<Value>>> = {
  boolean: fc.boolean(),
  integer: fc.integer(),
  long: fc.bigInt({ min: -HALF, max: HALF - 1n }),
  unsigned_long: fc.bigInt({ min: 0n, max: 2n * HALF - 1n }),
  double: fc.double({ noNaN: true }),
  keyword: fc.string({ unit: 'binary', maxLength: 6 }),
  ip: fc.ipV4(),
  date: fc.bigInt({ min: -HALF, max: HALF - 1n })
}
const TYPES = Object.keys(VALUES) as DataType[]

/** Null, one value or several; several are sorted, as an index keeps them. */
function cellOf(type: DataType): fc.Arbitrary<Cell> {
  const value = VALUES[type]!
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 6, arbitrary: value },
    { weight: 1, arbitrary: fc.array(value, { minLength: 2, maxLength: 4 }) }
  )
}

function lineageOf(count: number, first: number): EventLineage {
  const numbers = (from: number, step: number) => Float64Array.from({ length: count }, (_, row) => from + row * step)
  return new EventLineage(0, numbers(first + 1, 1), numbers(first + 1, 1), numbers(first * 300, 300), numbers(299, 0))
}

function held(type: DataType, cells: readonly Cell[], batchRows: number): HeldRows {
  const rows = new HeldRows([{ name: 'v', type }])
  for (let first = 0; first < cells.length; first += batchRows) {
    const part = cells.slice(first, first + batchRows)
    const builder = new ColumnBuilder(type)
    for (const cell of part) builder.append(cell)
    rows.push({ rowCount: part.length, columns: [builder.finish()], lineage: lineageOf(part.length, first) })
  }
  rows.finish()
  return rows
}

const cellsOf = (rows: HeldRows) => Array.from({ length: rows.rowCount }, (_, at) => rows.cell(at, 0))

/** The order a comparing sort gives; the sort of arrays is stable. */
function expectedOrder(type: DataType, cells: readonly Cell[], descending: boolean): Cell[] {
  const compare = valueComparator(type)
  const key = (cell: Cell): Value | null => {
    if (!Array.isArray(cell)) return cell as Value | null
    return (cell as Value[]).reduce((best, value) => (compare(value, best) > 0 === descending ? value : best))
  }
  return cells.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)]
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1
    return descending ? compare(right, left) : compare(left, right)
  })
}

describe('any cells of any type', () => {
  test.each(TYPES)('%s comes back and sorts both ways, nulls last, ties as they came', (type) => {
    fc.assert(
      fc.property(fc.array(cellOf(type), { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (cells, batchRows) => {
        const rows = held(type, cells, batchRows)
        expect(cellsOf(rows)).toEqual(cells)
        for (const descending of [false, true]) {
          rows.sort({ column: 0, descending })
          expect(cellsOf(rows)).toEqual(expectedOrder(type, cells, descending))
        }
        rows.sort(null)
        expect(cellsOf(rows)).toEqual(cells)
      }),
      { seed: 7, numRuns: 150 }
    )
  })

  test('parts: a null, a multi-value and all-null parts across their border', () => {
    const cells = Array.from({ length: HELD_PART_ROWS * 3 + 5 }, (_, row): Cell => {
      if (row >= HELD_PART_ROWS && row < 2 * HELD_PART_ROWS) return null
      if (row % 1001 === 0) return null
      return row === 2 * HELD_PART_ROWS + 7 ? [5n, 9n] : BigInt(row)
    })
    const rows = held('long', cells, 4096)
    expect(cellsOf(rows)).toEqual(cells)
    expect(rows.isMulti(0)).toBe(true)
    const line = (at: number) => {
      const seen: number[] = []
      rows.forEachSource(at, (file, line, event, byte, length) => seen.push(file, line, event, byte, length))
      return seen
    }
    expect(line(0)).toEqual([0, 1, 1, 0, 299])
    expect(line(HELD_PART_ROWS + 3)).toEqual([0, HELD_PART_ROWS + 4, HELD_PART_ROWS + 4, (HELD_PART_ROWS + 3) * 300, 299])
    rows.sort({ column: 0, descending: true })
    expect([rows.cell(0, 0), line(0)[1]]).toEqual([BigInt(cells.length - 1), cells.length])
  })
})

describe('limits', () => {
  const rowsOf = (limits: { rows: number; bytes: number }, count: number) => {
    const rows = new HeldRows([{ name: 'v', type: 'keyword' }], limits)
    const builder = new ColumnBuilder('keyword')
    for (let i = 0; i < count; i++) builder.append(`value number ${i}`)
    const wanted = rows.push({ rowCount: count, columns: [builder.finish()], lineage: null })
    rows.finish()
    return { wanted, count: rows.rowCount, cut: rows.cut }
  }
  test('the first rows are kept and the source is stopped', () => {
    expect(rowsOf({ rows: 10, bytes: 1e9 }, 11)).toEqual({ wanted: 'done', count: 10, cut: 'rows' })
    expect(rowsOf({ rows: 10, bytes: 1e9 }, 10)).toEqual({ wanted: 'more', count: 10, cut: null })
    expect(rowsOf({ rows: 1e9, bytes: 20_000 }, 4096)).toEqual({ wanted: 'done', count: 4096, cut: 'bytes' })
  })
})

test('texts are kept once each, exactly, whatever they hold', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 12 })), (texts) => {
      const held = new HeldTexts()
      const codes = [...texts, '\ud800', '', 'é', 'x'.repeat(9000)].map((text) => [text, held.intern(text)] as const)
      for (const [text, code] of codes) expect(held.text(code)).toBe(text)
      expect(held.size).toBe(new Set(codes.map(([text]) => text)).size)
    }),
    { seed: 11, numRuns: 200 }
  )
})

test('numbers are packed without loss', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })),
      fc.integer({ min: 1, max: 1e15 }),
      (values, scale) => {
        const small = values.map((value) => value % scale)
        const packed = packNumbers(Float64Array.from(small), small.length)
        expect(small.map((_, row) => packedAt(packed, row))).toEqual(small)
      }
    ),
    { seed: 13 }
  )
})
