/** The findings of `hunt` in each format, as pieces of text to be written one after the other. */
import type { CellValue, Field, InputReport, MissingKnowledge, RuleStatus, SourceRef } from '../../../engine/session/types.ts'
import { csvTable } from '../../format/csv.ts'
import { jsonText } from '../../format/cell.ts'
import { markdownTable, markdownText } from '../../format/markdown.ts'
import { revealHidden } from '../../format/hidden.ts'
import type { OutputFormat } from '../arguments.ts'
import type { HuntReport, HuntRun } from '../engine-port.ts'
import { grouped } from '../progress.ts'
import { jsonCell, jsonColumns, jsonRow } from './exact-json.ts'
import { hasFindings, packMarkdown, packTable } from './pack-summary.ts'
import { tableLines } from './table.ts'

export interface HuntedRule {
  rule: { id: string | null; name: string }
  /** Upstream's retirement of the rule: shown to people, not part of the JSON. */
  retired: { date: string; reason: string; successors: readonly string[] } | null
  severity: string | null
  mode: 'whole' | 'replay'
  maxSignals: number
  /** Null when the rule could not run. */
  report: HuntReport | null
  status: RuleStatus
  /** Why there is no result; where it could not run, its diagnostics. */
  reason: string | null
  /** What it asks of fields that no event has. */
  missing: MissingKnowledge | null
}

export interface HuntOutput {
  /** With several rules the shape of several is used, even when one ran. */
  several: boolean
  /** Of a pack people are shown what was found and, by reason, what was not; of rules named one by one, all of each. */
  pack: boolean
  rules: readonly HuntedRule[]
  inputs: readonly InputReport[]
  /** By input name; null without --hash. */
  sha256(inputName: string): string | null
  width: number | null
}

type Writer = (output: HuntOutput) => Iterable<string>

const WRITERS: Record<OutputFormat, Writer> = { table: asTable, json: asJson, ndjson: asNdjson, csv: asCsv, markdown: asMarkdown }

/** Pieces of the output. */
export function huntOutput(format: OutputFormat, output: HuntOutput): Iterable<string> {
  return WRITERS[format](output)
}

/** Index of the first row beyond max_signals, or null. */
export function droppedByKibana(run: HuntRun, maxSignals: number): number | null {
  return run.values.length > maxSignals ? maxSignals : null
}

// ---- JSON ----

function* asJson(output: HuntOutput): Iterable<string> {
  const inputs = jsonText(output.inputs.map((input) => jsonInput(output, input)))
  if (!output.several) {
    const hunted = output.rules[0]!
    yield `{"rule":${jsonText(hunted.rule)},"mode":${jsonText(hunted.mode)},"inputs":${inputs},`
    yield* jsonResult(hunted)
    yield '}\n'
    return
  }
  yield `{"inputs":${inputs},"rules":[`
  for (const [index, hunted] of output.rules.entries()) {
    const head = { rule: hunted.rule, status: hunted.status, reason: hunted.reason, mode: hunted.mode }
    yield `${index > 0 ? ',' : ''}${jsonText(head).slice(0, -1)},`
    yield* jsonResult(hunted)
    yield '}'
  }
  yield ']}\n'
}

function jsonInput(output: HuntOutput, input: InputReport) {
  const { name, bytes, events, skippedTotal } = input
  const skipped = input.skipped.map(({ line, byte, length, reason }) => ({ line, byte, length, reason }))
  return { name, bytes, sha256: output.sha256(name), events, skipped, skippedTotal }
}

/** Rows of all runs. */
export function rowCount(report: HuntReport): number {
  return report.runs.reduce((sum, run) => sum + run.values.length, 0)
}

/** The members columns, runs and warnings, row by row: a run may have very many. */
function* jsonResult({ report, maxSignals }: HuntedRule): Iterable<string> {
  if (report === null) {
    yield '"columns":[],"runs":[],"warnings":[]'
    return
  }
  yield `"columns":${jsonColumns(report.columns)},"runs":[`
  for (const [index, run] of report.runs.entries()) {
    const { run: time, from, to } = run
    yield `${index > 0 ? ',' : ''}${jsonText({ run: time, from, to }).slice(0, -1)},"values":[`
    for (const [at, row] of run.values.entries()) yield `${at > 0 ? ',' : ''}${jsonRow(report.columns, row)}`
    yield '],"sources":['
    for (const [at, sources] of run.sources.entries()) yield `${at > 0 ? ',' : ''}${jsonText(sources.map(plainSource))}`
    yield `],"truncated":${jsonText(run.truncated)},"droppedByKibana":${jsonText(droppedByKibana(run, maxSignals))}}`
  }
  yield `],"warnings":${jsonText(report.warnings)}`
}

function plainSource({ file, line, event, byte, length }: SourceRef): SourceRef {
  return { file, line, event, byte, length }
}

// ---- one row at a time ----

interface OutputRow {
  hunted: HuntedRule
  report: HuntReport
  run: HuntRun
  at: number
  values: readonly CellValue[]
}

function* allRows(output: HuntOutput): Iterable<OutputRow> {
  for (const hunted of output.rules) {
    for (const run of hunted.report?.runs ?? []) {
      for (const [at, values] of run.values.entries()) yield { hunted, report: hunted.report!, run, at, values }
    }
  }
}

/** An object a row: the rule, the run, the row as an object, its sources. */
function* asNdjson(output: HuntOutput): Iterable<string> {
  for (const { hunted, report, run, at, values } of allRows(output)) {
    const row = report.columns.map(({ name, type }, index) => `${JSON.stringify(name)}:${jsonCell(type, values[index] ?? null)}`)
    const head = jsonText({ rule: hunted.rule, run: run.run, from: run.from, to: run.to }).slice(0, -1)
    const sources = jsonText((run.sources[at] ?? []).map(plainSource))
    const tail = `"truncated":${run.truncated[at] ?? false},"droppedByKibana":${at >= hunted.maxSignals}`
    yield `${head},"row":{${row.join(',')}},"sources":${sources},${tail}}\n`
  }
}

/** Columns of ours around those of the query. */
function tableOf(output: HuntOutput, hunted: HuntedRule, report: HuntReport): { columns: Field[]; rows: CellValue[][] } {
  const replay = hunted.mode === 'replay'
  const columns: Field[] = [
    ...(output.several ? [{ name: 'rarebit.rule', type: 'keyword' } as const] : []),
    ...(replay ? [{ name: 'rarebit.run', type: 'date' } as const] : []),
    ...report.columns,
    { name: 'rarebit.sources', type: 'keyword' },
    { name: 'rarebit.dropped_by_kibana', type: 'boolean' }
  ]
  const rows = report.runs.flatMap((run) =>
    run.values.map((values, at): CellValue[] => [
      ...(output.several ? [hunted.rule.name] : []),
      ...(replay ? [run.run] : []),
      ...values,
      sourcesText(output.inputs, run.sources[at] ?? [], run.truncated[at] ?? false),
      at >= hunted.maxSignals
    ])
  )
  return { columns, rows }
}

/** `file:line` of each event; runs of a file name it once. */
export function sourcesText(inputs: readonly InputReport[], sources: readonly SourceRef[], truncated: boolean): string {
  const byFile = new Map<number, number[]>()
  for (const { file, line } of sources) byFile.set(file, [...(byFile.get(file) ?? []), line])
  const places = [...byFile].map(([file, lines]) => `${inputs[file]?.name ?? `input ${file}`}:${lines.join(',')}`)
  return places.join(' ') + (truncated ? ' and more' : '')
}

function* asCsv(output: HuntOutput): Iterable<string> {
  for (const hunted of output.rules) {
    if (hunted.report === null || (output.pack && rowCount(hunted.report) === 0)) continue
    const { columns, rows } = tableOf(output, hunted, hunted.report)
    // Rules differ in their columns, so each has a header of its own.
    yield csvTable(
      columns.map((column) => column.name),
      rows
    )
  }
}

function* asMarkdown(output: HuntOutput): Iterable<string> {
  if (output.pack) yield* packMarkdown(output)
  for (const hunted of output.pack ? output.rules.filter(hasFindings) : output.rules) {
    yield `# ${markdownText(hunted.rule.name)}\n\n`
    yield retirementLines(hunted)
      .map((line) => `${markdownText(line)}\n\n`)
      .join('')
    if (hunted.report === null) yield `Not run: ${markdownText((hunted.reason ?? '').replaceAll('\n', ' '))}\n\n`
    else {
      yield `${summary(hunted, hunted.report)}\n\n`
      const { columns, rows } = tableOf(output, hunted, hunted.report)
      if (rows.length > 0)
        yield `${markdownTable(
          columns.map((column) => column.name),
          rows
        )}\n`
      yield hunted.report.warnings.map((warning) => `- Warning: ${markdownText(warning)}\n`).join('')
    }
  }
}

// ---- for the eye ----

function* asTable(output: HuntOutput): Iterable<string> {
  if (output.pack) {
    yield* packTable(output)
    return
  }
  for (const [index, hunted] of output.rules.entries()) {
    if (index > 0) yield '\n'
    yield `${revealHidden(hunted.rule.name)}\n`
    yield retirementLines(hunted)
      .map((line) => `${revealHidden(line)}\n`)
      .join('')
    if (hunted.report === null) {
      yield `  not run: ${refusalLines(hunted).join('\n  ')}\n`
      continue
    }
    yield `${summary(hunted, hunted.report)}\n`
    for (const run of hunted.report.runs) yield* runBlock(output, hunted.report, run, hunted.maxSignals)
  }
}

function refusalLines({ reason }: HuntedRule): string[] {
  return (reason ?? '').split('\n').map((line) => revealHidden(line))
}

function retirementLines({ retired }: HuntedRule): string[] {
  if (retired === null) return []
  const why = retired.reason === '' ? '' : `: ${retired.reason}`
  const successors = retired.successors.length > 0 ? [`Replaced by: ${retired.successors.join('; ')}`] : []
  return [`Upstream retired this rule on ${retired.date}${why}`, ...successors]
}

/** How much a rule found. */
export function summary(hunted: HuntedRule, report: HuntReport): string {
  const rows = rowCount(report)
  const found = `${grouped(rows)} ${rows === 1 ? 'finding' : 'findings'}`
  if (hunted.mode === 'whole') return `${found} in the whole input`
  return `${found} in ${grouped(report.runs.length)} of ${grouped(report.runCount)} runs`
}

function* runBlock(output: HuntOutput, report: HuntReport, run: HuntRun, maxSignals: number): Iterable<string> {
  if (run.values.length === 0) return
  yield run.run === null ? '\n' : `\nrun ${run.run}, events from ${run.from} to ${run.to}\n`
  const columns: Field[] = [...report.columns, { name: 'events', type: 'keyword' }]
  const rows = run.values.map((values, at): CellValue[] => [
    ...values,
    sourcesText(output.inputs, run.sources[at] ?? [], run.truncated[at] ?? false)
  ])
  for (const line of tableLines(columns, rows, output.width)) yield `${line}\n`
  const dropped = droppedByKibana(run, maxSignals)
  if (dropped !== null)
    yield `Kibana would have dropped the last ${grouped(run.values.length - dropped)} rows (max_signals ${maxSignals}).\n`
}
