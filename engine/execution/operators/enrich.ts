/**
 * ENRICH: every row gets the fields of the table's rows that match one of its values; several matches give multi-values, in
 * the order of the table. No match: nulls.
 */
import type { Batch } from '../../data/batch.ts'
import { type Column, gatherRuns } from '../../data/column.ts'
import { fieldIndex, type Schema } from '../../data/schema.ts'
import type { EnrichNode } from '../../plan/logical-plan.ts'
import { keyTexts, type LookupTable } from '../lookup-table.ts'
import { type Operator, PipeOperator } from '../operator.ts'

export class EnrichOperator extends PipeOperator {
  private readonly key: number
  private readonly find: (texts: readonly string[]) => readonly number[]
  private readonly kept: number[]
  private readonly added: Column[]

  constructor(node: EnrichNode, input: Schema, table: LookupTable, next: Operator) {
    super(next)
    const { left, right } = node.keys[0]!
    this.key = fieldIndex(input, left)
    this.find = table.finder([right])
    const replaced = new Set(node.fields.map(({ name }) => name))
    this.kept = input.flatMap(({ name }, index) => (replaced.has(name) ? [] : [index]))
    this.added = node.fields.map(({ from }) => table.column(from))
  }

  push(batch: Batch): 'more' | 'done' {
    const items: number[] = []
    const starts = new Int32Array(batch.rowCount + 1)
    for (let row = 0; row < batch.rowCount; row++) {
      items.push(...this.matches(batch.columns[this.key]!, row))
      starts[row + 1] = items.length
    }
    const rows = Int32Array.from(items)
    const added = this.added.map((column) => gatherRuns(column, rows, starts))
    return this.next.push({ ...batch, columns: [...this.kept.map((index) => batch.columns[index]!), ...added] })
  }

  private matches(column: Column, row: number): readonly number[] {
    const texts = keyTexts(column, row)
    if (texts.length <= 1) return texts.length === 0 ? [] : this.find(texts)
    return [...new Set(texts.flatMap((text) => this.find([text])))].sort((a, b) => a - b)
  }
}
