import { describe, expect, test } from 'vitest'
import { bothKernels } from '../helpers/kernels.ts'

describe.each(await bothKernels())('memory of $name', ({ kernels }) => {
  test('arena memory is aligned, zeroed, and given back', () => {
    const start = kernels.mark()
    for (const size of [0, 1, 7, 15, 16, 17, 4096, 300_000]) {
      const address = kernels.allocate(size)
      expect(address % 16).toBe(0)
      const view = new Uint8Array(kernels.memory.buffer, address, size)
      expect(view.every((byte) => byte === 0)).toBe(true)
      view.fill(255)
    }
    kernels.release(start)
    expect(kernels.mark()).toBe(start)
    expect(new Uint8Array(kernels.memory.buffer, kernels.allocate(5000), 5000).every((byte) => byte === 0)).toBe(true)
    kernels.release(start)
  })

  test('a block outlives a release of the arena and is reused after its own', () => {
    const start = kernels.mark()
    kernels.allocate(100)
    const block = kernels.allocateBlock(1000)
    new Uint8Array(kernels.memory.buffer, block, 1000).fill(7)
    kernels.release(start)
    kernels.allocate(500_000)
    expect(new Uint8Array(kernels.memory.buffer, block, 1000).every((byte) => byte === 7)).toBe(true)
    kernels.releaseBlock(block)
    expect(kernels.allocateBlock(1000)).toBe(block)
    expect(new Uint8Array(kernels.memory.buffer, block, 1000).every((byte) => byte === 0)).toBe(true)
    kernels.releaseBlock(block)
    kernels.releaseBlock(0)
    kernels.release(start)
  })

  test('asking again and again for the same sizes does not grow the memory', () => {
    const round = () => {
      const start = kernels.mark()
      const blocks = [kernels.allocateBlock(3_000_000), kernels.allocateBlock(60_000)]
      kernels.allocate(2_000_000)
      kernels.release(start)
      blocks.forEach((block) => kernels.releaseBlock(block))
    }
    round()
    const bytes = kernels.memory.buffer.byteLength
    for (let i = 0; i < 100; i++) round()
    expect(kernels.memory.buffer.byteLength).toBe(bytes)
  })
})
