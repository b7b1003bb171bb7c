/** `rarebit lint`: what is wrong with rules though they may run. Needs no engine and no data. */
import { nearestName } from '../../engine/base/edit-distance.ts'
import type { LintCheck } from '../../engine/lint/check.ts'
import type { LintFinding } from '../../engine/lint/finding.ts'
import { lintQuery, lintRule } from '../../engine/lint/lint-query.ts'
import { lintCheck, LINT_CHECKS } from '../../engine/lint/registry.ts'
import { readRules } from '../../engine/rules/rule-pack.ts'
import { revealHidden } from '../format/hidden.ts'
import { LINT_SEVERITIES, type LintCommand, type LintFormat, UsageError } from './arguments.ts'
import { messageOf } from './open-inputs.ts'
import { checkList, explainedCheck, lintJson, type LintedRule, lintTable } from './output/lint-output.ts'
import { placeOfQuery } from './output/query-place.ts'
import { sarifLog } from './output/sarif.ts'
import { EXIT, type ExitStatus, type TerminalHost } from './terminal-host.ts'

/** Runs the command; throws UsageError for arguments that only turn out bad here. */
export async function lint(command: LintCommand, host: TerminalHost, version: string): Promise<ExitStatus> {
  if (command.explain !== null) {
    await host.write(explainedCheck(knownCheck(command.explain)))
    return EXIT.ran
  }
  if (command.list) {
    await host.write(checkList())
    return EXIT.ran
  }
  const checks = chosenChecks(command)
  const least = LINT_SEVERITIES.indexOf(command.severity)
  const keep = ({ severity }: LintFinding) => LINT_SEVERITIES.indexOf(severity) >= least
  const linted: LintedRule[] = []
  for (const path of ruleFiles(host, command.files)) linted.push(...(await lintFile(host, path, checks, keep)))
  if (linted.length === 0) {
    host.tell('Nothing could be read: no ES|QL rule in any file.')
    return EXIT.nothingReadable
  }
  await host.write(OUTPUTS[command.format](linted, version))
  return linted.some(({ findings }) => findings.length > 0) ? EXIT.findings : EXIT.ran
}

const OUTPUTS: Readonly<Record<LintFormat, (linted: readonly LintedRule[], version: string) => string>> = {
  table: lintTable,
  json: lintJson,
  sarif: sarifLog
}

function chosenChecks({ checks, ignored }: LintCommand): readonly LintCheck[] {
  const only = checks.map(knownCheck)
  const without = ignored.map(knownCheck)
  return LINT_CHECKS.filter((check) => (only.length === 0 || only.includes(check)) && !without.includes(check))
}

function knownCheck(id: string): LintCheck {
  const check = lintCheck(id)
  if (check) return check
  const near = nearestName(
    id,
    LINT_CHECKS.map((known) => known.id)
  )
  throw new UsageError(`There is no check ${id}${near ? `, did you mean ${near}?` : '; rarebit lint --checks lists them'}`)
}

interface RuleFile {
  path: string
  /** Found in a folder: that it holds no rule of ours is no news. */
  found: boolean
}

function ruleFiles(host: TerminalHost, paths: readonly string[]): RuleFile[] {
  return [...new Set(paths)].flatMap((path): RuleFile[] => {
    try {
      const inside = path === '-' ? null : host.listRuleFiles(path)
      return inside === null ? [{ path, found: false }] : inside.map((name) => ({ path: name, found: true }))
    } catch (error) {
      host.tell(messageOf(error))
      return []
    }
  })
}

async function lintFile(
  host: TerminalHost,
  { path, found }: RuleFile,
  checks: readonly LintCheck[],
  keep: (finding: LintFinding) => boolean
): Promise<LintedRule[]> {
  const text = await readFile(host, path)
  if (text === null) return []
  const name = path === '-' ? 'stdin' : host.relativePath(path)
  const { rules, problems } = readRules(name, text)
  if (!found) for (const { message, place } of problems) host.tell(revealHidden(`${name}, ${place}: ${message}`))
  for (const rule of rules) for (const note of rule.notes) host.tell(revealHidden(`${name}, rule ${rule.name}: ${note}`))
  return rules.map((rule) => ({
    file: name,
    id: rule.id,
    name: rule.name,
    place: placeOfQuery(text, rule.query),
    // A bare query has no schedule and may be a hunt: what is asked of rules is not asked of it.
    findings: (rule.query === text ? lintQuery(text, null, checks) : lintRule(rule, checks)).filter(keep)
  }))
}

async function readFile(host: TerminalHost, path: string): Promise<string | null> {
  try {
    if (path === '-') return new TextDecoder().decode(await host.readStandardInput())
    const text = host.readText(path)
    if (text === null) host.tell(revealHidden(`${path} cannot be read: there is no such file`))
    return text
  } catch (error) {
    host.tell(messageOf(error))
    return null
  }
}
