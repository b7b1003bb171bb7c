/**
 * LOOKUP JOIN: every row once for each row of the table that matches it, and once with nulls when none does.
 *
 * Holds: rows come in their order, the matches of one in the order of the table. A null never matches; a row of several
 *        values in a key matches nothing and warns. A row keeps its own events.
 */
import { BATCH_ROWS, type Batch, gatherBatch } from '../../data/batch.ts'
import { type Column, gather, gatherRuns, valueCount } from '../../data/column.ts'
import { fieldIndex, type Schema } from '../../data/schema.ts'
import { columnsOf } from '../../plan/expression.ts'
import { LOOKUP_PREFIX, type LookupJoinNode } from '../../plan/logical-plan.ts'
import type { EvaluationContext, Evaluator } from '../evaluator.ts'
import { compileTruth } from '../evaluators/logical.ts'
import { keyTexts, type LookupTable } from '../lookup-table.ts'
import { type Operator, PipeOperator } from '../operator.ts'
import type { WarningSite } from '../warnings.ts'

const MULTI_VALUE_KEY = 'java.lang.IllegalArgumentException: LOOKUP JOIN encountered multi-value'

/** Rows of the batch and of the table beside each other; -1 is no row of the table. */
interface Pairs {
  left: number[]
  right: number[]
}

export class LookupJoinOperator extends PipeOperator {
  private readonly keyColumns: number[]
  private readonly find: ((texts: readonly string[]) => readonly number[]) | null
  private readonly all: readonly number[]
  private readonly kept: number[]
  private readonly added: Column[]
  private readonly condition: Evaluator | null = null
  private readonly conditionColumns: Column[] = []
  private readonly site: WarningSite

  constructor(node: LookupJoinNode, input: Schema, table: LookupTable, context: EvaluationContext, next: Operator) {
    super(next)
    this.keyColumns = node.keys.map(({ left }) => fieldIndex(input, left))
    this.find = node.keys.length > 0 ? table.finder(node.keys.map(({ right }) => right)) : null
    this.all = this.find ? [] : Array.from({ length: table.rows.rowCount }, (_, row) => row)
    const replaced = new Set(node.fields.map(({ name }) => name))
    this.kept = input.flatMap(({ name }, index) => (replaced.has(name) ? [] : [index]))
    this.added = node.fields.map(({ from }) => table.column(from))
    this.site = context.warnings.site(node.span, node.text)
    if (node.condition) {
      const own = [...columnsOf(node.condition)].filter((name) => name.startsWith(LOOKUP_PREFIX))
      this.conditionColumns = own.map((name) => table.column(name.slice(LOOKUP_PREFIX.length)))
      const fields = own.map((name, i) => ({ name, type: this.conditionColumns[i]!.type }))
      this.condition = compileTruth(node.condition, [...input, ...fields], context)
    }
  }

  push(batch: Batch): 'more' | 'done' {
    let pairs: Pairs = { left: [], right: [] }
    for (let row = 0; row < batch.rowCount; row++) {
      const matches = this.matches(batch, row)
      if (matches.length === 0) addPair(pairs, row, -1)
      for (const match of matches) {
        addPair(pairs, row, match)
        if (pairs.left.length < BATCH_ROWS) continue
        if (this.emit(batch, pairs) === 'done') return 'done'
        pairs = { left: [], right: [] }
      }
    }
    return pairs.left.length > 0 ? this.emit(batch, pairs) : 'more'
  }

  private matches(batch: Batch, row: number): readonly number[] {
    const texts: string[] = []
    for (const index of this.keyColumns) {
      const column = batch.columns[index]!
      const count = valueCount(column, row)
      if (count > 1) this.site.add(MULTI_VALUE_KEY)
      if (count !== 1) return []
      texts.push(keyTexts(column, row)[0]!)
    }
    const found = this.find ? this.find(texts) : this.all
    return this.condition && found.length > 0 ? this.holding(batch, row, found) : found
  }

  /** The matches for which the rest of the condition holds, looked at a batch at a time. */
  private holding(batch: Batch, row: number, found: readonly number[]): number[] {
    const held: number[] = []
    for (let first = 0; first < found.length; first += BATCH_ROWS) {
      const right = Int32Array.from(found.slice(first, first + BATCH_ROWS))
      const rows = gatherBatch(batch, new Int32Array(right.length).fill(row))
      const columns = [...rows.columns, ...this.conditionColumns.map((column) => gather(column, right))]
      const { values, nulls } = this.condition!({ ...rows, columns })
      for (let i = 0; i < right.length; i++) if (values[i] === 1 && !nulls?.[i]) held.push(right[i]!)
    }
    return held
  }

  private emit(batch: Batch, { left, right }: Pairs): 'more' | 'done' {
    const rows = Int32Array.from(left)
    const items = Int32Array.from(right.filter((row) => row >= 0))
    const starts = new Int32Array(left.length + 1)
    for (let i = 0; i < right.length; i++) starts[i + 1] = starts[i]! + (right[i]! >= 0 ? 1 : 0)
    return this.next.push({
      rowCount: left.length,
      columns: [
        ...this.kept.map((index) => gather(batch.columns[index]!, rows)),
        ...this.added.map((column) => gatherRuns(column, items, starts))
      ],
      lineage: batch.lineage && batch.lineage.gather(rows)
    })
  }
}

function addPair(pairs: Pairs, left: number, right: number): void {
  pairs.left.push(left)
  pairs.right.push(right)
}
