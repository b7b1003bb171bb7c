import { describe, expect, test } from 'vitest'
import { LANE_SIZES, placeBytes, randomNumbers, readBytes } from '../helpers/kernel-memory.ts'
import { bothKernels } from '../helpers/kernels.ts'

type Truth = boolean | null

const AND = (a: Truth, b: Truth): Truth => (a === false || b === false ? false : a === null || b === null ? null : true)
const OR = (a: Truth, b: Truth): Truth => (a === true || b === true ? true : a === null || b === null ? null : false)
const NOT = (a: Truth): Truth => (a === null ? null : !a)

const TRUTHS: readonly Truth[] = [false, true, null]

/** An unknown carries a random value, as columns do. */
function encode(truths: readonly Truth[], random: () => number): { values: Uint8Array; nulls: Uint8Array } {
  return {
    values: Uint8Array.from(truths, (truth) => (truth === null ? random() & 1 : Number(truth))),
    nulls: Uint8Array.from(truths, (truth) => Number(truth === null))
  }
}

function decode(values: Uint8Array, nulls: Uint8Array): Truth[] {
  return Array.from(values, (value, i) => (nulls[i] ? null : value === 1))
}

for (const { name, kernels } of await bothKernels()) {
  describe(name, () => {
    const place = (bytes: Uint8Array, shift: number) => placeBytes(kernels, bytes, shift)
    const random = randomNumbers(1)
    const kinds: [string, () => Truth][] = [
      ['mixed', () => TRUTHS[random() % 3]!],
      ['all null', () => null],
      ['without null', () => random() % 2 === 0]
    ]

    test.each(kinds)('%s: the truth tables, at every size and alignment', (_, draw) => {
      for (const count of LANE_SIZES)
        for (const shift of [0, 1, 5]) {
          const mark = kernels.mark()
          const [a, b] = [Array.from({ length: count }, draw), Array.from({ length: count }, draw)]
          const [left, right] = [encode(a, random), encode(b, random)]
          const [av, an, bv, bn] = [
            place(left.values, shift),
            place(left.nulls, 2 * shift),
            place(right.values, 0),
            place(right.nulls, shift)
          ]
          const [ov, on] = [place(new Uint8Array(count + 1).fill(9), shift), place(new Uint8Array(count + 1).fill(9), 3)]
          const result = () => {
            const [values, nulls] = [readBytes(kernels, ov, count + 1), readBytes(kernels, on, count + 1)]
            expect([values.at(-1), nulls.at(-1)], 'nothing behind the rows is touched').toEqual([9, 9])
            nulls.forEach((isNull, i) => expect(isNull === 1 && values[i] !== 0, 'an unknown has value 0').toBe(false))
            return decode(values.subarray(0, -1), nulls.subarray(0, -1))
          }
          kernels.kleeneAnd(av, an, bv, bn, count, ov, on)
          expect(result()).toEqual(a.map((truth, i) => AND(truth, b[i]!)))
          kernels.kleeneOr(av, an, bv, bn, count, ov, on)
          expect(result()).toEqual(a.map((truth, i) => OR(truth, b[i]!)))
          kernels.kleeneNot(av, an, count, ov, on)
          expect(result()).toEqual(a.map(NOT))
          kernels.kleeneAnd(av, an, bv, bn, count, av, an)
          expect(decode(readBytes(kernels, av, count), readBytes(kernels, an, count)), 'in place').toEqual(
            a.map((truth, i) => AND(truth, b[i]!))
          )
          kernels.release(mark)
        }
    })
  })
}
