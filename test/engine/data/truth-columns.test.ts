/** Three-valued logic and selection on columns, by both implementations of the kernels. */
import { describe, expect, test } from 'vitest'
import { type Column, ColumnBuilder, cellAt, constantColumn, nullColumn } from '../../../engine/data/column.ts'
import { kleeneAnd, kleeneNot, kleeneOr } from '../../../engine/data/kleene.ts'
import { SelectionBitmap, selectTrueRows } from '../../../engine/data/selection-bitmap.ts'
import { bothKernels } from '../../helpers/kernels.ts'

/** `t f ?` as a boolean column without offsets; the value of an unknown is 1 here, and must not count. */
function truths(text: string): Column {
  const values = Uint8Array.from(text, (letter) => Number(letter !== 'f'))
  const nulls = text.includes('?') ? Uint8Array.from(text, (letter) => Number(letter === '?')) : null
  return { type: 'boolean', rowCount: text.length, values, nulls, offsets: null, dictionary: null }
}

function show(column: Column): string {
  return Array.from(
    { length: column.rowCount },
    (_, row) => ({ true: 't', false: 'f', null: '?' })[String(cellAt(column, row))]
  ).join('')
}

for (const { name, kernels } of await bothKernels()) {
  describe(name, () => {
    test('AND, OR and NOT', () => {
      const [a, b] = [truths('tttfff???'.repeat(5)), truths('tf?tf?tf?'.repeat(5))]
      expect(show(kleeneAnd(kernels, a, b))).toBe('tf?fff?f?'.repeat(5))
      expect(show(kleeneOr(kernels, a, b))).toBe('ttttf?t??'.repeat(5))
      expect(show(kleeneNot(kernels, a))).toBe('fffttt???'.repeat(5))
    })

    test('nulls are absent where no operand has any; operands are left alone', () => {
      const [a, b] = [truths('ttff'), truths('tftf')]
      const both = kleeneAnd(kernels, a, b)
      expect([show(both), both.nulls, show(a), show(b)]).toEqual(['tfff', null, 'ttff', 'tftf'])
      expect(kleeneNot(kernels, a).nulls).toBe(null)
      expect(show(kleeneOr(kernels, truths(''), truths('')))).toBe('')
      expect(() => kleeneAnd(kernels, a, truths('t'))).toThrow('both sides have the same rows')
      expect(() => kleeneNot(kernels, constantColumn('integer', 1, 2))).toThrow('has one truth value a row')
    })

    test('a condition selects what is true, not null and not a multi-value', () => {
      expect(selectTrueRows(kernels, truths('tf?tt?f'))).toEqual(Int32Array.of(0, 3, 4))
      expect(selectTrueRows(kernels, truths('t'.repeat(40)))).toEqual(Int32Array.from({ length: 40 }, (_, row) => row))
      expect(selectTrueRows(kernels, truths(''))).toEqual(new Int32Array(0))
      expect(selectTrueRows(kernels, nullColumn('null', 20))).toEqual(new Int32Array(0))
      expect(selectTrueRows(kernels, nullColumn('boolean', 20))).toEqual(new Int32Array(0))
      const builder = new ColumnBuilder('boolean')
      for (const cell of [true, null, [true, true], false, true]) builder.append(cell)
      expect(selectTrueRows(kernels, builder.finish())).toEqual(Int32Array.of(0, 4))
      expect(() => selectTrueRows(kernels, constantColumn('long', 1n, 2))).toThrow('a condition is boolean')
    })

    test('selections intersect and are counted', () => {
      const even = SelectionBitmap.ofTrue(kernels, truths('tf'.repeat(500)))
      const third = SelectionBitmap.ofTrue(kernels, truths('tff'.repeat(333) + 't'))
      const both = even.and(kernels, third)
      expect([even, third, both].map((selection) => selection.count(kernels))).toEqual([500, 334, 167])
      expect(both.toRows(kernels)).toEqual(Int32Array.from({ length: 167 }, (_, i) => i * 6))
    })

    test('the arena is left as it was found', () => {
      const mark = kernels.mark()
      kleeneAnd(kernels, truths('t?f'), truths('ttt'))
      selectTrueRows(kernels, truths('t?f'))
      SelectionBitmap.ofTrue(kernels, truths('t?f')).toRows(kernels)
      expect(kernels.mark()).toBe(mark)
    })
  })
}
