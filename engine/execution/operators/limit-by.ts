/**
 * LIMIT n BY keys: the first n rows of each key, in the order they came.
 *
 * Owns: a count a key, so memory grows with the number of keys and not of rows.
 * Holds: a key is a whole cell: a null is a key of its own, and [1, 2], [2, 1] and 1 are three (unlike STATS, which puts a
 *        row of several values into several groups).
 */
import { type Batch, gatherBatch } from '../../data/batch.ts'
import { type Column, firstIndex, valueAt, valueCount } from '../../data/column.ts'
import { type Operator, PipeOperator } from '../operator.ts'

export class LimitByOperator extends PipeOperator {
  private readonly taken = new Map<string, number>()

  constructor(
    private readonly count: number,
    private readonly keys: readonly number[],
    next: Operator
  ) {
    super(next)
  }

  push(batch: Batch): 'more' | 'done' {
    if (this.count === 0) return 'done'
    const columns = this.keys.map((index) => batch.columns[index]!)
    const rows: number[] = []
    for (let row = 0; row < batch.rowCount; row++) {
      let key = ''
      for (const column of columns) key += keyText(column, row)
      const taken = this.taken.get(key) ?? 0
      if (taken >= this.count) continue
      this.taken.set(key, taken + 1)
      rows.push(row)
    }
    if (rows.length === 0) return 'more'
    return this.next.push(rows.length === batch.rowCount ? batch : gatherBatch(batch, Int32Array.from(rows)))
  }
}

/** How many values, then each with its length: two cells have one text only when they are equal. */
function keyText(column: Column, row: number): string {
  const count = valueCount(column, row)
  const first = count === 0 ? 0 : firstIndex(column, row)
  let text = `${count};`
  for (let i = first; i < first + count; i++) {
    // Zero and minus zero are one key, as they are one double; their texts are equal.
    const value = String(valueAt(column, i))
    text += `${value.length}:${value}`
  }
  return text
}
