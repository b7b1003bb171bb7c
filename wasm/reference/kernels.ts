/** All twins as one Kernels object: readable, slow, and the oracle of the module in tests. Never shipped. */
import type { Kernels } from '../abi/kernels.ts'
import { ABI_VERSION } from '../assembly/layout.ts'
import { ReferenceMemory } from './memory.ts'

/** Twins over a memory of their own. */
export function createReferenceKernels(): Kernels {
  const memory = new ReferenceMemory()
  return {
    memory,
    abiVersion: () => ABI_VERSION,
    mark: () => memory.mark(),
    allocate: (byteLength) => memory.allocate(byteLength),
    release: (mark) => memory.release(mark),
    allocateBlock: (byteLength) => memory.allocateBlock(byteLength),
    releaseBlock: (block) => memory.releaseBlock(block)
  }
}
