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

  /**
   * Scans JSON records on from where the last call stopped, as the state (laid by engine/source/scan, explained in
   * wasm/assembly/scan-layout.ts) says. Answers the number of rows left in the state; 0: the input is used up. May grow
   * the memory.
   */
  scanJson(state: number): number

  /** A table that numbers keys of `wordsPerKey` u32 in order of first appearance. `seed`: random, against made-up collisions. */
  groupTableCreate(wordsPerKey: number, seed: number): number
  /** Writes the group (u32) of each of the `rowCount` keys to `groups`; both 4-byte aligned. May grow the memory. */
  groupTableInsert(table: number, keys: number, rowCount: number, groups: number): void
  groupTableCount(table: number): number
  /** Address of the keys of all groups, in order of their numbers; good until the next insert. */
  groupTableKeys(table: number): number
  groupTableClose(table: number): void

  /** Three-valued logic on `count` rows: values and nulls are one byte a row, 0 or 1. The value of an unknown result is 0. */
  kleeneAnd(
    aValues: number,
    aNulls: number,
    bValues: number,
    bNulls: number,
    count: number,
    outValues: number,
    outNulls: number
  ): void
  kleeneOr(
    aValues: number,
    aNulls: number,
    bValues: number,
    bNulls: number,
    count: number,
    outValues: number,
    outNulls: number
  ): void
  kleeneNot(values: number, nulls: number, count: number, outValues: number, outNulls: number): void

  /** Bitmaps of `count` rows, `(count + 15) / 16 * 2` bytes, bit i of byte i / 8; bits behind the last row are 0. */
  selectTrue(values: number, nulls: number, count: number, bitmap: number): void
  bitmapAnd(a: number, b: number, count: number, out: number): void
  bitmapCount(bitmap: number, count: number): number
  /** Writes the numbers of the set rows (u32) to `rows` and answers how many. */
  bitmapToRows(bitmap: number, count: number, rows: number): number
}
