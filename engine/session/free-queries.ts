/** Free ES|QL over all inputs: with its rows as an answer, held for the query view, or briefly while a query is written. */
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { HELD_LIMITS, type HeldLimits, HeldRows } from '../execution/held-rows.ts'
import { resultSchema } from '../plan/logical-plan.ts'
import type { OpenedInput } from '../source/open-input.ts'
import { CancelledError } from './cancelled.ts'
import { cellRows } from './cells.ts'
import { type Executed, executePlan, type ExecuteRequest } from './execute.ts'
import { sourcesOf } from './findings.ts'
import type { HeldResults } from './held-results.ts'
import { DEFAULT_SCAN, InputScanner } from './input-scanner.ts'
import type { Jobs } from './jobs.ts'
import type { PreparedQuery } from './prepare.ts'
import { scanOptions, timeOption } from './rule-run.ts'
import type * as api from './types.ts'

/** LIMIT of free queries that have none, as in Elasticsearch. */
export const IMPLICIT_LIMIT = 1000

interface FreeQueryParts {
  inputs(): readonly OpenedInput[]
  prepare(text: string, implicitLimit: number | null): Promise<PreparedQuery>
  createKernels(): Kernels
  jobs: Jobs
  /** Where rows are held, and how many of them. */
  results: HeldResults
  heldLimits?: HeldLimits | undefined
}
export interface ProgressHandler {
  progress(progress: api.RunProgress): void
}
/** What of a run's request a free query has. */
export type QueryRequest = Omit<api.RunRequest, 'ruleKey' | 'mode'>

export class FreeQueries {
  constructor(private readonly parts: FreeQueryParts) {}

  /** Runs a query and answers all its rows; throws CancelledError. */
  async run(text: string, handlers: ProgressHandler, request: QueryRequest): Promise<api.QueryResult> {
    const started = Date.now()
    const prepared = await this.parts.prepare(text, IMPLICIT_LIMIT)
    const executed = await this.execute(text, prepared, request, { started, handlers })
    const { rows } = executed.runs[0]!
    return {
      columns: [...executed.schema],
      values: cellRows(rows),
      sources: Array.from({ length: rows.rowCount }, (_, row) => sourcesOf(rows.lineage, row)),
      ...said(prepared, executed),
      elapsedMillis: Date.now() - started
    }
  }

  /** Runs a query and keeps its rows here. An earlier result is let go first; throws CancelledError. */
  async hold(text: string, { limited, ...request }: api.HeldRequest, handlers: ProgressHandler): Promise<api.HeldResult> {
    const started = Date.now()
    const { results, heldLimits: limits = HELD_LIMITS } = this.parts
    const prepared = await this.parts.prepare(text, limited ? IMPLICIT_LIMIT : null)
    const rows = new HeldRows(resultSchema(prepared.plan), limits)
    results.clear()
    const executed = await this.execute(text, prepared, request, { started, handlers, rows })
    return {
      resultKey: results.add(rows),
      columns: executed.schema.map((field, i) => ({ ...field, multi: rows.isMulti(i) })),
      rowCount: rows.rowCount,
      heldBytes: rows.byteLength,
      cut: rows.cut && { by: rows.cut, limit: limits[rows.cut] },
      stages: executed.stages,
      ...said(prepared, executed),
      elapsedMillis: Date.now() - started
    }
  }

  private execute(
    text: string,
    { plan, lookups }: PreparedQuery,
    request: QueryRequest,
    { started, handlers, rows }: { started: number; handlers: ProgressHandler; rows?: HeldRows }
  ): Promise<Executed> {
    const execution: ExecuteRequest = {
      text,
      plan,
      lookups,
      nowMillis: BigInt(request.now === undefined ? started : timeOption('now', request.now)),
      schedule: null,
      options: scanOptions(request),
      ...(rows && { sink: () => rows })
    }
    const { inputs, jobs, createKernels } = this.parts
    return jobs.run(async (signal) => {
      const executed = await executePlan(execution, new InputScanner(inputs(), signal), createKernels(), {
        progress: (at) => handlers.progress({ ...at, stage: 'reading', elapsedMillis: Date.now() - started })
      })
      if (executed.cancelled) throw new CancelledError()
      return executed
    })
  }

  /** A query that ends after some time with what it has by then. */
  async briefly(text: string, millis: number) {
    const { inputs, prepare, jobs, createKernels } = this.parts
    const { plan } = await prepare(text, null)
    return jobs.run(async (signal) => {
      const until = Date.now() + millis
      const brief = {
        get aborted() {
          return signal.aborted || Date.now() > until
        }
      }
      const executed = await executePlan(
        { text, plan, nowMillis: 0n, schedule: null, options: DEFAULT_SCAN },
        new InputScanner(inputs(), brief),
        createKernels(),
        { progress: () => undefined }
      )
      const events = executed.inputs.reduce((sum, input) => sum + input.events, 0)
      return { values: cellRows(executed.runs[0]!.rows), events, complete: !executed.cancelled }
    })
  }
}

/** What is said beside the rows. */
const said = (prepared: PreparedQuery, executed: Executed) => ({
  warnings: [...prepared.warnings, ...executed.warnings],
  notes: [...prepared.notes, ...executed.inputs.flatMap(({ notes }) => notes)],
  ...(prepared.notRun && { notRun: prepared.notRun }),
  inputs: executed.inputs
})
