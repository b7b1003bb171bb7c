import { expect, test } from 'vitest'
import { chosenSeed, compareQueries } from './differential.ts'
import { FLAVOURS } from './generate/queries.ts'
import { FUNCTIONS } from './interpreter/functions.ts'

const CASES = Number(process.env['RAREBIT_CASES'] ?? 9000)

test(`${CASES} random queries with deep expressions: the engine answers as the interpreter does`, async () => {
  const seed = chosenSeed()
  console.log(`differential, expressions: RAREBIT_SEED=${seed}`)
  const coverage = await compareQueries(FLAVOURS.expressions, CASES, seed)
  console.log(coverage.text())
  const missing = [...FUNCTIONS.keys()].filter((name) => !coverage.functions.has(name))
  if (CASES >= 5000) expect(missing).toEqual([])
  expect(coverage.refused).toBeLessThan(CASES / 5)
}, 300_000)
