/** Operator: a stage of the running pipe. It knows its successor and nothing of its neighbours' insides. */
import type { Batch } from '../data/batch.ts'

export interface Operator {
  /** Takes a batch; `done` tells the source that nothing more is wanted (LIMIT). */
  push(batch: Batch): 'more' | 'done'
  /** No more input: emit what is held, then finish the successor. Called once. */
  finish(): void
  /** Gives memory back, whatever happened. */
  close(): void
}

/** What every operator with a successor shares. */
export abstract class PipeOperator implements Operator {
  constructor(protected readonly next: Operator) {}

  abstract push(batch: Batch): 'more' | 'done'

  finish(): void {
    this.next.finish()
  }

  close(): void {
    this.next.close()
  }
}

/** Takes everything and does nothing: the end of a pipe whose rows nobody wants. */
export const nullOperator: Operator = { push: () => 'more', finish: () => {}, close: () => {} }
