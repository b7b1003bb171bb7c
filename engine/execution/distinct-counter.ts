/**
 * DistinctCounter: how many different values each group has, exactly.
 *
 * In: rows of (group, two words of value): a 64-bit number, or a code and 0. A pair counts once however often it comes.
 * Owns: a group table keyed by the three words; `close` gives it back.
 */
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { assert } from '../base/assert.ts'
import { GroupTable } from './group-table.ts'

const WORDS_PER_PAIR = 3

export class DistinctCounter {
  private readonly pairs: GroupTable
  private counts = new Uint32Array(64)
  private keys = new Uint32Array(0)

  constructor(kernels: Kernels, seed?: number) {
    this.pairs = new GroupTable(kernels, WORDS_PER_PAIR, seed)
  }

  /** Takes in `rowCount` rows; `words` holds two a row. Rows of group -1 are ignored. */
  add(groups: Int32Array, words: Uint32Array, rowCount: number): void {
    assert(words.length >= rowCount * 2, 'there is a value for each row')
    const pairCount = this.packPairs(groups, words, rowCount)
    let seen = this.pairs.groupCount
    const pairs = this.pairs.insert(this.keys, pairCount)
    // numbers are dense in order of appearance: a pair is new exactly when its number is the next one
    for (let i = 0; i < pairCount; i++) {
      if (pairs[i] !== seen) continue
      seen++
      const group = this.keys[i * WORDS_PER_PAIR]!
      if (group >= this.counts.length) this.growCounts(group)
      this.counts[group]!++
    }
  }

  /** Number of different values that came with `group`. */
  countOf(group: number): number {
    return this.counts[group] ?? 0
  }

  close(): void {
    this.pairs.close()
  }

  private packPairs(groups: Int32Array, words: Uint32Array, rowCount: number): number {
    if (this.keys.length < rowCount * WORDS_PER_PAIR) this.keys = new Uint32Array(rowCount * WORDS_PER_PAIR)
    const { keys } = this
    let at = 0
    for (let row = 0; row < rowCount; row++) {
      const group = groups[row]!
      if (group < 0) continue
      keys[at] = group
      keys[at + 1] = words[row * 2]!
      keys[at + 2] = words[row * 2 + 1]!
      at += WORDS_PER_PAIR
    }
    return at / WORDS_PER_PAIR
  }

  private growCounts(group: number): void {
    const larger = new Uint32Array(Math.max(group + 1, this.counts.length * 2))
    larger.set(this.counts)
    this.counts = larger
  }
}
