/** The report for a ticket: an overview, then each finding with its values, why, steps and notes. Inert wherever it is shown. */
import type { CellValue } from '../../engine/worker/api.ts'
import { cellText } from '../format/cell.ts'
import { markdownBlock, markdownTable, markdownText } from '../format/markdown.ts'
import { text } from '../text/text.ts'
import { RULE_FILE } from './command.ts'
import { type ReportFinding, type ReportMark, type ReportModel, sourcesText } from './model.ts'

/** One Markdown document. */
export function markdownReport(model: ReportModel): string {
  return [
    `# ${markdownText(model.rule.name)}\n`,
    `${summaryLine(model)}\n`,
    ...(model.redacted ? [`${markdownText(text('report.redacted', { n: model.redacted.replacements }))}\n`] : []),
    ...(model.rule.retired ? [`Upstream retired this rule on ${markdownText(model.rule.retired.date)}.\n`] : []),
    `## ${text('report.inputs')}\n\n${inputsTable(model)}`,
    ...listSection(text('report.warnings'), model.warnings),
    ...listSection(text('report.notes'), model.notes),
    `## ${text('list.title')}\n`,
    ...model.findings.map((finding, index) => findingSection(model, finding, index)),
    ...nearSection(model),
    ...reproduction(model)
  ].join('\n')
}

/** How much was found, in which way. */
export function summaryLine({ findingCount, findings, run }: ReportModel): string {
  const shown = findings.length < findingCount ? `${findings.length} of ${findingCount}` : `${findingCount}`
  const mode = run.mode === 'replay' ? `replayed over ${run.runCount} runs` : 'whole file'
  return `${shown} findings, ${mode}${run.cancelled ? ', stopped before the end' : ''}.`
}

function inputsTable({ inputs }: ReportModel): string {
  const hashed = inputs.some(({ sha256 }) => sha256 !== null)
  const rows = inputs.map(({ name, events, bytes, skippedTotal, sha256 }): CellValue[] => [
    name,
    events,
    bytes,
    skippedTotal,
    ...(hashed ? [sha256] : [])
  ])
  return markdownTable(['name', 'events', 'bytes', 'skipped', ...(hashed ? ['SHA-256'] : [])], rows)
}

function listSection(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [`## ${title}\n\n${lines.map((line) => `- ${markdownText(line)}\n`).join('')}`] : []
}

function findingSection(model: ReportModel, finding: ReportFinding, index: number): string {
  const command = finding.keys.find(({ name }) => name === 'process.command_line')
  const { rarity } = finding
  const facts: [string, CellValue][] = [
    ...finding.keys.filter((key) => key !== command).map((key): [string, CellValue] => [key.name, key.value]),
    ['events', finding.eventCount],
    ['first seen', finding.firstSeen],
    ['last seen', finding.lastSeen],
    ['hosts', finding.hosts],
    ['users', finding.users],
    ['passed by', finding.thresholds.map((threshold) => threshold.text).join('; ') || null],
    ['rarity', rarity ? `${rarity.bits.toFixed(1)} bits, ${rarity.n} of ${rarity.total} loaded events (${rarity.basis})` : null],
    ['beyond max_signals', finding.droppedByKibana ? 'yes: Kibana would have dropped this row' : null],
    ['why', finding.why?.summary || null],
    ['sources', sourcesText(model, finding)],
    ...markFacts(finding.mark)
  ]
  const rows = facts.filter(([, value]) => value !== null && cellText(value) !== '')
  return [
    `### Finding ${index + 1}\n`,
    ...(command ? [`${markdownBlock(cellText(command.value))}\n`] : []),
    markdownTable(['', 'value'], rows),
    ...eventNotes(finding),
    ...stepSection(finding)
  ].join('\n')
}

function markFacts(mark: ReportMark | null): [string, CellValue][] {
  return mark
    ? [
        ['starred', mark.star ? 'yes' : null],
        ['tags', mark.tags],
        ['note', mark.note || null]
      ]
    : []
}

/** Events the analyst wrote something on. */
function eventNotes({ events }: ReportFinding): string[] {
  const rows = events
    .filter(({ mark }) => mark !== null)
    .map(({ source, mark }): CellValue[] => [source.line, mark!.star ? '★' : null, mark!.tags, mark!.note || null])
  return rows.length > 0 ? [markdownTable(['line', 'starred', 'tags', 'note'], rows)] : []
}

function stepSection({ steps }: ReportFinding): string[] {
  if (steps.length === 0) return []
  return steps.flatMap(({ title, done, note, answer }) => [
    `- [${done ? 'x' : ' '}] ${markdownText(title)}${note ? `&#58; ${markdownText(note)}` : ''}\n`,
    ...(answer && answer.rows.length > 0
      ? [
          markdownTable(
            answer.columns.map(({ name }) => name),
            answer.rows
          )
        ]
      : [])
  ])
}

function nearSection({ nearMisses }: ReportModel): string[] {
  if (nearMisses === null) return []
  const rows = nearMisses.map(({ condition, count }): CellValue[] => [condition, count])
  const table = rows.length > 0 ? markdownTable(['failed only', 'events'], rows) : `${text('near.none')}\n`
  return [`## ${text('evidence.tab.near')}\n\n${table}`]
}

function reproduction({ command, rule, tool, createdAt }: ReportModel): string[] {
  const rows: [string, CellValue][] = [
    ['rule version', rule.version],
    ['Rarebit', tool.version],
    ['build', tool.build],
    ['made', createdAt]
  ]
  return [
    `## ${text('report.again')}\n`,
    `${markdownBlock(command)}\n`,
    ...(rule.builtIn || rule.query === '' ? [] : [`${markdownText(text('report.again.rule', { file: RULE_FILE }))}\n`]),
    ...(rule.query === '' ? [] : [`${markdownBlock(rule.query)}\n`]),
    markdownTable(
      ['', 'value'],
      rows.filter(([, value]) => value !== null && value !== '')
    )
  ]
}
