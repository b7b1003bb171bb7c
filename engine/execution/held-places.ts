/**
 * HeldPlaces: where rows that are held for long came from.
 *
 * A row of one event is five packed numbers, some ten bytes in all; what the batch carried beside them (facts, scanned rows
 * that did not pass) is let go. A row of several events keeps the lineage it came with.
 */
import type { Lineage, VisitSource } from '../data/lineage.ts'
import { packedAt, packedBytes, packNumbers, type PackedNumbers } from '../data/packed-numbers.ts'
import { HELD_PART_ROWS } from './held-columns.ts'

const NUMBERS = 5

type Part = { first: number } & (
  { kind: 'packed'; numbers: readonly PackedNumbers[] } | { kind: 'kept'; lineage: Lineage; offset: number } | { kind: 'none' }
)

/** What a kept reference into another lineage is counted as: the store behind it is shared by all its rows. */
const KEPT_ROW_BYTES = 96

export class HeldPlaces {
  private readonly parts: Part[] = []
  private open = Array.from({ length: NUMBERS }, () => new Float64Array(HELD_PART_ROWS))
  private openFirst = 0
  private openRows = 0
  private rows = 0
  byteLength = 0

  /** Appends rows `from .. to - 1` of a batch. */
  append(lineage: Lineage | null, from: number, to: number): void {
    if (lineage === null) this.keep({ first: this.rows, kind: 'none' }, to - from)
    else if (allSingle(lineage, from, to)) for (let row = from; row < to; row++) this.appendSingle(lineage, row)
    else this.keep({ first: this.rows, kind: 'kept', lineage, offset: from }, to - from)
  }

  private keep(part: Part, rows: number): void {
    this.close()
    const last = this.parts.at(-1)
    if (!(part.kind === 'none' && last?.kind === 'none')) this.parts.push(part)
    this.byteLength += part.kind === 'kept' ? rows * KEPT_ROW_BYTES : 0
    this.rows += rows
    this.openFirst = this.rows
  }

  private appendSingle(lineage: Lineage, row: number): void {
    const { open, openRows } = this
    lineage.forEach(row, (file, line, event, byte, length) => {
      open[0]![openRows] = file
      open[1]![openRows] = line
      open[2]![openRows] = event
      open[3]![openRows] = byte
      open[4]![openRows] = length
    })
    this.openRows++
    this.rows++
    if (this.openRows === HELD_PART_ROWS) this.close()
  }

  /** Ends the part that is being filled. */
  close(): void {
    if (this.openRows === 0) return
    const numbers = this.open.map((values) => packNumbers(values, this.openRows))
    this.parts.push({ first: this.openFirst, kind: 'packed', numbers })
    this.byteLength += numbers.reduce((sum, each) => sum + packedBytes(each), 0)
    this.openRows = 0
    this.openFirst = this.rows
  }

  /** Calls `visit` for each event of a row. */
  forEach(row: number, visit: VisitSource): void {
    const part = this.partOf(row)
    const at = row - part.first
    if (part.kind === 'kept') part.lineage.forEach(part.offset + at, visit)
    if (part.kind !== 'packed') return
    const [file, line, event, byte, length] = part.numbers.map((numbers) => packedAt(numbers, at))
    visit(file!, line!, event!, byte!, length!)
  }

  /** All events of a row, those without a kept reference included, and whether there are such. */
  events(row: number): { count: number; truncated: boolean } {
    const part = this.partOf(row)
    if (part.kind === 'packed') return { count: 1, truncated: false }
    if (part.kind === 'none') return { count: 0, truncated: false }
    const at = part.offset + row - part.first
    return { count: part.lineage.eventCount(at), truncated: part.lineage.truncated(at) }
  }

  private partOf(row: number): Part {
    let low = 0
    let high = this.parts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.parts[middle]!.first <= row) low = middle
      else high = middle - 1
    }
    return this.parts[low]!
  }
}

function allSingle(lineage: Lineage, from: number, to: number): boolean {
  for (let row = from; row < to; row++) if (lineage.eventCount(row) !== 1 || lineage.truncated(row)) return false
  return true
}
