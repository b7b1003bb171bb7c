/**
 * InputScanner: one scan over all loaded inputs, in order, with progress and cancel. Each input costs itself only: one
 * that ends in damage is reported and the next is read.
 */
import type { FromNode } from '../plan/logical-plan.ts'
import type { OpenedInput } from '../source/open-input.ts'
import { openRecordReader } from '../source/readers/open-record-reader.ts'
import { createJsonScanner } from '../source/scan/json-scanner.ts'
import type { FieldTypes } from '../source/field-types.ts'
import { SeenIds } from '../source/seen-ids.ts'
import { scanInput } from '../source/scan-source.ts'
import type { BatchSink, InputReport, ScanConjunct, ScanProgress } from '../source/scan-request.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { factSink, type TimeBounds, withFactColumns } from './fact-columns.ts'

export interface ScanOptions extends TimeBounds {
  indexLimits: boolean
  sourceOrder: boolean
}

export const DEFAULT_SCAN: ScanOptions = { indexLimits: false, sourceOrder: false, fromMillis: null, toMillis: null }

export interface ScanJob {
  from: Pick<FromNode, 'patterns' | 'schema'>
  required: readonly ScanConjunct[]
  options: ScanOptions
  /** See ScanRequest. */
  deferred?: boolean
}

export interface ScanOutcome {
  inputs: InputReport[]
  /** Per required conjunct: rows dropped because the field had several values. */
  multiValueDrops: number[]
  cancelled: boolean
}

/** An input; given mappings bring the name and the types of its index. */
export type ScannerInput = OpenedInput & { indexName?: string; fieldTypes?: FieldTypes }

export class InputScanner {
  constructor(
    private readonly inputs: readonly ScannerInput[],
    private readonly signal: { readonly aborted: boolean },
    /** Types of a given mapping; null for the field table. */
    private readonly fieldTypes: FieldTypes | null = null
  ) {}

  /** Reads every input into `sink`. */
  async scan(
    job: ScanJob,
    sink: BatchSink,
    kernels: Kernels,
    onProgress: (progress: ScanProgress) => void
  ): Promise<ScanOutcome> {
    const total = decompressedTotal(this.inputs)
    const outcome: ScanOutcome = { inputs: [], multiValueDrops: job.required.map(() => 0), cancelled: false }
    const request = {
      columns: withFactColumns(job.from.schema),
      required: job.required,
      indexPatterns: job.from.patterns,
      indexLimits: job.options.indexLimits,
      sourceOrder: job.options.sourceOrder,
      ...(job.deferred && { deferred: true })
    }
    let stopped = false
    const guarded = factSink(
      job.from.schema,
      job.options,
      {
        push: (batch) => {
          if (!stopped && sink.push(batch) === 'done') stopped = true
          return stopped ? 'done' : 'more'
        }
      },
      job.deferred
    )
    const seenIds = new SeenIds()
    let before: Omit<ScanProgress, 'bytesTotal'> = { bytesRead: 0, events: 0, rows: 0 }
    for (const [file, input] of this.inputs.entries()) {
      if (stopped || this.signal.aborted) break
      let now = before
      const report = await scanInput(
        input,
        file,
        request,
        {
          createScanner: (plan) => createJsonScanner(kernels, plan),
          openRecordReader,
          signal: this.signal,
          seenIds,
          ...((input.fieldTypes ?? this.fieldTypes) && { fieldTypes: (input.fieldTypes ?? this.fieldTypes)! }),
          onProgress: (progress) => {
            now = sumOf(before, progress)
            onProgress({ ...now, bytesTotal: total })
          }
        },
        guarded
      )
      before = now
      outcome.inputs.push(report)
      for (const [index, drops] of (report.multiValueDrops ?? []).entries()) outcome.multiValueDrops[index]! += drops
    }
    outcome.cancelled = this.signal.aborted
    return outcome
  }
}

/** Bytes there are to read, decompressed as they are counted; null when some input does not tell. */
export function decompressedTotal(inputs: readonly OpenedInput[]): number | null {
  let total = 0
  for (const { detection, contentLength } of inputs) {
    if (detection === null) continue
    if (contentLength === null) return null
    total += contentLength
  }
  return total
}

function sumOf(before: Omit<ScanProgress, 'bytesTotal'>, progress: ScanProgress): Omit<ScanProgress, 'bytesTotal'> {
  return {
    bytesRead: before.bytesRead + progress.bytesRead,
    events: before.events + progress.events,
    rows: before.rows + progress.rows
  }
}
