/** From query text to an optimized plan: parse, analyze against what is known of the data, optimize. */
import { analyzeQuery, type NotRun } from '../analysis/analyzer.ts'
import type { FieldCatalog } from '../analysis/catalog.ts'
import { type Diagnostic, formatDiagnostic } from '../base/diagnostic.ts'
import { parseQuery } from '../language/parser.ts'
import type { QueryNode } from '../language/ast.ts'
import { optimizePlan } from '../optimizer/optimizer.ts'
import type { LookupTables } from './lookups.ts'
import type { LogicalPlan } from '../plan/logical-plan.ts'

export interface PreparedQuery {
  text: string
  query: QueryNode
  plan: LogicalPlan
  /** As analyzed, before the optimizer moved conditions: what explanations speak of. */
  analyzed: LogicalPlan
  /** COMPLETION and what stands behind it, when the query has one. */
  notRun: NotRun | null
  /** The tables its joins were resolved against. */
  lookups: LookupTables | null
  warnings: string[]
  /** Formatted notes (absent fields). */
  notes: string[]
}

/** A query that cannot run; `diagnostics` are formatted, errors first. */
export class QueryError extends Error {
  constructor(readonly diagnostics: string[]) {
    super(diagnostics.length === 1 ? diagnostics[0]! : `Found ${diagnostics.length} problems\n${diagnostics.join('\n')}`)
  }
}

/** Prepares a query or throws QueryError with everything that is wrong with it. */
export function prepareQuery(
  text: string,
  catalog: FieldCatalog,
  implicitLimit: number | null,
  lookups: LookupTables | null = null
): PreparedQuery {
  const parsed = parseQuery(text)
  const syntax = parsed.diagnostics.filter(({ severity }) => severity === 'error')
  if (!parsed.query || syntax.length > 0) throw new QueryError(formatted(text, syntax))
  const { plan, diagnostics, warnings, notRun } = analyzeQuery(text, parsed.query, catalog, {
    implicitLimit,
    ...(lookups && { lookups })
  })
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (!plan) throw new QueryError(formatted(text, errors))
  const notes = formatted(
    text,
    diagnostics.filter(({ severity }) => severity !== 'error')
  )
  return { text, query: parsed.query, plan: optimizePlan(plan), analyzed: plan, lookups, notRun, warnings, notes }
}

/** What FROM names, as written; nothing for other sources and for queries that cannot be parsed. */
export function patternsOf(text: string): string[] {
  const source = parseQuery(text).query?.commands[0]
  return source?.type === 'from' ? source.patterns.map((pattern) => pattern.text) : []
}

function formatted(text: string, diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map((diagnostic) => formatDiagnostic(text, diagnostic))
}
