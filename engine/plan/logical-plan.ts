/**
 * Logical plan: a pipe of nodes, first to last. ES|QL without joins is linear, so the plan is a list, and each node's
 * output schema follows from its input's.
 *
 * STATS with expressions over aggregates is already taken apart here: EVAL of the keys, an aggregate node with plain
 * calls, EVAL of what is built on them, and a projection. Names beginning with `$$` are ours and never reach a result.
 */
import type { Span } from '../base/span.ts'
import type { DataType } from '../data/data-type.ts'
import { type Schema, fieldIndex } from '../data/schema.ts'
import type { ExtractPattern } from '../patterns/text-extractor.ts'
import type { BoundAggregate, BoundExpression } from './expression.ts'

export type PlanNode =
  | FromNode
  | RowNode
  | FilterNode
  | EvalNode
  | ProjectNode
  | MvExpandNode
  | ExtractNode
  | AggregateNode
  | InlineStatsNode
  | SortNode
  | LimitNode
  | LimitByNode
  | LookupJoinNode
  | EnrichNode

export interface FromNode {
  type: 'from'
  patterns: string[]
  /** Columns the rest of the plan needs, metadata included. */
  schema: Schema
  span: Span
}
export interface RowNode {
  type: 'row'
  fields: NamedExpression[]
  span: Span
}
export interface FilterNode {
  type: 'filter'
  condition: BoundExpression
  span: Span
}
export interface EvalNode {
  type: 'eval'
  fields: NamedExpression[]
  span: Span
}
export interface NamedExpression {
  name: string
  expression: BoundExpression
}
/** KEEP, DROP, RENAME and the tail of STATS: the output columns and the input column each comes from. */
export interface ProjectNode {
  type: 'project'
  command: 'KEEP' | 'DROP' | 'RENAME' | 'STATS' | 'INLINE STATS' | 'LIMIT BY'
  columns: { name: string; from: string }[]
  span: Span
}
export interface MvExpandNode {
  type: 'mv-expand'
  column: string
  span: Span
}
/** DISSECT and GROK: columns taken from a text by a pattern. They stand at the end; columns of their names go. */
export interface ExtractNode {
  type: 'extract'
  command: 'DISSECT' | 'GROK'
  input: BoundExpression
  /** The columns wanted, of those the pattern fills. */
  fields: Schema
  pattern: ExtractPattern
  span: Span
}
export interface AggregateNode {
  type: 'aggregate'
  /** Input columns that form the key, in output order behind the aggregates. */
  keys: string[]
  aggregates: { name: string; call: BoundAggregate }[]
  span: Span
}
/** INLINE STATS without its naming: the input columns, then `outputs`, each row's from the groups it is in. */
export interface InlineStatsNode {
  type: 'inline-stats'
  keys: string[]
  aggregates: { name: string; call: BoundAggregate }[]
  /** Expressions over aggregates and keys, computed once a group. */
  built: NamedExpression[]
  /** Names of aggregates and built expressions that rows get. */
  outputs: string[]
  span: Span
}
export interface SortNode {
  type: 'sort'
  keys: { expression: BoundExpression; descending: boolean; nullsFirst: boolean }[]
  span: Span
}
export interface LimitNode {
  type: 'limit'
  count: number
  /** Added by us because the query has none. */
  implicit: boolean
  span: Span
}

/** Columns of a lookup table inside a join's condition: this before their name. */
export const LOOKUP_PREFIX = '$$lookup.'

/** A column of the rows and one of the table that must be equal. */
export interface LookupKey {
  left: string
  right: string
}
export interface LookupField {
  name: string
  /** Its name in the table. */
  from: string
  type: DataType
}
export interface LookupJoinNode {
  type: 'lookup-join'
  table: string
  /** None: every row of the table is tried. */
  keys: LookupKey[]
  /** What else must hold of a pair of rows. */
  condition: BoundExpression | null
  fields: LookupField[]
  /** As written, for warnings. */
  text: string
  span: Span
}
export interface EnrichNode {
  type: 'enrich'
  table: string
  keys: LookupKey[]
  fields: LookupField[]
  span: Span
}
/** LIMIT n BY: at most `count` rows of each combination of the key columns. */
export interface LimitByNode {
  type: 'limit-by'
  count: number
  keys: string[]
  span: Span
}

export interface LogicalPlan {
  nodes: PlanNode[]
}

/** Output schema of a node from its input's. */
export function outputSchema(node: PlanNode, input: Schema): Schema {
  switch (node.type) {
    case 'from':
      return node.schema
    case 'row':
      return withFields([], node.fields)
    case 'eval':
      return withFields(input, node.fields)
    case 'extract':
      return [...withoutFields(input, node.fields), ...node.fields]
    case 'project':
      return node.columns.map(({ name, from }) => ({ name, type: input[fieldIndex(input, from)]!.type }))
    case 'aggregate':
      return [
        ...node.aggregates.map(({ name, call }) => ({ name, type: call.dataType })),
        ...node.keys.map((name) => ({ name, type: input[fieldIndex(input, name)]!.type }))
      ]
    case 'inline-stats':
      return [...input, ...inlineOutputs(node)]
    case 'lookup-join':
    case 'enrich': {
      const replaced = new Set(node.fields.map(({ name }) => name))
      const added = node.fields.map(({ name, type }) => ({ name, type }))
      return [...input.filter(({ name }) => !replaced.has(name)), ...added]
    }
    case 'filter':
    case 'mv-expand':
    case 'sort':
    case 'limit':
    case 'limit-by':
      return input
  }
}

function inlineOutputs(node: InlineStatsNode): Schema {
  const types = new Map([
    ...node.aggregates.map(({ name, call }) => [name, call.dataType] as const),
    ...node.built.map(({ name, expression }) => [name, expression.dataType] as const)
  ])
  return node.outputs.map((name) => ({ name, type: types.get(name)! }))
}

/** EVAL's rule: an assigned column goes to the end, an earlier one of that name disappears. */
function withFields(input: Schema, fields: readonly NamedExpression[]): Schema {
  let schema = [...input]
  for (const { name, expression } of fields) {
    schema = schema.filter((field) => field.name !== name)
    schema.push({ name, type: expression.dataType })
  }
  return schema
}

function withoutFields(input: Schema, fields: Schema): Schema {
  const replaced = new Set(fields.map(({ name }) => name))
  return input.filter(({ name }) => !replaced.has(name))
}

/** Schemas behind every node: entry i is the output of node i. */
export function schemasOf(plan: LogicalPlan): Schema[] {
  const schemas: Schema[] = []
  let current: Schema = []
  for (const node of plan.nodes) {
    current = outputSchema(node, current)
    schemas.push(current)
  }
  return schemas
}

/** Schema of the plan's result. */
export function resultSchema(plan: LogicalPlan): Schema {
  return schemasOf(plan).at(-1) ?? []
}
