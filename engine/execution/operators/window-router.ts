/**
 * WindowRouter: one scan for all runs of a schedule.
 *
 * Each row goes to every run whose window [from, to] holds its time; each run has its own copy of the rest of the pipe,
 * made when its first row arrives. Runs are known by an index into the schedule.
 */
import { assert } from '../../base/assert.ts'
import { type Batch, gatherBatch } from '../../data/batch.ts'
import { EventLineage } from '../../data/lineage.ts'
import type { Operator } from '../operator.ts'

export interface WindowAssignment {
  /** First and last index (inclusive) of the runs that a time belongs to; null when none does. */
  runsContaining(millis: number): { first: number; last: number } | null
}

export class WindowRouter implements Operator {
  private readonly pipes = new Map<number, Operator>()

  constructor(
    private readonly windows: WindowAssignment,
    private readonly openRun: (run: number) => Operator
  ) {}

  push(batch: Batch): 'more' | 'done' {
    const { lineage } = batch
    assert(lineage instanceof EventLineage, 'runs are parted before any aggregation')
    const rowsOf = new Map<number, number[]>()
    for (let row = 0; row < batch.rowCount; row++) {
      const millis = lineage.windowMillis(row)
      const runs = millis === null ? null : this.windows.runsContaining(millis)
      if (!runs) continue
      for (let run = runs.first; run <= runs.last; run++) {
        const rows = rowsOf.get(run)
        if (rows) rows.push(row)
        else rowsOf.set(run, [row])
      }
    }
    for (const [run, rows] of rowsOf) {
      this.pipe(run).push(rows.length === batch.rowCount ? batch : gatherBatch(batch, Int32Array.from(rows)))
    }
    return 'more'
  }

  private pipe(run: number): Operator {
    let pipe = this.pipes.get(run)
    if (!pipe) {
      pipe = this.openRun(run)
      this.pipes.set(run, pipe)
    }
    return pipe
  }

  finish(): void {
    for (const pipe of this.pipes.values()) pipe.finish()
  }

  close(): void {
    for (const pipe of this.pipes.values()) pipe.close()
  }
}
