/**
 * KernelMemory: the blocks of one scanner in kernel memory, and access to them that survives a growing memory.
 *
 * Views are made when the buffer has changed and never handed out for longer than a call.
 */
import type { Kernels } from '../../../wasm/abi/kernels.ts'

export class KernelMemory {
  private readonly blocks: number[] = []
  private view: DataView

  constructor(readonly kernels: Kernels) {
    this.view = new DataView(kernels.memory.buffer)
  }

  /** A zeroed block that lives until `close`. */
  allocate(byteLength: number): number {
    const block = this.kernels.allocateBlock(byteLength)
    this.blocks.push(block)
    return block
  }

  /** Gives back one block of `allocate` before the others. */
  release(block: number): void {
    const index = this.blocks.indexOf(block)
    if (index >= 0) this.blocks.splice(index, 1)
    this.kernels.releaseBlock(block)
  }

  /** Gives back every block. */
  close(): void {
    for (const block of this.blocks) this.kernels.releaseBlock(block)
    this.blocks.length = 0
  }

  getWord(address: number): number {
    return this.current().getUint32(address, true)
  }

  setWord(address: number, value: number): void {
    this.current().setUint32(address, value, true)
  }

  getDouble(address: number): number {
    return this.current().getFloat64(address, true)
  }

  setDouble(address: number, value: number): void {
    this.current().setFloat64(address, value, true)
  }

  /** Borrowed: dies at the next call that allocates. */
  bytes(address: number, byteLength: number): Uint8Array {
    return new Uint8Array(this.kernels.memory.buffer, address, byteLength)
  }

  copyDoubles(address: number, count: number): Float64Array {
    return new Float64Array(this.kernels.memory.buffer, address, count).slice()
  }

  copyWords(address: number, count: number): Uint32Array {
    return new Uint32Array(this.kernels.memory.buffer, address, count).slice()
  }

  copyCodes(address: number, count: number): Int32Array {
    return new Int32Array(this.kernels.memory.buffer, address, count).slice()
  }

  private current(): DataView {
    if (this.view.buffer !== this.kernels.memory.buffer) this.view = new DataView(this.kernels.memory.buffer)
    return this.view
  }
}
