/**
 * One run of a rule over the loaded inputs: whole, or replayed as its schedule would have run it (CONTRACTS 2).
 */
import type { Batch } from '../data/batch.ts'
import type { Schema } from '../data/schema.ts'
import { nodeUsesNow } from '../plan/expressions-of.ts'
import type { LogicalPlan } from '../plan/logical-plan.ts'
import type { Rule } from '../rules/rule.ts'
import { parseFrom, parseInterval, planRuns, type Schedule } from '../rules/schedule.ts'
import type { ScanProgress } from '../source/scan-request.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { type Executed, executePlan } from './execute.ts'
import type { InputScanner, ScanOptions } from './input-scanner.ts'
import type { PreparedQuery } from './prepare.ts'
import { timeBounds, type TimeBoundsOfData } from './time-bounds.ts'
import type { RunRequest } from './types.ts'

export interface RuleRunHandlers {
  progress(progress: ScanProgress & { stage: string }): void
  partial?(rows: Batch, schema: Schema): void
}

export interface RuleRun extends Executed {
  /** Null in whole mode. */
  schedule: Schedule | null
}

/** Options a run asks for that cannot be used; the text says which and why. */
export class RunOptionError extends Error {}

/** Runs a prepared rule. Each pass over the data gets kernels of its own, so that its memory goes with it. */
export async function runRule(
  rule: Pick<Rule, 'from' | 'interval'>,
  prepared: PreparedQuery,
  request: Pick<RunRequest, 'mode' | 'from' | 'interval' | 'now'>,
  options: ScanOptions,
  scanner: InputScanner,
  createKernels: () => Kernels,
  handlers: RuleRunHandlers
): Promise<RuleRun> {
  const progress = (stage: string) => (at: ScanProgress) => handlers.progress({ ...at, stage })
  const replay = request.mode === 'replay'
  const bounds = needsBounds(prepared.plan, request)
    ? await timeBounds(scanner, createKernels(), options, progress('finding the time range'))
    : null
  const timing = ruleTiming(rule, request, bounds)
  const executed = await executePlan(
    { text: prepared.text, plan: prepared.plan, lookups: prepared.lookups, ...timing, options },
    scanner,
    createKernels(),
    {
      progress: progress('reading'),
      ...(handlers.partial && !replay && { partial: handlers.partial })
    }
  )
  return { ...executed, schedule: timing.schedule }
}

/** Whether a run must know the times of the data before it begins. */
export function needsBounds(plan: LogicalPlan, request: Pick<RunRequest, 'mode' | 'now'>): boolean {
  return request.mode === 'replay' || (request.now === undefined && usesNow(plan))
}

/** NOW() of a run and, in replay, its schedule. Throws RunOptionError; `bounds` may be null where `needsBounds` says no. */
export function ruleTiming(
  rule: Pick<Rule, 'from' | 'interval'>,
  request: Pick<RunRequest, 'mode' | 'from' | 'interval' | 'now'>,
  bounds: TimeBoundsOfData | null
): { nowMillis: bigint; schedule: Schedule | null } {
  const now = request.now === undefined ? (bounds?.newestMillis ?? 0) : timeOption('now', request.now)
  if (request.mode !== 'replay') return { nowMillis: BigInt(now), schedule: null }
  const { from, intervalMillis } = scheduleTexts(rule, request)
  const schedule = planRuns({
    earliestMillis: bounds?.earliestMillis ?? 0,
    latestMillis: bounds?.latestMillis ?? -1,
    from,
    intervalMillis
  })
  return { nowMillis: BigInt(now), schedule }
}

function scheduleTexts(rule: Pick<Rule, 'from' | 'interval'>, request: Pick<RunRequest, 'from' | 'interval'>) {
  const fromText = request.from ?? rule.from
  const intervalText = request.interval ?? rule.interval
  const from = parseFrom(fromText)
  if (!from) throw new RunOptionError(`[${fromText}] is no start of a window: expected date math such as now-61m`)
  const intervalMillis = parseInterval(intervalText)
  if (intervalMillis === null)
    throw new RunOptionError(`[${intervalText}] is no interval: expected a number and a unit such as 1h`)
  return { from, intervalMillis }
}

/** Epoch milliseconds of an ISO time given as an option. */
export function timeOption(name: string, text: string): number {
  const millis = Date.parse(text)
  if (Number.isNaN(millis))
    throw new RunOptionError(`[${text}] is no time for ${name}: expected ISO 8601 such as 2026-01-01T00:00:00Z`)
  return millis
}

/** Whether a plan asks for NOW(). */
export function usesNow(plan: LogicalPlan): boolean {
  return plan.nodes.some(nodeUsesNow)
}

/** What a request asks of the scan itself. */
export function scanOptions(request: Omit<RunRequest, 'ruleKey' | 'mode'>): ScanOptions {
  return {
    indexLimits: request.indexLimits ?? false,
    sourceOrder: request.sourceOrder ?? false,
    fromMillis: request.fromTime === undefined ? null : timeOption('from-time', request.fromTime),
    toMillis: request.toTime === undefined ? null : timeOption('to-time', request.toTime)
  }
}
