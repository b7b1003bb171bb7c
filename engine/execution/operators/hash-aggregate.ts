/**
 * HashAggregate: groups rows by key columns and folds one state per aggregate.
 *
 * In:   batches. Out: one row per group, after finish().
 * Owns: the group table (kernel memory, given back at close) and the lineage of its groups.
 * Holds: group ids are dense and follow first appearance, so output order is stable. Without keys there is one group,
 *        also over no rows.
 */
import { type Batch, gatherBatch, pushInBatches } from '../../data/batch.ts'
import type { Column } from '../../data/column.ts'
import { fieldIndex, type Schema } from '../../data/schema.ts'
import type { Accumulator } from '../../functions/definition.ts'
import type { AggregateNode } from '../../plan/logical-plan.ts'
import { compileExpression, type EvaluationContext, type Evaluator } from '../evaluator.ts'
import { compileTruth } from '../evaluators/logical.ts'
import { GroupKeys } from '../group-keys.ts'
import { GroupLineage, GroupLineageStore } from '../group-lineage.ts'
import { GroupTable } from '../group-table.ts'
import { type Operator, PipeOperator } from '../operator.ts'

interface RunningAggregate {
  accumulator: Accumulator
  args: Evaluator[]
  filter: Evaluator | null
}

export class HashAggregateOperator extends PipeOperator {
  private readonly keyColumns: number[]
  private readonly keys: GroupKeys
  private readonly table: GroupTable | null
  private readonly aggregates: RunningAggregate[]
  private readonly lineage = new GroupLineageStore()
  private sawLineage = false

  constructor(node: AggregateNode, schema: Schema, context: EvaluationContext, next: Operator) {
    super(next)
    this.keyColumns = node.keys.map((name) => fieldIndex(schema, name))
    this.keys = new GroupKeys(this.keyColumns.map((index) => schema[index]!.type))
    this.table = node.keys.length > 0 ? new GroupTable(context.kernels, node.keys.length) : null
    this.aggregates = node.aggregates.map(({ call }) => {
      const site = context.warnings.site(call.span, call.text)
      const infos = call.args.map((arg) => ({
        type: arg.dataType,
        constant: arg.type === 'literal' ? arg.value : undefined,
        text: arg.text
      }))
      return {
        accumulator: call.function.create(call.params, infos, { ...context, warn: (text) => site.add(text) }),
        args: call.args.map((arg) => compileExpression(arg, schema, context)),
        filter: call.filter && compileTruth(call.filter, schema, context)
      }
    })
  }

  push(batch: Batch): 'more' | 'done' {
    const keyRows = this.keys.encode(
      this.keyColumns.map((index) => batch.columns[index]!),
      batch.rowCount
    )
    const groups = this.table ? this.table.insert(keyRows.words, keyRows.count) : new Int32Array(keyRows.count)
    const rows = keyRows.rows ? gatherBatch(batch, keyRows.rows) : batch
    for (const { accumulator, args, filter } of this.aggregates) {
      const taking = filter ? filteredGroups(groups, filter(rows)) : groups
      accumulator.add(
        taking,
        args.map((evaluate) => evaluate(rows)),
        rows.rowCount
      )
    }
    if (rows.lineage) this.keepLineage(groups, rows)
    return 'more'
  }

  private keepLineage(groups: Int32Array, rows: Batch): void {
    this.sawLineage = true
    for (let row = 0; row < rows.rowCount; row++) this.lineage.add(groups[row]!, rows.lineage!, row)
  }

  get groupCount(): number {
    return this.table ? this.table.groupCount : 1
  }

  /** One row per group as of now; may be asked for while input still comes. */
  groups(): Batch {
    const { groupCount } = this
    const columns: Column[] = this.aggregates.map(({ accumulator }) => accumulator.finish(groupCount))
    for (let key = 0; key < this.keys.width; key++) {
      columns.push(this.keys.decode(key, groupCount, (group) => this.table!.keyWords(group)))
    }
    const all = Int32Array.from({ length: groupCount }, (_, group) => group)
    return { rowCount: groupCount, columns, lineage: this.sawLineage ? new GroupLineage(this.lineage, all) : null }
  }

  override finish(): void {
    pushInBatches(this.groups(), this.next)
    this.next.finish()
  }

  override close(): void {
    this.table?.close()
    super.close()
  }
}

/** Groups with -1 where the aggregate's own condition is not true. */
function filteredGroups(groups: Int32Array, condition: Column): Int32Array {
  const { values, nulls } = condition
  return groups.map((group, row) => (values[row] === 1 && !nulls?.[row] ? group : -1))
}
