/** A rule as hosts list it, with what is wrong with its query. */
import type { Rule } from '../rules/rule.ts'
import { DataCatalog } from './catalogs.ts'
import { prepareQuery, QueryError } from './prepare.ts'
import type { RuleInfo } from './types.ts'

/** Describes a rule; `problems` are the errors that no data can mend. */
export function ruleInfo(key: string, rule: Rule, builtIn: boolean): RuleInfo {
  return {
    key,
    id: rule.id,
    name: rule.name,
    builtIn,
    description: rule.description,
    query: rule.query,
    severity: rule.severity,
    version: rule.version,
    from: rule.from,
    interval: rule.interval,
    maxSignals: rule.maxSignals,
    techniques: rule.techniques,
    retired: rule.retired,
    problems: problemsOf(rule)
  }
}

function problemsOf(rule: Rule): string[] {
  try {
    prepareQuery(rule.query, new DataCatalog(null), null)
    return []
  } catch (error) {
    if (error instanceof QueryError) return error.diagnostics
    // A fault of ours costs this rule, not the pack it came in.
    return [error instanceof Error ? error.message : String(error)]
  }
}
