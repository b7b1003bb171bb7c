/**
 * Shared conditions: tests of one column against an automaton that many rules ask of the same batch.
 *
 * In: what each rule's scan would require. Out: for a batch, the rows that fulfil all conditions of a rule, as the scan itself
 *     would have let them through. Holds: a condition is asked once a batch however many rules have it, and its automaton runs
 *     once a distinct value of an epoch.
 */
import { type Dfa, matchText } from '../data/automaton.ts'
import type { Batch } from '../data/batch.ts'
import { type Column, firstIndex, valueCount } from '../data/column.ts'
import type { Dictionary } from '../data/dictionary.ts'
import type { ScanConjunct } from '../source/scan-request.ts'

/** What a row is to a condition: not fulfilled, fulfilled, dropped because of several values. */
const Verdict = { No: 0, Yes: 1, Several: 2 } as const

/** One condition on a column of the shared batch. */
class SharedCondition {
  private dictionary: Dictionary | null = null
  /** By code: 0 unknown, 1 accepted, -1 not. */
  private known = new Int8Array(0)
  private batch: Batch | null = null
  private rows: Uint8Array<ArrayBufferLike> = new Uint8Array(0)

  constructor(
    private readonly column: number,
    private readonly automaton: Dfa,
    private readonly quantifier: ScanConjunct['quantifier']
  ) {}

  /** Verdicts on all rows of a batch; worked out at the first question. */
  verdicts(batch: Batch): Uint8Array {
    if (this.batch !== batch) {
      this.batch = batch
      this.rows = this.judge(batch.columns[this.column]!)
    }
    return this.rows
  }

  private judge(column: Column): Uint8Array {
    const { rowCount, dictionary } = column
    const verdicts = new Uint8Array(rowCount)
    if (!dictionary) return verdicts
    this.follow(dictionary)
    if (!column.offsets) {
      const { nulls, values } = column
      for (let row = 0; row < rowCount; row++)
        if (!nulls?.[row] && this.accepts(dictionary, values[row] as number)) verdicts[row] = Verdict.Yes
      return verdicts
    }
    for (let row = 0; row < rowCount; row++) verdicts[row] = this.judgeValues(column, dictionary, row)
    return verdicts
  }

  private judgeValues(column: Column, dictionary: Dictionary, row: number): number {
    const count = valueCount(column, row)
    if (count > 1 && this.quantifier === 'single') return Verdict.Several
    const first = firstIndex(column, row)
    for (let i = first; i < first + count; i++) if (this.accepts(dictionary, column.values[i] as number)) return Verdict.Yes
    return Verdict.No
  }

  private follow(dictionary: Dictionary): void {
    if (this.dictionary !== dictionary) {
      this.dictionary = dictionary
      this.known = new Int8Array(Math.max(64, dictionary.size))
    } else if (this.known.length < dictionary.size) {
      const larger = new Int8Array(Math.max(dictionary.size, this.known.length * 2))
      larger.set(this.known)
      this.known = larger
    }
  }

  private accepts(dictionary: Dictionary, code: number): boolean {
    if (this.known[code] === 0) this.known[code] = matchText(this.automaton, dictionary.text(code)) ? 1 : -1
    return this.known[code] === 1
  }
}

/** The conditions of all rules that share a scan; equal ones are one. */
export class SharedConditions {
  private readonly known = new Map<string, SharedCondition>()

  /** The condition as rules share it; `text` says what is asked of the column. */
  share(column: number, conjunct: ScanConjunct, text: string): SharedCondition {
    const key = `${column} ${conjunct.quantifier} ${text}`
    let condition = this.known.get(key)
    if (!condition) this.known.set(key, (condition = new SharedCondition(column, conjunct.automaton, conjunct.quantifier)))
    return condition
  }
}

/** All conditions of one rule, with its count of rows dropped because of several values. */
export class RequiredConditions {
  /** Parallel to the conditions. */
  readonly multiValueDrops: number[]

  constructor(private readonly conditions: readonly SharedCondition[]) {
    this.multiValueDrops = conditions.map(() => 0)
  }

  /** Of `rows` (null: all) those that fulfil every condition; null when all rows of the batch do. */
  select(batch: Batch, rows: Int32Array | null): Int32Array | null {
    let kept = rows
    for (const [index, condition] of this.conditions.entries()) {
      const count = kept ? kept.length : batch.rowCount
      if (count === 0) return kept
      const verdicts = condition.verdicts(batch)
      const next = new Int32Array(count)
      let length = 0
      for (let i = 0; i < count; i++) {
        const row = kept ? kept[i]! : i
        const verdict = verdicts[row]!
        if (verdict === Verdict.Yes) next[length++] = row
        else if (verdict === Verdict.Several) this.multiValueDrops[index]!++
      }
      kept = length === batch.rowCount ? null : next.subarray(0, length)
    }
    return kept
  }
}
