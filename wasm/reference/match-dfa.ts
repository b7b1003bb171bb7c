/** Twin of wasm/assembly/kernels/match-dfa.ts. */
import type { ReferenceMemory } from './memory.ts'

export function matchDfa(
  memory: ReferenceMemory,
  dfa: number,
  pointers: number,
  lengths: number,
  count: number,
  verdicts: number
): void {
  const bytes = new Uint8Array(memory.buffer)
  const words = new Uint32Array(memory.buffer)
  const rowBytes = words[(dfa + 8) >> 2]!
  const sinkOffset = words[(dfa + 12) >> 2]!
  const start = words[(dfa + 16) >> 2]!
  const classes = dfa + 32
  const rows = dfa + 288
  for (let i = 0; i < count; i++) {
    let row = start
    let at = words[(pointers >> 2) + i]!
    const end = at + words[(lengths >> 2) + i]!
    while (at < end && row < sinkOffset) row = words[((rows + row) >> 2) + bytes[classes + bytes[at++]!]!]!
    bytes[verdicts + i] = words[(rows + row + rowBytes - 4) >> 2]!
  }
}
