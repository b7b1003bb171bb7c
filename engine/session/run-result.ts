/** A finished run in the shape hosts show, with what later questions about it need. */
import type { Rule } from '../rules/rule.ts'
import { collectFindings, type FindingShape, findingShape } from './findings.ts'
import type { PreparedQuery } from './prepare.ts'
import type { RuleRun } from './rule-run.ts'
import type { RunResult } from './types.ts'

export interface FoundRun {
  rule: Rule
  prepared: PreparedQuery
  shape: FindingShape
  result: RunResult
}

/** What a run was asked for and is known by. */
export type RunHead = Pick<RunResult, 'runKey' | 'ruleKey' | 'mode' | 'elapsedMillis'>

/** Findings, runs, warnings of a rule's rows. */
export function foundRun(rule: Rule, prepared: PreparedQuery, run: RuleRun, head: RunHead): FoundRun {
  const { maxSignals } = rule
  const { runKey, ruleKey, mode, elapsedMillis } = head
  const shape = findingShape(prepared.query, run.schema)
  const result: RunResult = {
    runKey,
    ruleKey,
    mode,
    columns: [...run.schema],
    findings: collectFindings(shape, run.runs, maxSignals),
    runs: run.runs.map(({ run: index, rows }) => ({
      ...windowOf(run, index),
      rows: rows.rowCount,
      droppedByKibana: rows.rowCount > maxSignals ? maxSignals : null
    })),
    runCount: run.schedule?.count ?? 1,
    inputs: run.inputs,
    warnings: [...prepared.warnings, ...run.warnings],
    notes: prepared.notes,
    stages: run.stages,
    elapsedMillis,
    cancelled: run.cancelled,
    ...(prepared.notRun && { notRun: prepared.notRun })
  }
  return { rule, prepared, shape, result }
}

/** Window of a run as ISO texts; nulls in whole mode. */
export function windowOf(run: RuleRun, index: number | null): { run: string | null; from: string | null; to: string | null } {
  if (run.schedule === null || index === null) return { run: null, from: null, to: null }
  const { runMillis, fromMillis, toMillis } = run.schedule.runAt(index)
  const iso = (millis: number) => new Date(millis).toISOString().replace('.000Z', 'Z')
  return { run: iso(runMillis), from: iso(fromMillis), to: iso(toMillis) }
}
