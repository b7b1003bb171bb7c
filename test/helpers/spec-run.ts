/**
 * Runs one scenario through the engine's own path (sample, prepare, execute) in one variation of kernels, batch size, read
 * size and file form, and gives everything a spec can state about it as text.
 */
import { gzipSync } from 'node:zlib'
import { type Batch, gatherBatch } from '../../engine/data/batch.ts'
import { applyRewrites } from '../../engine/lint/apply-rewrites.ts'
import type { LintRule } from '../../engine/lint/context.ts'
import type { LintFinding } from '../../engine/lint/finding.ts'
import { lintQuery } from '../../engine/lint/lint-query.ts'
import { LINT_CHECKS } from '../../engine/lint/registry.ts'
import { explain } from '../../engine/plan/explain.ts'
import { cellRows } from '../../engine/session/cells.ts'
import { executePlan } from '../../engine/session/execute.ts'
import { sourcesOf } from '../../engine/session/findings.ts'
import { DEFAULT_SCAN, InputScanner } from '../../engine/session/input-scanner.ts'
import { QueryError } from '../../engine/session/prepare.ts'
import { IMPLICIT_LIMIT } from '../../engine/session/free-queries.ts'
import { Session } from '../../engine/session/session.ts'
import type { RandomAccessBytes } from '../../engine/source/bytes.ts'
import { fieldType } from '../../engine/source/field-types.ts'
import { bytesOf, MemoryStream } from '../../engine/source/hosts/memory-bytes.ts'
import { openInputs } from '../../engine/source/open-input.ts'
import type { BatchSink } from '../../engine/source/scan-request.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import type { Block, Outcome, Scenario } from './spec-file.ts'
import { formatTable } from './spec-table.ts'

export interface Variation {
  kernels: 'wasm' | 'reference'
  batchRows: 1 | 3 | 4096
  /** Bytes one read gives at most. */
  chunk: number
  encoding: Encoding
}

export type Encoding = 'ndjson' | 'array' | 'csv' | 'gzip'

/** NOW() of scenarios that do not say otherwise. */
const NOW = '2025-06-01T12:00:00.000Z'

const AXES = {
  kernels: ['wasm', 'reference'],
  batchRows: [4096, 3, 1],
  chunk: [65536, 7],
  encoding: ['ndjson', 'array', 'csv', 'gzip']
} as const

const ALL: readonly Variation[] = AXES.kernels.flatMap((kernels) =>
  AXES.batchRows.flatMap((batchRows) =>
    AXES.chunk.flatMap((chunk) => AXES.encoding.map((encoding) => ({ kernels, batchRows, chunk, encoding })))
  )
)

/** The first variation of all: big batches, big reads, as it comes. */
export const PLAIN = ALL[0]!

/**
 * The variations a scenario runs in: few that have every pair of values of two axes together in one of them, or with
 * `SPEC_MATRIX=full` every combination. Without data only the kernels differ.
 */
export function variationsOf(scenario: Scenario): Variation[] {
  if (scenario.data.length === 0) return AXES.kernels.map((kernels) => ({ ...PLAIN, kernels }))
  const possible = ALL.filter(({ encoding }) => canEncode(scenario, encoding))
  return process.env['SPEC_MATRIX'] === 'full' ? possible : coverPairs(possible)
}

/** Takes, again and again, the variation with most pairs not yet seen. */
function coverPairs(possible: readonly Variation[]): Variation[] {
  const pairsOf = (variation: Variation) => {
    const values = Object.entries(variation).map(([axis, value]) => `${axis}=${value}`)
    return values.flatMap((a, i) => values.slice(i + 1).map((b) => `${a} ${b}`))
  }
  const missing = new Set(possible.flatMap(pairsOf))
  const chosen: Variation[] = []
  while (missing.size > 0) {
    const gain = (variation: Variation) => pairsOf(variation).filter((pair) => missing.has(pair)).length
    const best = possible.reduce((a, b) => (gain(b) > gain(a) ? b : a))
    for (const pair of pairsOf(best)) missing.delete(pair)
    chosen.push(best)
  }
  return chosen
}

/** Whether the scenario's data can be written in this form without saying something else. */
function canEncode(scenario: Scenario, encoding: Encoding): boolean {
  return scenario.data.every(
    (block) => block.words.includes('lookup') || encoding === 'ndjson' || encoding === 'gzip' || encode(block, encoding) !== null
  )
}

/** What comes of a scenario: the text of every outcome there is. */
export async function runScenario(
  scenario: Scenario,
  variation: Variation,
  createKernels: () => Kernels
): Promise<Map<Outcome, string>> {
  const outcomes = new Map<Outcome, string>()
  const isLookup = ({ words }: Block) => words.includes('lookup')
  const files = scenario.data.filter((block) => !isLookup(block)).map((block) => fileOf(block, variation))
  const session = new Session({ createKernels })
  await session.addInputs(files)
  for (const block of scenario.data.filter(isLookup)) {
    await session.lookups.add(block.words[0]!, bytesOf(block.words[0]!, new TextEncoder().encode(`${block.text}\n`)))
  }
  const findings = lintScenario(scenario)
  outcomes.set('lint', findings.map(lintLine).join('\n'))
  if (scenario.outcomes.has('rewritten')) {
    const text = applyRewrites(scenario.query.text, findings)
    const rewritten = await runScenario(
      { ...scenario, query: { ...scenario.query, text }, outcomes: new Map() },
      variation,
      createKernels
    )
    outcomes.set('rewritten', rewritten.get('result') ?? rewritten.get('error') ?? '')
  }
  const text = scenario.query.text
  const option = (name: string) => scenario.query.words.includes(name)
  try {
    const prepared = await session.prepare(text, option('implicit-limit') ? IMPLICIT_LIMIT : null)
    outcomes.set('plan', explain(prepared.plan))
    outcomes.set('analyzed', explain(prepared.analyzed))
    const now = scenario.query.words.find((word) => word.startsWith('now='))?.slice('now='.length) ?? NOW
    const executed = await executePlan(
      {
        text,
        plan: prepared.plan,
        lookups: prepared.lookups,
        nowMillis: BigInt(Date.parse(now)),
        schedule: null,
        options: { ...DEFAULT_SCAN, sourceOrder: option('source-order'), indexLimits: option('index-limits') }
      },
      new SmallBatches(await openInputs(files), variation.batchRows),
      createKernels(),
      { progress: () => undefined }
    )
    const { rows } = executed.runs[0]!
    outcomes.set('result', formatTable(executed.schema, cellRows(rows)))
    const lineage = Array.from({ length: rows.rowCount }, (_, row) =>
      sourcesOf(rows.lineage, row)
        .map(({ event }) => event)
        .join(', ')
    )
    outcomes.set('lineage', lineage.join('\n'))
    outcomes.set('warnings', [...prepared.warnings, ...executed.warnings].join('\n'))
    outcomes.set('notes', prepared.notes.join('\n'))
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    outcomes.set('error', error.diagnostics.join('\n'))
  }
  return outcomes
}

/** The findings of a scenario's query; as a rule when its words give a schedule. */
function lintScenario({ title, query }: Scenario): LintFinding[] {
  const option = (name: string) => query.words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1)
  const [from, only] = [option('from'), option('check')]
  const rule: LintRule | null =
    from === undefined
      ? null
      : {
          name: option('name') ?? title,
          from,
          interval: option('interval') ?? '5m',
          maxSignals: Number(option('max-signals') ?? 100),
          suppressed: query.words.includes('suppressed'),
          retired: null
        }
  return lintQuery(
    query.text,
    rule,
    LINT_CHECKS.filter(({ id }) => only === undefined || id === only)
  )
}

/** `2:9 warning array-comparison: ...`, and below it the rewrite. */
function lintLine({ line, column, severity, check, message, rewrite }: LintFinding): string {
  const first = `${line}:${column} ${severity} ${check}: ${message}`
  return rewrite ? `${first}\n  rewrite: ${rewrite.replacement.trim() || 'nothing'}` : first
}

/** Hands on batches of a few rows, so that every operator meets its borders. */
class SmallBatches extends InputScanner {
  constructor(
    inputs: ConstructorParameters<typeof InputScanner>[0],
    private readonly batchRows: number
  ) {
    super(inputs, { aborted: false })
  }

  override scan(
    job: Parameters<InputScanner['scan']>[0],
    sink: BatchSink,
    ...rest: [Kernels, Parameters<InputScanner['scan']>[3]]
  ) {
    const push = (batch: Batch) => {
      if (batch.rowCount <= this.batchRows) return sink.push(batch)
      for (let start = 0; start < batch.rowCount; start += this.batchRows) {
        const rows = Int32Array.from({ length: Math.min(this.batchRows, batch.rowCount - start) }, (_, i) => start + i)
        if (sink.push(gatherBatch(batch, rows)) === 'done') return 'done'
      }
      return 'more'
    }
    return super.scan(job, { push }, ...rest)
  }
}

function fileOf(block: Block, { encoding, chunk }: Variation): RandomAccessBytes {
  const name = block.words[0] ?? 'events'
  const bytes = encode(block, encoding)!
  return { ...bytesOf(name, bytes), open: (start = 0, end = bytes.length) => new MemoryStream(bytes.subarray(start, end), chunk) }
}

function encode(block: Block, encoding: Encoding): Uint8Array | null {
  const utf8 = (text: string) => new TextEncoder().encode(text)
  const ndjson = utf8(`${block.text}\n`)
  if (encoding === 'ndjson') return ndjson
  if (encoding === 'gzip') return gzipSync(ndjson)
  const lines = block.text.split('\n').filter(Boolean)
  if (block.words.includes('verbatim') || lines.length === 0) return null
  if (encoding === 'array') return utf8(`[\n${lines.join(',\n')}\n]\n`)
  const csv = asCsv(lines)
  return csv === null ? null : utf8(csv)
}

/** CSV says less than JSON: only fields of the table, no empty texts, no texts that look like something else. */
function asCsv(lines: readonly string[]): string | null {
  const events = lines.map((line) => leaves(JSON.parse(line), ''))
  const names = [...new Set(events.flatMap((event) => [...event.keys()]))]
  if (names.length === 0 || !names.some((name) => name.includes('.') || name === '@timestamp')) return null
  if (names.some((name) => fieldType(name) === null) || events.some((event) => event.size === 0)) return null
  const rows: string[] = []
  for (const event of events) {
    const cells = names.map((name) => csvCell(event.get(name)))
    if (cells.some((cell) => cell === null)) return null
    rows.push(cells.join(','))
  }
  return [names.join(','), ...rows, ''].join('\n')
}

function csvCell(value: unknown): string | null {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.length === 0 ? null : quoted(JSON.stringify(value))
  if (typeof value === 'number') return Number.isSafeInteger(value) || !Number.isInteger(value) ? String(value) : null
  if (typeof value !== 'string') return String(value)
  return value === '' || /^[\s[]|\s$|, |^(true|false)$/i.test(value) ? null : quoted(value)
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

function leaves(value: Record<string, unknown>, prefix: string): Map<string, unknown> {
  const found = new Map<string, unknown>()
  for (const [key, child] of Object.entries(value)) {
    const nested = typeof child === 'object' && child !== null && !Array.isArray(child)
    const inner = nested ? leaves(child as Record<string, unknown>, `${prefix}${key}.`) : new Map([[prefix + key, child]])
    for (const [name, leaf] of inner) found.set(name, leaf)
  }
  return found
}
