/** The ABI: what the host may call. Re-exports only; a function that is not named here cannot be called from outside. */
export { abiVersion, mark, allocate, release, allocateBlock, releaseBlock } from './memory'
