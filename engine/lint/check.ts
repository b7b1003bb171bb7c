/**
 * LintCheck: one kind of finding. A check is one record in one file and stands in the registry's table; it looks at a
 * LintContext and gives drafts, to which lint-query.ts adds what is the same for every finding.
 */
import type { Span } from '../base/span.ts'
import type { LintContext } from './context.ts'
import type { LintFinding, LintSeverity } from './finding.ts'

export interface LintCheck {
  id: string
  /** A few words: the heading in documents and the rule's name in SARIF. */
  title: string
  severity: LintSeverity
  /** Why it happens and what to do, in a few sentences. */
  explanation: string
  /** A query that has the finding, for documents and `--explain`. */
  example: LintExample
  /** Everything of its kind in the query, in any order. */
  find(context: LintContext): Draft[]
}

export interface LintExample {
  /** With a schedule when the finding is about one. */
  query: string
  from?: string
  interval?: string
  /** Name of the rule, when the finding is about it. */
  name?: string
}

/** A finding before its check's id, severity, explanation and positions are added. */
export interface Draft {
  span: Span
  message: string
  example: LintFinding['example']
  severity?: LintSeverity
  rewrite?: LintFinding['rewrite']
  field?: string | null
  pattern?: string | null
}
