/**
 * Shared indexes: which rows of a batch come from the indexes that a rule's FROM names, for many rules at once.
 *
 * In: a batch whose index column source/index-names.ts made. Holds: rules with the same patterns share one answer; a name is
 *     matched once; events that name no index take part everywhere, and are counted.
 */
import type { Batch } from '../data/batch.ts'
import type { Column } from '../data/column.ts'
import type { Dictionary } from '../data/dictionary.ts'
import { compileIndexPatterns, type IndexMatcher } from '../source/index-pattern.ts'

const KEPT_NAMES = 1000

/** Rows of one set of patterns. */
export class IndexGroup {
  /** Events of an index that the patterns match. */
  matched = 0
  /** By code of the dictionary; each input has one of its own. */
  private verdicts: boolean[] = []
  private dictionary: Dictionary | null = null
  private batch: Batch | null = null
  private selected: Int32Array | null = null

  constructor(readonly matcher: IndexMatcher) {}

  /** The rows that take part; null for all. */
  select(batch: Batch, names: Column): Int32Array | null {
    if (this.batch !== batch) {
      this.batch = batch
      this.selected = this.choose(names)
    }
    return this.selected
  }

  private choose(names: Column): Int32Array | null {
    const { rowCount, values, nulls, dictionary } = names
    if (this.dictionary !== dictionary) {
      this.dictionary = dictionary
      this.verdicts = []
    }
    const kept = new Int32Array(rowCount)
    let count = 0
    for (let row = 0; row < rowCount; row++) {
      const named = !nulls?.[row]
      if (named && !(this.verdicts[values[row] as number] ??= this.judge(names, values[row] as number))) continue
      if (named) this.matched++
      kept[count++] = row
    }
    return count === rowCount ? null : kept.subarray(0, count)
  }

  private judge(names: Column, code: number): boolean {
    return this.matcher.matches(names.dictionary!.text(code))
  }
}

/** The groups of all rules that share a scan, and what indexes were met. */
export class SharedIndexes {
  /** Events that name no index. */
  nameless = 0
  /** There were more names than are kept. */
  full = false
  readonly names = new Set<string>()
  private readonly groups = new Map<string, IndexGroup>()
  private dictionary: Dictionary | null = null
  private noted = 0

  group(patterns: readonly string[]): IndexGroup {
    const key = patterns.join('\n')
    let group = this.groups.get(key)
    if (!group) this.groups.set(key, (group = new IndexGroup(compileIndexPatterns(patterns))))
    return group
  }

  /** Takes note of the indexes of a batch. */
  note(names: Column): void {
    const { nulls, dictionary } = names
    if (nulls) for (const flag of nulls) this.nameless += flag
    if (this.dictionary !== dictionary) {
      this.dictionary = dictionary
      this.noted = 0
    }
    for (; this.noted < dictionary!.size; this.noted++) {
      if (this.names.size < KEPT_NAMES) this.names.add(dictionary!.text(this.noted))
      else this.full = true
    }
  }
}
