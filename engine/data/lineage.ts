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
  /** Adds what is known of a row's events to `into`; hot, so it makes nothing. */
  addFacts(row: number, into: RowFacts): void
}

/** Facts of nothing yet. */
export function noFacts(): RowFacts {
  return { firstMillis: null, lastMillis: null, hosts: [], users: [] }
}

/** Facts of one row. */
export function factsOf(lineage: Lineage, row: number): RowFacts {
  const facts = noFacts()
  lineage.addFacts(row, facts)
  return facts
}

/** Widens the times to hold one more. */
export function addMillis(into: RowFacts, millis: number | null): void {
  if (millis === null) return
  if (into.firstMillis === null || millis < into.firstMillis) into.firstMillis = millis
  if (into.lastMillis === null || millis > into.lastMillis) into.lastMillis = millis
}

/** Adds a text unless it is known or the list is full. */
export function addText(into: string[], text: string): void {
  if (into.length < FACT_VALUES && !into.includes(text)) into.push(text)
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

  /** @timestamp of a row's event, epoch milliseconds. */
  millis(row: number): number | null {
    return this.columns.time && millisAt(this.columns.time, this.rows ? this.rows[row]! : row)
  }

  addFacts(row: number, into: RowFacts): void {
    const at = this.rows ? this.rows[row]! : row
    addMillis(into, this.millis(row))
    addTextAt(into.hosts, this.columns.host, at)
    addTextAt(into.users, this.columns.user, at)
  }
}

function millisAt(time: Column, row: number): number | null {
  if (isNullAt(time, row)) return null
  const value = time.values[firstIndex(time, row)] as bigint
  return Number(time.type === 'date_nanos' ? value / 1_000_000n : value)
}

function addTextAt(into: string[], column: Column | null, row: number): void {
  if (column === null || into.length === FACT_VALUES || isNullAt(column, row)) return
  addText(into, valueAt(column, firstIndex(column, row)) as string)
}
