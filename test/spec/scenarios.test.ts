/**
 * Every scenario of every `*.spec.md`, in variations of kernels, batch size, read size and file form that have every pair
 * of them together (`SPEC_MATRIX=full`: every combination).
 *
 * `UPDATE_SPECS=1 npm run test:spec` writes what the engine says into the files; the diff is then reviewed like code.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { instantiateKernels } from '../../wasm/host/kernels.ts'
import { createReferenceKernels } from '../../wasm/reference/kernels.ts'
import { readSources, ROOT } from '../helpers/architecture.ts'
import { compileTestModule } from '../helpers/kernels.ts'
import { type Block, type Outcome, parseSpecFile, rewriteBlocks, type Scenario } from '../helpers/spec-file.ts'
import { PLAIN, runScenario, type Variation, variationsOf } from '../helpers/spec-run.ts'

const updating = process.env['UPDATE_SPECS'] === '1'
const files = readSources(ROOT).filter(({ path }) => path.endsWith('.spec.md') || path === 'README.md')
let module: WebAssembly.Module

beforeAll(async () => {
  module = await compileTestModule()
})

test('there are scenarios', () => {
  expect(files.filter(({ path }) => path.endsWith('.spec.md')).length).toBeGreaterThan(10)
})

for (const { path, text } of files) {
  const scenarios = parseSpecFile(text)
  if (scenarios.length === 0) continue
  const changes = new Map<Block, string>()
  describe(path, () => {
    for (const scenario of scenarios) {
      test(`${scenario.title} (line ${scenario.line})`, async () => {
        if (updating) await update(scenario, changes)
        else await check(scenario)
      })
    }
    afterAll(() => {
      if (changes.size > 0) writeFileSync(join(ROOT, path), rewriteBlocks(readFileSync(join(ROOT, path), 'utf8'), changes))
    })
  })
}

async function check(scenario: Scenario): Promise<void> {
  const wanted = wantedOutcomes(scenario)
  for (const variation of variationsOf(scenario)) {
    const outcomes = await runScenario(scenario, variation, kernelsOf(variation))
    const found = Object.fromEntries([...wanted.keys()].map((kind) => [kind, outcomes.get(kind) ?? whatElse(outcomes)]))
    expect(found, JSON.stringify(variation)).toEqual(Object.fromEntries(wanted))
  }
}

/** What the scenario states; that there are no warnings is stated by every result without a block of them. */
function wantedOutcomes({ title, outcomes }: Scenario): Map<Outcome, string> {
  const wanted = new Map([...outcomes].map(([kind, block]) => [kind, block.text] as const))
  if (wanted.size === 0) throw new Error(`[${title}] states nothing`)
  if (wanted.has('result') && !wanted.has('warnings')) wanted.set('warnings', '')
  return wanted
}

function whatElse(outcomes: ReadonlyMap<Outcome, string>): string {
  return `nothing of the kind; error: ${outcomes.get('error') ?? 'none'}; result: ${outcomes.get('result') ?? 'none'}`
}

async function update(scenario: Scenario, changes: Map<Block, string>): Promise<void> {
  const outcomes = await runScenario(scenario, PLAIN, kernelsOf(PLAIN))
  for (const [kind, block] of scenario.outcomes) {
    const text = outcomes.get(kind)
    if (text === undefined) throw new Error(`no ${kind}: ${whatElse(outcomes)}`)
    if (text !== block.text) changes.set(block, text)
  }
}

function kernelsOf({ kernels }: Variation): () => Kernels {
  return kernels === 'wasm' ? () => instantiateKernels(module) : createReferenceKernels
}
