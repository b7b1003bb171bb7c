/** Elasticsearch's own tests (core selection, black box over `esql --stdio`): the floor that must not be lost. */
import { describe, expect, test } from 'vitest'
// @ts-expect-error a plain script without types
import { FLOOR, conformanceFolder, runConformance } from '../../scripts/conformance.mjs'
import { sharedPath } from '../helpers/shared-facts.ts'

interface Outcome {
  total: number
  passed: number
  wrong: { id: string; kind: string; detail?: string }[]
}

const folder = sharedPath('esql/conformance/run.mjs') && (conformanceFolder() as string | null)

describe.skipIf(!folder)('conformance', () => {
  test('enough of the core tests pass, and what is not supported is refused, not answered wrongly', async () => {
    const { total, passed, wrong } = (await runConformance(folder)) as Outcome
    console.log(`conformance: ${passed} of ${total} pass, ${wrong.length} answer wrongly`)
    expect(total).toBeGreaterThan(600)
    expect(passed / total).toBeGreaterThanOrEqual(FLOOR.passed)
    const list = wrong.map(({ id, kind, detail }) => `${id} [${kind}] ${detail}`).join('\n')
    expect(wrong.length / total, list).toBeLessThan(FLOOR.wrong)
  }, 600_000)
})
