/** The first WHERE of a query, as the analyst wrote it: what near misses and explanations speak of. */
import { type Schema } from '../data/schema.ts'
import { type BoundExpression, columnsOf, conjunctsOf } from '../plan/expression.ts'
import { type FromNode, type LogicalPlan, outputSchema, type PlanNode } from '../plan/logical-plan.ts'

export interface FirstWhere {
  from: FromNode
  /** Nodes between FROM and the WHERE (MV_EXPAND, EVAL, DISSECT, GROK). */
  before: PlanNode[]
  /** Schema the conditions see. */
  schema: Schema
  /** Its top-level conditions. */
  conjuncts: BoundExpression[]
}

/** Finds the first WHERE of an analyzed plan; null when rows reach an aggregation or the end without one. */
export function firstWhere(plan: LogicalPlan): FirstWhere | null {
  const [from, ...rest] = plan.nodes
  if (from?.type !== 'from') return null
  const at = rest.findIndex((node) => !['mv-expand', 'eval', 'extract'].includes(node.type) && !isProjection(node))
  const filter = rest[at]
  if (filter?.type !== 'filter') return null
  const before = rest.slice(0, at)
  const conjuncts = conjunctsOf(filter.condition)
  const narrowed = narrowFrom(from, before, conjuncts)
  const schema = before.reduce((input, node) => outputSchema(node, input), narrowed.schema)
  return { from: narrowed, before, schema, conjuncts }
}

const isProjection = (node: PlanNode) => node.type === 'project' && node.command !== 'STATS'

/** FROM with no more columns than the conditions and the nodes before them read. */
function narrowFrom(from: FromNode, before: readonly PlanNode[], conjuncts: readonly BoundExpression[]): FromNode {
  const needed = new Set<string>()
  for (const conjunct of conjuncts) columnsOf(conjunct, needed)
  for (const node of before) {
    if (node.type === 'mv-expand') needed.add(node.column)
    if (node.type === 'eval') for (const { expression } of node.fields) columnsOf(expression, needed)
    if (node.type === 'extract') columnsOf(node.input, needed)
    if (node.type === 'project') for (const column of node.columns) needed.add(column.from)
  }
  return { ...from, schema: from.schema.filter(({ name }) => needed.has(name)) }
}
