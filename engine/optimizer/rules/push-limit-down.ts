/**
 * Moves a LIMIT before the nodes that neither drop nor order rows, so that they work on no row that is cut (and warn of none),
 * and the source stops as early as it can. MV_EXPAND and LOOKUP JOIN give every row at least one row, so a copy goes before it while the
 * LIMIT stays. Two limits that meet are the smaller one.
 */
import type { LimitNode, LogicalPlan, PlanNode } from '../../plan/logical-plan.ts'

export function pushLimitDown(plan: LogicalPlan): LogicalPlan {
  const nodes: PlanNode[] = []
  for (const node of plan.nodes) {
    if (node.type === 'limit') insertLimit(nodes, node)
    else nodes.push(node)
  }
  return { nodes }
}

function insertLimit(nodes: PlanNode[], limit: LimitNode): void {
  let at = nodes.length
  while (at > 0 && MOVES[nodes[at - 1]!.type] === 'before') at--
  const before = nodes[at - 1]
  if (before?.type === 'limit') {
    if (limit.count < before.count) nodes[at - 1] = limit
    return
  }
  nodes.splice(at, 0, limit)
  if (!before || MOVES[before.type] !== 'copy') return
  const head = nodes.slice(0, at - 1)
  insertLimit(head, limit)
  nodes.splice(0, at - 1, ...head)
}

/** before: one row out for each row in, in order. copy: at least one row out for each row in, in order. */
const MOVES: Record<PlanNode['type'], 'before' | 'copy' | 'stay'> = {
  eval: 'before',
  project: 'before',
  extract: 'before',
  enrich: 'before',
  'mv-expand': 'copy',
  'lookup-join': 'copy',
  from: 'stay',
  row: 'stay',
  filter: 'stay',
  aggregate: 'stay',
  'inline-stats': 'stay',
  sort: 'stay',
  limit: 'stay',
  'limit-by': 'stay'
}
