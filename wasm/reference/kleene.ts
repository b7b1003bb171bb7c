/** Twin of wasm/assembly/kernels/kleene.ts: the three truth tables, written as tables. */
import type { ReferenceMemory } from './memory.ts'

/** 0 false, 1 true, 2 unknown; indexed by a * 3 + b. */
const AND = Uint8Array.of(0, 0, 0, 0, 1, 2, 0, 2, 2)
const OR = Uint8Array.of(0, 1, 2, 1, 1, 1, 2, 1, 2)
const NOT = Uint8Array.of(1, 0, 2)

type Binary = [
  aValues: number,
  aNulls: number,
  bValues: number,
  bNulls: number,
  count: number,
  outValues: number,
  outNulls: number
]

export function kleeneAnd(memory: ReferenceMemory, ...operands: Binary): void {
  combine(memory, AND, ...operands)
}

export function kleeneOr(memory: ReferenceMemory, ...operands: Binary): void {
  combine(memory, OR, ...operands)
}

export function kleeneNot(
  memory: ReferenceMemory,
  values: number,
  nulls: number,
  count: number,
  outValues: number,
  outNulls: number
): void {
  const bytes = new Uint8Array(memory.buffer)
  for (let i = 0; i < count; i++) {
    const truth = NOT[bytes[nulls + i] ? 2 : bytes[values + i]!]!
    bytes[outValues + i] = truth & 1
    bytes[outNulls + i] = truth >> 1
  }
}

function combine(memory: ReferenceMemory, table: Uint8Array, ...operands: Binary): void {
  const [aValues, aNulls, bValues, bNulls, count, outValues, outNulls] = operands
  const bytes = new Uint8Array(memory.buffer)
  for (let i = 0; i < count; i++) {
    const a = bytes[aNulls + i] ? 2 : bytes[aValues + i]!
    const b = bytes[bNulls + i] ? 2 : bytes[bValues + i]!
    const truth = table[a * 3 + b]!
    bytes[outValues + i] = truth & 1
    bytes[outNulls + i] = truth >> 1
  }
}
