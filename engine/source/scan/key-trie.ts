/**
 * The trie of wanted keys. A node stands for a dotted path; it knows a key for every way the rest of a wanted path can be
 * written from there: below `process` the path `process.parent.name` is reached by `parent`, then `name`, or by the one
 * key `parent.name`. So nested, dotted and mixed documents cost the walk one look-up a key.
 */
import * as layout from '../../../wasm/assembly/scan-layout.ts'
import type { DocumentShape } from '../record-reader.ts'
import type { ScanPlanField } from '../record-scanner.ts'
import type { KernelMemory } from './kernel-memory.ts'

export interface TrieNode {
  /** Field whose values stand here, or -1. */
  field: number
  keys: Map<string, TrieNode>
}

export interface KeyTrie {
  root: TrieNode
  /** For each field of the plan the field that collects its values: itself, or an earlier one of the same path. */
  collectors: number[]
}

const BODY_KEY: Record<DocumentShape, string | null> = { plain: null, 'hit-source': '_source', 'hit-fields': 'fields' }
/** Bytes the kernel may read behind a key. */
const KEY_PADDING = 16

/** Builds the trie of a plan's fields. */
export function buildKeyTrie(fields: readonly ScanPlanField[], shape: DocumentShape): KeyTrie {
  const root: TrieNode = { field: -1, keys: new Map() }
  const bodyKey = BODY_KEY[shape]
  const body: TrieNode = bodyKey === null ? root : { field: -1, keys: new Map() }
  const known = new Map<TrieNode, Map<string, TrieNode>>([
    [root, new Map()],
    [body, new Map()]
  ])
  const collectors = fields.map(({ path, root: atRoot }, index) => {
    const base = atRoot ? root : body
    const node = addPath(base, known.get(base)!, path.split('.'))
    if (node.field < 0) node.field = index
    return node.field
  })
  if (bodyKey !== null) root.keys.set(bodyKey, body)
  return { root, collectors }
}

/** Adds every node along the path and every key between two of them; answers the last. */
function addPath(base: TrieNode, byPath: Map<string, TrieNode>, segments: string[]): TrieNode {
  const chain = [base]
  for (let end = 1; end <= segments.length; end++) {
    const path = segments.slice(0, end).join('.')
    let node = byPath.get(path)
    if (!node) byPath.set(path, (node = { field: -1, keys: new Map() }))
    for (let start = 0; start < end; start++) chain[start]!.keys.set(segments.slice(start, end).join('.'), node)
    chain.push(node)
  }
  return chain.at(-1)!
}

/** Writes the trie into kernel memory and answers the address of its root. */
export function layTrie(memory: KernelMemory, root: TrieNode): number {
  const addresses = new Map<TrieNode, number>()
  const encoder = new TextEncoder()
  const pending = [root]
  for (const node of pending) {
    if (addresses.has(node)) continue
    addresses.set(node, memory.allocate(layout.NODE_BYTES + slotCount(node) * layout.SLOT_BYTES))
    pending.push(...node.keys.values())
  }
  for (const [node, address] of addresses) {
    let lengths = 0n
    memory.setWord(address + layout.NODE_FIELD, node.field)
    memory.setWord(address + layout.NODE_SLOT_MASK, slotCount(node) - 1)
    memory.setWord(address + layout.NODE_KEY_COUNT, node.keys.size)
    for (const [key, child] of node.keys) {
      const bytes = encoder.encode(key)
      lengths |= 1n << BigInt(Math.min(bytes.length, 63))
      laySlot(memory, address, slotCount(node) - 1, bytes, addresses.get(child)!)
    }
    memory.setWord(address + layout.NODE_LENGTHS, Number(lengths & 0xffffffffn))
    memory.setWord(address + layout.NODE_LENGTHS + 4, Number(lengths >> 32n))
  }
  return addresses.get(root)!
}

function slotCount(node: TrieNode): number {
  return 2 ** Math.ceil(Math.log2(2 * Math.max(1, node.keys.size)))
}

function laySlot(memory: KernelMemory, node: number, mask: number, key: Uint8Array, child: number): void {
  const text = memory.allocate(key.length + KEY_PADDING)
  memory.bytes(text, key.length).set(key)
  const head = [memory.getWord(text), memory.getWord(text + 4)] as const
  const last = text + key.length - 8
  const tail = key.length >= 8 ? ([memory.getWord(last), memory.getWord(last + 4)] as const) : ([0, 0] as const)
  let index = keyHash(head, tail, key.length) & mask
  const slotAt = (place: number) => node + layout.NODE_BYTES + place * layout.SLOT_BYTES
  while (memory.getWord(slotAt(index) + layout.SLOT_CHILD)) index = (index + 1) & mask
  const slot = slotAt(index)
  memory.setWord(slot + layout.SLOT_HEAD, head[0])
  memory.setWord(slot + layout.SLOT_HEAD + 4, head[1])
  memory.setWord(slot + layout.SLOT_TAIL, tail[0])
  memory.setWord(slot + layout.SLOT_TAIL + 4, tail[1])
  memory.setWord(slot + layout.SLOT_LENGTH, key.length)
  memory.setWord(slot + layout.SLOT_KEY, text)
  memory.setWord(slot + layout.SLOT_CHILD, child)
}

/** The kernel's keyHash (wasm/assembly/scan/trie.ts); words are [low, high] halves of 64 bits. */
function keyHash(head: readonly [number, number], tail: readonly [number, number], length: number): number {
  const folded = tail[0] ^ tail[1]
  const mixed = Math.imul(head[0] ^ head[1] ^ ((folded << 13) | (folded >>> 19)) ^ length, 0x9e3779b1)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
