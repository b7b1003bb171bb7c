/** The text of docs/lint.md, made from the registry: each check with its example and what is said of it. */
import type { LintCheck } from './check.ts'
import type { LintRule } from './context.ts'
import { lintQuery } from './lint-query.ts'
import { LINT_CHECKS } from './registry.ts'

/** The rule around a check's example; null where the example is a query alone. */
export function exampleRule({ example }: LintCheck): LintRule | null {
  if (example.from === undefined) return null
  return {
    name: example.name ?? 'Example',
    from: example.from,
    interval: example.interval ?? '5m',
    maxSignals: 100,
    suppressed: false,
    retired: null
  }
}

/** Markdown: a heading a check. */
export function lintDocument(): string {
  const list = LINT_CHECKS.map(({ id, severity, title }) => `| [${id}](#${id}) | ${severity} | ${title} |`)
  return [
    '# What the linter looks for',
    '',
    '`rarebit lint RULE...` reads rules (TOML, rule export, `.esql`, folders) and says what is wrong with them though they may ' +
      'run; the query view marks the same places. `error`: the query is refused, or a condition never holds; `warning`: events ' +
      'are lost or matched that were not meant; `note`: worth knowing before the rule is trusted. A severity below is the ' +
      "usual one; some findings of a check are milder. Made from `engine/lint/registry.ts` by that folder's test.",
    '',
    '| check | severity | |',
    '|---|---|---|',
    ...list,
    '',
    ...LINT_CHECKS.flatMap(section)
  ].join('\n')
}

function section(check: LintCheck): string[] {
  const { example } = check
  const [finding] = lintQuery(example.query, exampleRule(check), [check])
  const schedule = example.from === undefined ? [] : ['', `as a rule from \`${example.from}\` every \`${example.interval}\`:`]
  return [
    `## ${check.id}`,
    '',
    `${check.title}. ${check.explanation}`,
    ...schedule,
    '',
    '```esql',
    example.query,
    '```',
    '',
    ...(finding
      ? [
          `> line ${finding.line}:${finding.column}: ${escaped(finding.message)}`,
          '>',
          `> \`${finding.example.data}\`: ${escaped(finding.example.outcome)}`,
          ...(finding.rewrite ? ['>', `> rewrite (${finding.rewrite.effect}): \`${finding.rewrite.replacement.trim()}\``] : []),
          ''
        ]
      : [])
  ]
}

/** Characters that Markdown would take for its own. */
function escaped(text: string): string {
  return text.replaceAll(/[\\*_<>|#`[\]]/g, '\\$&')
}
