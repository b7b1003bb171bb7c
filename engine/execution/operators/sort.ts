/**
 * SORT: holds its input and emits it in order; with a limit it holds only the best rows (top n).
 *
 * A multi-value sorts by its minimum ascending, its maximum descending. Ties keep the order of arrival.
 */
import { BATCH_ROWS, type Batch, gatherBatch, pushInBatches } from '../../data/batch.ts'
import { cellAt, type Column, isValues } from '../../data/column.ts'
import type { Cell, Value } from '../../data/data-type.ts'
import type { Schema } from '../../data/schema.ts'
import type { BoundExpression } from '../../plan/expression.ts'
import { valueComparator as comparatorFor } from '../../functions/comparison.ts'
import { compileExpression, type EvaluationContext, type Evaluator } from '../evaluator.ts'
import { type Operator, PipeOperator } from '../operator.ts'
import { RowStore } from '../row-store.ts'

export interface SortKeySpec {
  expression: BoundExpression
  descending: boolean
  nullsFirst: boolean
}

export class SortOperator extends PipeOperator {
  private store: RowStore
  private readonly evaluators: Evaluator[]

  constructor(
    private readonly keys: readonly SortKeySpec[],
    private readonly schema: Schema,
    context: EvaluationContext,
    /** Rows wanted at most; null for all. */
    private readonly limit: number | null,
    next: Operator
  ) {
    super(next)
    this.store = new RowStore(schema)
    this.evaluators = keys.map(({ expression }) => compileExpression(expression, schema, context))
  }

  push(batch: Batch): 'more' | 'done' {
    this.store.append(batch)
    if (this.limit !== null && this.store.rowCount > Math.max(2 * this.limit, 4 * BATCH_ROWS)) {
      const best = this.sorted(this.limit)
      this.store = new RowStore(this.schema)
      this.store.append(best)
    }
    return 'more'
  }

  override finish(): void {
    pushInBatches(this.sorted(this.limit ?? this.store.rowCount), this.next)
    this.next.finish()
  }

  private sorted(count: number): Batch {
    const batch = this.store.toBatch()
    const keys = this.keys.map((key, i) => sortCells(this.evaluators[i]!(batch), key.descending))
    const compare = this.keys.map((key) => rowOrder(key))
    const rows = Int32Array.from({ length: batch.rowCount }, (_, row) => row)
    rows.sort((a, b) => {
      for (let i = 0; i < keys.length; i++) {
        const order = compare[i]!(keys[i]![a]!, keys[i]![b]!)
        if (order !== 0) return order
      }
      return a - b
    })
    return gatherBatch(batch, rows.subarray(0, count))
  }
}

function rowOrder({ expression, descending, nullsFirst }: SortKeySpec): (a: Cell, b: Cell) => number {
  const compare = comparatorFor(expression.dataType)
  const nullSide = nullsFirst ? -1 : 1
  return (a, b) => {
    if (a === null || b === null) return a === b ? 0 : a === null ? nullSide : -nullSide
    return descending ? compare(b as Value, a as Value) : compare(a as Value, b as Value)
  }
}

/** The value each row sorts by. */
function sortCells(column: Column, descending: boolean): Cell[] {
  const compare = comparatorFor(column.type)
  return Array.from({ length: column.rowCount }, (_, row) => {
    const cell = cellAt(column, row)
    if (cell === null || !isValues(cell)) return cell
    return cell.reduce((best, value) => (compare(value, best) < 0 !== descending ? value : best))
  })
}
