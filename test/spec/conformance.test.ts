/**
 * Elasticsearch's own tests (black box over `esql --stdio`): every public one, but for what is listed with its reason, test
 * by test, answers as there; and a listed one that has begun to pass fails here until its line is gone.
 */
import { describe, expect, test } from 'vitest'
// @ts-expect-error a plain script without types
import { conformanceFolder, runConformance, surprises } from '../../scripts/conformance.mjs'
import { sharedPath } from '../helpers/shared-facts.ts'

interface Outcome {
  total: number
  core: { total: number; passed: number }
  others: { total: number; passed: number }
  passed: number
  warningsRight: number
}

const folder = sharedPath('esql/conformance/run.mjs') && (conformanceFolder() as string | null)

describe.skipIf(!folder)('conformance', () => {
  test('the public tests answer as in Elasticsearch, and warn as there', async () => {
    const outcome = (await runConformance(folder)) as Outcome
    const { core, others, passed, warningsRight } = outcome
    console.log(
      `conformance: core ${core.passed}/${core.total}, others ${others.passed}/${others.total}, warnings ${warningsRight}/${passed}`
    )
    expect(core.total).toBeGreaterThan(600)
    expect(others.total).toBeGreaterThan(12)
    expect(surprises(outcome)).toEqual([])
  }, 600_000)
})
