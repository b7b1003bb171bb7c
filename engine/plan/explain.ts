/** explain(): a plan as text, one line a node, for people and for tests of the optimizer. */
import type { LogicalPlan, PlanNode } from './logical-plan.ts'

/** One line a node, first to last. */
export function explain(plan: LogicalPlan): string {
  return plan.nodes.map(explainNode).join('\n')
}

function explainNode(node: PlanNode): string {
  switch (node.type) {
    case 'from':
      return `From [${node.patterns.join(', ')}] columns=[${node.schema.map((field) => `${field.name}:${field.type}`).join(', ')}]`
    case 'row':
      return `Row [${named(node.fields)}]`
    case 'filter':
      return `Filter [${node.condition.text}]`
    case 'eval':
      return `Eval [${named(node.fields)}]`
    case 'project':
      return `Project (${node.command}) [${node.columns.map(({ name, from }) => (name === from ? name : `${from} AS ${name}`)).join(', ')}]`
    case 'mv-expand':
      return `MvExpand [${node.column}]`
    case 'extract':
      return `Extract (${node.command}) [${node.fields.map(({ name }) => name).join(', ')}] from [${node.input.text}]`
    case 'aggregate':
      return `Aggregate [${aggregates(node)}] by [${node.keys.join(', ')}]`
    case 'inline-stats':
      return `InlineStats [${[aggregates(node), named(node.built)].filter(Boolean).join(', ')}] by [${node.keys.join(', ')}]`
    case 'sort':
      return `Sort [${node.keys.map((key) => `${key.expression.text} ${key.descending ? 'DESC' : 'ASC'} NULLS ${key.nullsFirst ? 'FIRST' : 'LAST'}`).join(', ')}]`
    case 'lookup-join':
    case 'enrich': {
      const on = [...node.keys.map(({ left, right }) => `${left} == ${right}`)]
      if (node.type === 'lookup-join' && node.condition) on.push(node.condition.text)
      const fields = node.fields.map(({ name, from }) => (name === from ? name : `${from} AS ${name}`))
      return `${node.type === 'enrich' ? 'Enrich' : 'LookupJoin'} [${node.table}] on [${on.join(', ')}] adding [${fields.join(', ')}]`
    }
    case 'limit-by':
      return `LimitBy [${node.count}] by [${node.keys.join(', ')}]`
    case 'limit':
      return `Limit [${node.count}]${node.implicit ? ' implicit' : ''}`
  }
}

function aggregates(node: Extract<PlanNode, { type: 'aggregate' | 'inline-stats' }>): string {
  return node.aggregates.map(({ name, call }) => `${name} = ${call.text}`).join(', ')
}

function named(fields: readonly { name: string; expression: { text: string } }[]): string {
  return fields.map(({ name, expression }) => `${name} = ${expression.text}`).join(', ')
}
