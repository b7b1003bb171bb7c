/**
 * Near misses: events that fail exactly one top-level condition of the first WHERE, grouped by that condition.
 *
 * A second pass over the inputs, on demand. An event that MV_EXPAND makes several rows of is judged by its best row.
 */
import type { Batch } from '../data/batch.ts'
import { type Column, isNullAt, valueCount } from '../data/column.ts'
import { formatIsoMillis } from '../data/iso-date.ts'
import { factsOf } from '../data/lineage.ts'
import { fieldIndex, type Schema } from '../data/schema.ts'
import type { EvaluationContext, Evaluator } from '../execution/evaluator.ts'
import { compileTruth } from '../execution/evaluators/logical.ts'
import type { Operator } from '../execution/operator.ts'
import { columnsOf } from '../plan/expression.ts'
import { cellValue } from './cells.ts'
import type { FirstWhere } from './first-where.ts'
import { sourcesOf } from './findings.ts'
import type { NearMissEvent, NearMissGroup } from './types.ts'

/** Events kept per condition; all are counted. */
export const NEAR_MISSES_KEPT = 200

/** Fields shown beside each near miss, read whether or not the conditions use them. */
export const NEAR_MISS_FIELDS = ['process.command_line'] as const

interface Candidate {
  file: number
  event: number
  /** The conditions its best row fails; null when a row passes all. */
  failed: number[] | null
  describe: () => { event: NearMissEvent; reason: keyof NearMissGroup['reasons'] }
}

export class NearMissOperator implements Operator {
  private readonly conditions: Evaluator[]
  private readonly columns: string[][]
  private readonly groups: NearMissGroup[]
  private pending: Candidate | null = null

  constructor(
    where: FirstWhere,
    private readonly schema: Schema,
    context: EvaluationContext
  ) {
    this.conditions = where.conjuncts.map((conjunct) => compileTruth(conjunct, schema, context))
    this.columns = where.conjuncts.map((conjunct) => [...columnsOf(conjunct)])
    this.groups = where.conjuncts.map(({ text }) => ({
      condition: text,
      reasons: { missing: 0, multiValue: 0, different: 0 },
      count: 0,
      events: []
    }))
  }

  push(batch: Batch): 'more' | 'done' {
    const truths = this.conditions.map((evaluate) => evaluate(batch))
    const lineage = batch.lineage!
    for (let row = 0; row < batch.rowCount; row++) {
      const failed: number[] = []
      for (let c = 0; c < truths.length && failed.length < 2; c++) {
        if (truths[c]!.values[row] !== 1 || truths[c]!.nulls?.[row]) failed.push(c)
      }
      let file = 0
      let event = 0
      lineage.forEach(row, (f, _line, e) => {
        file = f
        event = e
      })
      this.consider(batch, row, file, event, failed, truths)
    }
    // What is pending must not outlive its batch: describe it now, judge it when the next event comes.
    if (this.pending?.failed?.length === 1) {
      const described = this.pending.describe()
      this.pending.describe = () => described
    }
    return 'more'
  }

  private consider(batch: Batch, row: number, file: number, event: number, failed: number[], truths: readonly Column[]): void {
    const same = this.pending && this.pending.file === file && this.pending.event === event
    if (!same) this.settle()
    const before = same ? this.pending!.failed : undefined
    if (same && (before === null || before!.length <= failed.length)) return
    this.pending = {
      file,
      event,
      failed: failed.length === 0 ? null : failed,
      describe: () => this.describe(batch, row, failed[0]!, truths[failed[0]!]!)
    }
  }

  private settle(): void {
    const { pending } = this
    this.pending = null
    if (pending?.failed?.length !== 1) return
    const group = this.groups[pending.failed[0]!]!
    const { event, reason } = pending.describe()
    group.count++
    group.reasons[reason]++
    if (group.events.length < NEAR_MISSES_KEPT) group.events.push(event)
  }

  private describe(batch: Batch, row: number, condition: number, truth: Column) {
    const columns = this.columns[condition]!.map((name) => ({ name, column: batch.columns[fieldIndex(this.schema, name)]! }))
    const facts = factsOf(batch.lineage!, row)
    const commandLine = batch.columns[fieldIndex(this.schema, NEAR_MISS_FIELDS[0])]
    const command = commandLine && cellValue(commandLine, row)
    const reason = reasonOf(
      columns.map(({ column }) => column),
      truth,
      row
    )
    const event: NearMissEvent = {
      source: sourcesOf(batch.lineage, row)[0]!,
      time: facts.firstMillis === null ? null : formatIsoMillis(BigInt(facts.firstMillis)),
      host: facts.hosts[0] ?? null,
      commandLine: typeof command === 'string' ? command : null,
      values: columns.map(({ name, column }) => ({ name, value: cellValue(column, row) }))
    }
    return { event, reason }
  }

  finish(): void {
    this.settle()
  }

  close(): void {}

  /** Conditions that alone kept events away, most events first. */
  result(): NearMissGroup[] {
    return this.groups.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)
  }
}

/** What kept the condition from being true: several values where one is needed, no value, or another value. */
function reasonOf(columns: readonly Column[], truth: Column, row: number): keyof NearMissGroup['reasons'] {
  if (columns.some((column) => valueCount(column, row) > 1)) return 'multiValue'
  if (truth.nulls?.[row] === 1 || columns.every((column) => isNullAt(column, row))) return 'missing'
  return 'different'
}
