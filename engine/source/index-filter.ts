/**
 * IndexFilter: which rows of a scan come from an index that FROM names.
 *
 * In:   the scanned `_index` (or data_stream.*) of each row. Out: the rows that take part, or null for all.
 * Holds: a name is matched once per epoch of its dictionary (or combination of entries), then looked up by code.
 */
import { dataStreamName, type IndexMatcher } from './index-pattern.ts'
import type { ScannedField, ScannedRows } from './record-scanner.ts'

const KEPT_NAMES = 50
const KEPT_VERDICTS = 100_000
const ABSENT = -1
const UNSEEN = -2

interface Verdict {
  takesPart: boolean
}

const NAMELESS: Verdict = { takesPart: true }

export class IndexFilter {
  /** Rows that name no index and were taken for every pattern. */
  nameless = 0
  matched = 0
  /** Names met (the first few). */
  readonly names = new Set<string>()
  private readonly verdicts = new Map<string, Verdict>()
  /** Codes of the row before, in this batch: events of one index come in long runs. */
  private readonly lastCodes = new Int32Array(4)
  private last: Verdict = NAMELESS

  constructor(
    private readonly matcher: IndexMatcher,
    private readonly indexField: number,
    private readonly dataStreamFields: readonly [number, number, number] | null
  ) {}

  /** Indexes of the rows that take part; null when all do. */
  select(rows: ScannedRows): Int32Array | null {
    if (!this.dataStreamFields) return null
    const fields = [this.indexField, ...this.dataStreamFields].map((field) => rows.fields[field]!)
    const kept = new Int32Array(rows.rowCount)
    this.lastCodes.fill(UNSEEN)
    let count = 0
    for (let row = 0; row < rows.rowCount; row++) {
      if (!this.sameAsLast(fields, row)) this.last = this.verdictOf(fields, row)
      if (this.last === NAMELESS) this.nameless++
      else if (this.last.takesPart) this.matched++
      if (this.last.takesPart) kept[count++] = row
    }
    return count === rows.rowCount ? null : kept.subarray(0, count)
  }

  private sameAsLast(fields: readonly ScannedField[], row: number): boolean {
    let same = true
    for (let i = 0; i < fields.length; i++) {
      const code = firstCode(fields[i]!, row)
      if (code !== this.lastCodes[i]) same = false
      this.lastCodes[i] = code
    }
    return same
  }

  private verdictOf(fields: readonly ScannedField[], row: number): Verdict {
    const key = fields.map((field, i) => `${field.dictionary.epoch}:${this.lastCodes[i]}`).join()
    let verdict = this.verdicts.get(key)
    if (!verdict) {
      const [index, type, dataset, namespace] = fields.map((field) => firstText(field, row))
      const name = index ?? dataStreamName(type!, dataset!, namespace!)
      if (name !== null && this.names.size < KEPT_NAMES) this.names.add(name)
      verdict = name === null ? NAMELESS : { takesPart: this.matcher.matches(name) }
      if (this.verdicts.size > KEPT_VERDICTS) this.verdicts.clear()
      this.verdicts.set(key, verdict)
    }
    return verdict
  }
}

function firstCode(field: ScannedField, row: number): number {
  const at = field.offsets[row]!
  return at === field.offsets[row + 1] ? ABSENT : field.codes[at]!
}

function firstText(field: ScannedField, row: number): string | null {
  const code = firstCode(field, row)
  return code === ABSENT ? null : field.dictionary.text(code)
}
