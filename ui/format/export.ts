/**
 * Results as files: CSV that no spreadsheet runs, Markdown in which log text stays inert, JSON that is exact.
 *
 * In: columns and rows, or a whole run. Out: text. What holds: a cell never becomes a formula, a link, a mention or markup,
 * and a 64-bit integer keeps all its digits.
 */
import type { CellValue, Finding, Rarity, RuleInfo, RunResult } from '../../engine/worker/api.ts'
import { valueText, visibleText } from './table-text.ts'

export type ExportFormat = 'json' | 'csv' | 'markdown'

/** What the host knows beyond the run: rarity of findings and the analyst's marks on steps. */
export interface ExportExtras {
  rarity?: readonly Rarity[]
  annotations?: readonly FindingAnnotation[]
}

export interface FindingAnnotation {
  findingId: string
  steps: readonly { title: string; done: boolean; note: string }[]
}

// ---- JSON ----

/** JSON text of plain data; bigint is a bare number, `undefined` members and functions are left out, NaN is null. */
export function toJson(value: unknown, indent = 0): string {
  return jsonText(value, indent, '') ?? 'null'
}

function jsonText(value: unknown, indent: number, margin: string): string | undefined {
  if (typeof value === 'bigint') return value.toString()
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') return undefined
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const inner = indent > 0 ? margin + ' '.repeat(indent) : ''
  const parts = Array.isArray(value)
    ? value.map((item) => jsonText(item, indent, inner) ?? 'null')
    : Object.entries(value).flatMap(([name, item]) => {
        const text = jsonText(item, indent, inner)
        return text === undefined ? [] : [`${JSON.stringify(name)}:${indent > 0 ? ' ' : ''}${text}`]
      })
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  if (parts.length === 0) return `${open}${close}`
  return indent > 0 ? `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}` : `${open}${parts.join(',')}${close}`
}

// ---- CSV ----

/**
 * What a spreadsheet takes for a formula: `= + - @` (ASCII or full width) at the start, even behind white space or
 * invisible characters that some programs trim; tab and carriage return at the start.
 */
// eslint-disable-next-line no-control-regex
const FORMULA = /^(?:[\t\r\n]|[\s\u0000-\u001f\u00a0\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠])/u
/** Also quoted: `;` and tab, so that a program that splits there still sees one cell. */
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/

/** RFC 4180 with CRLF; text that would start a formula gets a leading `'`, multi-values are JSON arrays, null is empty. */
export function toCsv(columns: readonly string[], rows: Iterable<readonly CellValue[]>): string {
  const lines = [columns.map((name) => csvCell(name)).join(',')]
  for (const row of rows) lines.push(row.map(csvCell).join(','))
  return lines.join('\r\n') + '\r\n'
}

/** One CSV cell; numbers stay numbers, so a negative one gets no mark. */
export function csvCell(cell: CellValue): string {
  if (cell === null) return ''
  if (typeof cell !== 'string' && typeof cell !== 'object') return String(cell)
  const text = typeof cell === 'string' ? cell : toJson(cell)
  const safe = FORMULA.test(text) ? `'${text}` : text
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

// ---- Markdown ----

/**
 * A text as Markdown that shows exactly it and does nothing: code spans, in which neither markup, HTML, links nor mentions
 * are read. A pipe would end a table cell in some readers even there, so it stands between two spans as a character
 * reference. Line ends and invisible characters are shown by name.
 */
export function inertMarkdown(text: string): string {
  if (text === '') return ''
  return visibleText(text)
    .split('|')
    .map((piece) => (piece === '' ? '' : codeSpan(piece)))
    .join('&#124;')
}

function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  // One blank on both sides is taken away again by every reader; it parts backticks of the text from those of the fence
  // and keeps the text's own blanks when it has some at both ends. A text of blanks only is never stripped.
  const padded = /^`|`$|^ .* $/s.test(text) && text.trim() !== '' ? ` ${text} ` : text
  return fence + padded + fence
}

/** A cell for a Markdown table. */
export function markdownCell(cell: CellValue): string {
  if (cell === null) return ''
  if (typeof cell === 'object') return cell.map((value) => inertMarkdown(valueText(value))).join(', ')
  return typeof cell === 'string' ? inertMarkdown(cell) : String(cell)
}

/** A table in GitHub's Markdown. Column names are data too. */
export function toMarkdown(columns: readonly string[], rows: Iterable<readonly CellValue[]>): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const lines = [line(columns.map(inertMarkdown)), line(columns.map(() => '---'))]
  for (const row of rows) lines.push(line(row.map(markdownCell)))
  return lines.join('\n') + '\n'
}

// ---- findings of a run ----

/** The findings of a run as a file's text. */
export function exportFindings(format: ExportFormat, rule: RuleInfo, result: RunResult, extras: ExportExtras = {}): string {
  return WRITERS[format](rule, result, extras)
}

const WRITERS: Record<ExportFormat, (rule: RuleInfo, result: RunResult, extras: ExportExtras) => string> = {
  json: findingsJson,
  csv: findingsCsv,
  markdown: findingsMarkdown
}

function findingsJson(rule: RuleInfo, result: RunResult, extras: ExportExtras): string {
  const rarity = byFinding(extras.rarity)
  const annotations = byFinding(extras.annotations)
  const document = {
    rule: {
      id: rule.id,
      name: rule.name,
      severity: rule.severity,
      techniques: rule.techniques,
      retired: rule.retired,
      query: rule.query
    },
    mode: result.mode,
    complete: !result.cancelled,
    inputs: result.inputs,
    columns: result.columns,
    runs: result.runs,
    findings: result.findings.map((finding) => ({
      ...finding,
      rarity: rarity.get(finding.id) ?? null,
      steps: annotations.get(finding.id)?.steps ?? []
    })),
    warnings: result.warnings,
    notes: result.notes
  }
  return toJson(document, 2) + '\n'
}

function byFinding<T extends { findingId: string }>(items: readonly T[] | undefined): Map<string, T> {
  return new Map((items ?? []).map((item) => [item.findingId, item]))
}

function findingsCsv(_rule: RuleInfo, result: RunResult, extras: ExportExtras): string {
  const rarity = byFinding(extras.rarity)
  const columns = [...result.columns.map((column) => column.name), ...FACT_COLUMNS]
  const rows = result.findings.map((finding): CellValue[] => [
    ...finding.row,
    finding.eventCount,
    finding.firstSeen,
    finding.lastSeen,
    oneOrMore(finding.hosts),
    oneOrMore(finding.users),
    oneOrMore(runTimes(result, finding)),
    rarity.get(finding.id)?.bits ?? null,
    finding.thresholds.map((threshold) => threshold.text).join('; ') || null,
    finding.droppedByKibana,
    oneOrMore(finding.sources.map((source) => `${inputName(result, source.file)}:${source.line}`))
  ])
  return toCsv(columns, rows)
}

/** Columns of ours behind those of the query. */
const FACT_COLUMNS = [
  'rarebit.event_count',
  'rarebit.first_seen',
  'rarebit.last_seen',
  'rarebit.hosts',
  'rarebit.users',
  'rarebit.runs',
  'rarebit.rarity_bits',
  'rarebit.thresholds',
  'rarebit.dropped_by_kibana',
  'rarebit.sources'
]

function oneOrMore(values: readonly string[]): CellValue {
  return values.length === 0 ? null : values.length === 1 ? values[0]! : values
}

function runTimes(result: RunResult, finding: Finding): string[] {
  return finding.runs.flatMap((index) => result.runs[index]?.run ?? [])
}

function inputName(result: RunResult, file: number): string {
  return result.inputs[file]?.name ?? `input ${file}`
}

/** Sources listed for a finding in Markdown; the rest is counted. JSON and CSV list all. */
const MARKDOWN_SOURCES = 20

function findingsMarkdown(rule: RuleInfo, result: RunResult, extras: ExportExtras): string {
  const lines = [
    `# Findings of ${inertMarkdown(rule.name)}`,
    '',
    `- Rule id: ${rule.id === null ? 'none' : inertMarkdown(rule.id)}`,
    `- Mode: ${result.mode === 'whole' ? 'whole input at once' : `replay of ${result.runCount} scheduled runs`}`,
    `- Findings: ${result.findings.length}${result.cancelled ? ' (the run was cancelled: incomplete)' : ''}`,
    ...result.inputs.map(
      (input) =>
        `- Input: ${inertMarkdown(input.name)}, ${input.events} events, ${input.bytes} bytes, ${input.skippedTotal} places skipped`
    ),
    ...result.warnings.map((warning) => `- Warning: ${inertMarkdown(warning)}`),
    ...result.notes.map((note) => `- Note: ${inertMarkdown(note)}`)
  ]
  if (rule.retired) {
    lines.push(`- Retired upstream on ${rule.retired.date}: ${inertMarkdown(rule.retired.reason)}`)
    lines.push(`- Successors: ${rule.retired.successors.map(inertMarkdown).join(', ')}`)
  }
  const rarity = byFinding(extras.rarity)
  const annotations = byFinding(extras.annotations)
  result.findings.forEach((finding, index) => {
    lines.push('', `## Finding ${index + 1}`, '', ...findingLines(result, finding, rarity.get(finding.id)))
    for (const step of annotations.get(finding.id)?.steps ?? []) {
      const note = step.note === '' ? '' : `: ${inertMarkdown(step.note)}`
      lines.push(`- [${step.done ? 'x' : ' '}] ${inertMarkdown(step.title)}${note}`)
    }
  })
  return lines.join('\n') + '\n'
}

function findingLines(result: RunResult, finding: Finding, rarity: Rarity | undefined): string[] {
  const rows = result.columns.map((column, index): [string, string] => [column.name, markdownCell(finding.row[index] ?? null)])
  const lines = [
    '| column | value |',
    '| --- | --- |',
    ...rows.map(([name, value]) => `| ${inertMarkdown(name)} | ${value} |`),
    ''
  ]
  lines.push(
    `- Events: ${finding.eventCount}, first seen ${finding.firstSeen ?? 'unknown'}, last seen ${finding.lastSeen ?? 'unknown'}`
  )
  if (finding.thresholds.length > 0)
    lines.push(`- Passed by: ${finding.thresholds.map(({ text }) => inertMarkdown(text)).join(', ')}`)
  if (rarity)
    lines.push(
      `- Rarity: ${rarity.bits.toFixed(1)} bits (${rarity.n} of ${rarity.total} loaded events, ${inertMarkdown(rarity.basis)})`
    )
  const runs = runTimes(result, finding)
  if (runs.length > 0) lines.push(`- Runs: ${runs.join(', ')}`)
  if (finding.droppedByKibana) lines.push('- Kibana would have dropped this row (beyond max_signals).')
  const shown = finding.sources.slice(0, MARKDOWN_SOURCES)
  const places = shown.map((source) => inertMarkdown(`${inputName(result, source.file)}:${source.line}`))
  const more = finding.sources.length - shown.length
  const bound = finding.truncated ? '; the group had more events than references are kept for' : ''
  lines.push(`- Sources: ${places.join(', ')}${more > 0 ? ` and ${more} more` : ''}${bound}`)
  return lines
}
