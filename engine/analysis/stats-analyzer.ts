/**
 * STATS: taken apart into EVAL of key expressions, a plain aggregation, EVAL of what is built on aggregates, and the
 * projection that gives the output its names and order.
 */
import type { Span } from '../base/span.ts'
import { positionAt } from '../base/text-position.ts'
import type { DataType } from '../data/data-type.ts'
import { type Field, readVariant } from '../data/schema.ts'
import { printExpression } from '../language/expression-printer.ts'
import type { AggregateAssignment, StatsCommand } from '../language/ast.ts'
import { outputName } from '../language/output-name.ts'
import { type BoundAggregate, type BoundExpression, columnsOf } from '../plan/expression.ts'
import type { NamedExpression } from '../plan/logical-plan.ts'
import { renameColumns } from '../plan/rename-columns.ts'
import type { Analysis } from './analyzer.ts'
import * as errors from './errors.ts'
import { ExpressionAnalyzer } from './expression-analyzer.ts'
import { Scope } from './scope.ts'

interface Output {
  name: string
  from: string
  span: { start: number; end: number }
}

/** Analyzes a STATS command into the pending nodes of `analysis`. */
export function analyzeStats(analysis: Analysis, command: StatsCommand): void {
  const keys = analyzeKeys(analysis, command)
  const inner = analysis.scope.assign(keys.evaluated.map(({ name, expression }) => ({ name, type: expression.dataType })))
  // Inside aggregates a key's name means the key, whatever the input calls by that name.
  const visible = inner.assign([...keys.visible].map(([name, from]) => ({ name, type: keyType(keys, from) })))
  const aggregates: { name: string; call: BoundAggregate }[] = []
  const built: NamedExpression[] = []
  const outputs: Output[] = []
  for (const assignment of command.aggregates) {
    const expression = bindAggregate(analysis, visible, assignment, keys, aggregates)
    const name = outputName(assignment)
    if (expression.type === 'column') outputs.push({ name, from: expression.name, span: assignment.span })
    else {
      const from = `$$out${built.length}`
      built.push({ name: from, expression })
      outputs.push({ name, from, span: assignment.span })
    }
  }
  outputs.push(...keys.outputs)
  const { span } = command
  if (keys.evaluated.length > 0) analysis.pending.push({ type: 'eval', fields: keys.evaluated, span })
  if (command.inline) return joinInline(analysis, keys, aggregates, built, outputs, span)
  analysis.pending.push({ type: 'aggregate', keys: keys.columns.map(({ name }) => name), aggregates, span })
  if (built.length > 0) analysis.pending.push({ type: 'eval', fields: built, span })
  const columns = distinctOutputs(analysis, outputs)
  analysis.pending.push({ type: 'project', command: 'STATS', columns, span })
  analysis.scope = Scope.closed(typedColumns(columns, keys, aggregates, built))
}

/** INLINE STATS: the columns there were stay, those it names go to the end, its keys last. */
function joinInline(
  analysis: Analysis,
  keys: Keys,
  aggregates: { name: string; call: BoundAggregate }[],
  built: NamedExpression[],
  outputs: readonly Output[],
  span: Span
): void {
  const added = distinctOutputs(analysis, outputs)
  const names = new Set(added.map(({ name }) => name))
  const ofGroups = new Set([...aggregates, ...built].map(({ name }) => name))
  const own = [...new Set(added.map(({ from }) => from))].filter((from) => ofGroups.has(from))
  const keyNames = keys.columns.map(({ name }) => name)
  analysis.pending.push({ type: 'inline-stats', keys: keyNames, aggregates, built, outputs: own, span })
  analysis.pending.push((input) => ({
    type: 'project',
    command: 'INLINE STATS',
    columns: [
      ...input
        .filter(({ name }) => (!name.startsWith('$$') || readVariant(name)) && !names.has(name))
        .map(({ name }) => ({ name, from: name })),
      ...added
    ],
    span
  }))
  analysis.scope = analysis.scope.assign(typedColumns(added, keys, aggregates, built))
}

function typedColumns(
  columns: readonly { name: string; from: string }[],
  keys: Keys,
  aggregates: readonly { name: string; call: BoundAggregate }[],
  built: readonly NamedExpression[]
): Field[] {
  const types = new Map<string, Field['type']>([
    ...keys.columns.map(({ name, type }) => [name, type] as const),
    ...aggregates.map(({ name, call }) => [name, call.dataType] as const),
    ...built.map(({ name, expression }) => [name, expression.dataType] as const)
  ])
  return columns.map(({ name, from }) => ({ name, type: types.get(from) ?? 'null' }))
}

interface Keys {
  /** Key columns of the aggregate node. */
  columns: Field[]
  /** Keys that must be computed first. */
  evaluated: NamedExpression[]
  outputs: Output[]
  /** Output names usable beside aggregates, with the column that holds them. */
  visible: Map<string, string>
  /** Key expressions as printed, so that one written again beside aggregates is the key. */
  printed: Map<string, { column: string; type: DataType }>
}

function analyzeKeys(analysis: Analysis, command: StatsCommand): Keys {
  const keys: Keys = { columns: [], evaluated: [], outputs: [], visible: new Map(), printed: new Map() }
  const lastOf = new Map(command.groupings.map((grouping) => [outputName(grouping), grouping]))
  for (const grouping of command.groupings) {
    const name = outputName(grouping)
    const refuse = (call: BoundAggregate): BoundExpression => {
      analysis.diagnostics.push(errors.aggregateInGrouping(call.text, call.span))
      return { type: 'literal', value: null, dataType: 'null', span: call.span, text: call.text }
    }
    const bound = new ExpressionAnalyzer(analysis.text, analysis.scope, analysis.diagnostics, { onAggregate: refuse }).bind(
      grouping.expression
    )
    // Of keys that share a name only the last groups; the output warns about the others.
    if (lastOf.get(name) !== grouping) {
      keys.outputs.push({ name, from: '', span: grouping.span })
      continue
    }
    let column = bound.type === 'column' ? bound.name : ''
    // A column that groups twice under two names is two keys: with several values they combine.
    if (bound.type !== 'column' || keys.columns.some((key) => key.name === bound.name)) {
      column = `$$key${keys.evaluated.length}`
      keys.evaluated.push({ name: column, expression: bound })
    }
    if (!keys.columns.some((key) => key.name === column)) keys.columns.push({ name: column, type: bound.dataType })
    keys.outputs.push({ name, from: column, span: grouping.span })
    keys.visible.set(name, column)
    keys.printed.set(printExpression(grouping.expression), { column, type: bound.dataType })
  }
  return keys
}

function bindAggregate(
  analysis: Analysis,
  visible: Scope,
  assignment: AggregateAssignment,
  keys: Keys,
  aggregates: { name: string; call: BoundAggregate }[]
): BoundExpression {
  const ownNames = (expression: BoundExpression) => renameColumns(expression, keys.visible)
  const position = analysis.fullText(assignment.span)
  const conditions = new ExpressionAnalyzer(analysis.text, visible, analysis.diagnostics, null, position)
  const filter = assignment.filter && ownNames(conditions.condition(assignment.filter))
  const first = aggregates.length
  const take = (call: BoundAggregate): BoundExpression => {
    const name = `$$agg${aggregates.length}`
    aggregates.push({ name, call: { ...call, args: call.args.map(ownNames), filter } })
    return { type: 'column', name, dataType: call.dataType, span: call.span, text: call.text }
  }
  const binder = new ExpressionAnalyzer(analysis.text, visible, analysis.diagnostics, {
    onAggregate: take,
    bareColumns: new Set(keys.visible.keys()),
    groupings: keys.printed
  })
  const problems = analysis.diagnostics.length
  const bound = ownNames(binder.bind(assignment.expression))
  // What is wrong already needs no second reason.
  const refused = analysis.diagnostics.slice(problems).some(({ severity }) => severity === 'error')
  if (!refused && aggregates.length === first && columnsOf(bound).size === 0) {
    analysis.diagnostics.push(errors.noAggregate(bound.text, assignment.expression.span))
  }
  return bound
}

const keyType = (keys: Keys, column: string): DataType => keys.columns.find(({ name }) => name === column)!.type

/** Of outputs that share a name the last stays; the answer warns about the others. */
function distinctOutputs(analysis: Analysis, outputs: readonly Output[]): { name: string; from: string }[] {
  const kept: Output[] = []
  for (const [index, output] of outputs.entries()) {
    const later = outputs.findLast((other) => other.name === output.name)!
    if (later === output) kept.push(output)
    else if (index < outputs.indexOf(later)) {
      const { line, column } = positionAt(analysis.text, later.span.start)
      const at = positionAt(analysis.text, output.span.start)
      analysis.warnings.push(`Line ${at.line}:${at.column}: ${errors.shadowedField(output.name, line, column)}`)
    }
  }
  return kept.map(({ name, from }) => ({ name, from }))
}
