/** Twin of wasm/assembly/kernels/selection.ts. */
import type { ReferenceMemory } from './memory.ts'

export function selectTrue(memory: ReferenceMemory, values: number, nulls: number, count: number, bitmap: number): void {
  const bytes = new Uint8Array(memory.buffer)
  bytes.fill(0, bitmap, bitmap + byteLengthOf(count))
  for (let i = 0; i < count; i++) if (bytes[values + i] && !bytes[nulls + i]) bytes[bitmap + (i >> 3)]! |= 1 << (i & 7)
}

export function bitmapAnd(memory: ReferenceMemory, a: number, b: number, count: number, out: number): void {
  const bytes = new Uint8Array(memory.buffer)
  for (let i = 0; i < byteLengthOf(count); i++) bytes[out + i] = bytes[a + i]! & bytes[b + i]!
}

export function bitmapCount(memory: ReferenceMemory, bitmap: number, count: number): number {
  const bytes = new Uint8Array(memory.buffer)
  let total = 0
  for (let i = 0; i < count; i++) total += (bytes[bitmap + (i >> 3)]! >> (i & 7)) & 1
  return total
}

export function bitmapToRows(memory: ReferenceMemory, bitmap: number, count: number, rows: number): number {
  const bytes = new Uint8Array(memory.buffer)
  const out = new DataView(memory.buffer)
  let total = 0
  for (let i = 0; i < count; i++) if ((bytes[bitmap + (i >> 3)]! >> (i & 7)) & 1) out.setUint32(rows + 4 * total++, i, true)
  return total
}

function byteLengthOf(count: number): number {
  return ((count + 15) >> 4) << 1
}
