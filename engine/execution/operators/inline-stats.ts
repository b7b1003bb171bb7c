/**
 * INLINE STATS: the rows as they came, each with the aggregates of its group.
 *
 * In:   batches, all of which are held until the last has come, since only then a group is known. Out: the same rows in the
 *       same order, the aggregates behind their columns.
 * Owns: the held rows (a RowStore, so only the columns that something behind reads), a group number a row, and the fold.
 * Holds: a null key is the null group. A row of several key values stays one row and gets the results of all its groups, one
 *        behind the other, as one multi-value. A row keeps its own events; those of its group are not added.
 */
import { type Batch, pushInBatches } from '../../data/batch.ts'
import { type Column, gather, gatherRuns } from '../../data/column.ts'
import type { Field, Schema } from '../../data/schema.ts'
import { type InlineStatsNode, outputSchema } from '../../plan/logical-plan.ts'
import { compileExpression, type EvaluationContext, type Evaluator } from '../evaluator.ts'
import { GroupFold } from '../group-fold.ts'
import { type Operator, PipeOperator } from '../operator.ts'
import { RowStore } from '../row-store.ts'

export class InlineStatsOperator extends PipeOperator {
  private readonly fold: GroupFold
  private readonly store: RowStore
  /** The groups of every row, row by row; `starts[i]` is where those of row i begin. */
  private groups = new Int32Array(1024)
  private starts = new Int32Array(1024)
  private groupEntries = 0
  private several = false
  /** Computed from the aggregates, group by group. */
  private readonly built: Evaluator[]
  private readonly picks: number[]

  constructor(node: InlineStatsNode, schema: Schema, context: EvaluationContext, next: Operator) {
    super(next)
    this.fold = new GroupFold(node, schema, context)
    this.store = new RowStore(schema, 'INLINE STATS')
    const groupSchema: Field[] = [
      ...node.aggregates.map(({ name, call }) => ({ name, type: call.dataType })),
      ...node.keys.map((name) => ({ name, type: schema.find((field) => field.name === name)!.type }))
    ]
    this.built = node.built.map(({ expression }) => compileExpression(expression, groupSchema, context))
    const computed = [...groupSchema, ...node.built.map(({ name, expression }) => ({ name, type: expression.dataType }))]
    this.picks = outputSchema(node, schema)
      .slice(schema.length)
      .map(({ name }) => computed.findLastIndex((field) => field.name === name))
  }

  push(batch: Batch): 'more' | 'done' {
    const { groups, keyRows } = this.fold.add(batch)
    this.keepGroups(groups, keyRows.rows, batch.rowCount)
    this.store.append(batch)
    return 'more'
  }

  private keepGroups(groups: Int32Array, rowOf: Int32Array | null, rowCount: number): void {
    const before = this.store.rowCount
    this.groups = grown(this.groups, this.groupEntries + groups.length)
    this.starts = grown(this.starts, before + rowCount + 1)
    this.groups.set(groups, this.groupEntries)
    if (rowOf === null) {
      for (let row = 0; row < rowCount; row++) this.starts[before + row] = this.groupEntries + row
    } else {
      this.several = true
      for (let i = groups.length - 1; i >= 0; i--) this.starts[before + rowOf[i]!] = this.groupEntries + i
    }
    this.groupEntries += groups.length
    this.starts[before + rowCount] = this.groupEntries
  }

  override finish(): void {
    const columns = this.groupColumns()
    const rows = this.store.toBatch()
    const groups = this.groups.subarray(0, this.groupEntries)
    const starts = this.starts.subarray(0, rows.rowCount + 1)
    const joined = columns.map((column) => (this.several ? gatherRuns(column, groups, starts) : gather(column, groups)))
    if (rows.rowCount > 0) pushInBatches({ ...rows, columns: [...rows.columns, ...joined] }, this.next)
    this.next.finish()
  }

  /** The output columns, one entry a group. */
  private groupColumns(): Column[] {
    const columns = [...this.fold.aggregateColumns(), ...this.fold.keyColumnsOfGroups()]
    const table: Batch = { rowCount: this.fold.groupCount, columns, lineage: null }
    const computed = [...columns, ...this.built.map((evaluate) => evaluate(table))]
    return this.picks.map((index) => computed[index]!)
  }

  override close(): void {
    this.fold.close()
    super.close()
  }
}

function grown(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= array.length) return array
  const larger = new Int32Array(Math.max(length, array.length * 2))
  larger.set(array)
  return larger
}
