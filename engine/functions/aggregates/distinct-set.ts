/**
 * DistinctSet: which 64-bit values each group has seen.
 *
 * Entries (group, low word, high word) are dense and in order of first appearance; an open-addressing table of entry
 * numbers finds them. No object per value: three 32-bit arrays and the table, about 20 bytes an entry.
 */
import { grown } from './flat-values.ts'

const FIRST_SLOTS = 64

export class DistinctSet {
  groups = new Int32Array(16)
  lows = new Int32Array(16)
  highs = new Int32Array(16)
  size = 0
  /** Entry number + 1, or 0 for an empty slot; the length is a power of two. */
  private slots = new Int32Array(FIRST_SLOTS)
  /** Differs from run to run, so that a log cannot be written to collide; the order of entries does not depend on it. */
  private readonly seed = (Math.random() * 4294967296) | 0

  /** Adds a value to a group; true when it is new there. */
  add(group: number, low: number, high: number): boolean {
    const mask = this.slots.length - 1
    let slot = hash(group, low, high, this.seed) & mask
    for (let entry = this.slots[slot]!; entry !== 0; entry = this.slots[slot]!) {
      const i = entry - 1
      if (this.lows[i] === low && this.groups[i] === group && this.highs[i] === high) return false
      slot = (slot + 1) & mask
    }
    this.slots[slot] = this.append(group, low, high)
    // At three quarters linear probing begins to crawl.
    if (this.size * 4 > this.slots.length * 3) this.rehash()
    return true
  }

  private append(group: number, low: number, high: number): number {
    const i = this.size++
    this.groups = grown(this.groups, this.size)
    this.lows = grown(this.lows, this.size)
    this.highs = grown(this.highs, this.size)
    this.groups[i] = group
    this.lows[i] = low
    this.highs[i] = high
    return i + 1
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2)
    const mask = slots.length - 1
    for (let i = 0; i < this.size; i++) {
      let slot = hash(this.groups[i]!, this.lows[i]!, this.highs[i]!, this.seed) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = i + 1
    }
    this.slots = slots
  }

  /** Entry numbers ordered by group, first appearance within; `starts[g] .. starts[g + 1]` are those of group g. */
  byGroup(groupCount: number): { starts: Int32Array; entries: Int32Array } {
    return orderByGroup(this.groups, this.size, groupCount)
  }
}

/** Places 0 .. count - 1 ordered by their group, stable; `starts` has groupCount + 1 entries. */
export function orderByGroup(groups: Int32Array, count: number, groupCount: number): { starts: Int32Array; entries: Int32Array } {
  const starts = new Int32Array(groupCount + 1)
  for (let i = 0; i < count; i++) starts[groups[i]! + 1]!++
  for (let group = 0; group < groupCount; group++) starts[group + 1]! += starts[group]!
  const next = starts.slice()
  const entries = new Int32Array(count)
  for (let i = 0; i < count; i++) entries[next[groups[i]!]!++] = i
  return { starts, entries }
}

function hash(group: number, low: number, high: number, seed: number): number {
  let mixed = Math.imul(low ^ seed, 0x85ebca6b)
  mixed = Math.imul((mixed ^ (mixed >>> 15)) + high, 0xc2b2ae35)
  mixed = Math.imul((mixed ^ (mixed >>> 13)) + group, 0x27d4eb2f)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
