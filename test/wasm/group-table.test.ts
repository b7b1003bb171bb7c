import { describe, expect, test } from 'vitest'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { LANE_SIZES, placeWords, randomNumbers } from '../helpers/kernel-memory.ts'
import { bothKernels } from '../helpers/kernels.ts'

/** The definition: a map from the key as text. */
class NaiveTable {
  readonly keys = new Map<string, number>()

  insert(key: readonly number[]): number {
    const text = key.join()
    if (!this.keys.has(text)) this.keys.set(text, this.keys.size)
    return this.keys.get(text)!
  }
}

function insert(kernels: Kernels, table: number, rows: readonly (readonly number[])[]): number[] {
  const mark = kernels.mark()
  const keys = placeWords(kernels, Uint32Array.from(rows.flat()))
  const groups = kernels.allocate(rows.length * 4)
  kernels.groupTableInsert(table, keys, rows.length, groups)
  const written = [...new Uint32Array(kernels.memory.buffer, groups, rows.length)]
  kernels.release(mark)
  return written
}

function allKeys(kernels: Kernels, table: number, width: number): string[] {
  const words = new Uint32Array(kernels.memory.buffer, kernels.groupTableKeys(table), kernels.groupTableCount(table) * width)
  return Array.from({ length: words.length / width }, (_, group) => words.slice(group * width, (group + 1) * width).join())
}

const DRAWS: Record<string, (random: () => number) => number> = {
  'few values': (random) => random() % 5,
  'many values': (random) => random(),
  'neighbours and borders': (random) => [0, 1, 0x7fffffff, 0x80000000, 0xffffffff][random() % 5]!,
  'one value': () => 0,
  'multiples of 65,536': (random) => (random() % 3_000) * 65_536
}

for (const { name, kernels } of await bothKernels()) {
  describe(name, () => {
    const cases = [1, 2, 3, 4, 5, 8].flatMap((width) => Object.keys(DRAWS).map((kind): [number, string] => [width, kind]))

    test.each(cases)('%i words, %s: numbers follow first appearance', (width, kind) => {
      const random = randomNumbers(width * 31)
      const table = kernels.groupTableCreate(width, random())
      const naive = new NaiveTable()
      for (const count of LANE_SIZES) {
        const rows = Array.from({ length: count }, () => Array.from({ length: width }, () => DRAWS[kind]!(random)))
        expect(insert(kernels, table, rows)).toEqual(rows.map((row) => naive.insert(row)))
        expect(kernels.groupTableCount(table)).toBe(naive.keys.size)
      }
      expect(allKeys(kernels, table, width)).toEqual([...naive.keys.keys()])
      const again = [...naive.keys.keys()].map((key) => key.split(',').map(Number))
      expect(insert(kernels, table, again), 'every key is found again').toEqual(again.map((_, group) => group))
      kernels.groupTableClose(table)
    })

    test('several tables grow side by side, and arena memory between them survives', () => {
      const mark = kernels.mark()
      const kept = placeWords(kernels, Uint32Array.of(11, 22, 33))
      const tables = [1, 2, 3].map((width) => ({ width, table: kernels.groupTableCreate(width, 7), naive: new NaiveTable() }))
      for (let round = 0; round < 20; round++)
        for (const { width, table, naive } of tables) {
          const rows = Array.from({ length: 2_500 }, (_, i) =>
            Array.from({ length: width }, (_, w) => (round * 2_000 + i) * (w + 1))
          )
          expect(insert(kernels, table, rows)).toEqual(rows.map((row) => naive.insert(row)))
        }
      for (const { table } of tables) expect(kernels.groupTableCount(table)).toBe(40_500)
      expect([...new Uint32Array(kernels.memory.buffer, kept, 3)]).toEqual([11, 22, 33])
      kernels.release(mark)
      for (const { table } of tables) kernels.groupTableClose(table)
    })

    test('a closed table gives its memory back', () => {
      const fill = () => {
        const table = kernels.groupTableCreate(2, 1)
        const rows = Array.from({ length: 50_000 }, (_, i) => [i, i])
        expect(insert(kernels, table, rows).at(-1)).toBe(49_999)
        kernels.groupTableClose(table)
      }
      fill()
      const after = kernels.memory.buffer.byteLength
      for (let i = 0; i < 5; i++) fill()
      expect(kernels.memory.buffer.byteLength).toBe(after)
    })
  })
}
