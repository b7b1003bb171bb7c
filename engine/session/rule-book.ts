/** The rules of a session, by key. The built-in one is always there; others come from files and from what a page shows. */
import { LINT_CHECKS } from '../lint/registry.ts'
import { lintQuery, lintRule } from '../lint/lint-query.ts'
import { BUILT_IN_RULE } from '../rules/built-in-rule.ts'
import { readPack } from '../rules/pack-files.ts'
import type { Rule } from '../rules/rule.ts'
import { readRules } from '../rules/rule-pack.ts'
import { QueryError } from './prepare.ts'
import { ruleInfo } from './rule-info.ts'
import type * as api from './types.ts'

export class RuleBook {
  private readonly rules = new Map<string, Rule>([['built-in', BUILT_IN_RULE]])
  private readonly infos = new WeakMap<Rule, api.RuleInfo>()

  list(): api.RuleInfo[] {
    return [...this.rules].map(([key, rule]) => this.infoOf(key, rule))
  }

  /** Described once: whether a rule can run takes parsing it. */
  private infoOf(key: string, rule: Rule): api.RuleInfo {
    let info = this.infos.get(rule)
    if (!info) this.infos.set(rule, (info = ruleInfo(key, rule, rule === BUILT_IN_RULE)))
    return info
  }

  /** Adds the rules of many files; a rule whose id is known takes its place. Nothing is lost in silence. */
  addPack(files: readonly { name: string; text: string }[]): api.RulePackReport {
    const { rules, otherLanguages, problems } = readPack(files)
    const keys = new Map([...this.rules].map(([key, { id }]) => [id, key]))
    keys.delete(null)
    keys.delete(BUILT_IN_RULE.id)
    const added = rules.map((rule) => {
      const known = keys.get(rule.id)
      if (known !== undefined) this.rules.set(known, rule)
      const key = known ?? this.add(rule)
      if (rule.id !== null) keys.set(rule.id, key)
      return [key, rule] as const
    })
    return { rules: added.map(([key, rule]) => this.infoOf(key, rule)), otherLanguages, problems }
  }

  /** Adds the rules of a file; throws QueryError with places when it holds none that can be read. */
  addFile(fileName: string, text: string): api.RuleInfo[] {
    const { rules, problems } = readRules(fileName, text)
    if (rules.length === 0) throw new QueryError(problems.map(({ message, place }) => `${fileName}, ${place}: ${message}`))
    return rules.map((rule) => this.infoOf(this.add(rule), rule))
  }

  /** Adds one rule and gives its key. */
  add(rule: Rule): string {
    const key = `rule-${this.rules.size}`
    this.rules.set(key, rule)
    return key
  }

  get(key: string): Rule {
    const rule = this.rules.get(key)
    if (!rule) throw new QueryError([`There is no rule [${key}] in this session`])
    return rule
  }

  /** Key of a rule with that name and query; it is added where there is none. */
  keyOf(rule: Rule): string {
    const same = [...this.rules].find(([, known]) => known.query === rule.query && known.name === rule.name)
    return same?.[0] ?? this.add(rule)
  }

  /** Text of the query of a rule, or the text itself. */
  textOf(query: { text: string } | { ruleKey: string }): string {
    return 'text' in query ? query.text : this.get(query.ruleKey).query
  }

  /** What is wrong with a rule, schedule included, or with a query text. */
  lint(subject: api.LintSubject): api.LintFinding[] {
    return 'ruleKey' in subject ? lintRule(this.get(subject.ruleKey)) : lintQuery(subject.query, null)
  }

  /** Everything the linter looks for, in the order of the registry. */
  lintChecks(): api.LintCheckInfo[] {
    return LINT_CHECKS.map(({ id, title, severity, explanation, example }) => ({
      id,
      title,
      severity,
      explanation,
      example: example.query
    }))
  }
}
