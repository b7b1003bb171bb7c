/**
 * InputScanner: one scan over all loaded inputs, in order, with progress and cancel. Each input costs itself only: one
 * that ends in damage is reported and the next is read.
 */
import type { Batch } from '../data/batch.ts'
import type { Schema } from '../data/schema.ts'
import type { FromNode } from '../plan/logical-plan.ts'
import type { OpenedInput } from '../source/open-input.ts'
import { openRecordReader } from '../source/readers/open-record-reader.ts'
import { createJsonScanner } from '../source/scan/json-scanner.ts'
import { scanInput } from '../source/scan-source.ts'
import type { InputReport, ScanConjunct, ScanProgress } from '../source/scan-request.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { FACT_FIELDS } from './scan-planning.ts'

export interface ScanOptions {
  indexLimits: boolean
  sourceOrder: boolean
  /** Only events between these times (epoch milliseconds, both included); null for no bound. */
  fromMillis: number | null
  toMillis: number | null
}

export const DEFAULT_SCAN: ScanOptions = { indexLimits: false, sourceOrder: false, fromMillis: null, toMillis: null }

export interface ScanJob {
  from: Pick<FromNode, 'patterns' | 'schema'>
  required: readonly ScanConjunct[]
  options: ScanOptions
}

export interface ScanOutcome {
  inputs: InputReport[]
  /** Per required conjunct: rows dropped because the field had several values. */
  multiValueDrops: number[]
  cancelled: boolean
}

/** FROM's columns and, behind them, the fact columns it does not have yet. */
export function scanColumns(schema: Schema): Schema {
  const have = new Set(schema.map(({ name }) => name))
  return [...schema, ...FACT_FIELDS.filter(({ name }) => !have.has(name))]
}

export class InputScanner {
  constructor(
    private readonly inputs: readonly OpenedInput[],
    private readonly signal: { readonly aborted: boolean }
  ) {}

  /** Reads every input into `sink`. */
  async scan(
    job: ScanJob,
    sink: { push(batch: Batch): 'more' | 'done' },
    kernels: Kernels,
    onProgress: (progress: ScanProgress) => void
  ): Promise<ScanOutcome> {
    const total = this.inputs.reduce<number | null>((sum, input) => (sum === null ? null : sum + input.byteLength), 0)
    const outcome: ScanOutcome = { inputs: [], multiValueDrops: job.required.map(() => 0), cancelled: false }
    const request = {
      columns: scanColumns(job.from.schema),
      required: job.required,
      indexPatterns: job.from.patterns,
      indexLimits: job.options.indexLimits,
      sourceOrder: job.options.sourceOrder
    }
    let stopped = false
    const guarded = {
      push: (batch: Batch): 'more' | 'done' => {
        if (!stopped && sink.push(batch) === 'done') stopped = true
        return stopped ? 'done' : 'more'
      }
    }
    let before = { bytes: 0, events: 0, rows: 0 }
    for (const [file, input] of this.inputs.entries()) {
      if (stopped || this.signal.aborted) break
      const report = await scanInput(
        input,
        file,
        request,
        {
          createScanner: (plan) => createJsonScanner(kernels, plan),
          openRecordReader,
          signal: this.signal,
          onProgress: (progress) =>
            onProgress({
              bytesRead: before.bytes + progress.bytesRead,
              bytesTotal: total,
              events: before.events + progress.events,
              rows: before.rows + progress.rows
            })
        },
        guarded
      )
      outcome.inputs.push(report)
      for (const [index, drops] of (report.multiValueDrops ?? []).entries()) outcome.multiValueDrops[index]! += drops
      before = { bytes: before.bytes + input.byteLength, events: before.events + report.events, rows: before.rows }
    }
    outcome.cancelled = this.signal.aborted
    return outcome
  }
}
