/**
 * The investigation guide: what to look at for one finding, in the order of thought, bound to its real values.
 *
 * In: a StepContext. Out: steps with a sentence, an ES|QL query over the loaded data, what the answer means, and, where the
 * data cannot answer, what is missing and the command for the host (text to copy; nothing here is ever run).
 */
import type { InvestigationStep } from './investigation-step.ts'
import { type StepContext, type StepMaker, bindContext } from './guide/step-context.ts'
import { CONTAINMENT_STEPS } from './guide/containment-steps.ts'
import { PROCESS_STEPS } from './guide/process-steps.ts'
import { SURROUNDING_STEPS } from './guide/surrounding-steps.ts'

export type { StepContext } from './guide/step-context.ts'

const STEPS: readonly StepMaker[] = [...PROCESS_STEPS, ...SURROUNDING_STEPS, ...CONTAINMENT_STEPS]

/** All steps for one finding. */
export function investigationSteps(context: StepContext): InvestigationStep[] {
  const bound = bindContext(context)
  return STEPS.map((makeStep) => makeStep(bound))
}
