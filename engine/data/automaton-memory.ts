/**
 * How a Dfa lies in kernel memory, for every kernel that runs one.
 *
 * Layout from its address (16-byte aligned, all u32 little endian unless said otherwise):
 *     0  stateCount
 *     4  classCount
 *     8  rowBytes: size of a state's row = (classCount + 1) * 4
 *    12  sinkOffset: rows at this offset or beyond are sinks: no further byte can change the verdict
 *    16  startOffset: offset of the start state's row
 *    32  classOf: 256 bytes u8
 *   288  rows, one a state: next[classCount] = OFFSET of the next state's row, relative to 288; then accepting, 0 or 1
 *
 * A step is `row = load<u32>(rows + row + (classOf[byte] << 2))`: no multiplication and no look-up of flags, because a
 * state is named by its row's offset and sinks are laid last. The verdict is the u32 at `row + rowBytes - 4`.
 */
import type { Kernels } from '../../wasm/abi/kernels.ts'
import type { Ptr } from '../base/brand.ts'
import type { Dfa } from './automaton.ts'

export const DFA_ROW_BYTES_AT = 8
export const DFA_SINK_OFFSET_AT = 12
export const DFA_START_OFFSET_AT = 16
export const DFA_CLASSES_AT = 32
export const DFA_ROWS_AT = 288

/** Bytes a Dfa takes in kernel memory. */
export function dfaByteLength(dfa: Dfa): number {
  return DFA_ROWS_AT + dfa.stateCount * (dfa.classCount + 1) * 4
}

/** Lays a Dfa into the arena; it lives until the release of an earlier mark. May grow the memory. */
export function placeDfa(kernels: Kernels, dfa: Dfa): Ptr {
  const address = kernels.allocate(dfaByteLength(dfa)) as Ptr
  writeDfa(kernels, dfa, address)
  return address
}

/** Writes a Dfa to memory the caller allocated (`dfaByteLength` bytes, 4-byte aligned). */
export function writeDfa(kernels: Kernels, dfa: Dfa, address: Ptr): void {
  const { stateCount, classCount } = dfa
  const rowBytes = (classCount + 1) * 4
  const { rowOf, sinkRow } = rowsWithSinksLast(dfa)
  const buffer = kernels.memory.buffer
  new Uint32Array(buffer, address, 8).set([stateCount, classCount, rowBytes, sinkRow * rowBytes, rowOf[0]! * rowBytes, 0, 0, 0])
  new Uint8Array(buffer, address + DFA_CLASSES_AT, 256).set(dfa.classOf)
  const rows = new Uint32Array(buffer, address + DFA_ROWS_AT, stateCount * (classCount + 1))
  for (let state = 0; state < stateCount; state++) {
    const at = rowOf[state]! * (classCount + 1)
    for (let c = 0; c < classCount; c++) rows[at + c] = rowOf[dfa.next[state * classCount + c]!]! * rowBytes
    rows[at + classCount] = dfa.accepting[state]!
  }
}

function rowsWithSinksLast(dfa: Dfa): { rowOf: Uint32Array; sinkRow: number } {
  const rowOf = new Uint32Array(dfa.stateCount)
  let row = 0
  for (let state = 0; state < dfa.stateCount; state++) if (!dfa.sink[state]) rowOf[state] = row++
  const sinkRow = row
  for (let state = 0; state < dfa.stateCount; state++) if (dfa.sink[state]) rowOf[state] = row++
  return { rowOf, sinkRow }
}
