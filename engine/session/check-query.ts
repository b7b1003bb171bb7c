/**
 * Judges a query while it is written: diagnostics with their places and, where there is a near name, the edit that puts it
 * in. And which columns there are behind the part of a query that stands before the cursor.
 */
import { analyzeQuery } from '../analysis/analyzer.ts'
import type { FieldCatalog } from '../analysis/catalog.ts'
import type { LookupCatalog } from '../analysis/lookups.ts'
import type { Diagnostic } from '../base/diagnostic.ts'
import { parseQuery } from '../language/parser.ts'
import { quotedName } from '../language/token.ts'
import { resultSchema } from '../plan/logical-plan.ts'
import type { Field, QueryProblem } from './types.ts'

/** All problems of a query, in the order of the text. */
export function checkQuery(text: string, catalog: FieldCatalog, lookups?: LookupCatalog): QueryProblem[] {
  const parsed = parseQuery(text)
  const analyzed = parsed.query
    ? analyzeQuery(text, parsed.query, catalog, { implicitLimit: null, ...(lookups && { lookups }) }).diagnostics
    : []
  return [...parsed.diagnostics, ...analyzed].map((diagnostic) => problemOf(text, diagnostic)).sort((a, b) => a.start - b.start)
}

/** Columns behind a query that can be analyzed so far; null when it cannot. */
export function columnsBehind(text: string, catalog: FieldCatalog, lookups?: LookupCatalog): Field[] | null {
  const { query } = parseQuery(text)
  if (!query) return null
  const { plan } = analyzeQuery(text, query, catalog, { implicitLimit: null, ...(lookups && { lookups }) })
  return plan ? [...resultSchema(plan)] : null
}

const NEAR_NAME = /did you mean \[([^\]]+)\]\?$/

function problemOf(text: string, { severity, code, message, span }: Diagnostic): QueryProblem {
  const near = NEAR_NAME.exec(message)?.[1]
  const start = Math.min(span.start, text.length)
  const end = Math.min(Math.max(span.end, start), text.length)
  const edit = near === undefined ? null : nearEdit(text, code, message, near, start, end)
  return { severity, code, message, explanation: null, start, end, fixes: edit ? [{ label: near!, edits: [edit] }] : [] }
}

/**
 * The edit that puts a near name in. A span may hold more than the name (a whole call), so the name in the message says
 * what is replaced; a message without one speaks of the token at the span's start.
 */
function nearEdit(text: string, code: string, message: string, near: string, start: number, end: number) {
  const inserted = code === 'unknown-column' || code === 'absent-field' ? quotedName(near) : near
  const wrong = /\[([^\]]+)\]/.exec(message)?.[1]
  const spanned = text.slice(start, end)
  const at = wrong === undefined || wrong === near ? -1 : spanned.toLowerCase().indexOf(wrong.toLowerCase())
  if (at >= 0) return { start: start + at, end: start + at + wrong!.length, text: inserted }
  return end > start ? { start, end, text: inserted } : null
}
