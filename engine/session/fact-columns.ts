/**
 * Fact columns: fields that every scan reads beside what the query needs (time, host, user), so that a finding can say
 * when, where and who whatever the query keeps. They are cut off each batch and travel in its lineage.
 */
import { type Batch, gatherBatch } from '../data/batch.ts'
import type { Column } from '../data/column.ts'
import type { DataType } from '../data/data-type.ts'
import type { EventLineage } from '../data/lineage.ts'
import { fieldIndex, type Schema } from '../data/schema.ts'
import type { BatchSink } from '../source/scan-request.ts'

const FACT_FIELDS: readonly { name: string; type: DataType }[] = [
  { name: '@timestamp', type: 'date' },
  { name: 'event.ingested', type: 'date' },
  { name: 'host.name', type: 'keyword' },
  { name: 'user.name', type: 'keyword' }
]

/** FROM's columns and, behind them, the fact columns it does not have yet. */
export function withFactColumns(schema: Schema): Schema {
  const have = new Set(schema.map(({ name }) => name))
  return [...schema, ...FACT_FIELDS.filter(({ name }) => !have.has(name))]
}

/** Bounds on event times, epoch milliseconds, both included; null for no bound. */
export interface TimeBounds {
  fromMillis: number | null
  toMillis: number | null
}

/**
 * Takes batches with fact columns, hands on batches of `schema` whose lineage knows the facts, within the bounds. `deferred`:
 * columns are left unlooked at, and the fact columns stay behind those of the schema.
 */
export function factSink(schema: Schema, bounds: TimeBounds, next: BatchSink, deferred = false): BatchSink {
  const columns = withFactColumns(schema)
  const [time, ingested, host, user] = FACT_FIELDS.map(({ name }) => fieldIndex(columns, name)) as [
    number,
    number,
    number,
    number
  ]
  return {
    push(batch) {
      const facts = {
        time: dateColumn(batch.columns[time]!),
        ingested: dateColumn(batch.columns[ingested]!),
        host: textColumn(batch.columns[host]!),
        user: textColumn(batch.columns[user]!)
      }
      const lineage = (batch.lineage as EventLineage).withFacts(facts)
      const own = deferred ? batch.columns : batch.columns.slice(0, schema.length)
      const taken = inBounds({ rowCount: batch.rowCount, columns: own, lineage }, lineage, bounds)
      return taken.rowCount > 0 ? next.push(taken) : 'more'
    }
  }
}

/** Only rows between the bounds; rows without a time stay out when a bound is given. */
function inBounds(batch: Batch, lineage: EventLineage, { fromMillis, toMillis }: TimeBounds): Batch {
  if (fromMillis === null && toMillis === null) return batch
  const rows: number[] = []
  for (let row = 0; row < batch.rowCount; row++) {
    const millis = lineage.millis(row)
    if (millis === null) continue
    if ((fromMillis === null || millis >= fromMillis) && (toMillis === null || millis <= toMillis)) rows.push(row)
  }
  return rows.length === batch.rowCount ? batch : gatherBatch(batch, Int32Array.from(rows))
}

const dateColumn = (column: Column) => (column.type === 'date' || column.type === 'date_nanos' ? column : null)
const textColumn = (column: Column) => (column.dictionary ? column : null)
