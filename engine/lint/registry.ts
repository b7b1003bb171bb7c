/** All checks, in the order documents list them. A new check is one file and one line here. */
import { ARRAY_COMPARISON } from './checks/array-comparison.ts'
import { NULL_COMPARISON } from './checks/null-comparison.ts'
import type { LintCheck } from './check.ts'

export const LINT_CHECKS: readonly LintCheck[] = [ARRAY_COMPARISON, NULL_COMPARISON]

/** The check with this id; null when there is none. */
export function lintCheck(id: string): LintCheck | null {
  return LINT_CHECKS.find((check) => check.id === id) ?? null
}
