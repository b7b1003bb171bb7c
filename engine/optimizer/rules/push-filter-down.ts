/**
 * Moves a filter before the nodes that do not decide its columns: EVAL, DISSECT and GROK of other columns, MV_EXPAND of
 * another column, SORT, and projections (reading the column by its older name). Never before LIMIT, STATS, INLINE STATS (a
 * row that goes before it is missing in its group) or FROM. It passes filters that cannot go as far.
 */
import { type BoundExpression, columnsOf } from '../../plan/expression.ts'
import type { FilterNode, LogicalPlan, PlanNode } from '../../plan/logical-plan.ts'
import { renameColumns } from '../../plan/rename-columns.ts'

export function pushFilterDown(plan: LogicalPlan): LogicalPlan {
  const nodes: PlanNode[] = []
  for (const node of plan.nodes) {
    if (node.type === 'filter') insertFilter(nodes, node)
    else nodes.push(node)
  }
  return { nodes }
}

function insertFilter(nodes: PlanNode[], filter: FilterNode): void {
  let condition = filter.condition
  let best = { at: nodes.length, condition }
  for (let at = nodes.length; at > 0; at--) {
    const node = nodes[at - 1]!
    // Filters may change places, which is worth it only when the way leads past something else.
    if (node.type === 'filter') continue
    const moved = beforeNode(node, condition)
    if (moved === null) break
    condition = moved
    best = { at: at - 1, condition }
  }
  nodes.splice(best.at, 0, { ...filter, condition: best.condition })
}

/** The condition as it reads before `node`, or null when it cannot move there. */
function beforeNode(node: PlanNode, condition: BoundExpression): BoundExpression | null {
  const columns = columnsOf(condition)
  switch (node.type) {
    case 'eval':
    case 'extract':
      return node.fields.some(({ name }) => columns.has(name)) ? null : condition
    case 'lookup-join':
    case 'enrich':
      return node.fields.some(({ name }) => columns.has(name)) ? null : condition
    case 'mv-expand':
      return columns.has(node.column) ? null : condition
    case 'project': {
      const origin = new Map(node.columns.map(({ name, from }) => [name, from]))
      return renameColumns(condition, origin)
    }
    case 'sort':
      return condition
    case 'from':
    case 'row':
    case 'filter':
    case 'aggregate':
    case 'inline-stats':
    case 'limit':
    case 'limit-by':
      return null
  }
}
