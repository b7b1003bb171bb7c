/** Optimizer: logical plan -> equivalent logical plan that reads and does less. Each rule is a pure function in its own file. */
import type { LogicalPlan } from '../plan/logical-plan.ts'
import { combineAlternatives } from './rules/combine-alternatives.ts'
import { foldCaseComparisons } from './rules/fold-case-comparisons.ts'
import { pruneColumns } from './rules/prune-columns.ts'
import { pushFilterDown } from './rules/push-filter-down.ts'
import { pushLimitDown } from './rules/push-limit-down.ts'
import { splitFilters } from './rules/split-filters.ts'

export type Rule = (plan: LogicalPlan) => LogicalPlan

const RULES: readonly Rule[] = [
  foldCaseComparisons,
  combineAlternatives,
  splitFilters,
  pushFilterDown,
  pushLimitDown,
  pruneColumns
]

/** Applies the rules in order; each leaves a plan that answers the same. */
export function optimizePlan(plan: LogicalPlan): LogicalPlan {
  return RULES.reduce((current, rule) => rule(current), plan)
}
