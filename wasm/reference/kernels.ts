/** All twins as one Kernels object: readable, slow, and the oracle of the module in tests. Never shipped. */
import type { Kernels } from '../abi/kernels.ts'
import { ABI_VERSION } from '../assembly/layout.ts'
import * as groupTable from './group-table.ts'
import { kleeneAnd, kleeneNot, kleeneOr } from './kleene.ts'
import { ReferenceMemory } from './memory.ts'
import { scanJson } from './scan-json.ts'
import { bitmapAnd, bitmapCount, bitmapToRows, selectTrue } from './selection.ts'

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
    releaseBlock: (block) => memory.releaseBlock(block),
    scanJson: (state) => scanJson(memory, state),
    groupTableCreate: groupTable.groupTableCreate.bind(null, memory),
    groupTableInsert: groupTable.groupTableInsert.bind(null, memory),
    groupTableCount: groupTable.groupTableCount.bind(null, memory),
    groupTableKeys: groupTable.groupTableKeys.bind(null, memory),
    groupTableClose: groupTable.groupTableClose.bind(null, memory),
    kleeneAnd: kleeneAnd.bind(null, memory),
    kleeneOr: kleeneOr.bind(null, memory),
    kleeneNot: kleeneNot.bind(null, memory),
    selectTrue: selectTrue.bind(null, memory),
    bitmapAnd: bitmapAnd.bind(null, memory),
    bitmapCount: bitmapCount.bind(null, memory),
    bitmapToRows: bitmapToRows.bind(null, memory)
  }
}
