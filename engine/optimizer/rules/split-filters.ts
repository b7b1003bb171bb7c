/** WHERE a AND b -> WHERE a | WHERE b, so that each conjunct can move on its own. */
import { conjunctsOf } from '../../plan/expression.ts'
import type { LogicalPlan, PlanNode } from '../../plan/logical-plan.ts'

export function splitFilters(plan: LogicalPlan): LogicalPlan {
  const split = (node: PlanNode): PlanNode[] =>
    node.type === 'filter' ? conjunctsOf(node.condition).map((condition) => ({ ...node, condition })) : [node]
  return { nodes: plan.nodes.flatMap(split) }
}
