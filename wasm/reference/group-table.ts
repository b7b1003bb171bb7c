/**
 * Twin of wasm/assembly/kernels/group-table.ts. A table's header holds wordsPerKey, groupCount, slotMask, slots, keys,
 * keyCapacity and seed as there; a slot is u32 group + 1 alone.
 */
import type { ReferenceMemory } from './memory.ts'

const WORDS_PER_KEY = 0
const GROUP_COUNT = 1
const SLOT_MASK = 2
const SLOTS = 3
const KEYS = 4
const KEY_CAPACITY = 5
const SEED = 6
const FIRST_SLOTS = 512
const FIRST_KEYS = 64

export function groupTableCreate(memory: ReferenceMemory, wordsPerKey: number, seed: number): number {
  const table = memory.allocateBlock(32)
  const slots = memory.allocateBlock(FIRST_SLOTS * 4)
  const keys = memory.allocateBlock(FIRST_KEYS * wordsPerKey * 4)
  new Uint32Array(memory.buffer, table, 7).set([wordsPerKey, 0, FIRST_SLOTS - 1, slots, keys, FIRST_KEYS, seed])
  return table
}

export function groupTableClose(memory: ReferenceMemory, table: number): void {
  const header = new Uint32Array(memory.buffer, table, 7)
  memory.releaseBlock(header[SLOTS]!)
  memory.releaseBlock(header[KEYS]!)
  memory.releaseBlock(table)
}

export function groupTableCount(memory: ReferenceMemory, table: number): number {
  return new Uint32Array(memory.buffer, table, 7)[GROUP_COUNT]!
}

export function groupTableKeys(memory: ReferenceMemory, table: number): number {
  return new Uint32Array(memory.buffer, table, 7)[KEYS]!
}

export function groupTableInsert(memory: ReferenceMemory, table: number, keys: number, rowCount: number, groups: number): void {
  reserve(memory, table, rowCount)
  const words = new Uint32Array(memory.buffer)
  const header = table >> 2
  const width = words[header + WORDS_PER_KEY]!
  const mask = words[header + SLOT_MASK]!
  const slots = words[header + SLOTS]! >> 2
  const known = words[header + KEYS]! >> 2
  const seed = words[header + SEED]!
  let count = words[header + GROUP_COUNT]!
  for (let row = 0; row < rowCount; row++) {
    const key = (keys >> 2) + row * width
    let slot = hashKey(words, key, width, seed) & mask
    let group = words[slots + slot]! - 1
    while (group >= 0 && !sameKey(words, known + group * width, key, width)) {
      slot = (slot + 1) & mask
      group = words[slots + slot]! - 1
    }
    if (group < 0) {
      group = count++
      words[slots + slot] = group + 1
      for (let i = 0; i < width; i++) words[known + group * width + i] = words[key + i]!
    }
    words[(groups >> 2) + row] = group
  }
  words[header + GROUP_COUNT] = count
}

/** Makes room for `rowCount` more groups before any view is taken. */
function reserve(memory: ReferenceMemory, table: number, rowCount: number): void {
  const [width, count, mask, oldSlots, oldKeys, capacity, seed] = new Uint32Array(memory.buffer, table, 7)
  const needed = count! + rowCount
  if (needed > capacity!) {
    const larger = 2 ** Math.ceil(Math.log2(needed))
    const keys = memory.allocateBlock(larger * width! * 4)
    new Uint8Array(memory.buffer).copyWithin(keys, oldKeys!, oldKeys! + count! * width! * 4)
    memory.releaseBlock(oldKeys!)
    const header = new Uint32Array(memory.buffer, table, 7)
    header[KEYS] = keys
    header[KEY_CAPACITY] = larger
  }
  if (needed * 2 <= mask!) return
  const slotCount = 2 ** Math.ceil(Math.log2(needed * 2 + 1))
  const slots = memory.allocateBlock(slotCount * 4)
  memory.releaseBlock(oldSlots!)
  const words = new Uint32Array(memory.buffer)
  const known = words[(table >> 2) + KEYS]! >> 2
  for (let group = 0; group < count!; group++) {
    let slot = hashKey(words, known + group * width!, width!, seed!) & (slotCount - 1)
    while (words[(slots >> 2) + slot]) slot = (slot + 1) & (slotCount - 1)
    words[(slots >> 2) + slot] = group + 1
  }
  words[(table >> 2) + SLOTS] = slots
  words[(table >> 2) + SLOT_MASK] = slotCount - 1
}

function hashKey(words: Uint32Array, at: number, width: number, seed: number): number {
  let hash = seed | 0
  for (let i = 0; i < width; i++) {
    hash = Math.imul(hash ^ words[at + i]!, 0x9e3779b1)
    hash ^= hash >>> 15
  }
  hash = Math.imul(hash, 0x85ebca77)
  return hash ^ (hash >>> 13)
}

function sameKey(words: Uint32Array, a: number, b: number, width: number): boolean {
  for (let i = 0; i < width; i++) if (words[a + i] !== words[b + i]) return false
  return true
}
