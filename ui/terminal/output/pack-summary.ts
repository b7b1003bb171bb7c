/**
 * A pack of rules for the eye: what was found, most severe first, with the first findings of each rule; then why the others
 * found nothing, grouped, with counts and names.
 */
import type { CellValue } from '../../../engine/session/types.ts'
import { revealHidden } from '../../format/hidden.ts'
import { markdownText } from '../../format/markdown.ts'
import { clipText, visibleCell } from '../../format/table-text.ts'
import type { HuntReport } from '../engine-port.ts'
import { groupBy } from '../group-by.ts'
import { grouped } from '../progress.ts'
import { type HuntedRule, type HuntOutput, rowCount, sourcesText, summary } from './hunt-output.ts'

const TOP_ROWS = 3
const NAMED = 8
const DEFAULT_WIDTH = 160
const SEVERITIES = ['critical', 'high', 'medium', 'low']

/** Headings of the reasons, in the order they are told; refusals stand under their own texts. */
const REASONS: readonly (readonly [reason: string, heading: string])[] = [
  ['no-match', 'No event matched'],
  ['fields-missing', 'A field that a condition needs is in no event'],
  ['source-absent', 'No event is of an index they read'],
  ['needs-alerts', 'They read alerts of the detection engine, and none is loaded']
]

/** True when the rule has rows. */
export function hasFindings({ report }: HuntedRule): boolean {
  return report !== null && rowCount(report) > 0
}

/** Pieces of the summary for a terminal. */
export function* packTable(output: HuntOutput): Iterable<string> {
  const width = output.width ?? DEFAULT_WIDTH
  yield `${headline(output)}\n`
  for (const hunted of bySeverity(output.rules.filter(hasFindings))) yield* foundRule(output, hunted, hunted.report!, width)
  for (const { heading, rules } of silentGroups(output.rules)) {
    yield `\n${String(rules.length).padStart(5)}  ${clipText(revealHidden(heading), width - 7)}\n`
    for (const hunted of rules.slice(0, NAMED)) {
      yield `       ${clipText(revealHidden(hunted.rule.name), width - 7)}\n`
      const why = detailOf(hunted)
      if (why !== null) yield `         ${clipText(revealHidden(why), width - 9)}\n`
    }
    if (rules.length > NAMED) yield `       and ${grouped(rules.length - NAMED)} more (all in --format json)\n`
  }
}

/** The same as Markdown, in front of the sections of the rules that found something. */
export function* packMarkdown(output: HuntOutput): Iterable<string> {
  yield `# ${markdownText(headline(output))}\n\n`
  for (const { heading, rules } of silentGroups(output.rules)) {
    yield `- ${grouped(rules.length)}: ${markdownText(heading)}\n`
    for (const hunted of rules) {
      const why = detailOf(hunted)
      yield `  - ${markdownText(hunted.rule.name)}${why === null ? '' : `: ${markdownText(why)}`}\n`
    }
  }
  yield '\n'
}

function headline({ rules, inputs }: HuntOutput): string {
  const events = inputs.reduce((sum, input) => sum + input.events, 0)
  const found = rules.filter(hasFindings).length
  const ran = rules.filter(({ report }) => report !== null).length
  const cannot = rules.length - ran
  const parts = [`${grouped(found)} found something`, `${grouped(ran - found)} found nothing`]
  if (cannot > 0) parts.push(`${grouped(cannot)} cannot run`)
  return `${grouped(rules.length)} ${rules.length === 1 ? 'rule' : 'rules'} over ${grouped(events)} events: ${parts.join(', ')}`
}

function bySeverity(rules: readonly HuntedRule[]): HuntedRule[] {
  const rank = ({ severity }: HuntedRule) => {
    const at = SEVERITIES.indexOf(severity?.toLowerCase() ?? '')
    return at < 0 ? SEVERITIES.length : at
  }
  return rules.toSorted((a, b) => rank(a) - rank(b) || rowCount(b.report!) - rowCount(a.report!))
}

function* foundRule(output: HuntOutput, hunted: HuntedRule, report: HuntReport, width: number): Iterable<string> {
  const severity = hunted.severity === null ? '' : ` (${hunted.severity})`
  yield `\n${clipText(revealHidden(hunted.rule.name + severity), width)}\n  ${summary(hunted, report)}\n`
  if (hunted.status === 'needs-model') yield `  ${hunted.reason}\n`
  let shown = 0
  for (const run of report.runs) {
    for (const [at, values] of run.values.entries()) {
      if (shown++ === TOP_ROWS) {
        yield `  and ${grouped(rowCount(report) - TOP_ROWS)} more\n`
        return
      }
      const place = sourcesText(output.inputs, (run.sources[at] ?? []).slice(0, 1), (run.sources[at]?.length ?? 0) > 1)
      yield `  - ${clipText(rowText(report, values), Math.max(20, width - 4))}\n`
      if (place !== '') yield `    ${clipText(revealHidden(place), width - 4)}\n`
    }
  }
}

/** The values of a row that say something, with their columns. */
function rowText({ columns }: HuntReport, values: readonly CellValue[]): string {
  const cells = columns.map(({ name }, index) => [visibleCell(name), visibleCell(values[index] ?? null)] as const)
  return cells
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .join('  ')
}

interface SilentGroup {
  heading: string
  rules: HuntedRule[]
}

/** Rules without findings by reason: the four of the contract, then refusals by text, most rules first. */
function silentGroups(rules: readonly HuntedRule[]): SilentGroup[] {
  const silent = rules.filter((hunted) => !hasFindings(hunted))
  const ran = REASONS.map(([reason, heading]) => ({ heading, rules: silent.filter((hunted) => hunted.reason === reason) }))
  const refused = groupBy(
    silent.filter(({ reason }) => !REASONS.some(([known]) => known === reason)),
    (hunted) => `Cannot run: ${firstCause(hunted)}`
  )
  const groups = [...refused].map(([heading, members]) => ({ heading, rules: members }))
  groups.sort((a, b) => b.rules.length - a.rules.length)
  return [...ran.filter((group) => group.rules.length > 0), ...groups]
}

/** The first diagnostic without its place, so that rules refused for the same stand together. */
function firstCause({ reason }: HuntedRule): string {
  return (reason ?? '').split('\n', 1)[0]!.replace(/^line \d+:\d+: /, '')
}

/** What a rule's reason does not say by itself. */
function detailOf({ reason, missing }: HuntedRule): string | null {
  return reason === 'fields-missing' && missing?.cannotFire ? missing.cannotFire.message.replace(/\s+/g, ' ') : null
}
