/**
 * Each kernel against its TypeScript twin, over the same memory layout and data; and, where a kernel is called through a
 * wrapper that copies, the wrapper against a plain loop over JavaScript arrays. Rounds are interleaved and the best
 * of each counts: what else runs on the machine only ever adds.
 *
 * A kernel with a ratio below 1 has no business being one. Machine and date are the caller's to print.
 */
import type { Column } from '../../engine/data/column.ts'
import { kleeneAnd } from '../../engine/data/kleene.ts'
import { selectTrueRows } from '../../engine/data/selection-bitmap.ts'
import { GroupTable } from '../../engine/execution/group-table.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { createReferenceKernels } from '../../wasm/reference/kernels.ts'
import { placeBytes, placeWords, randomNumbers } from '../helpers/kernel-memory.ts'

const ROWS = 4096
const ROUNDS = 15

export interface KernelRatio {
  name: string
  /** What one unit is: a row, a text. */
  unit: string
  nanosPerUnit: number
  rivalNanosPerUnit: number
  rival: 'twin' | 'plain TypeScript'
  /** How many times faster than the rival. */
  ratio: number
}

/** Measures every kernel; `kernels` is an instance of the built module. */
export function benchKernels(kernels: Kernels): KernelRatio[] {
  const twins = createReferenceKernels()
  const pairs = CASES.map(({ name, unit, prepare }) => measure(name, unit, 'twin', prepare(kernels), prepare(twins)))
  return [...pairs, ...WRAPPERS.map(({ name, unit, prepare }) => measure(name, unit, 'plain TypeScript', ...prepare(kernels)))]
}

/** The table as Markdown. */
export function formatRatios(ratios: readonly KernelRatio[]): string {
  const rows = ratios.map(
    ({ name, unit, nanosPerUnit, rivalNanosPerUnit, rival, ratio }) =>
      `| ${name} | ${nanosPerUnit.toFixed(2)} | ${rivalNanosPerUnit.toFixed(2)} | ${rival} | ${ratio.toFixed(1)}x | ${unit} |`
  )
  return ['| kernel | ns | rival ns | rival | ratio | per |', '|---|---|---|---|---|---|', ...rows].join('\n')
}

interface Case {
  name: string
  unit: string
  /** Lays out the data and answers what to time: one call over ROWS units. */
  prepare(kernels: Kernels): () => void
}

const CASES: readonly Case[] = [
  { name: 'groupTableInsert, 1 word, 50 groups', unit: 'row', prepare: (kernels) => prepareGroups(kernels, 1, 50) },
  { name: 'groupTableInsert, 2 words, 5,000 groups', unit: 'row', prepare: (kernels) => prepareGroups(kernels, 2, 5_000) },
  { name: 'groupTableInsert, 4 words, 50,000 groups', unit: 'row', prepare: (kernels) => prepareGroups(kernels, 4, 50_000) },
  { name: 'kleeneAnd', unit: 'row', prepare: (kernels) => prepareKleene(kernels, 'kleeneAnd') },
  { name: 'kleeneOr', unit: 'row', prepare: (kernels) => prepareKleene(kernels, 'kleeneOr') },
  { name: 'kleeneNot', unit: 'row', prepare: prepareNot },
  { name: 'selectTrue', unit: 'row', prepare: prepareSelect },
  {
    name: 'bitmapAnd',
    unit: 'row',
    prepare: (kernels) => prepareBitmap(kernels, (a, b, out) => kernels.bitmapAnd(a, b, ROWS, out))
  },
  { name: 'bitmapCount', unit: 'row', prepare: (kernels) => prepareBitmap(kernels, (a) => kernels.bitmapCount(a, ROWS)) },
  {
    name: 'bitmapToRows, half set',
    unit: 'row',
    prepare: (kernels) => prepareBitmap(kernels, (a, _, out) => kernels.bitmapToRows(a, ROWS, out))
  }
]

const WRAPPERS: readonly { name: string; unit: string; prepare(kernels: Kernels): [() => void, () => void] }[] = [
  { name: 'kleeneAnd on columns, copies included', unit: 'row', prepare: prepareKleeneColumns },
  { name: 'selectTrueRows, copies included', unit: 'row', prepare: prepareSelectColumns },
  { name: 'GroupTable.insert, 2 words, 5,000 groups', unit: 'row', prepare: prepareGroupClass }
]

/** Best of interleaved rounds, each long enough for the clock. */
function measure(name: string, unit: string, rival: KernelRatio['rival'], kernel: () => void, other: () => void): KernelRatio {
  const samples: [number[], number[]] = [[], []]
  const repeats = [kernel, other].map(calibrate)
  for (let round = 0; round < ROUNDS; round++)
    [kernel, other].forEach((run, side) => samples[side]!.push(timeOf(run, repeats[side]!) / (repeats[side]! * ROWS)))
  const [nanosPerUnit, rivalNanosPerUnit] = samples.map((list) => Math.min(...list) * 1e6) as [number, number]
  return { name, unit, rival, nanosPerUnit, rivalNanosPerUnit, ratio: rivalNanosPerUnit / nanosPerUnit }
}

/** Warms up and answers how many calls take about 5 ms. */
function calibrate(run: () => void): number {
  let repeats = 1
  while (timeOf(run, repeats) < 5) repeats *= 2
  return repeats
}

function timeOf(run: () => void, repeats: number): number {
  const start = performance.now()
  for (let i = 0; i < repeats; i++) run()
  return performance.now() - start
}

function groupKeys(width: number, groupCount: number): Uint32Array {
  const random = randomNumbers(7)
  const keys = new Uint32Array(ROWS * width)
  for (let row = 0; row < ROWS; row++) keys.fill(random() % groupCount, row * width, (row + 1) * width)
  return keys
}

function prepareGroups(kernels: Kernels, width: number, groupCount: number): () => void {
  const table = kernels.groupTableCreate(width, 1)
  const keys = placeWords(kernels, groupKeys(width, groupCount))
  const groups = kernels.allocate(ROWS * 4)
  return () => kernels.groupTableInsert(table, keys, ROWS, groups)
}

function truths(): { values: Uint8Array; nulls: Uint8Array } {
  const random = randomNumbers(9)
  return {
    values: Uint8Array.from({ length: ROWS }, () => random() & 1),
    nulls: Uint8Array.from({ length: ROWS }, () => (random() % 10 === 0 ? 1 : 0))
  }
}

function prepareKleene(kernels: Kernels, operation: 'kleeneAnd' | 'kleeneOr'): () => void {
  const { values, nulls } = truths()
  const [v, n, outValues, outNulls] = [values, nulls, values, nulls].map((bytes) => placeBytes(kernels, bytes)) as [
    number,
    number,
    number,
    number
  ]
  return () => kernels[operation](v, n, n, v, ROWS, outValues, outNulls)
}

function prepareNot(kernels: Kernels): () => void {
  const { values, nulls } = truths()
  const [v, n, outValues, outNulls] = [values, nulls, values, nulls].map((bytes) => placeBytes(kernels, bytes)) as [
    number,
    number,
    number,
    number
  ]
  return () => kernels.kleeneNot(v, n, ROWS, outValues, outNulls)
}

function prepareSelect(kernels: Kernels): () => void {
  const { values, nulls } = truths()
  const [v, n, bitmap] = [placeBytes(kernels, values), placeBytes(kernels, nulls), kernels.allocate(ROWS / 8)]
  return () => kernels.selectTrue(v, n, ROWS, bitmap)
}

function prepareBitmap(kernels: Kernels, run: (a: number, b: number, out: number) => void): () => void {
  const random = randomNumbers(2)
  const bits = () => Uint8Array.from({ length: ROWS / 8 }, () => random() & 0xff)
  const [a, b, out] = [placeBytes(kernels, bits()), placeBytes(kernels, bits()), kernels.allocate(ROWS * 4)]
  return () => run(a, b, out)
}

function truthColumn(): Column & { values: Uint8Array; nulls: Uint8Array } {
  return { type: 'boolean', rowCount: ROWS, ...truths(), offsets: null, dictionary: null }
}

function prepareKleeneColumns(kernels: Kernels): [() => void, () => void] {
  const [a, b] = [truthColumn(), truthColumn()]
  const plain = () => {
    const values = new Uint8Array(ROWS)
    const nulls = new Uint8Array(ROWS)
    for (let i = 0; i < ROWS; i++) {
      const aTrue = a.values[i]! & ~a.nulls[i]!
      const bTrue = b.values[i]! & ~b.nulls[i]!
      values[i] = aTrue & bTrue
      nulls[i] = (a.nulls[i]! | b.nulls[i]!) & (a.nulls[i]! | aTrue) & (b.nulls[i]! | bTrue)
    }
    return { values, nulls }
  }
  return [() => kleeneAnd(kernels, a, b), plain]
}

function prepareSelectColumns(kernels: Kernels): [() => void, () => void] {
  const column = truthColumn()
  const plain = () => {
    const rows = new Int32Array(ROWS)
    let count = 0
    for (let row = 0; row < ROWS; row++) if (column.values[row] && !column.nulls[row]) rows[count++] = row
    return rows.slice(0, count)
  }
  return [() => selectTrueRows(kernels, column), plain]
}

function prepareGroupClass(kernels: Kernels): [() => void, () => void] {
  const keys = groupKeys(2, 5_000)
  const table = new GroupTable(kernels, 2, 1)
  const known = new Map<bigint, number>()
  const pairs = new BigUint64Array(keys.buffer)
  const plain = () => {
    const groups = new Int32Array(ROWS)
    for (let row = 0; row < ROWS; row++) {
      let group = known.get(pairs[row]!)
      if (group === undefined) known.set(pairs[row]!, (group = known.size))
      groups[row] = group
    }
    return groups
  }
  return [() => table.insert(keys, ROWS), plain]
}
