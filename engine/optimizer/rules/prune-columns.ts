/** Drops what nobody reads: columns of FROM, of projections, assignments of EVAL and aggregates. */
import { columnsOf } from '../../plan/expression.ts'
import { LOOKUP_PREFIX, type LogicalPlan, type PlanNode, resultSchema } from '../../plan/logical-plan.ts'

export function pruneColumns(plan: LogicalPlan): LogicalPlan {
  const nodes: PlanNode[] = []
  let needed = new Set(resultSchema(plan).map(({ name }) => name))
  for (const node of [...plan.nodes].reverse()) {
    const { kept, reads } = prune(node, needed)
    if (kept) nodes.push(kept)
    needed = reads
  }
  return { nodes: nodes.reverse() }
}

interface Pruned {
  /** Null when the node has become empty. */
  kept: PlanNode | null
  /** Columns its input must have. */
  reads: Set<string>
}

function prune(node: PlanNode, needed: ReadonlySet<string>): Pruned {
  switch (node.type) {
    case 'from':
      return { kept: { ...node, schema: node.schema.filter(({ name }) => needed.has(name)) }, reads: new Set() }
    case 'row':
      return { kept: node, reads: new Set() }
    case 'filter':
      return { kept: node, reads: columnsOf(node.condition, new Set(needed)) }
    case 'sort': {
      const reads = new Set(needed)
      for (const key of node.keys) columnsOf(key.expression, reads)
      return { kept: node, reads }
    }
    case 'limit':
      return { kept: node, reads: new Set(needed) }
    case 'lookup-join':
    case 'enrich':
      return pruneLookup(node, needed)
    case 'limit-by':
      return { kept: node, reads: new Set([...needed, ...node.keys]) }
    case 'mv-expand':
      return { kept: node, reads: new Set([...needed, node.column]) }
    case 'extract':
      return pruneExtract(node, needed)
    case 'project': {
      const columns = node.columns.filter(({ name }) => needed.has(name))
      return { kept: { ...node, columns }, reads: new Set(columns.map(({ from }) => from)) }
    }
    case 'aggregate': {
      const aggregates = node.aggregates.filter(({ name }) => needed.has(name))
      return { kept: { ...node, aggregates }, reads: aggregateReads(aggregates, new Set(node.keys)) }
    }
    case 'inline-stats':
      return pruneInlineStats(node, needed)
    case 'eval':
      return pruneEval(node, needed)
  }
}

function pruneExtract(node: Extract<PlanNode, { type: 'extract' }>, needed: ReadonlySet<string>): Pruned {
  const fields = node.fields.filter(({ name }) => needed.has(name))
  if (fields.length === 0) return { kept: null, reads: new Set(needed) }
  const reads = new Set(needed)
  for (const { name } of fields) reads.delete(name)
  return { kept: { ...node, fields }, reads: columnsOf(node.input, reads) }
}

function aggregateReads(aggregates: Extract<PlanNode, { type: 'aggregate' }>['aggregates'], reads: Set<string>): Set<string> {
  for (const { call } of aggregates) {
    for (const arg of call.args) columnsOf(arg, reads)
    if (call.filter) columnsOf(call.filter, reads)
  }
  return reads
}

/** Without an output it changes nothing: no row comes or goes. */
function pruneInlineStats(node: Extract<PlanNode, { type: 'inline-stats' }>, needed: ReadonlySet<string>): Pruned {
  const outputs = node.outputs.filter((name) => needed.has(name))
  if (outputs.length === 0) return { kept: null, reads: new Set(needed) }
  const built = node.built.filter(({ name }) => outputs.includes(name))
  const own = new Set(outputs)
  for (const { expression } of built) columnsOf(expression, own)
  const aggregates = node.aggregates.filter(({ name }) => own.has(name))
  const passed = [...needed].filter((name) => !node.outputs.includes(name))
  return {
    kept: { ...node, aggregates, built, outputs },
    reads: aggregateReads(aggregates, new Set([...passed, ...node.keys]))
  }
}

/** A join without fields still repeats rows; an ENRICH without fields does nothing. */
function pruneLookup(node: Extract<PlanNode, { type: 'lookup-join' | 'enrich' }>, needed: ReadonlySet<string>): Pruned {
  const fields = node.fields.filter(({ name }) => needed.has(name))
  const reads = new Set(needed)
  for (const { name } of node.fields) reads.delete(name)
  if (node.type === 'enrich' && fields.length === 0) return { kept: null, reads: new Set(needed) }
  for (const { left } of node.keys) reads.add(left)
  if (node.type === 'lookup-join' && node.condition) {
    for (const name of columnsOf(node.condition)) if (!name.startsWith(LOOKUP_PREFIX)) reads.add(name)
  }
  return { kept: { ...node, fields }, reads }
}

function pruneEval(node: Extract<PlanNode, { type: 'eval' }>, needed: ReadonlySet<string>): Pruned {
  const reads = new Set(needed)
  const fields = []
  for (const field of [...node.fields].reverse()) {
    if (!reads.has(field.name)) continue
    reads.delete(field.name)
    columnsOf(field.expression, reads)
    fields.push(field)
  }
  return { kept: fields.length > 0 ? { ...node, fields: fields.reverse() } : null, reads }
}
