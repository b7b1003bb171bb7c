import { expect, test } from 'vitest'
import { LANE_SIZES, placeBytes, randomNumbers, readBytes } from '../helpers/kernel-memory.ts'
import { bothKernels } from '../helpers/kernels.ts'

const bitmapBytes = (count: number) => Math.ceil(count / 16) * 2

const KINDS: Record<string, (random: () => number) => [value: number, isNull: number]> = {
  mixed: (random) => [random() & 1, random() % 4 === 0 ? 1 : 0],
  'all null': (random) => [random() & 1, 1],
  'all true': () => [1, 0],
  'all false': () => [0, 0],
  sparse: (random) => [random() % 200 === 0 ? 1 : 0, 0]
}

for (const { name, kernels } of await bothKernels()) {
  test.each(Object.keys(KINDS))(`${name}: %s, at every size and alignment`, (kind) => {
    const random = randomNumbers(99)
    for (const count of LANE_SIZES)
      for (const shift of [0, 1, 7]) {
        const mark = kernels.mark()
        const rows = Array.from({ length: count }, () => KINDS[kind]!(random))
        const values = placeBytes(
          kernels,
          Uint8Array.from(rows, ([value]) => value),
          shift
        )
        const nulls = placeBytes(
          kernels,
          Uint8Array.from(rows, ([, isNull]) => isNull),
          2 * shift
        )
        const bitmap = placeBytes(kernels, new Uint8Array(bitmapBytes(count) + 1).fill(0xa5), shift)
        kernels.selectTrue(values, nulls, count, bitmap)
        const bits = readBytes(kernels, bitmap, bitmapBytes(count) + 1)
        expect(bits.at(-1), 'nothing behind the bitmap is touched').toBe(0xa5)
        const selected = rows.flatMap(([value, isNull], row) => (value && !isNull ? [row] : []))
        const expected = new Uint8Array(bitmapBytes(count))
        for (const row of selected) expected[row >> 3]! |= 1 << (row & 7)
        expect(bits.subarray(0, -1)).toEqual(expected)
        expect(kernels.bitmapCount(bitmap, count)).toBe(selected.length)

        const out = placeBytes(kernels, new Uint8Array(4 * selected.length + 1).fill(0xa5), shift)
        expect(kernels.bitmapToRows(bitmap, count, out)).toBe(selected.length)
        const written = readBytes(kernels, out, 4 * selected.length + 1)
        expect(written.at(-1), 'nothing behind the rows is touched').toBe(0xa5)
        expect([...new Uint32Array(written.slice(0, -1).buffer)]).toEqual(selected)

        const others = Uint8Array.from(expected, () => random() & 0xff)
        const other = placeBytes(kernels, others, 3)
        kernels.bitmapAnd(bitmap, other, count, bitmap)
        expect(readBytes(kernels, bitmap, expected.length)).toEqual(expected.map((byte, i) => byte & others[i]!))
        kernels.release(mark)
      }
  })
}
