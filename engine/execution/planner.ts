/**
 * Planner: lowers plan nodes to a chain of operators, last to first, so that each knows its successor.
 */
import { assert, assertNever } from '../base/assert.ts'
import { fieldIndex, type Schema } from '../data/schema.ts'
import { outputSchema, type PlanNode } from '../plan/logical-plan.ts'
import type { EvaluationContext } from './evaluator.ts'
import type { LookupTable } from './lookup-table.ts'
import type { Operator } from './operator.ts'
import { EvalOperator } from './operators/eval.ts'
import { ExtractOperator } from './operators/extract.ts'
import { FilterOperator } from './operators/filter.ts'
import { HashAggregateOperator } from './operators/hash-aggregate.ts'
import { InlineStatsOperator } from './operators/inline-stats.ts'
import { LimitByOperator } from './operators/limit-by.ts'
import { EnrichOperator } from './operators/enrich.ts'
import { LookupJoinOperator } from './operators/lookup-join.ts'
import { LimitOperator } from './operators/limit.ts'
import { MvExpandOperator } from './operators/mv-expand.ts'
import { ProjectOperator } from './operators/project.ts'
import { RowCounter, type StageCount } from './operators/row-counter.ts'
import { SortOperator } from './operators/sort.ts'

/** A lowered pipe. */
export interface LoweredPipe {
  head: Operator
  /**
   * The first aggregation, whose groups can be looked at while it runs, with what comes behind it; null when there is none,
   * or when rows reach it only at the end.
   */
  aggregation: { operator: HashAggregateOperator; behind: readonly PlanNode[]; schema: Schema } | null
}

/** Operators for `nodes` over input of `schema`, ending in `sink`. Rows that leave each node are added to `stages`. */
export function lowerNodes(
  nodes: readonly PlanNode[],
  schema: Schema,
  context: EvaluationContext,
  sink: Operator,
  stages: StageCount[]
): LoweredPipe {
  const inputs: Schema[] = []
  let current = schema
  for (const node of nodes) {
    inputs.push(current)
    current = outputSchema(node, current)
  }
  let next = sink
  let aggregation: LoweredPipe['aggregation'] = null
  for (let i = nodes.length - 1; i >= 0; i--) {
    const stage = (stages[i] ??= { label: stageLabel(nodes[i]!), rows: 0 })
    next = lowerNode(nodes, i, inputs[i]!, context, new RowCounter(stage, next))
    if (next instanceof HashAggregateOperator) {
      aggregation = { operator: next, behind: nodes.slice(i + 1), schema: inputs[i + 1] ?? current }
    } else if (nodes[i]!.type === 'inline-stats') aggregation = null
  }
  return { head: next, aggregation }
}

function lowerNode(nodes: readonly PlanNode[], at: number, input: Schema, context: EvaluationContext, next: Operator): Operator {
  const node = nodes[at]!
  switch (node.type) {
    case 'from':
      return next
    case 'row':
      return new EvalOperator(node.fields, [], context, next)
    case 'filter':
      return new FilterOperator(node.condition, input, context, next)
    case 'eval':
      return new EvalOperator(node.fields, input, context, next)
    case 'project':
      return new ProjectOperator(node.columns, input, next)
    case 'mv-expand':
      return new MvExpandOperator(fieldIndex(input, node.column), next)
    case 'extract':
      return new ExtractOperator(node, input, context, next)
    case 'aggregate':
      return new HashAggregateOperator(node, input, context, next)
    case 'inline-stats':
      return new InlineStatsOperator(node, input, context, next)
    case 'sort':
      return new SortOperator(node.keys, input, context, limitBehind(nodes, at), next)
    case 'lookup-join':
      return new LookupJoinOperator(node, input, lookupTable(node.table, context), context, next)
    case 'enrich':
      return new EnrichOperator(node, input, lookupTable(node.table, context), next)
    case 'limit-by':
      return new LimitByOperator(
        node.count,
        node.keys.map((name) => fieldIndex(input, name)),
        next
      )
    case 'limit':
      return new LimitOperator(node.count, next)
    default:
      return assertNever(node)
  }
}

function lookupTable(name: string, context: EvaluationContext): LookupTable {
  const table = context.lookups?.get(name)
  assert(table !== undefined, `the lookup table ${name} is loaded`)
  return table
}

/** Rows a SORT is asked for: the LIMIT behind it with nothing between that changes the number of rows. */
function limitBehind(nodes: readonly PlanNode[], sortAt: number): number | null {
  for (let i = sortAt + 1; i < nodes.length; i++) {
    const node = nodes[i]!
    if (node.type === 'limit') return node.count
    if (node.type !== 'eval' && node.type !== 'project' && node.type !== 'extract') return null
  }
  return null
}

const LABELS: Record<Exclude<PlanNode['type'], 'project' | 'extract'>, string> = {
  from: 'FROM',
  row: 'ROW',
  filter: 'WHERE',
  eval: 'EVAL',
  'mv-expand': 'MV_EXPAND',
  aggregate: 'STATS',
  'inline-stats': 'INLINE STATS',
  sort: 'SORT',
  limit: 'LIMIT',
  'limit-by': 'LIMIT BY',
  'lookup-join': 'LOOKUP JOIN',
  enrich: 'ENRICH'
}

/** Commands whose projection is no command of its own. */
const UNNAMED: ReadonlySet<string> = new Set(['STATS', 'INLINE STATS', 'LIMIT BY'])

/** The command a node came from, as the analyst wrote it. */
export function stageLabel(node: PlanNode): string {
  if (node.type === 'extract') return node.command
  if (node.type !== 'project') return LABELS[node.type]
  return UNNAMED.has(node.command) ? 'KEEP' : node.command
}
