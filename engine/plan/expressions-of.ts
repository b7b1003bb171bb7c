import { type BoundExpression, callsFunction } from './expression.ts'
import type { AggregateNode, PlanNode } from './logical-plan.ts'

/** Every expression that a node computes, whole, in no order that matters. */
export function expressionsOf(node: PlanNode): readonly BoundExpression[] {
  switch (node.type) {
    case 'row':
    case 'eval':
      return node.fields.map(({ expression }) => expression)
    case 'filter':
      return [node.condition]
    case 'extract':
      return [node.input]
    case 'sort':
      return node.keys.map(({ expression }) => expression)
    case 'aggregate':
      return inAggregates(node.aggregates)
    case 'inline-stats':
      return [...inAggregates(node.aggregates), ...node.built.map(({ expression }) => expression)]
    case 'lookup-join':
      return node.condition ? [node.condition] : []
    case 'from':
    case 'project':
    case 'mv-expand':
    case 'limit':
    case 'limit-by':
    case 'enrich':
      return []
  }
}

/** Whether a node asks for NOW(). */
export function nodeUsesNow(node: PlanNode): boolean {
  return expressionsOf(node).some((expression) => callsFunction(expression, 'NOW'))
}

function inAggregates(aggregates: AggregateNode['aggregates']): BoundExpression[] {
  return aggregates.flatMap(({ call }) => (call.filter ? [...call.args, call.filter] : call.args))
}
