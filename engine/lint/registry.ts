/** All checks, in the order documents list them. A new check is one file and one line here. */
import { ARRAY_COMPARISON } from './checks/array-comparison.ts'
import { CASE_FOLDING } from './checks/case-folding.ts'
import { COLLECTED_COMPARISON } from './checks/collected-comparison.ts'
import { CONNECTIVE_PRECEDENCE } from './checks/connective-precedence.ts'
import { COUNT_DISTINCT_NULL } from './checks/count-distinct-null.ts'
import { DATE_PATTERN } from './checks/date-pattern.ts'
import { DEAD_CONDITION } from './checks/dead-condition.ts'
import { DUPLICATE_ALTERNATIVE } from './checks/duplicate-alternative.ts'
import { LIKE_ESCAPED_WILDCARD, LIKE_SQL_WILDCARD, PATTERN_WITHOUT_WILDCARD } from './checks/like-patterns.ts'
import { LIST_COMPARISON } from './checks/list-comparison.ts'
import { NULL_COMPARISON } from './checks/null-comparison.ts'
import { NULL_NEGATION } from './checks/null-negation.ts'
import { RLIKE_CHECKS } from './checks/rlike-patterns.ts'
import { IDENTITY_LOST, MISSING_METADATA, RETIRED_RULE, TRAILING_COMMENT } from './checks/rule-shape.ts'
import { LIMIT_CUT, NOW_IN_RULE, WINDOW_OVERLAP } from './checks/schedule.ts'
import { SORTED_VALUES } from './checks/sorted-values.ts'
import { SYNTAX } from './checks/syntax.ts'
import { UNKNOWN_COLUMN } from './checks/unknown-column.ts'
import type { LintCheck } from './check.ts'

export const LINT_CHECKS: readonly LintCheck[] = [
  SYNTAX,
  UNKNOWN_COLUMN,
  ARRAY_COMPARISON,
  COLLECTED_COMPARISON,
  SORTED_VALUES,
  NULL_NEGATION,
  NULL_COMPARISON,
  LIST_COMPARISON,
  COUNT_DISTINCT_NULL,
  LIKE_SQL_WILDCARD,
  LIKE_ESCAPED_WILDCARD,
  PATTERN_WITHOUT_WILDCARD,
  ...RLIKE_CHECKS,
  CASE_FOLDING,
  DEAD_CONDITION,
  DUPLICATE_ALTERNATIVE,
  CONNECTIVE_PRECEDENCE,
  DATE_PATTERN,
  LIMIT_CUT,
  WINDOW_OVERLAP,
  NOW_IN_RULE,
  IDENTITY_LOST,
  MISSING_METADATA,
  TRAILING_COMMENT,
  RETIRED_RULE
]

/** The check with this id; null when there is none. */
export function lintCheck(id: string): LintCheck | null {
  return LINT_CHECKS.find((check) => check.id === id) ?? null
}
