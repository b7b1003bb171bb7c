/**
 * SeenIds: has an event id been met before, in bounded memory.
 *
 * Keeps 53-bit hashes of the first `capacity` ids in an open table (16 MB for a million); later ids are only looked up. Two
 * different ids share a hash with a chance of about 1 in 20,000 over a million ids, so the count is a hint, not evidence.
 */
const EMPTY = -1

export class SeenIds {
  /** Ids met again. */
  repeats = 0
  private table = new Float64Array(1 << 12).fill(EMPTY)
  private size = 0

  constructor(private readonly capacity = 1_000_000) {}

  /** True once ids are no longer remembered, so that repeats may be missed. */
  get full(): boolean {
    return this.size >= this.capacity
  }

  /** Notes an id; true when it was met before. */
  add(index: string, id: string): boolean {
    const hash = hash53(`${index}\0${id}`)
    let slot = hash % this.table.length
    while (this.table[slot] !== EMPTY && this.table[slot] !== hash) slot = (slot + 1) % this.table.length
    if (this.table[slot] === hash) {
      this.repeats++
      return true
    }
    if (!this.full) {
      this.table[slot] = hash
      this.size++
      if (this.size * 2 > this.table.length) this.grow()
    }
    return false
  }

  private grow(): void {
    const old = this.table
    this.table = new Float64Array(old.length * 2).fill(EMPTY)
    for (const hash of old) {
      if (hash === EMPTY) continue
      let slot = hash % this.table.length
      while (this.table[slot] !== EMPTY) slot = (slot + 1) % this.table.length
      this.table[slot] = hash
    }
  }
}

/** Two multiplicative 32-bit hashes, 53 bits of them. */
function hash53(text: string): number {
  let low = 0x9e3779b9
  let high = 0x85ebca6b
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    low = Math.imul(low ^ unit, 0x9e3779b1)
    high = Math.imul(high ^ unit, 0x5f356495)
  }
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35)
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35)
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0)
}
