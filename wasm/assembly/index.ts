/** The ABI: what the host may call. Re-exports only; a function that is not named here cannot be called from outside. */
export { abiVersion, mark, allocate, release, allocateBlock, releaseBlock } from './memory'
export { groupTableClose, groupTableCount, groupTableCreate, groupTableInsert, groupTableKeys } from './kernels/group-table'
export { kleeneAnd, kleeneNot, kleeneOr } from './kernels/kleene'
export { bitmapAnd, bitmapCount, bitmapToRows, selectTrue } from './kernels/selection'
export { scanJson } from './kernels/scan-json'
