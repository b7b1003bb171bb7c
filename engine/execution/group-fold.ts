/**
 * GroupFold: the heart of STATS and INLINE STATS. Rows in, groups found by their keys, one state per aggregate folded.
 *
 * Owns: the group table (kernel memory, given back at close).
 * Holds: group numbers are dense and follow first appearance, so output order is stable. Without keys there is one group,
 *        also over no rows.
 */
import { type Batch, gatherBatch } from '../data/batch.ts'
import type { Column } from '../data/column.ts'
import { fieldIndex, type Schema } from '../data/schema.ts'
import type { Accumulator } from '../functions/definition.ts'
import type { BoundAggregate } from '../plan/expression.ts'
import { compileExpression, type EvaluationContext, type Evaluator } from './evaluator.ts'
import { compileTruth } from './evaluators/logical.ts'
import { GroupKeys, type KeyRows } from './group-keys.ts'
import { GroupTable } from './group-table.ts'

interface RunningAggregate {
  accumulator: Accumulator
  args: Evaluator[]
  filter: Evaluator | null
}

/** Where the rows of a batch went: entry i of `groups` belongs to entry i of `keyRows`. */
export interface FoldedRows {
  groups: Int32Array
  keyRows: KeyRows
  /** The batch with a row of several key values repeated, one row an entry. */
  rows: Batch
}

export class GroupFold {
  private readonly keyColumns: number[]
  private readonly keys: GroupKeys
  private readonly table: GroupTable | null
  private readonly aggregates: RunningAggregate[]

  constructor(
    node: { keys: readonly string[]; aggregates: readonly { call: BoundAggregate }[] },
    schema: Schema,
    context: EvaluationContext
  ) {
    this.keyColumns = node.keys.map((name) => fieldIndex(schema, name))
    this.keys = new GroupKeys(this.keyColumns.map((index) => schema[index]!.type))
    this.table = node.keys.length > 0 ? new GroupTable(context.kernels, node.keys.length) : null
    this.aggregates = node.aggregates.map(({ call }) => runningAggregate(call, schema, context))
  }

  /** Takes the rows of a batch into their groups. */
  add(batch: Batch): FoldedRows {
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
    return { groups, keyRows, rows }
  }

  get groupCount(): number {
    return this.table ? this.table.groupCount : 1
  }

  /** The aggregates of all groups as of now; may be asked for while input still comes. */
  aggregateColumns(): Column[] {
    const { groupCount } = this
    return this.aggregates.map(({ accumulator }) => accumulator.finish(groupCount))
  }

  /** The keys of all groups. */
  keyColumnsOfGroups(): Column[] {
    return this.keyColumns.map((_, key) => this.keys.decode(key, this.groupCount, (group) => this.table!.keyWords(group)))
  }

  close(): void {
    this.table?.close()
  }
}

function runningAggregate(call: BoundAggregate, schema: Schema, context: EvaluationContext): RunningAggregate {
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
}

/** Groups with -1 where the aggregate's own condition is not true. */
function filteredGroups(groups: Int32Array, condition: Column): Int32Array {
  const { values, nulls } = condition
  return groups.map((group, row) => (values[row] === 1 && !nulls?.[row] ? group : -1))
}
