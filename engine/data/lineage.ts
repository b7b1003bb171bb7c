/**
 * Lineage: from a row to the events it came from, as places in the input files.
 *
 * Before an aggregation a row has one event; after it, the events of its group (distinct, in input order, bounded). With
 * the places travel a few facts that every finding shows whatever the query keeps: when, on which hosts, which users.
 */
import { type Column, firstIndex, isNullAt, valueAt } from './column.ts'

export interface SourceRef {
  /** Index into the run's inputs. */
  file: number
  /** 1-based physical line of the event's first byte, in the decompressed input. */
  line: number
  /** 1-based ordinal of the event in its input. */
  event: number
  /** Offset and length in the decompressed input, original encoding, without line end. */
  byte: number
  length: number
}

/** What is known of the events behind a row beside their places. Times are epoch milliseconds. */
export interface RowFacts {
  firstMillis: number | null
  lastMillis: number | null
  /** Distinct values, at most FACT_VALUES of them. */
  hosts: string[]
  users: string[]
}

/** How many hosts and users a row's facts name at most. */
export const FACT_VALUES = 8

export type VisitSource = (file: number, line: number, event: number, byte: number, length: number) => void

export interface Lineage {
  /** Lineage of `rows` of this one, in that order (indexes may repeat). */
  gather(rows: Int32Array): Lineage
  /** Calls `visit` for each event of a row, in input order. */
  forEach(row: number, visit: VisitSource): void
  /** True when the row had more events than references are kept for. */
  truncated(row: number): boolean
  /** All events that entered the row, those without a kept reference included. */
  eventCount(row: number): number
  facts(row: number): RowFacts
}

/** Columns that facts are read from; parallel to the rows of the scan batch. */
export interface FactColumns {
  /** date or date_nanos */
  time: Column | null
  /** When the event was stored; scheduled runs go by it where it is known. */
  ingested: Column | null
  host: Column | null
  user: Column | null
}

const NO_FACTS: FactColumns = { time: null, ingested: null, host: null, user: null }

/** Row i came from exactly one event. Arrays are parallel, one entry a scanned row; `rows` picks among them. */
export class EventLineage implements Lineage {
  constructor(
    readonly file: number,
    readonly line: Float64Array,
    readonly event: Float64Array,
    readonly byte: Float64Array,
    readonly length: Float64Array,
    private readonly columns: FactColumns = NO_FACTS,
    private readonly rows: Int32Array | null = null
  ) {}

  /** The same places with columns to read facts from. */
  withFacts(columns: FactColumns): EventLineage {
    return new EventLineage(this.file, this.line, this.event, this.byte, this.length, columns, this.rows)
  }

  gather(rows: Int32Array): Lineage {
    const own = this.rows
    const composed = own ? Int32Array.from(rows, (row) => own[row]!) : rows
    return new EventLineage(this.file, this.line, this.event, this.byte, this.length, this.columns, composed)
  }

  forEach(row: number, visit: VisitSource): void {
    const at = this.rows ? this.rows[row]! : row
    visit(this.file, this.line[at]!, this.event[at]!, this.byte[at]!, this.length[at]!)
  }

  truncated(): boolean {
    return false
  }

  eventCount(): number {
    return 1
  }

  /** The time a scheduled run sees, epoch milliseconds: event.ingested when present, else @timestamp (CONTRACTS 2). */
  windowMillis(row: number): number | null {
    const at = this.rows ? this.rows[row]! : row
    const { time, ingested } = this.columns
    return (ingested && millisAt(ingested, at)) ?? (time && millisAt(time, at))
  }

  facts(row: number): RowFacts {
    const at = this.rows ? this.rows[row]! : row
    const millis = this.columns.time && millisAt(this.columns.time, at)
    return { firstMillis: millis, lastMillis: millis, hosts: textAt(this.columns.host, at), users: textAt(this.columns.user, at) }
  }
}

function millisAt(time: Column, row: number): number | null {
  if (isNullAt(time, row)) return null
  const value = time.values[firstIndex(time, row)] as bigint
  return Number(time.type === 'date_nanos' ? value / 1_000_000n : value)
}

function textAt(column: Column | null, row: number): string[] {
  return column === null || isNullAt(column, row) ? [] : [valueAt(column, firstIndex(column, row)) as string]
}
