/**
 * The engine behind the terminal's port: a Session in this process.
 */
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { cellRows } from '../../engine/session/cells.ts'
import { sourcesOf } from '../../engine/session/findings.ts'
import type { PreparedQuery } from '../../engine/session/prepare.ts'
import type { RuleRun } from '../../engine/session/rule-run.ts'
import { windowOf } from '../../engine/session/run-result.ts'
import { Session } from '../../engine/session/session.ts'
import type { RunProgress, RunRequest, ScanProgress } from '../../engine/session/types.ts'
import type { EnginePort, HuntAllReport, HuntAllRequest, HuntReport, HuntRequest, HuntRun } from './engine-port.ts'
import { queryIndices } from './index-query.ts'

/** Opens a session; `createKernels` gives fresh kernels with a memory of their own. */
export function createTerminalEngine(createKernels: () => Kernels): EnginePort {
  const session = new Session({ createKernels })
  return {
    addInputs: (files) => session.addInputs(files),
    addLookup: (name, file, matchField) => session.lookups.add(name, file, matchField),
    hunt: (request, onProgress) => huntWith(session, request, onProgress),
    huntAll: (request, onProgress) => huntAllWith(session, request, onProgress),
    query: async (text, { nowMillis, indexLimits, sourceOrder }, onProgress) => {
      const options = { indexLimits, sourceOrder, ...(nowMillis !== null && { now: isoOf(nowMillis) }) }
      const { columns, values, warnings, notes, inputs = [] } = await session.query(text, { progress: onProgress }, options)
      return { columns, values, warnings, notes, inputs }
    },
    missing: (text) => session.missingAtOnce({ text }),
    esql: (request) => queryIndices(request, createKernels)
  }
}

async function huntWith(
  session: Session,
  request: HuntRequest,
  onProgress: (progress: RunProgress) => void
): Promise<HuntReport> {
  const started = Date.now()
  const progress = (at: ScanProgress & { stage: string }) => onProgress({ ...at, elapsedMillis: Date.now() - started })
  const asked = { ruleKey: session.rules.add(request.rule), ...runOptions(request) }
  const { prepared, run } = await session.runRows(asked, { progress })
  return reportOf(prepared, run, prepared.notes)
}

async function huntAllWith(
  session: Session,
  request: HuntAllRequest,
  onProgress: (progress: RunProgress) => void
): Promise<HuntAllReport> {
  const started = Date.now()
  const progress = (at: ScanProgress & { stage: string }) => onProgress({ ...at, elapsedMillis: Date.now() - started })
  const { answers, inputs } = await session.runRulesRows(request.rules, runOptions(request), progress)
  return {
    inputs,
    answers: answers.map(({ status, reason, missing, prepared, run, notes }) => {
      const report = prepared && run ? reportOf(prepared, run, notes) : null
      return { status, reason, missing, report }
    })
  }
}

function reportOf(prepared: PreparedQuery, run: RuleRun, notes: string[]): HuntReport {
  const runs = run.runs.map(({ run: index, rows }): HuntRun => {
    const all = Array.from({ length: rows.rowCount }, (_, row) => row)
    return {
      ...windowOf(run, index),
      values: cellRows(rows),
      sources: all.map((row) => sourcesOf(rows.lineage, row)),
      truncated: all.map((row) => rows.lineage?.truncated(row) ?? false)
    }
  })
  const { inputs } = run
  return {
    columns: run.schema,
    runs,
    runCount: run.schedule?.count ?? 1,
    inputs,
    warnings: [...prepared.warnings, ...run.warnings],
    notes,
    ...(prepared.notRun && { notRun: prepared.notRun })
  }
}

function runOptions(request: Omit<HuntRequest, 'rule'>): Omit<RunRequest, 'ruleKey'> {
  const { mode, from, interval, fromMillis, toMillis, nowMillis, indexLimits, sourceOrder } = request
  return {
    mode,
    indexLimits,
    sourceOrder,
    ...(from !== null && { from }),
    ...(interval !== null && { interval }),
    ...(fromMillis !== null && { fromTime: isoOf(fromMillis) }),
    ...(toMillis !== null && { toTime: isoOf(toMillis) }),
    ...(nowMillis !== null && { now: isoOf(nowMillis) })
  }
}

function isoOf(millis: number): string {
  return new Date(millis).toISOString()
}
