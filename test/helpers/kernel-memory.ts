/** Puts test data into kernel memory at any alignment, and reads it back. */
import type { Kernels } from '../../wasm/abi/kernels.ts'

/** Sizes around the lane width, where vector code breaks. */
export const LANE_SIZES = [0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 1000, 4095, 4096]

/** A repeatable stream of whole numbers below 2^32 (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}

/** Copies bytes into the arena, `shift` bytes behind an aligned address. */
export function placeBytes(kernels: Kernels, bytes: Uint8Array, shift = 0): number {
  const at = kernels.allocate(bytes.length + shift + 16) + shift
  new Uint8Array(kernels.memory.buffer).set(bytes, at)
  return at
}

/** Copies u32 words into the arena. */
export function placeWords(kernels: Kernels, words: Uint32Array): number {
  return placeBytes(kernels, new Uint8Array(words.buffer, words.byteOffset, words.byteLength))
}

/** Copies texts into the arena, each behind the last, with arrays of their addresses and lengths. */
export function placeTexts(kernels: Kernels, texts: readonly Uint8Array[]): { pointers: number; lengths: number } {
  const all = kernels.allocate(texts.reduce((sum, text) => sum + text.length, 0) + 1) + 1
  const starts: number[] = []
  let at = all
  for (const text of texts) {
    new Uint8Array(kernels.memory.buffer).set(text, at)
    starts.push(at)
    at += text.length
  }
  const pointers = placeWords(kernels, Uint32Array.from(starts))
  return {
    pointers,
    lengths: placeWords(
      kernels,
      Uint32Array.from(texts, (text) => text.length)
    )
  }
}

/** A copy of bytes of kernel memory. */
export function readBytes(kernels: Kernels, at: number, length: number): Uint8Array {
  return new Uint8Array(kernels.memory.buffer).slice(at, at + length)
}
