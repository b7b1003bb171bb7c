/** WHERE a AND b -> WHERE a | WHERE b, so that each conjunct can move on its own. */
import { conjunctsOf } from '../../plan/expression.ts'
import type { LogicalPlan } from '../../plan/logical-plan.ts'

export function splitFilters(plan: LogicalPlan): LogicalPlan {
  return {
    nodes: plan.nodes.flatMap((node) =>
      node.type === 'filter' ? conjunctsOf(node.condition).map((condition) => ({ ...node, condition })) : [node]
    )
  }
}
