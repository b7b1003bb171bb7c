import { describe, expect, test } from 'vitest'
import { GroupTable } from '../../../engine/execution/group-table.ts'
import { bothKernels } from '../../helpers/kernels.ts'

for (const { name, kernels } of await bothKernels()) {
  describe(`GroupTable, ${name}`, () => {
    test('numbers keys in order of first appearance and gives them back', () => {
      const table = new GroupTable(kernels, 2)
      expect(table.insert(Uint32Array.of(5, 0, 5, 1, 5, 0, 0xffffffff, 7), 4)).toEqual(Int32Array.of(0, 1, 0, 2))
      expect(table.insert(Uint32Array.of(5, 1, 9, 9, 1, 1), 2)).toEqual(Int32Array.of(1, 3))
      expect(table.insert(new Uint32Array(0), 0)).toEqual(new Int32Array(0))
      expect(table.groupCount).toBe(4)
      expect(table.keyWords(2)).toEqual(Uint32Array.of(0xffffffff, 7))
      expect(table.allKeyWords()).toEqual(Uint32Array.of(5, 0, 5, 1, 0xffffffff, 7, 9, 9))
      expect(() => table.keyWords(4)).toThrow('the group exists')
      table.close()
      table.close()
      expect(() => table.insert(Uint32Array.of(1, 1), 1)).toThrow('the group table is open')
    })

    test('survives the release of an arena mark that was set before it grew', () => {
      const table = new GroupTable(kernels, 1)
      const mark = kernels.mark()
      table.insert(
        Uint32Array.from({ length: 30_000 }, (_, i) => i * 3),
        30_000
      )
      kernels.release(mark)
      kernels.allocate(1_000_000)
      expect(table.insert(Uint32Array.of(0, 89_997, 1), 3)).toEqual(Int32Array.of(0, 29_999, 30_000))
      kernels.release(mark)
      table.close()
    })

    test('the seed moves keys in memory, never their numbers', () => {
      const keys = Uint32Array.from({ length: 4_000 }, (_, i) => (i * 2_654_435_761) % 1_000)
      const [first, ...others] = [0, 1, 0xffffffff, undefined].map((seed) => {
        const table = new GroupTable(kernels, 1, seed)
        const groups = table.insert(keys, keys.length)
        table.close()
        return groups
      })
      for (const other of others) expect(other).toEqual(first)
    })
  })
}
