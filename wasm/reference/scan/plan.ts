/** Reads what the host has laid out of a plan: the trie of keys, fields, conjuncts with their automata. */
import * as layout from '../../assembly/scan-layout.ts'

export interface PlanNode {
  field: number
  keys: Map<string, PlanNode>
}

export interface PlanConjunct {
  address: number
  field: number
  isAny: boolean
  accepts(text: Uint8Array): boolean
}

const latin1 = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

/** Bytes as a string of one character a byte, to be used as a key. */
export const byteKey = latin1

/** The node at `address` and all below it. Keys are byte strings. */
export function readTrie(view: DataView, address: number, known = new Map<number, PlanNode>()): PlanNode {
  const seen = known.get(address)
  if (seen) return seen
  const node: PlanNode = { field: view.getInt32(address + layout.NODE_FIELD, true), keys: new Map() }
  known.set(address, node)
  for (let index = 0; index <= view.getUint32(address + layout.NODE_SLOT_MASK, true); index++) {
    const slot = address + layout.NODE_BYTES + index * layout.SLOT_BYTES
    const child = view.getUint32(slot + layout.SLOT_CHILD, true)
    if (child === 0) continue
    const key = view.getUint32(slot + layout.SLOT_KEY, true)
    const length = view.getUint32(slot + layout.SLOT_LENGTH, true)
    node.keys.set(byteKey(new Uint8Array(view.buffer, key, length)), readTrie(view, child, known))
  }
  return node
}

/** The conjunct at `address`. */
export function readConjunct(view: DataView, address: number): PlanConjunct {
  const word = (offset: number) => view.getUint32(address + offset, true)
  const classes = word(layout.CONJUNCT_CLASSES)
  const start = word(layout.CONJUNCT_START)
  return {
    address,
    field: word(layout.CONJUNCT_FIELD),
    isAny: word(layout.CONJUNCT_QUANTIFIER) === layout.QUANTIFIER_ANY,
    accepts(text) {
      let state = start
      for (const byte of text) state = view.getUint32((state & ~3) + view.getUint8(classes + byte) * 4, true)
      return (state & layout.AUTOMATON_ACCEPTING) !== 0
    }
  }
}
