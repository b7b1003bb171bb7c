/**
 * Kernels: the functions of the WASM module in plain numbers (byte addresses, byte lengths, counts).
 * Implemented by the module (wasm/host) and, over the same memory layout, by the TypeScript twins (wasm/reference).
 */
export interface Kernels {
  readonly memory: { readonly buffer: ArrayBuffer }
  abiVersion(): number
  /** Arena: `allocate` gives 16-byte aligned zeroed memory and may grow it (every view dies); `release` gives back all since the mark. */
  mark(): number
  allocate(byteLength: number): number
  release(mark: number): void
  /** A zeroed block with a lifetime of its own, outside the arena; `releaseBlock(0)` is allowed. */
  allocateBlock(byteLength: number): number
  releaseBlock(block: number): void
}
