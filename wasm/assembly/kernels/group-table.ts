/**
 * Group table: fixed-width keys to dense numbers, in order of first appearance.
 *
 * Layout of a table (a block): u32 wordsPerKey, groupCount, slotMask, slots, keys, keyCapacity, then u64 seed.
 *   slots: open addressing with linear probing, a power of two of 8-byte slots: u32 hash, u32 group + 1 (0 = free);
 *          at most half of them are taken. keys: groupCount * wordsPerKey u32, the key of each group.
 * Owns: three blocks. When a table grows it takes larger ones and gives the old ones back, so at no time more than twice of
 *       what it needs is held; memory may grow then, every view dies, addresses of the caller's arrays stay good.
 * The seed is the caller's: with a random one nobody can write log lines whose keys collide.
 */
import { allocateBlock, releaseBlock } from '../memory'

const FIRST_SLOTS: u32 = 512
const FIRST_KEYS: u32 = 64

@unmanaged
class GroupTable {
  wordsPerKey: u32 = 0
  groupCount: u32 = 0
  slotMask: u32 = 0
  slots: usize = 0
  keys: usize = 0
  keyCapacity: u32 = 0
  seed: u64 = 0
}

/** An empty table for keys of `wordsPerKey` u32 (1 or more). */
export function groupTableCreate(wordsPerKey: u32, seed: u32): usize {
  const address = allocateBlock(offsetof<GroupTable>())
  const table = changetype<GroupTable>(address)
  table.wordsPerKey = wordsPerKey
  table.slotMask = FIRST_SLOTS - 1
  table.slots = allocateBlock(FIRST_SLOTS << 3)
  table.keyCapacity = FIRST_KEYS
  table.keys = allocateBlock((FIRST_KEYS * wordsPerKey) << 2)
  table.seed = ((<u64>seed) | 0x9e3779b900000000) * 0xd6e8feb86659fd93
  return address
}

/** Gives a table's memory back. */
export function groupTableClose(address: usize): void {
  const table = changetype<GroupTable>(address)
  releaseBlock(table.slots)
  releaseBlock(table.keys)
  releaseBlock(address)
}

/** Number of groups so far. */
export function groupTableCount(address: usize): u32 {
  return changetype<GroupTable>(address).groupCount
}

/** Address of the groups' keys, one behind the other; good until the next insert. */
export function groupTableKeys(address: usize): usize {
  return changetype<GroupTable>(address).keys
}

/** Writes to `groups` (u32 each) the group of each of the `rowCount` keys at `keys`, 4-byte aligned; new keys make new groups. */
export function groupTableInsert(address: usize, keys: usize, rowCount: u32, groups: usize): void {
  const table = changetype<GroupTable>(address)
  const words = table.wordsPerKey
  if (words == 1) for (let i: u32 = 0; i < rowCount; i++) store<u32>(groups + (i << 2), insertOne(table, keys + (i << 2)))
  else if (words == 2) for (let i: u32 = 0; i < rowCount; i++) store<u32>(groups + (i << 2), insertTwo(table, keys + (i << 3)))
  else {
    const keyBytes = words << 2
    for (let i: u32 = 0; i < rowCount; i++) store<u32>(groups + (i << 2), insertMany(table, keys + i * keyBytes, words))
  }
}

function insertOne(table: GroupTable, key: usize): u32 {
  const word = load<u32>(key)
  const hash = <u32>finish(mix(table.seed, word))
  const mask = table.slotMask
  const slots = table.slots
  const known = table.keys
  let slot = hash & mask
  while (true) {
    const entry = load<u32>(slots + (slot << 3), 4)
    if (!entry) return addGroup(table, slot, hash, key)
    if (load<u32>(known + ((entry - 1) << 2)) == word) return entry - 1
    slot = (slot + 1) & mask
  }
}

function insertTwo(table: GroupTable, key: usize): u32 {
  const both = load<u64>(key)
  const hash = <u32>finish(mix(table.seed, both))
  const mask = table.slotMask
  const slots = table.slots
  const known = table.keys
  let slot = hash & mask
  while (true) {
    const entry = load<u32>(slots + (slot << 3), 4)
    if (!entry) return addGroup(table, slot, hash, key)
    if (load<u64>(known + ((entry - 1) << 3)) == both) return entry - 1
    slot = (slot + 1) & mask
  }
}

function insertMany(table: GroupTable, key: usize, words: u32): u32 {
  const hash = hashKey(table.seed, key, words)
  const mask = table.slotMask
  const slots = table.slots
  const known = table.keys
  let slot = hash & mask
  while (true) {
    const pair = load<u64>(slots + (slot << 3))
    const entry = <u32>(pair >> 32)
    if (!entry) return addGroup(table, slot, hash, key)
    if (<u32>pair == hash && sameKey(known + (entry - 1) * words * 4, key, words)) return entry - 1
    slot = (slot + 1) & mask
  }
}

function hashKey(seed: u64, key: usize, words: u32): u32 {
  let hash = seed
  let i: u32 = 0
  for (; i + 2 <= words; i += 2) hash = mix(hash, load<u64>(key + (i << 2)))
  if (i < words) hash = mix(hash, load<u32>(key + (i << 2)))
  return <u32>finish(hash)
}

function mix(hash: u64, word: u64): u64 {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15
  return hash ^ (hash >> 32)
}

function finish(hash: u64): u64 {
  hash *= 0xd6e8feb86659fd93
  return hash ^ (hash >> 32)
}

function sameKey(a: usize, b: usize, words: u32): bool {
  let i: u32 = 0
  for (; i + 2 <= words; i += 2) if (load<u64>(a + (i << 2)) != load<u64>(b + (i << 2))) return false
  return i == words || load<u32>(a + (i << 2)) == load<u32>(b + (i << 2))
}

/** Makes a group of a key that is not there, in the free slot its search ended in. */
function addGroup(table: GroupTable, slot: u32, hash: u32, key: usize): u32 {
  const group = table.groupCount
  const keyBytes = table.wordsPerKey << 2
  if (group == table.keyCapacity) growKeys(table)
  memory.copy(table.keys + group * keyBytes, key, keyBytes)
  store<u64>(table.slots + (slot << 3), (<u64>hash) | ((<u64>(group + 1)) << 32))
  table.groupCount = group + 1
  if ((group + 1) << 1 > table.slotMask) growSlots(table)
  return group
}

function growKeys(table: GroupTable): void {
  const old = table.keys
  const byteLength = (table.groupCount * table.wordsPerKey) << 2
  table.keyCapacity <<= 1
  table.keys = allocateBlock((<usize>byteLength) << 1)
  memory.copy(table.keys, old, byteLength)
  releaseBlock(old)
}

function growSlots(table: GroupTable): void {
  const old = table.slots
  const oldCount = table.slotMask + 1
  const mask = (oldCount << 1) - 1
  const slots = allocateBlock((<usize>oldCount) << 4)
  for (let i: u32 = 0; i < oldCount; i++) {
    const pair = load<u64>(old + (i << 3))
    if (!(pair >> 32)) continue
    let slot = (<u32>pair) & mask
    while (load<u32>(slots + (slot << 3), 4)) slot = (slot + 1) & mask
    store<u64>(slots + (slot << 3), pair)
  }
  table.slots = slots
  table.slotMask = mask
  releaseBlock(old)
}
