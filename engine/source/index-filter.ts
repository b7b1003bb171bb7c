/**
 * IndexFilter: which rows of a scan come from an index that FROM names.
 *
 * In:   the scanned `_index` (or data_stream.*) of each row. Out: the rows that take part, or null for all.
 * Holds: a name is matched once, then looked up by its code.
 */
import { IndexNames, NAMELESS } from './index-names.ts'
import type { IndexMatcher } from './index-pattern.ts'
import type { ScannedRows } from './record-scanner.ts'

const KEPT_NAMES = 50

export class IndexFilter {
  /** Rows that name no index and were taken for every pattern. */
  nameless = 0
  matched = 0
  /** Names met (the first few). */
  readonly names = new Set<string>()
  private readonly indexNames = new IndexNames()
  private readonly verdicts: boolean[] = []

  constructor(
    private readonly matcher: IndexMatcher,
    private readonly indexField: number,
    private readonly dataStreamFields: readonly [number, number, number] | null
  ) {}

  /** Indexes of the rows that take part; null when all do. */
  select(rows: ScannedRows): Int32Array | null {
    if (!this.dataStreamFields) return null
    this.indexNames.begin([this.indexField, ...this.dataStreamFields].map((field) => rows.fields[field]!))
    const kept = new Int32Array(rows.rowCount)
    let count = 0
    for (let row = 0; row < rows.rowCount; row++) {
      const code = this.indexNames.codeOf(row)
      const takesPart = code === NAMELESS || (this.verdicts[code] ??= this.judge(code))
      if (code === NAMELESS) this.nameless++
      else if (takesPart) this.matched++
      if (takesPart) kept[count++] = row
    }
    return count === rows.rowCount ? null : kept.subarray(0, count)
  }

  private judge(code: number): boolean {
    const name = this.indexNames.text(code)
    if (this.names.size < KEPT_NAMES) this.names.add(name)
    return this.matcher.matches(name)
  }
}
