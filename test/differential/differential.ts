/**
 * The comparison itself: random queries over random documents, engine against interpreter, in a random variation of batch
 * size, read size and file form. A difference is shrunk by the generator and reported with everything needed to see it.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from '../../engine/language/index.ts'
import { QueryError } from '../../engine/session/prepare.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { createReferenceKernels } from '../../wasm/reference/kernels.ts'
import { loadTestKernels } from '../helpers/kernels.ts'
import { difference } from './compare.ts'
import { Coverage } from './coverage.ts'
import { type Document, documents, toJson } from './generate/data.ts'
import { FIELDS } from './generate/fields.ts'
import { type Flavour, FLAVOURS, queries } from './generate/queries.ts'
import { type Answer, interpret } from './interpreter/interpreter.ts'
import { load } from './interpreter/load.ts'
import { type Column, OutOfScope, Refused } from './interpreter/values.ts'
import { type EngineAnswer, runEngine, type Variation } from './run-engine.ts'

const NOW = 1_748_779_200_000n
const MAPPING = new Map(FIELDS.map(({ name, type }) => [name, type]))

/** Queries after which the kernels start afresh, so that their memory stays small. */
const KERNEL_LIFE = 500

const variation: fc.Arbitrary<Variation & { deep: boolean; twins: boolean }> = fc.record({
  batchRows: fc.constantFrom(4096, 1, 3),
  chunk: fc.constantFrom(65536, 7, 31),
  form: fc.constantFrom('ndjson', 'array'),
  deep: fc.boolean(),
  twins: fc.integer({ min: 0, max: 9 }).map((n) => n === 9)
})

/** The seed of this run: RAREBIT_SEED, else a new one. */
export function chosenSeed(): number {
  const given = Number(process.env['RAREBIT_SEED'])
  return Number.isInteger(given) && process.env['RAREBIT_SEED'] !== undefined ? given : Date.now() % 2 ** 31
}

/** Below this many cases chance may leave a function out. */
const ENOUGH = 5000

/**
 * The test of a flavour: `cases` random queries (RAREBIT_CASES overrides) without a difference, and every function of
 * `expected` among them. The seed and what was covered are printed.
 */
export function registerComparison(name: keyof typeof FLAVOURS, cases: number, expected: readonly string[] = []): void {
  const count = Number(process.env['RAREBIT_CASES'] ?? cases)
  test(`${name}: ${count} random queries, answered by the engine as by the interpreter`, async () => {
    const seed = chosenSeed()
    console.log(`differential, ${name}: RAREBIT_SEED=${seed}`)
    const coverage = await compareQueries(FLAVOURS[name], count, seed)
    console.log(`differential, ${name}: ${coverage.text()}`)
    if (count >= ENOUGH) expect(expected.filter((one) => !coverage.functions.has(one))).toEqual([])
    expect(coverage.refused + coverage.beyond).toBeLessThan(count / 5)
  })
}

/** Compares `cases` queries of a flavour; throws with the smallest difference found. Answers what was covered. */
export async function compareQueries(flavour: Flavour, cases: number, seed: number): Promise<Coverage> {
  const coverage = new Coverage()
  let kernels = await loadTestKernels()
  let twins = createReferenceKernels()
  let used = 0
  const property = fc.asyncProperty(documents, queries(flavour), variation, async (data, query, form) => {
    if (++used % KERNEL_LIFE === 0) {
      kernels = await loadTestKernels()
      twins = createReferenceKernels()
    }
    const found = await compareOne(query, data, form, form.twins ? twins : kernels, coverage)
    if (found !== null) throw new Error(`${found}\n${query}\n${data.map((document) => toJson(document, form.deep)).join('\n')}`)
  })
  await fc.assert(property, { seed, numRuns: cases, endOnFailure: false })
  return coverage
}

async function compareOne(
  query: string,
  data: readonly Document[],
  form: Variation & { deep: boolean },
  kernels: Kernels,
  coverage: Coverage
): Promise<string | null> {
  const { query: tree, diagnostics } = parseQuery(query)
  if (!tree || diagnostics.length > 0) return `does not parse: ${diagnostics.map(({ message }) => message).join()}`
  const engine = await answerOf(() =>
    runEngine(
      query,
      data.map((document) => toJson(document, form.deep)),
      MAPPING,
      form,
      kernels,
      NOW
    )
  )
  const own = await answerOf(() => interpret(query, tree, rowsOf(data, FIELDS), NOW))
  if ('beyond' in own) {
    coverage.beyond++
    return null
  }
  coverage.add(tree, 'refused' in engine)
  if ('refused' in engine && 'refused' in own) return null
  if ('refused' in engine) return `only the engine refuses: ${engine.refused}`
  if ('refused' in own) return `only the interpreter refuses: ${own.refused}`
  return difference(engine as EngineAnswer, own as Answer)
}

async function answerOf<T extends object>(run: () => T | Promise<T>): Promise<T | { refused: string } | { beyond: true }> {
  try {
    return await run()
  } catch (failure) {
    if (failure instanceof QueryError || failure instanceof Refused) return { refused: failure.message }
    if (failure instanceof OutOfScope) return { beyond: true }
    throw failure
  }
}

function rowsOf(data: readonly Document[], columns: readonly Column[]) {
  const rows = data.map((document) =>
    columns.map(({ name, type }) => load(type, document.find((field) => field.name === name)?.scalars ?? []))
  )
  return { columns: [...columns], rows }
}
