/** The trie of wanted keys: which node a key leads to. */
import { NODE_BYTES, SLOT_BYTES } from '../scan-layout'
import { equalBytes, keepBytes } from '../util/byte-range'
import { TrieNode, TrieSlot } from './state'

/** Child of `node` under the key, or 0. Most keys are dismissed by their length alone. May read 8 bytes behind the key. */
export function findChild(node: usize, key: usize, length: usize): usize {
  const trie = changetype<TrieNode>(node)
  if (!((trie.lengths >> (<u64>min<usize>(length, 63))) & 1)) return 0
  const head = keepBytes(load<u64>(key), length)
  const tail = length >= 8 ? load<u64>(key + length - 8) : 0
  let index = keyHash(head, tail, length)
  while (true) {
    index &= trie.slotMask
    const slot = changetype<TrieSlot>(node + NODE_BYTES + <usize>index * SLOT_BYTES)
    if (!slot.child) return 0
    if (slot.head == head && slot.tail == tail && slot.length == <u32>length) {
      if (length <= 16 || equalBytes(slot.key + 8, key + 8, length - 16)) return slot.child
    }
    index++
  }
}

/** Where the search for a key begins; engine/source/scan computes the same when it lays out the trie. */
function keyHash(head: u64, tail: u64, length: usize): u32 {
  const folded = (<u32>(head ^ (head >>> 32))) ^ rotl<u32>(<u32>(tail ^ (tail >>> 32)), 13) ^ (<u32>length)
  const mixed = folded * 0x9e3779b1
  return mixed ^ (mixed >>> 15)
}
