/**
 * SARIF 2.1.0, for code review tools: one run, a rule a check, a result a finding, a fix where there is a safe rewrite and
 * the query stands in the file as it is.
 */
import { lintCheck, LINT_CHECKS } from '../../../engine/lint/registry.ts'
import type { LintFinding } from '../../../engine/lint/finding.ts'
import type { Span } from '../../../engine/base/span.ts'
import type { LintedRule } from './lint-output.ts'
import { regionOf } from './query-place.ts'

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'

/** The log as one line of JSON. */
export function sarifLog(linted: readonly LintedRule[], version: string): string {
  const used = LINT_CHECKS.filter(({ id }) => linted.some(({ findings }) => findings.some(({ check }) => check === id)))
  const files = [...new Set(linted.map(({ file }) => file))]
  const run = {
    tool: { driver: { name: 'rarebit', version, rules: used.map(({ id }) => reportingDescriptor(id)) } },
    columnKind: 'utf16CodeUnits',
    artifacts: files.map((file) => ({ location: location(file) })),
    results: linted.flatMap((rule) =>
      rule.findings.map((finding) =>
        result(
          rule,
          finding,
          used.findIndex(({ id }) => id === finding.check),
          files.indexOf(rule.file)
        )
      )
    )
  }
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] })}\n`
}

function reportingDescriptor(id: string) {
  const check = lintCheck(id)!
  return {
    id,
    name: id.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: check.title },
    fullDescription: { text: check.explanation },
    help: { text: `${check.explanation}\n\nExample:\n${check.example.query}` },
    defaultConfiguration: { level: check.severity }
  }
}

function result(rule: LintedRule, finding: LintFinding, ruleIndex: number, index: number) {
  const { check, severity, message, example, span, line, column } = finding
  const fix = fixOf(rule, finding)
  return {
    ruleId: check,
    ruleIndex,
    level: severity,
    message: { text: `${message}. For example ${example.data}: ${example.outcome}.` },
    locations: [
      {
        physicalLocation: { artifactLocation: { ...location(rule.file), index }, ...regionMember(rule, span) },
        logicalLocations: [{ name: rule.name, kind: 'rule' }]
      }
    ],
    // Independent of where in the file the rule stands, so that a moved rule keeps its results.
    partialFingerprints: { 'rarebitQueryPlace/v1': `${rule.id ?? rule.name}:${check}:${line}:${column}` },
    ...(fix && { fixes: [fix] })
  }
}

function regionMember(rule: LintedRule, span: Span) {
  const region = regionOf(rule.place, span)
  return region === null ? {} : { region: sarifRegion(rule, span)! }
}

function sarifRegion(rule: LintedRule, span: Span) {
  const region = regionOf(rule.place, span)
  if (region === null) return null
  const { startLine, columns } = region
  return columns ? { startLine, startColumn: columns.start, endLine: columns.endLine, endColumn: columns.end } : { startLine }
}

function fixOf(rule: LintedRule, { rewrite }: LintFinding) {
  if (rewrite === null || rule.place.kind !== 'text') return null
  // Between """ of TOML a backslash is an escape: only text without one is the same in the file.
  if (!rule.place.verbatim && /\\|"""/.test(rewrite.replacement)) return null
  return {
    description: { text: rewrite.effect },
    artifactChanges: [
      {
        artifactLocation: location(rule.file),
        replacements: [{ deletedRegion: sarifRegion(rule, rewrite.span)!, insertedContent: { text: rewrite.replacement } }]
      }
    ]
  }
}

/** A relative URI reference: a colon in the first segment would read as a scheme. */
function location(file: string): { uri: string } {
  const uri = file.split('/').map(encodeURIComponent).join('/')
  return { uri }
}
