/**
 * Lineage: from a row to the events it came from, as places in the input files.
 *
 * Before an aggregation a row has one event; after it, the events of its group (distinct, in input order, bounded).
 */
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

export interface Lineage {
  /** Lineage of `rows` of this one, in that order (indexes may repeat). */
  gather(rows: Int32Array): Lineage
  /** Calls `visit` for each event of a row, in input order. */
  forEach(row: number, visit: (file: number, line: number, event: number, byte: number, length: number) => void): void
  /** True when the row had more events than references are kept for. */
  truncated(row: number): boolean
  /** All events that entered the row, those without a kept reference included. */
  eventCount(row: number): number
}

/** Row i came from exactly one event. Arrays are parallel, one entry a row. */
export class EventLineage implements Lineage {
  constructor(
    readonly file: number,
    readonly line: Float64Array,
    readonly event: Float64Array,
    readonly byte: Float64Array,
    readonly length: Float64Array
  ) {}

  gather(rows: Int32Array): Lineage {
    const pick = (from: Float64Array) => Float64Array.from(rows, (row) => from[row]!)
    return new EventLineage(this.file, pick(this.line), pick(this.event), pick(this.byte), pick(this.length))
  }

  forEach(row: number, visit: (file: number, line: number, event: number, byte: number, length: number) => void): void {
    visit(this.file, this.line[row]!, this.event[row]!, this.byte[row]!, this.length[row]!)
  }

  truncated(): boolean {
    return false
  }

  eventCount(): number {
    return 1
  }
}
