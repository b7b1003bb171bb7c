/** What `rarebit lint` prints: a report for the eye, JSON, the explanation of a check, the list of checks. */
import type { LintCheck } from '../../../engine/lint/check.ts'
import type { LintFinding } from '../../../engine/lint/finding.ts'
import { LINT_CHECKS } from '../../../engine/lint/registry.ts'
import { lintQuery } from '../../../engine/lint/lint-query.ts'
import { exampleRule } from '../../../engine/lint/document.ts'
import { revealHidden } from '../../format/hidden.ts'
import { type QueryPlace, regionOf } from './query-place.ts'

export interface LintedRule {
  /** Relative, with slashes. */
  file: string
  id: string | null
  name: string
  place: QueryPlace
  findings: LintFinding[]
}

/** A block a rule that has findings, and a line of totals. */
export function lintTable(linted: readonly LintedRule[]): string {
  const blocks = linted.filter(({ findings }) => findings.length > 0).map(ruleBlock)
  return [...blocks, `${totals(linted)}\n`].join('\n')
}

function ruleBlock({ file, name, place, findings }: LintedRule): string {
  const rows = findings.map((finding) => {
    const region = regionOf(place, finding.span)
    // Where the file's own place is unknown, that in the query is the next best.
    const at = region
      ? `${region.startLine}${region.columns ? `:${region.columns.start}` : ''}`
      : `query ${finding.line}:${finding.column}`
    return { at, finding }
  })
  const width = Math.max(...rows.map(({ at }) => at.length))
  const lines = rows.flatMap(({ at, finding }) => {
    const indent = ' '.repeat(width + 4)
    const { severity, check, message, example, rewrite } = finding
    return [
      `  ${at.padEnd(width)}  ${severity.padEnd(7)}  ${check}: ${revealHidden(message)}`,
      `${indent}${revealHidden(example.data)} -> ${revealHidden(example.outcome)}`,
      ...(rewrite ? [`${indent}rewrite (${revealHidden(rewrite.effect)}): ${revealHidden(oneLine(rewrite.replacement))}`] : [])
    ]
  })
  return [`${revealHidden(file)}: ${revealHidden(name)}`, ...lines, ''].join('\n')
}

function oneLine(text: string): string {
  return text === '' ? 'nothing' : text.replaceAll(/\s*\n\s*/g, ' ').trim()
}

function totals(linted: readonly LintedRule[]): string {
  const findings = linted.flatMap((rule) => rule.findings)
  const of = (severity: LintFinding['severity']) => findings.filter((finding) => finding.severity === severity).length
  const counted = (count: number, word: string) => `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`
  if (findings.length === 0) return `no findings in ${counted(linted.length, 'rule')}`
  const rules = linted.filter((rule) => rule.findings.length > 0).length
  const parts = [counted(of('error'), 'error'), counted(of('warning'), 'warning'), counted(of('note'), 'note')]
  return `${counted(findings.length, 'finding')} in ${rules.toLocaleString('en')} of ${counted(linted.length, 'rule')} (${parts.join(', ')})`
}

/** One object: every rule with its findings; `region` is the place in the file. */
export function lintJson(linted: readonly LintedRule[]): string {
  const rules = linted.map(({ file, id, name, place, findings }) => ({
    file,
    rule: { id, name },
    findings: findings.map((finding) => ({ ...finding, region: regionOf(place, finding.span) }))
  }))
  return `${JSON.stringify({ rules })}\n`
}

/** What a check looks for, why, and an example with what the linter says of it. */
export function explainedCheck(check: LintCheck): string {
  const { query } = check.example
  const [finding] = lintQuery(query, exampleRule(check), [check])
  return [
    `${check.id} (${check.severity}): ${check.title}`,
    '',
    check.explanation,
    '',
    ...query.split('\n').map((line) => `  ${line}`),
    '',
    ...(finding
      ? [
          `  line ${finding.line}:${finding.column}: ${finding.message}`,
          `  ${finding.example.data} -> ${finding.example.outcome}`
        ]
      : []),
    ...(finding?.rewrite ? [`  rewrite (${finding.rewrite.effect}): ${oneLine(finding.rewrite.replacement)}`] : []),
    ''
  ].join('\n')
}

/** A line a check. */
export function checkList(): string {
  const width = Math.max(...LINT_CHECKS.map(({ id }) => id.length))
  return LINT_CHECKS.map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${title}\n`).join('')
}
