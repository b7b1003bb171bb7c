/** MV_EXPAND: one row per value, the other columns copied; a null stays one row. */
import { BATCH_ROWS, type Batch, gatherBatch } from '../../data/batch.ts'
import { type Column, valueCount } from '../../data/column.ts'
import { type Operator, PipeOperator } from '../operator.ts'

export class MvExpandOperator extends PipeOperator {
  constructor(
    private readonly column: number,
    next: Operator
  ) {
    super(next)
  }

  push(batch: Batch): 'more' | 'done' {
    const expanded = batch.columns[this.column]!
    if (!hasMultiValues(expanded)) return this.next.push(batch)
    let rows: number[] = []
    let values: number[] = []
    for (let row = 0; row < batch.rowCount; row++) {
      const count = valueCount(expanded, row)
      const first = expanded.offsets![row]!
      for (let i = 0; i < Math.max(1, count); i++) {
        rows.push(row)
        values.push(count === 0 ? -1 : first + i)
        if (rows.length === BATCH_ROWS) {
          if (this.emit(batch, rows, values) === 'done') return 'done'
          rows = []
          values = []
        }
      }
    }
    return rows.length > 0 ? this.emit(batch, rows, values) : 'more'
  }

  private emit(batch: Batch, rows: readonly number[], values: readonly number[]): 'more' | 'done' {
    const copied = gatherBatch(batch, Int32Array.from(rows))
    const columns = copied.columns.slice()
    columns[this.column] = pickValues(batch.columns[this.column]!, values)
    return this.next.push({ ...copied, columns })
  }
}

function hasMultiValues(column: Column): boolean {
  const { offsets, rowCount } = column
  if (!offsets) return false
  for (let row = 0; row < rowCount; row++) if (offsets[row + 1]! - offsets[row]! > 1) return true
  return false
}

/** Single-valued column from flat value indexes; -1 is null. */
function pickValues(column: Column, indexes: readonly number[]): Column {
  const Values = column.values.constructor as { new (length: number): typeof column.values }
  const values = new Values(indexes.length)
  const nulls = new Uint8Array(indexes.length)
  for (let i = 0; i < indexes.length; i++) {
    if (indexes[i]! < 0) nulls[i] = 1
    else values[i] = column.values[indexes[i]!]!
  }
  return { ...column, rowCount: indexes.length, values, nulls: nulls.includes(1) ? nulls : null, offsets: null }
}
