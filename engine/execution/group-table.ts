/**
 * GroupTable: keys of a fixed number of u32 words to dense group numbers, in order of first appearance.
 *
 * Owns: a table in kernel memory, in blocks of its own that outlive any arena mark; `close` gives them back. Several live at
 *       once, each grows by itself.
 * Holds: the same key always has the same number; numbers are 0 .. groupCount - 1.
 */
import type { Kernels } from '../../wasm/abi/kernels.ts'
import { assert } from '../base/assert.ts'

export class GroupTable {
  private table: number

  /** `seed` decides where keys lie, never which number they get; random unless a test wants to repeat a run. */
  constructor(
    private readonly kernels: Kernels,
    readonly wordsPerKey: number,
    seed = Math.floor(Math.random() * 2 ** 32)
  ) {
    assert(wordsPerKey >= 1, 'a key has words')
    this.table = kernels.groupTableCreate(wordsPerKey, seed)
  }

  get groupCount(): number {
    return this.kernels.groupTableCount(this.table)
  }

  /** Group of each of the `rowCount` keys, which lie one behind the other in `keys`; a key not seen before makes a group. */
  insert(keys: Uint32Array, rowCount: number): Int32Array {
    const { kernels, wordsPerKey } = this
    assert(this.table !== 0, 'the group table is open')
    assert(keys.length >= rowCount * wordsPerKey, 'there is a key for each row')
    const mark = kernels.mark()
    const keyBytes = rowCount * wordsPerKey * 4
    const keysAt = kernels.allocate(keyBytes + rowCount * 4)
    new Uint32Array(kernels.memory.buffer, keysAt, rowCount * wordsPerKey).set(keys.subarray(0, rowCount * wordsPerKey))
    kernels.groupTableInsert(this.table, keysAt, rowCount, keysAt + keyBytes)
    const groups = new Int32Array(kernels.memory.buffer, keysAt + keyBytes, rowCount).slice()
    kernels.release(mark)
    return groups
  }

  /** The words of a group's key (a copy). */
  keyWords(group: number): Uint32Array {
    assert(group >= 0 && group < this.groupCount, 'the group exists')
    const at = this.kernels.groupTableKeys(this.table) + group * this.wordsPerKey * 4
    return new Uint32Array(this.kernels.memory.buffer, at, this.wordsPerKey).slice()
  }

  /** The words of all groups' keys, one behind the other (a copy). */
  allKeyWords(): Uint32Array {
    const at = this.kernels.groupTableKeys(this.table)
    return new Uint32Array(this.kernels.memory.buffer, at, this.groupCount * this.wordsPerKey).slice()
  }

  /** Gives the memory back; more than once is allowed. */
  close(): void {
    if (this.table !== 0) this.kernels.groupTableClose(this.table)
    this.table = 0
  }
}
