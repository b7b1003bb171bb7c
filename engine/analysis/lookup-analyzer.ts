/**
 * LOOKUP JOIN and ENRICH: from the commands to plan nodes that name the table, the columns that must be equal, what else must
 * hold, and the columns that rows get.
 *
 * Columns of the table inside a join condition go by `$$lookup.<name>`, so that they never meet a column of the rows.
 */
import { nearestName } from '../base/edit-distance.ts'
import { type DataType, isNumeric, isString } from '../data/data-type.ts'
import type { Schema } from '../data/schema.ts'
import type { ColumnExpression, EnrichCommand, Expression, LookupJoinCommand } from '../language/ast.ts'
import { type BoundExpression, conjunction } from '../plan/expression.ts'
import type { LookupField, LookupKey } from '../plan/logical-plan.ts'
import type { Analysis } from './analyzer.ts'
import * as errors from './errors.ts'
import { ExpressionAnalyzer } from './expression-analyzer.ts'
import { LOOKUP_PREFIX } from '../plan/logical-plan.ts'
import type { LookupInfo } from './lookups.ts'

/** Analyzes LOOKUP JOIN. Without the table nothing can be said of the columns it would add. */
export function analyzeLookupJoin(analysis: Analysis, command: LookupJoinCommand): void {
  const { index, span } = command
  const table = analysis.lookups.find(index)
  if (command.alias !== null) analysis.diagnostics.push(errors.notRunYet('LOOKUP JOIN with an alias', span))
  if (!table) {
    analysis.diagnostics.push(errors.unknownLookup(index, nearestName(index, analysis.lookups.names()), span))
    return analysis.giveUpNames()
  }
  const keys: LookupKey[] = []
  const conditions: BoundExpression[] = []
  const sameName = new Set<string>()
  for (const on of command.on.flatMap(conjuncts)) {
    if (on.type === 'column') {
      const key = keyOf(analysis, table, on.name, on.name, on)
      if (key) keys.push(key)
      sameName.add(on.name)
      continue
    }
    const condition = withTableColumns(on, analysis, table)
    const equal = equalColumns(condition)
    if (equal) {
      const key = keyOf(analysis, table, equal.left.name, equal.right.name.slice(LOOKUP_PREFIX.length), equal.left)
      if (key) keys.push(key)
    } else conditions.push(boundCondition(analysis, table, condition))
  }
  const fields = table.fields
    .filter(({ name, type }) => !sameName.has(name) && type !== 'unsupported')
    .map(({ name, type }): LookupField => ({ name, from: name, type }))
    // By name, as FROM gives them.
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  analysis.scope = analysis.scope.assign(fields)
  analysis.pending.push({
    type: 'lookup-join',
    table: index,
    keys,
    condition: conjunction(conditions),
    fields,
    text: analysis.textOf(span),
    span
  })
}

/** Analyzes ENRICH: every row stays one row; several matches give multi-values. */
export function analyzeEnrich(analysis: Analysis, command: EnrichCommand): void {
  const { span } = command
  // `_any:policy` says on which cluster it runs.
  const policy = command.policy.replace(/^_(?:any|coordinator|remote):/, '')
  const table = analysis.lookups.find(policy)
  if (!table) {
    analysis.diagnostics.push(errors.unknownPolicy(policy, nearestName(policy, analysis.lookups.names()), span))
    return analysis.giveUpNames()
  }
  const { on, with: wanted } = command
  const matched = on ?? { text: table.matchField, parts: [{ text: table.matchField, quoted: false }], span }
  const column: ColumnExpression = { type: 'column', name: matched.text, parts: matched.parts, span: matched.span }
  const left = analysis.expressions().bind(column)
  const fields: LookupField[] = []
  const available = table.fields.filter(({ name, type }) => name !== table.matchField && type !== 'unsupported')
  const pairs =
    wanted.length > 0
      ? wanted.map(({ name, field }) => ({ name: (name ?? field).text, from: field.text, at: field.span }))
      : available.map(({ name }) => ({ name, from: name, at: span }))
  for (const { name, from, at } of pairs) {
    const field = table.fields.find((known) => known.name === from)
    if (field) fields.push({ name, from, type: field.type })
    else {
      const near = nearestName(
        from,
        available.map((known) => known.name)
      )
      analysis.diagnostics.push(errors.unknownEnrichField(from, policy, near, at))
    }
  }
  const kept = fields.filter(({ name }, i) => fields.findLastIndex((field) => field.name === name) === i)
  analysis.scope = analysis.scope.assign(kept)
  if (left.type !== 'column') return
  const keys = [{ left: left.name, right: table.matchField }]
  analysis.pending.push({ type: 'enrich', table: policy, keys, fields: kept, span })
}

/** The pair of columns, when both exist and their values can be equal. */
function keyOf(analysis: Analysis, table: LookupInfo, left: string, right: string, column: ColumnExpression): LookupKey | null {
  const field = table.fields.find(({ name }) => name === right)
  const bound = analysis.expressions().bind({ ...column, name: left })
  if (!field) {
    analysis.diagnostics.push(errors.unknownRightColumn(right, column.span))
    return null
  }
  if (bound.type !== 'column') return null
  if (field.type === 'text' || field.type === 'unsupported' || field.type === '_source') {
    analysis.diagnostics.push(errors.unjoinableField(right, field.type, column.span))
    return null
  }
  if (!comparable(bound.dataType, field.type)) {
    analysis.diagnostics.push(errors.joinTypes(left, bound.dataType, right, field.type, column.span))
    return null
  }
  return { left: bound.name, right }
}

function comparable(left: DataType, right: DataType): boolean {
  if (left === right || left === 'null' || right === 'null') return true
  return (isString(left) && isString(right)) || (isNumeric(left) && isNumeric(right))
}

function conjuncts(on: Expression): Expression[] {
  return on.type === 'logical' && on.operator === 'and' ? [...conjuncts(on.left), ...conjuncts(on.right)] : [on]
}

/**
 * The condition with the table's columns under their prefix. Of a comparison of two columns one is the rows' and one the
 * table's, whichever way round; elsewhere a name that the table has is the table's.
 */
function withTableColumns(on: Expression, analysis: Analysis, table: LookupInfo): Expression {
  const inTable = (name: string) => table.fields.some((field) => field.name === name)
  const prefixed = (column: ColumnExpression): ColumnExpression => ({ ...column, name: LOOKUP_PREFIX + column.name })
  if (on.type === 'comparison' && on.left.type === 'column' && on.right.type === 'column') {
    const { left, right } = on
    if (inTable(right.name) && analysis.scope.has(left.name)) return { ...on, right: prefixed(right) }
    if (inTable(left.name) && analysis.scope.has(right.name)) {
      return { ...on, operator: MIRRORED.get(on.operator) ?? on.operator, left: right, right: prefixed(left) }
    }
  }
  return mapColumns(on, (column) => (inTable(column.name) ? prefixed(column) : column))
}

const MIRRORED: ReadonlyMap<string, '<' | '<=' | '>' | '>='> = new Map([
  ['<', '>'],
  ['<=', '>='],
  ['>', '<'],
  ['>=', '<=']
])

/** Every column of an expression replaced; children are found by their shape, since any expression may stand in ON. */
function mapColumns(node: Expression, change: (column: ColumnExpression) => ColumnExpression): Expression {
  if (node.type === 'column') return change(node)
  const copy: Record<string, unknown> = {}
  const isNode = (value: unknown): value is Expression => typeof value === 'object' && value !== null && 'span' in value
  for (const [key, value] of Object.entries(node)) {
    if (Array.isArray(value)) copy[key] = value.map((item: unknown) => (isNode(item) ? mapColumns(item, change) : item))
    else copy[key] = isNode(value) ? mapColumns(value, change) : value
  }
  return copy as unknown as Expression
}

function equalColumns(on: Expression): { left: ColumnExpression; right: ColumnExpression } | null {
  if (on.type !== 'comparison' || on.operator !== '==' || on.left.type !== 'column' || on.right.type !== 'column') return null
  return on.right.name.startsWith(LOOKUP_PREFIX) && !on.left.name.startsWith(LOOKUP_PREFIX)
    ? { left: on.left, right: on.right }
    : null
}

function boundCondition(analysis: Analysis, table: LookupInfo, condition: Expression): BoundExpression {
  const own: Schema = table.fields.map(({ name, type }) => ({ name: LOOKUP_PREFIX + name, type }))
  return new ExpressionAnalyzer(analysis.text, analysis.scope.assign(own), analysis.diagnostics).condition(condition)
}
