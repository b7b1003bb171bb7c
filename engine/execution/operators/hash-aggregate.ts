/**
 * HashAggregate (STATS): groups rows by key columns and folds one state per aggregate.
 *
 * In:   batches. Out: one row per group, after finish().
 * Owns: the fold (its group table is given back at close) and the lineage of its groups.
 */
import { type Batch, pushInBatches } from '../../data/batch.ts'
import type { Schema } from '../../data/schema.ts'
import type { AggregateNode } from '../../plan/logical-plan.ts'
import type { EvaluationContext } from '../evaluator.ts'
import { GroupFold } from '../group-fold.ts'
import { GroupLineage, GroupLineageStore } from '../group-lineage.ts'
import { type Operator, PipeOperator } from '../operator.ts'

export class HashAggregateOperator extends PipeOperator {
  private readonly fold: GroupFold
  private readonly lineage = new GroupLineageStore()
  private sawLineage = false

  constructor(node: AggregateNode, schema: Schema, context: EvaluationContext, next: Operator) {
    super(next)
    this.fold = new GroupFold(node, schema, context)
  }

  push(batch: Batch): 'more' | 'done' {
    const { groups, rows } = this.fold.add(batch)
    if (rows.lineage) this.keepLineage(groups, rows)
    return 'more'
  }

  private keepLineage(groups: Int32Array, rows: Batch): void {
    this.sawLineage = true
    for (let row = 0; row < rows.rowCount; row++) this.lineage.add(groups[row]!, rows.lineage!, row)
  }

  get groupCount(): number {
    return this.fold.groupCount
  }

  /** One row per group as of now; may be asked for while input still comes. */
  groups(): Batch {
    const { groupCount } = this
    const columns = [...this.fold.aggregateColumns(), ...this.fold.keyColumnsOfGroups()]
    const all = Int32Array.from({ length: groupCount }, (_, group) => group)
    return { rowCount: groupCount, columns, lineage: this.sawLineage ? new GroupLineage(this.lineage, all) : null }
  }

  override finish(): void {
    pushInBatches(this.groups(), this.next)
    this.next.finish()
  }

  override close(): void {
    this.fold.close()
    super.close()
  }
}
