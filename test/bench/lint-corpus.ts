/** How long linting a set of rules takes, reading them included; the bench compares it with its bound, no test does. */
import { lintRule } from '../../engine/lint/lint-query.ts'
import { readRules } from '../../engine/rules/rule-pack.ts'

/** Reads and lints every line as a rule once. */
export function measureLint(lines: string[]): { millis: number; rules: number; findings: number } {
  const start = performance.now()
  let [rules, findings] = [0, 0]
  for (const line of lines) {
    for (const rule of readRules('rules.ndjson', line).rules) {
      rules++
      findings += lintRule(rule).length
    }
  }
  return { millis: performance.now() - start, rules, findings }
}
