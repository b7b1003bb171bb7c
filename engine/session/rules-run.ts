/**
 * All rules of a pack over the loaded inputs: prepared one by one, run over one shared scan, each with an outcome (CONTRACTS
 * 1): it ran, it stops before a model, or it is refused, and why it found nothing.
 *
 * Holds: every rule asked for has an outcome, in the order asked; what goes wrong with one is its own outcome.
 */
import type { Rule } from '../rules/rule.ts'
import type { ScanProgress } from '../source/scan-request.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import type { ExecuteRequest } from './execute.ts'
import type { InputScanner, ScanOptions } from './input-scanner.ts'
import type { PreparedQuery } from './prepare.ts'
import { QueryError } from './prepare.ts'
import { type RuleRun, ruleTiming } from './rule-run.ts'
import { type SeenData, whyNothing } from './rule-silence.ts'
import { scanShared, type SharedResult } from './shared-scan.ts'
import { surveyInputs } from './survey.ts'
import type { InputReport, MissingKnowledge, NotRun, RuleReason, RuleStatus, RunRequest } from './types.ts'

export interface RulesRunDeps {
  /** Prepares a query or throws QueryError. */
  prepare(text: string): Promise<PreparedQuery>
  scanner: InputScanner
  createKernels: () => Kernels
  progress(progress: ScanProgress & { stage: string }): void
}

/** One rule of a run of many. */
export interface RuleAnswer {
  rule: Rule
  status: RuleStatus
  reason: RuleReason
  /** Null when the rule could not run. */
  run: RuleRun | null
  prepared: PreparedQuery | null
  /** What the rule asks of fields that no event has; only looked for where it found nothing in data of its source. */
  missing: MissingKnowledge | null
  /** Notes of the query and of its index patterns. */
  notes: string[]
}

export interface RulesRun {
  answers: RuleAnswer[]
  inputs: InputReport[]
  /** Events read of all inputs. */
  events: number
  cancelled: boolean
}

type RulesRequest = Pick<RunRequest, 'mode' | 'from' | 'interval' | 'now'>

/** Runs the rules. Throws RunOptionError for options that no rule could be run with. */
export async function runRules(
  rules: readonly Rule[],
  request: RulesRequest,
  options: ScanOptions,
  deps: RulesRunDeps
): Promise<RulesRun> {
  const prepared = await prepareAll(rules, deps)
  const ready = prepared.filter((one): one is Ready => one.prepared !== null)
  const survey = await surveyInputs(deps.scanner, deps.createKernels(), options, staged(deps, 'finding what is loaded'))
  const requests = ready.map(({ rule, prepared: { text, plan, lookups } }): ExecuteRequest => {
    return { text, plan, lookups, ...ruleTiming(rule, request, survey.bounds), options }
  })
  const shared = await scanShared(requests, survey, deps.scanner, options, deps.createKernels, (at) =>
    staged(deps, at.passes > 1 ? `reading (${at.pass} of ${at.passes})` : 'reading')(at)
  )
  const events = shared.inputs.reduce((sum, input) => sum + input.events, 0)
  const ran = new Map(
    ready.map((one, at): [Prepared, RuleAnswer] => [
      one,
      answerOf(one, shared.results[at]!, requests[at]!, { ...survey, events, present: shared.present })
    ])
  )
  const answers = prepared.map((one) => ran.get(one) ?? refusal(one.rule, one.refused, null))
  return { answers, inputs: shared.inputs, events, cancelled: shared.cancelled || survey.cancelled }
}

interface Prepared {
  rule: Rule
  prepared: PreparedQuery | null
  refused: unknown
}
type Ready = Prepared & { prepared: PreparedQuery }

async function prepareAll(rules: readonly Rule[], deps: RulesRunDeps): Promise<Prepared[]> {
  const prepared: Prepared[] = []
  for (const rule of rules) {
    try {
      prepared.push({ rule, prepared: await deps.prepare(rule.query), refused: null })
    } catch (error) {
      prepared.push({ rule, prepared: null, refused: error })
    }
  }
  return prepared
}

function answerOf(
  { rule, prepared }: Ready,
  result: SharedResult,
  request: ExecuteRequest,
  seen: Omit<SeenData, 'matched'>
): RuleAnswer {
  const { executed } = result
  if (!executed) return refusal(rule, result.failure, prepared)
  const run: RuleRun = { ...executed, schedule: request.schedule }
  const found = run.runs.some(({ rows }) => rows.rowCount > 0)
  const silence = found || run.cancelled ? null : whyNothing(prepared, { ...seen, matched: result.matched })
  return {
    rule,
    status: prepared.notRun ? 'needs-model' : 'ran',
    reason: silence?.reason ?? (found && prepared.notRun ? notRunText(prepared.notRun) : null),
    run,
    prepared,
    missing: silence?.missing ?? null,
    notes: [...prepared.notes, ...result.notes]
  }
}

/** What a rule that did not run says. A fault of ours is named as one, and is still this rule's alone. */
function refusal(rule: Rule, error: unknown, prepared: PreparedQuery | null): RuleAnswer {
  const lines =
    error instanceof QueryError ? error.diagnostics : [`Stopped: ${error instanceof Error ? error.message : String(error)}`]
  return { rule, status: 'refused', reason: lines.join('\n'), run: null, prepared, missing: null, notes: [] }
}

/** A rule that ends in COMPLETION ran up to it: what it would send is in its rows. */
function notRunText({ promptColumn }: NotRun): string {
  return `COMPLETION was not run and nothing was sent; the prompts are in column [${promptColumn}]`
}

function staged(deps: RulesRunDeps, stage: string): (at: ScanProgress) => void {
  return ({ bytesRead, bytesTotal, events, rows }) => deps.progress({ bytesRead, bytesTotal, events, rows, stage })
}
