/**
 * Findings as files: JSON (exact, for programs), CSV (for a spreadsheet, formula-safe) and Markdown (for a ticket, inert).
 * Pure text in, text out; the page saves it and the terminal prints it.
 */
import type { CellValue, Finding, Rarity, RuleInfo, RunResult } from '../../engine/worker/api.ts'
import { cellText, jsonText } from './cell.ts'
import { csvTable } from './csv.ts'
import { markdownBlock, markdownTable, markdownText } from './markdown.ts'

export interface FindingsReport {
  rule: Pick<RuleInfo, 'id' | 'name' | 'retired'>
  result: RunResult
  /** Rarity by finding id; empty while it has not been counted. */
  rarity: ReadonlyMap<string, Rarity>
  /** The analyst's marks: step titles done, with notes, by finding id. */
  notes?: ReadonlyMap<string, readonly { step: string; done: boolean; note: string }[]>
}

export type ExportFormat = 'json' | 'csv' | 'markdown'

export interface ExportKind {
  extension: string
  mediaType: string
  write(report: FindingsReport): string
}

/** What can be written, with the file ending and media type of each. */
export const EXPORTS: Record<ExportFormat, ExportKind> = {
  json: { extension: 'json', mediaType: 'application/json', write: findingsJson },
  csv: { extension: 'csv', mediaType: 'text/csv', write: findingsCsv },
  markdown: { extension: 'md', mediaType: 'text/markdown', write: findingsMarkdown }
}

/** All that is known of the findings as one JSON document. */
export function findingsJson({ rule, result, rarity, notes }: FindingsReport): string {
  const findings = result.findings.map((finding) => ({
    id: finding.id,
    values: namedRow(result, finding),
    eventCount: finding.eventCount,
    firstSeen: finding.firstSeen,
    lastSeen: finding.lastSeen,
    hosts: finding.hosts,
    users: finding.users,
    rarity: rarity.get(finding.id) ?? null,
    thresholds: finding.thresholds,
    runs: finding.runs.map((run) => result.runs[run]?.run ?? null),
    droppedByKibana: finding.droppedByKibana,
    sources: finding.sources,
    sourcesTruncated: finding.truncated,
    notes: notes?.get(finding.id) ?? []
  }))
  const { mode, columns, inputs, warnings, cancelled } = result
  return (
    jsonText(
      { rule: { id: rule.id, name: rule.name }, mode, cancelled, inputs, columns, findings, warnings, notes: result.notes },
      2
    ) + '\n'
  )
}

/** Name and value pairs: a list, because column names come from the data and may repeat or be `__proto__`. */
function namedRow(result: RunResult, finding: Finding): { name: string; type: string; value: CellValue }[] {
  return result.columns.map((column, index) => ({ ...column, value: finding.row[index] ?? null }))
}

/** One line a finding: the query's own columns, then what we know beyond them. */
export function findingsCsv({ result, rarity }: FindingsReport): string {
  const header = [...result.columns.map((column) => column.name), ...EXTRA_COLUMNS.map((column) => column.name)]
  const rows = result.findings.map((finding) => [
    ...result.columns.map((_, index) => finding.row[index] ?? null),
    ...EXTRA_COLUMNS.map((column) => column.value(finding, rarity.get(finding.id), result))
  ])
  return csvTable(header, rows)
}

type ExtraColumn = { name: string; value(finding: Finding, rarity: Rarity | undefined, result: RunResult): CellValue }
const EXTRA_COLUMNS: readonly ExtraColumn[] = [
  { name: 'rarebit.events', value: (finding) => finding.eventCount },
  { name: 'rarebit.first_seen', value: (finding) => finding.firstSeen },
  { name: 'rarebit.last_seen', value: (finding) => finding.lastSeen },
  { name: 'rarebit.rarity_bits', value: (_, rarity) => (rarity ? Number(rarity.bits.toFixed(2)) : null) },
  { name: 'rarebit.rarity_n', value: (_, rarity) => rarity?.n ?? null },
  { name: 'rarebit.rarity_total', value: (_, rarity) => rarity?.total ?? null },
  { name: 'rarebit.thresholds', value: (finding) => finding.thresholds.map((threshold) => threshold.text).join('; ') || null },
  { name: 'rarebit.dropped_by_kibana', value: (finding) => finding.droppedByKibana },
  { name: 'rarebit.sources', value: (finding, _, result) => sourcesText(finding, result) }
]

/** `file:line` of each event, with a word when there were more. */
function sourcesText(finding: Finding, result: RunResult): string {
  const places = finding.sources.map(
    (source) => `${result.inputs[source.file]?.name ?? `input ${source.file + 1}`}:${source.line}`
  )
  const more = finding.eventCount - finding.sources.length
  return places.join('; ') + (finding.truncated && more > 0 ? `; ${more} more` : '')
}

/** A report for a ticket: an overview table, then each finding with its values. */
export function findingsMarkdown(report: FindingsReport): string {
  const { rule, result, rarity } = report
  const inputs = result.inputs.map((input) => [input.name, input.events, input.bytes, input.skippedTotal])
  const parts = [
    `# ${markdownText(rule.name)}\n`,
    `${result.findings.length} findings, ${result.mode === 'replay' ? `replayed over ${result.runCount} runs` : 'whole file'}` +
      `${result.cancelled ? ', stopped before the end' : ''}.\n`,
    ...(rule.retired ? [`Upstream retired this rule on ${markdownText(rule.retired.date)}.\n`] : []),
    `## Inputs\n\n${markdownTable(['name', 'events', 'bytes', 'skipped'], inputs)}`,
    ...(result.warnings.length > 0
      ? [`## Warnings\n\n${result.warnings.map((text) => `- ${markdownText(text)}\n`).join('')}`]
      : []),
    '## Findings\n',
    ...result.findings.map((finding, index) => findingSection(report, finding, index, rarity.get(finding.id)))
  ]
  return parts.join('\n')
}

function findingSection(report: FindingsReport, finding: Finding, index: number, rarity: Rarity | undefined): string {
  const { result } = report
  const command = finding.keys.find((key) => key.name === 'process.command_line')
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
    ['sources', sourcesText(finding, result)]
  ]
  const rows = facts.filter(([, value]) => value !== null && cellText(value) !== '')
  const notes = (report.notes?.get(finding.id) ?? []).map(
    ({ step, done, note }) => `- [${done ? 'x' : ' '}] ${markdownText(step)}${note ? `&#58; ${markdownText(note)}` : ''}\n`
  )
  return [
    `### Finding ${index + 1}\n`,
    ...(command ? [`${markdownBlock(cellText(command.value))}\n`] : []),
    markdownTable(['', 'value'], rows),
    ...(notes.length > 0 ? [`${notes.join('')}`] : [])
  ].join('\n')
}

/** A file name that says rule and time and is safe on every system. */
export function exportFileName(ruleName: string, now: Date, format: ExportFormat): string {
  const slug =
    ruleName
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'findings'
  return `rarebit-${slug}-${now.toISOString().slice(0, 16).replace(/[:T]/g, '-')}.${EXPORTS[format].extension}`
}
