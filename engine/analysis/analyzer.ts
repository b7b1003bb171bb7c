/**
 * Analyzer: AST + field catalog -> logical plan with resolved names, types and conversions, or diagnostics.
 *
 * Commands are analyzed first to last against the scope the previous one leaves. Nodes whose output depends on FROM's final
 * list of fields (DROP and RENAME behind an open scope) are built at the end, when that list is known.
 */
import type { Diagnostic } from '../base/diagnostic.ts'
import type { Span } from '../base/span.ts'
import { type DataType, isString } from '../data/data-type.ts'
import { readVariant, type Schema } from '../data/schema.ts'
import type {
  Assignment,
  Command,
  CompletionCommand,
  Expression,
  NamePattern,
  QueryNode,
  RenameCommand,
  SortCommand,
  StatsCommand
} from '../language/ast.ts'

import { type LogicalPlan, type NamedExpression, outputSchema, type PlanNode } from '../plan/logical-plan.ts'
import type { FieldCatalog } from './catalog.ts'
import * as errors from './errors.ts'
import { ExpressionAnalyzer } from './expression-analyzer.ts'
import type { FullTextPosition } from './full-text/places.ts'
import { scoreOf } from './full-text/score.ts'
import { analyzeDissect, analyzeGrok } from './extract-analyzer.ts'
import { outputName } from '../language/output-name.ts'
import { keptColumns, matchesPattern } from './name-pattern.ts'
import { analyzeEnrich, analyzeLookupJoin } from './lookup-analyzer.ts'
import { type LookupCatalog, NO_LOOKUPS } from './lookups.ts'
import { Scope, SourceFields } from './scope.ts'
import { analyzeStats } from './stats-analyzer.ts'
import { refuseUnsupported } from './verifier.ts'

export interface AnalyzedQuery {
  /** Null when an error forbids running. */
  plan: LogicalPlan | null
  diagnostics: Diagnostic[]
  /** Warnings of the answer that are known before running (shadowed fields, the implicit LIMIT). */
  warnings: string[]
  /** What stands behind the plan's end because it needs a language model; null when the whole query is planned. */
  notRun: NotRun | null
}

export interface NotRun {
  /** The COMPLETION command as written. */
  command: string
  /** The column whose values it would send. */
  promptColumn: string
  /** The commands behind it, as written; empty when it is the last. */
  rest: string
}

/** Holds a prompt that is an expression. */
export const PROMPT_COLUMN = 'COMPLETION prompt (not sent)'

export interface AnalyzeOptions {
  /** LIMIT added when the query has none; null adds none. */
  implicitLimit: number | null
  /** Tables for LOOKUP JOIN and ENRICH; none when absent. */
  lookups?: LookupCatalog
}

/** A node, or how to make it from the schema of its input. */
export type PendingNode = PlanNode | ((input: Schema) => PlanNode)

/** Analyzes a parsed query against what is known of the data. */
export function analyzeQuery(text: string, query: QueryNode, catalog: FieldCatalog, options: AnalyzeOptions): AnalyzedQuery {
  const analysis = new Analysis(text, catalog, options)
  analysis.diagnostics.push(...refuseUnsupported(query))
  // A refused source (SHOW, TS, SET before FROM) leaves nothing to judge the rest against.
  if (query.commands[0]?.type === 'other') return { plan: null, diagnostics: analysis.diagnostics, warnings: [], notRun: null }
  for (const command of query.commands) analysis.next(command)
  return analysis.finish(query)
}

export class Analysis {
  readonly diagnostics: Diagnostic[] = []
  readonly warnings: string[] = []
  readonly pending: PendingNode[] = []
  readonly lookups: LookupCatalog
  scope = Scope.closed([])
  /** Commands analyzed so far. */
  private readonly seen: Command[] = []
  private source: SourceFields | null = null
  private namesKnown = true
  private notRun: NotRun | null = null

  constructor(
    readonly text: string,
    private readonly catalog: FieldCatalog,
    private readonly options: AnalyzeOptions
  ) {
    this.lookups = options.lookups ?? NO_LOOKUPS
  }

  /** Analyzes the command behind those before it. */
  next(command: Command): void {
    if (this.namesKnown) this.command(command)
    this.seen.push(command)
  }

  private command(command: Command): void {
    if ((command.type === 'from' || command.type === 'row') !== (this.pending.length === 0)) {
      if (this.pending.length === 0) this.diagnostics.push(errors.noSource(command.span))
      else this.diagnostics.push(errors.misplacedSource(command.type.toUpperCase(), command.span))
      return
    }
    switch (command.type) {
      case 'from':
        return this.from(command)
      case 'row':
      case 'eval':
        return this.assign(command.type, command.fields, command.span)
      case 'where':
        this.where(command)
        return
      case 'stats':
        if (command.inline) this.refuseBehindLimit(command)
        return analyzeStats(this, command)
      case 'keep':
        return this.keep(command.names, command.span)
      case 'drop':
        return this.drop(command.names, command.span)
      case 'rename':
        return this.rename(command)
      case 'sort':
        return this.sort(command)
      case 'limit':
        return this.limit(command)
      case 'limit-by':
        return this.limitBy(command)
      case 'mv-expand':
        return this.mvExpand(command)
      case 'dissect':
        return analyzeDissect(this, command)
      case 'grok':
        return analyzeGrok(this, command)
      case 'enrich':
        return analyzeEnrich(this, command)
      case 'lookup-join':
        return analyzeLookupJoin(this, command)
      case 'completion':
        return this.completion(command)
      // Refused by the verifier; their effect on the scope is unknown, so later names are not judged.
      case 'other':
        return this.giveUpNames()
    }
  }

  expressions(): ExpressionAnalyzer {
    return new ExpressionAnalyzer(this.text, this.scope, this.diagnostics)
  }

  private where({ condition, span }: Extract<Command, { type: 'where' }>): void {
    const expressions = new ExpressionAnalyzer(this.text, this.scope, this.diagnostics, null, this.fullText(span))
    const bound = expressions.condition(condition)
    this.pending.push({ type: 'filter', condition: bound, span })
    const score = this.scope.sourceOf('_score') === '_score' ? scoreOf(bound, span) : null
    if (score) this.pending.push(score)
  }

  /** What full-text conditions at `span` need to know. */
  fullText(span: Span): FullTextPosition {
    return { source: this.source, place: { span, before: this.seen } }
  }

  private from(command: Extract<Command, { type: 'from' }>): void {
    const source = new SourceFields(
      this.catalog,
      command.metadata.map(({ name }) => name)
    )
    for (const { name, span } of command.metadata) {
      if (source.use(name) === null) this.diagnostics.push(errors.unknownColumn(name, null, span))
      if (name === '_score') this.diagnostics.push(errors.scoreIsCount(span))
    }
    this.source = source
    this.scope = Scope.open(source)
    const patterns = command.patterns.map(({ text }) => text)
    this.pending.push(() => ({ type: 'from', patterns, schema: source.schema(), span: command.span }))
  }

  private assign(type: 'row' | 'eval', assignments: readonly Assignment[], span: PlanNode['span']): void {
    const fields: NamedExpression[] = []
    for (const assignment of assignments) {
      const expression = this.expressions().bind(assignment.expression)
      const { dataType, text, span: place } = expression
      if (dataType === 'date_period' || dataType === 'time_duration') {
        this.diagnostics.push(errors.spanAsColumn(type, dataType, text, place))
      }
      const name = outputName(assignment)
      fields.push({ name, expression })
      const source = expression.type === 'column' ? this.scope.sourceOf(expression.name) : null
      this.scope = this.scope.assign([{ name, type: expression.dataType, ...(source !== null && { source }) }])
    }
    this.pending.push({ type, fields, span })
  }

  private keep(patterns: readonly NamePattern[], span: PlanNode['span']): void {
    const wildcard = patterns.some((pattern) => pattern.wildcard)
    // Names first: a field that no event has is a column of nulls, and becomes one by being named.
    const named = this.namedColumns(patterns.filter((pattern) => !pattern.wildcard))
    const available: Schema = wildcard ? this.scope.all() : named
    for (const pattern of patterns) {
      if (!pattern.wildcard || pattern.text === '*' || this.scope.lenient) continue
      if (!available.some(({ name }) => matchesPattern(pattern, name)))
        this.diagnostics.push(errors.noMatchFor(pattern.text, pattern.span))
    }
    const kept = keptColumns(patterns, available)
    this.scope = Scope.closed(kept, this.source)
    this.pending.push((input) => ({
      type: 'project',
      command: 'KEEP',
      columns: [...kept, ...input.filter(({ name }) => readVariant(name))].map(({ name }) => ({ name, from: name })),
      span
    }))
  }

  private namedColumns(patterns: readonly NamePattern[]): Schema {
    return patterns.flatMap((pattern) => {
      const type = this.requireColumn(pattern)
      const source = this.scope.sourceOf(pattern.text)
      return type === null ? [] : [{ name: pattern.text, type, ...(source !== null && { source }) }]
    })
  }

  private requireColumn(pattern: NamePattern): DataType | null {
    const column = { type: 'column' as const, name: pattern.text, parts: pattern.parts, span: pattern.span }
    const source = this.scope.sourceOf(pattern.text)
    if (source !== null && this.catalog.variants?.(source)) {
      // A field of several types may be kept, dropped and renamed, though its values need a conversion.
      this.source!.keep(source)
      return 'unsupported'
    }
    const bound = this.expressions().bind(column)
    return bound.type === 'column' ? bound.dataType : null
  }

  private drop(patterns: readonly NamePattern[], span: PlanNode['span']): void {
    const wildcard = patterns.some((pattern) => pattern.wildcard)
    const names = new Set<string>()
    const available = wildcard ? this.scope.all() : []
    for (const pattern of patterns) {
      if (!pattern.wildcard) {
        if (this.requireColumn(pattern) !== null) names.add(pattern.text)
        continue
      }
      if (pattern.text === '*') {
        this.diagnostics.push(errors.dropsAll(pattern.span))
        continue
      }
      const matched = available.filter(({ name }) => matchesPattern(pattern, name))
      if (matched.length === 0 && !this.scope.lenient) this.diagnostics.push(errors.noMatchFor(pattern.text, pattern.span))
      for (const { name } of matched) names.add(name)
    }
    this.scope = this.scope.remove(names)
    this.pending.push((input) => ({
      type: 'project',
      command: 'DROP',
      columns: input.filter(({ name }) => !names.has(name)).map(({ name }) => ({ name, from: name })),
      span
    }))
  }

  /** Left to right; the renamed column keeps its place and removes another of its new name (VERIFIED 4.6). */
  private rename(command: RenameCommand): void {
    const steps: { from: string; to: string }[] = []
    for (const { from, to } of command.renames) {
      const type = this.requireColumn(from)
      if (type === null || from.text === to.text) continue
      steps.push({ from: from.text, to: to.text })
      this.scope = this.scope.rename(from.text, to.text)
    }
    this.pending.push((input) => {
      let columns = input.map(({ name }) => ({ name, from: name }))
      for (const { from, to } of steps) {
        columns = columns
          .filter((column) => column.name !== to)
          .map((column) => (column.name === from ? { ...column, name: to } : column))
      }
      return { type: 'project', command: 'RENAME', columns, span: command.span }
    })
  }

  private sort(command: SortCommand): void {
    const keys = command.keys.map((key) => {
      const descending = key.direction === 'desc'
      const nullsFirst = key.nulls === null ? descending : key.nulls === 'first'
      return { expression: this.expressions().bind(key.expression), descending, nullsFirst }
    })
    this.pending.push({ type: 'sort', keys, span: command.span })
  }

  private limit(command: Extract<Command, { type: 'limit' }>): void {
    const count = this.limitCount(command.count)
    if (count !== null) this.pending.push({ type: 'limit', count, implicit: false, span: command.span })
  }

  private limitCount(written: Expression): number | null {
    const count = this.expressions().bind(written)
    if (count.type === 'literal' && count.dataType === 'integer' && (count.value as number) >= 0) return count.value as number
    this.diagnostics.push(errors.limitNotConstant(count.text, written.span))
    return null
  }

  /** Keys that are no columns are computed before and taken away behind; constants part nothing. */
  private limitBy(command: Extract<Command, { type: 'limit-by' }>): void {
    const count = this.limitCount(command.count)
    const computed: NamedExpression[] = []
    const keys: string[] = []
    for (const key of command.keys) {
      const expression = this.expressions().bind(key)
      if (expression.type === 'literal') continue
      if (expression.type !== 'column') computed.push({ name: `$$key${computed.length}`, expression })
      keys.push(expression.type === 'column' ? expression.name : computed.at(-1)!.name)
    }
    if (count === null) return
    const { span } = command
    if (computed.length > 0) this.pending.push({ type: 'eval', fields: computed, span })
    this.pending.push({ type: 'limit-by', count, keys, span })
    if (computed.length === 0) return
    this.pending.push((input) => ({
      type: 'project',
      command: 'LIMIT BY',
      columns: input.filter(({ name }) => !name.startsWith('$$')).map(({ name }) => ({ name, from: name })),
      span
    }))
  }

  /** Elasticsearch computes INLINE STATS over all rows first, so it allows no LIMIT before it. */
  private refuseBehindLimit(command: StatsCommand): void {
    const limit = this.pending.find((node) => typeof node === 'object' && node.type === 'limit')
    if (typeof limit !== 'object') return
    this.diagnostics.push(
      errors.inlineStatsBehindLimit(this.textOf(command.span), this.textOf(limit.span), this.text, limit.span, command.span)
    )
  }

  textOf({ start, end }: PlanNode['span']): string {
    return this.text.slice(start, end)
  }

  /** A query runs up to COMPLETION: the prompt becomes a column, nothing is sent, and the rest is told as not run. */
  private completion(command: CompletionCommand): void {
    const prompt = this.expressions().bind(command.prompt)
    if (!isString(prompt.dataType) && prompt.dataType !== 'null')
      this.diagnostics.push(errors.promptNotText(prompt.dataType, command.prompt.span))
    const promptColumn = prompt.type === 'column' ? prompt.name : PROMPT_COLUMN
    if (prompt.type !== 'column') {
      this.pending.push({ type: 'eval', fields: [{ name: promptColumn, expression: prompt }], span: command.span })
      this.scope = this.scope.assign([{ name: promptColumn, type: prompt.dataType }])
    }
    const rest = this.text.slice(command.span.end).replace(/^\s*\|/, '')
    this.notRun = { command: this.textOf(command.span), promptColumn, rest: rest.trim() }
    this.warnings.push(errors.completionNotRun(this.text, command.span, promptColumn))
    this.giveUpNames()
  }

  /** What a refused command adds is unknown: later names are not judged. */
  giveUpNames(): void {
    this.namesKnown = false
  }

  /** Order is lost in Elasticsearch's joins, and it says so; here it is kept. */
  private warnOfLostOrder(): void {
    let joined = false
    for (const node of [...this.pending].reverse()) {
      if (typeof node !== 'object') continue
      if (node.type === 'lookup-join') joined = true
      if (node.type !== 'sort') continue
      if (joined) this.warnings.push(errors.lostOrder(this.text, node.span))
      return
    }
  }

  private mvExpand(command: Extract<Command, { type: 'mv-expand' }>): void {
    const bound = this.expressions().bind(command.field)
    if (bound.type === 'column') this.pending.push({ type: 'mv-expand', column: bound.name, span: command.span })
  }

  /** Orders the output of an open scope, adds the implicit limit and builds the nodes that waited for FROM's schema. */
  finish(query: QueryNode): AnalyzedQuery {
    const { diagnostics, warnings, options } = this
    const last = query.commands.at(-1)
    this.warnOfLostOrder()
    // A query without KEEP or STATS answers with every field there is.
    if (this.source) this.scope.all()
    if (
      options.implicitLimit !== null &&
      last &&
      !this.pending.some((node) => typeof node === 'object' && node.type === 'limit')
    ) {
      this.pending.push({ type: 'limit', count: options.implicitLimit, implicit: true, span: last.span })
      warnings.push(`No limit defined, adding default limit of [${options.implicitLimit}]`)
    }
    const kept = uniqueDiagnostics(diagnostics)
    if (kept.some(({ severity }) => severity === 'error')) return { plan: null, diagnostics: kept, warnings, notRun: null }
    return { plan: { nodes: this.build() }, diagnostics: kept, warnings, notRun: this.notRun }
  }

  private build(): PlanNode[] {
    let schema: Schema = []
    const nodes = this.pending.map((pending) => {
      const node = typeof pending === 'function' ? pending(schema) : pending
      schema = outputSchema(node, schema)
      return node
    })
    return nodes.concat(withoutVariants(schema, nodes.at(-1)))
  }
}

/** The projection that leaves out columns of fields of several types, where the result would have them. */
function withoutVariants(schema: Schema, last: PlanNode | undefined): PlanNode[] {
  if (!last || !schema.some(({ name }) => readVariant(name))) return []
  const columns = schema.filter(({ name }) => !readVariant(name)).map(({ name }) => ({ name, from: name }))
  return [{ type: 'project', command: 'KEEP', columns, span: last.span }]
}

/** The same problem at the same place is said once. */
function uniqueDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>()
  return diagnostics.filter(({ message, span, severity }) => {
    const key = severity === 'note' ? message : `${span.start}:${message}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
