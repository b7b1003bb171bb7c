/**
 * Execution of an optimized plan over the loaded inputs: the scan of each input, the operators, and in replay one copy of
 * the blocking part of the pipe for every run of the schedule. One pass over the bytes, whatever the number of runs.
 */
import type { Batch } from '../data/batch.ts'
import type { Schema } from '../data/schema.ts'
import type { EvaluationContext } from '../execution/evaluator.ts'
import type { Operator } from '../execution/operator.ts'
import { ResultSink } from '../execution/operators/result-sink.ts'
import type { StageCount } from '../execution/operators/row-counter.ts'
import { WindowRouter } from '../execution/operators/window-router.ts'
import { type LoweredPipe, lowerNodes, stageLabel } from '../execution/planner.ts'
import { WarningCollector } from '../execution/warnings.ts'
import { MULTI_VALUE_TEXT } from '../functions/definition.ts'
import { warnedAs } from '../plan/expression.ts'
import { nodeUsesNow } from '../plan/expressions-of.ts'
import { type LogicalPlan, outputSchema, type PlanNode, resultSchema } from '../plan/logical-plan.ts'
import type { Schedule } from '../rules/schedule.ts'
import type { BatchSink, InputReport, ScanProgress } from '../source/scan-request.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import type { LookupTable } from '../execution/lookup-table.ts'
import { compilePatterns } from './compile-patterns.ts'
import type { LookupTables } from './lookups.ts'
import type { InputScanner, ScanOptions } from './input-scanner.ts'
import { type PlannedScan, planScan } from './scan-planning.ts'

export interface ExecuteRequest {
  /** Text of the query, for positions in warnings. */
  text: string
  plan: LogicalPlan
  nowMillis: bigint
  /** Null: one run over everything. */
  schedule: Schedule | null
  options: ScanOptions
  /** Takes the rows of a run over everything instead of `Executed.runs`. */
  sink?: (schema: Schema) => Operator
  /** Where the tables of LOOKUP JOIN and ENRICH come from; needed when the plan has some. */
  lookups?: LookupTables | null
}

export interface ExecuteHandlers {
  progress(progress: ScanProgress): void
  /** The rows there would be if the input ended now; asked for while scanning, only in whole mode with an aggregation. */
  partial?(rows: Batch, schema: Schema): void
}

export interface ExecutedRun {
  /** Index into the schedule; null in whole mode. */
  run: number | null
  rows: Batch
}

export interface Executed {
  schema: Schema
  /** Whole mode: one. Replay: the runs that gave rows, oldest first. */
  runs: ExecutedRun[]
  inputs: InputReport[]
  warnings: string[]
  stages: StageCount[]
  cancelled: boolean
}

/** Groups up to which partial results are worked out while loading. */
const PARTIAL_GROUPS = 20_000
const PARTIAL_MILLIS = 400

/** Runs a plan. Operators are closed and kernel memory given back whatever happens. */
export async function executePlan(
  request: ExecuteRequest,
  scanner: InputScanner,
  kernels: Kernels,
  handlers: ExecuteHandlers
): Promise<Executed> {
  const lookups = (await request.lookups?.load(request.plan, kernels)) ?? new Map<string, LookupTable>()
  const pipe = new RunningPipe(request, kernels, lookups)
  try {
    if (request.plan.nodes[0]!.type !== 'from') return pipe.runRows()
    const scan = pipe.planned!
    const outcome = await scanner.scan({ ...scan, options: request.options }, pipe.input(), kernels, (progress) => {
      handlers.progress(progress)
      if (handlers.partial) pipe.offerPartial(handlers.partial)
    })
    for (const [index, drops] of outcome.multiValueDrops.entries()) pipe.warnMultiValues(index, drops)
    return pipe.finish(outcome.inputs, outcome.cancelled)
  } finally {
    pipe.close()
  }
}

/** The operators of one execution, fed by a scan of its own or by one it shares. */
export class RunningPipe {
  readonly planned: PlannedScan | null
  private readonly warnings: WarningCollector
  private readonly stages: StageCount[] = []
  private readonly sinks: { run: number | null; sink: ResultSink }[] = []
  private readonly schema: Schema
  private readonly head: Operator
  private whole: LoweredPipe | null = null
  private scanned = 0
  private lastPartial = 0

  constructor(
    private readonly request: ExecuteRequest,
    private readonly kernels: Kernels,
    private readonly lookups: ReadonlyMap<string, LookupTable>
  ) {
    this.warnings = new WarningCollector(request.text)
    const { plan, schedule, options } = request
    compilePatterns(request.text, plan)
    this.schema = resultSchema(plan)
    const fromData = plan.nodes[0]!.type === 'from'
    this.planned = fromData ? planScan(plan.nodes, !options.indexLimits) : null
    const rest = this.planned ? this.planned.rest : plan.nodes
    const input = this.planned ? this.planned.from.schema : []
    this.head = schedule ? this.routed(rest, input, schedule) : this.lowerWhole(rest, input)
  }

  private context(nowMillis: bigint): EvaluationContext {
    return { kernels: this.kernels, warnings: this.warnings, nowMillis, lookups: this.lookups }
  }

  private openSink(run: number | null): ResultSink {
    const sink = new ResultSink(this.schema)
    this.sinks.push({ run, sink })
    return sink
  }

  private lowerWhole(nodes: readonly PlanNode[], input: Schema): Operator {
    const sink = this.request.sink?.(this.schema) ?? this.openSink(null)
    this.whole = lowerNodes(nodes, input, this.context(this.request.nowMillis), sink, this.stages)
    return this.whole.head
  }

  /** Row-wise nodes once for all runs, then the router, then the rest once a run. */
  private routed(nodes: readonly PlanNode[], input: Schema, schedule: Schedule): Operator {
    const split = sharedPrefix(nodes)
    const shared = nodes.slice(0, split)
    const perRun = nodes.slice(split)
    const between = shared.reduce((schema, node) => outputSchema(node, schema), input)
    const runStages: StageCount[] = perRun.map((node) => ({ label: stageLabel(node), rows: 0 }))
    const router = new WindowRouter(schedule, (run) => {
      const now = BigInt(schedule.runAt(run).toMillis)
      return lowerNodes(perRun, between, this.context(now), this.openSink(run), runStages).head
    })
    const { head } = lowerNodes(shared, input, this.context(this.request.nowMillis), router, this.stages)
    this.stages.push(...runStages)
    return head
  }

  /** Takes the batches of the scan. */
  input(): BatchSink {
    return {
      push: (batch) => {
        this.scanned += batch.rowCount
        return this.head.push(batch)
      }
    }
  }

  warnMultiValues(index: number, drops: number): void {
    const { span, text } = warnedAs(this.planned!.pushed[index]!.condition)
    const site = this.warnings.site(span, text)
    for (let i = 0; i < Math.min(drops, 20); i++) site.add(MULTI_VALUE_TEXT)
  }

  offerPartial(partial: (rows: Batch, schema: Schema) => void): void {
    const aggregation = this.whole?.aggregation
    if (!aggregation || aggregation.operator.groupCount > PARTIAL_GROUPS || Date.now() - this.lastPartial < PARTIAL_MILLIS) return
    const sink = new ResultSink(this.schema)
    const silent: EvaluationContext = { ...this.context(this.request.nowMillis), warnings: new WarningCollector('') }
    const { head } = lowerNodes(aggregation.behind, aggregation.schema, silent, sink, [])
    const groups = aggregation.operator.groups()
    if (groups.rowCount > 0) head.push(groups)
    head.finish()
    head.close()
    partial(sink.result(), this.schema)
    this.lastPartial = Date.now()
  }

  /** ROW: one row of constants, no input. */
  runRows(): Executed {
    this.head.push({ rowCount: 1, columns: [], lineage: null })
    return this.finish([], false)
  }

  finish(inputs: InputReport[], cancelled: boolean): Executed {
    this.head.finish()
    const events = inputs.reduce((sum, input) => sum + input.events, 0)
    const runs = this.sinks.map(({ run, sink }) => ({ run, rows: sink.result() }))
    runs.sort((a, b) => (a.run ?? 0) - (b.run ?? 0))
    return {
      schema: this.schema,
      runs: this.request.schedule ? runs.filter(({ rows }) => rows.rowCount > 0) : runs,
      inputs,
      warnings: this.warnings.texts(),
      stages: this.planned ? this.scanStages(events) : mergeStages(this.stages),
      cancelled
    }
  }

  private scanStages(events: number): StageCount[] {
    const head: StageCount[] = [{ label: 'FROM', rows: events }]
    if (this.planned!.required.length > 0) head.push({ label: 'WHERE', rows: this.scanned })
    return mergeStages([...head, ...this.stages])
  }

  close(): void {
    this.head.close()
  }
}

/** Number of leading nodes that may run before rows are parted by window: row-wise and independent of NOW(). */
function sharedPrefix(nodes: readonly PlanNode[]): number {
  const at = nodes.findIndex(
    (node) => ['aggregate', 'inline-stats', 'sort', 'limit', 'limit-by'].includes(node.type) || nodeUsesNow(node)
  )
  return at < 0 ? nodes.length : at
}

/** Neighbours of one label are one stage; projections change no row count and are left out. */
function mergeStages(stages: readonly StageCount[]): StageCount[] {
  const merged: StageCount[] = []
  for (const stage of stages) {
    if (['KEEP', 'DROP', 'RENAME', 'EVAL'].includes(stage.label)) continue
    const last = merged.at(-1)
    if (last?.label === stage.label) last.rows = stage.rows
    else if (!(stage.label === 'STATS' && last?.label === 'STATS')) merged.push({ ...stage })
  }
  return merged
}
