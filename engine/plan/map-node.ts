import type { BoundAggregate, BoundExpression } from './expression.ts'
import type { PlanNode } from './logical-plan.ts'

/** The node with each of its expressions replaced by `change` of it. */
export function mapNodeExpressions(node: PlanNode, change: (expression: BoundExpression) => BoundExpression): PlanNode {
  switch (node.type) {
    case 'filter':
      return { ...node, condition: change(node.condition) }
    case 'row':
    case 'eval':
      return { ...node, fields: node.fields.map((field) => ({ ...field, expression: change(field.expression) })) }
    case 'extract':
      return { ...node, input: change(node.input) }
    case 'sort':
      return { ...node, keys: node.keys.map((key) => ({ ...key, expression: change(key.expression) })) }
    case 'aggregate':
      return { ...node, aggregates: node.aggregates.map((each) => mapAggregate(each, change)) }
    case 'inline-stats':
      return {
        ...node,
        aggregates: node.aggregates.map((each) => mapAggregate(each, change)),
        built: node.built.map((field) => ({ ...field, expression: change(field.expression) }))
      }
    default:
      return node
  }
}

type Aggregate = { name: string; call: BoundAggregate }

function mapAggregate({ name, call }: Aggregate, change: (expression: BoundExpression) => BoundExpression): Aggregate {
  return { name, call: { ...call, args: call.args.map(change), filter: call.filter && change(call.filter) } }
}
