/**
 * From one rule of a run of many to its line in the list: how much it found, a taste of it, or why it found nothing.
 *
 * Holds: a rule that found very much is counted, not spread out; looking at it runs it again by itself.
 */
import { gatherBatch } from '../data/batch.ts'
import { collectFindings, findingShape } from './findings.ts'
import type { RuleAnswer } from './rules-run.ts'
import { type FoundRun, foundRun, type RunHead } from './run-result.ts'
import type { Finding, RuleOutcome } from './types.ts'

/** Rows of a rule up to which its findings are made and kept. */
const KEPT_ROWS = 5000
const TOP_FINDINGS = 3

/** The outcome, and the run where it is to be kept. */
export function ruleOutcome(answer: RuleAnswer, head: RunHead): { outcome: RuleOutcome; kept: FoundRun | null } {
  const { rule, prepared, run, status, reason, missing, notes } = answer
  const rows = run?.runs.reduce((sum, part) => sum + part.rows.rowCount, 0) ?? 0
  const kept = rows > 0 && rows <= KEPT_ROWS ? foundRun(rule, prepared!, run!, head) : null
  const outcome: RuleOutcome = {
    ruleKey: head.ruleKey,
    status,
    reason,
    findingCount: kept ? kept.result.findings.length : rows,
    top: (kept ? kept.result.findings : firstFindings(answer)).slice(0, TOP_FINDINGS).map(short),
    missing,
    warnings: run ? [...prepared!.warnings, ...run.warnings] : [],
    notes,
    runKey: kept ? head.runKey : null
  }
  return { outcome, kept }
}

/** The first rows alone as findings. */
function firstFindings({ rule, prepared, run }: RuleAnswer): Finding[] {
  const first = run?.runs.find(({ rows }) => rows.rowCount > 0)
  if (!first) return []
  const head = Int32Array.from({ length: Math.min(TOP_FINDINGS, first.rows.rowCount) }, (_, row) => row)
  const rows = gatherBatch(first.rows, head)
  return collectFindings(findingShape(prepared!.query, run!.schema), [{ rows }], rule.maxSignals)
}

/** A finding in a list needs no more than one reference. */
function short(finding: Finding): Finding {
  return { ...finding, sources: finding.sources.slice(0, 1) }
}
