/**
 * SharedPipe: one rule among those that share a scan.
 *
 * In:   batches of the columns of all rules. Out: what executePlan would have given for this rule alone: the rows of its
 *       indexes that fulfil what its own scan would have required go on as a batch of its own columns.
 * Holds: whatever is thrown in here ends this rule only; `failure` says why and its operators are closed at once.
 */
import { type Batch, gatherBatch } from '../data/batch.ts'
import { nullColumn } from '../data/column.ts'
import type { Schema } from '../data/schema.ts'
import type { InputReport } from '../source/scan-request.ts'
import type { Executed, RunningPipe } from './execute.ts'
import type { RequiredConditions } from './shared-conditions.ts'
import type { IndexGroup } from './shared-indexes.ts'

/** What a pipe takes of the shared batches. */
export interface SharedInput {
  index: IndexGroup
  conditions: RequiredConditions
  /** For each column of the rule its place in the shared batch; -1 for one that no event can have. */
  picks: readonly number[]
  schema: Schema
}

export class SharedPipe {
  failure: unknown = null
  /** The rule wants nothing more: it failed, or a LIMIT is reached. */
  done = false
  private closed = false

  constructor(
    private readonly pipe: RunningPipe,
    /** Null for a rule that gets no event: its pipe only ends. */
    private readonly input: SharedInput | null
  ) {}

  /** Events of an index that the rule's FROM names. */
  get matched(): number {
    return this.input?.index.matched ?? 0
  }

  /** Takes the rule's share of a batch; `indexNames` is the batch's index column. */
  push(batch: Batch, indexNames: Batch['columns'][number]): void {
    if (this.done || !this.input) return
    const { input } = this
    const { index, conditions } = input
    const ofIndex = index.select(batch, indexNames)
    if (ofIndex?.length === 0) return
    const rows = conditions.select(batch, ofIndex)
    if (rows?.length === 0) return
    this.guard(() => {
      if (this.pipe.input().push(ownBatch(input, batch, rows)) === 'done') this.done = true
    })
  }

  /** The rule's result, or null when it failed. */
  finish(inputs: InputReport[], cancelled: boolean): Executed | null {
    if (this.failure !== null) return null
    let executed: Executed | null = null
    this.guard(() => {
      for (const [index, drops] of this.input?.conditions.multiValueDrops.entries() ?? []) this.pipe.warnMultiValues(index, drops)
      executed = this.pipe.finish(inputs, cancelled)
    })
    return executed
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    this.pipe.close()
  }

  private guard(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.failure = error
      this.done = true
      this.close()
    }
  }
}

/** The rule's own columns of the rows. */
function ownBatch({ picks, schema }: SharedInput, batch: Batch, rows: Int32Array | null): Batch {
  const columns = picks.map((at, i) => (at < 0 ? nullColumn(schema[i]!.type, batch.rowCount) : batch.columns[at]!))
  const own = { rowCount: batch.rowCount, columns, lineage: batch.lineage }
  return rows === null ? own : gatherBatch(own, rows)
}
