/**
 * LintFinding: what the linter says about one place of a query. Plain, structured-clone data: it crosses the worker boundary
 * and is printed by the terminal as it is.
 */
import type { Span } from '../base/span.ts'

/**
 * `error`: the query is refused or the condition can never hold; `warning`: events are lost or matched that were not meant;
 * `note`: worth knowing before the rule is trusted.
 */
export type LintSeverity = 'error' | 'warning' | 'note'

export interface LintFinding {
  /** Id of the check: `array-comparison`. */
  check: string
  severity: LintSeverity
  /** Half-open UTF-16 offsets into the query. A finding about the rule as a whole stands at its first command. */
  span: Span
  /** 1-based, of the span's two ends. */
  line: number
  column: number
  endLine: number
  endColumn: number
  /** One sentence about this place. */
  message: string
  /** Why it happens, in general. */
  explanation: string
  /** One row of data and what happens to it here. */
  example: { data: string; outcome: string }
  /**
   * Replacing this span by this text keeps what the query says of events it was right about, and mends what the finding
   * describes; null where that needs the author.
   */
  rewrite: { span: Span; replacement: string; effect: string } | null
  /** The source field the finding is about, if it is about one. */
  field: string | null
  /** The LIKE or RLIKE pattern the finding is about, decoded. */
  pattern: string | null
}

/** Findings of all rules, or of one check, in the order of the text. */
export function inTextOrder(findings: readonly LintFinding[]): LintFinding[] {
  return findings.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
}
