/** Runs the checks over a query or a rule and completes what they draft. */
import { positionAt } from '../base/text-position.ts'
import type { Rule } from '../rules/rule.ts'
import type { Draft, LintCheck } from './check.ts'
import { createLintContext, type LintRule } from './context.ts'
import { inTextOrder, type LintFinding } from './finding.ts'
import { LINT_CHECKS } from './registry.ts'

/** Findings of one check kept for one query: text that is no query could have thousands. */
const MAX_FINDINGS_OF_A_CHECK = 200

/** Findings of a query text; what a rule adds (schedule, name) is null for a query alone. */
export function lintQuery(text: string, rule: LintRule | null, checks: readonly LintCheck[] = LINT_CHECKS): LintFinding[] {
  const context = createLintContext(text, rule)
  return inTextOrder(
    checks.flatMap((check) =>
      check
        .find(context)
        .slice(0, MAX_FINDINGS_OF_A_CHECK)
        .map((draft) => completed(text, check, draft))
    )
  )
}

/** Findings of a rule. */
export function lintRule(rule: Rule, checks: readonly LintCheck[] = LINT_CHECKS): LintFinding[] {
  const { name, from, interval, maxSignals, suppression, retired } = rule
  return lintQuery(rule.query, { name, from, interval, maxSignals, suppressed: suppression !== null, retired }, checks)
}

function completed(text: string, check: LintCheck, draft: Draft): LintFinding {
  const start = positionAt(text, draft.span.start)
  const end = positionAt(text, draft.span.end)
  return {
    check: check.id,
    severity: draft.severity ?? check.severity,
    span: draft.span,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    message: draft.message,
    explanation: check.explanation,
    example: draft.example,
    rewrite: draft.rewrite ?? null,
    field: draft.field ?? null,
    pattern: draft.pattern ?? null
  }
}
