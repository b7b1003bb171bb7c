/**
 * Scratch memory of the scanner: blocks that double when they are full and are kept for the next record. Contents move
 * with them, so the caller must take its addresses anew.
 */
import { allocateBlock, releaseBlock } from '../memory'
import { ScanState } from './state'

/** A block of `capacity` bytes with the first `used` bytes of `block`, which is given back. */
export function moveBlock(block: usize, used: usize, capacity: usize): usize {
  const moved = allocateBlock(capacity)
  memory.copy(moved, block, used)
  releaseBlock(block)
  return moved
}

/** Doubles the bitmaps; answers where `at` has moved to. */
export function growBitmaps(scan: ScanState, at: usize): usize {
  const used = at - scan.bitmaps
  const capacity = max<u32>(1024, scan.bitmapCapacity << 1)
  scan.bitmaps = moveBlock(scan.bitmaps, used, (<usize>capacity) << 4)
  scan.bitmapCapacity = capacity
  return scan.bitmaps + used
}

/** Doubles the list of brackets and the list of their partners (which is empty yet); answers where `at` has moved to. */
export function growBrackets(scan: ScanState, at: usize): usize {
  const used = at - scan.brackets
  const capacity = max<u32>(1024, scan.bracketCapacity << 1)
  scan.brackets = moveBlock(scan.brackets, used, (<usize>capacity) << 2)
  releaseBlock(scan.closers)
  scan.closers = allocateBlock((<usize>capacity) << 2)
  scan.bracketCapacity = capacity
  return scan.brackets + used
}

/** Room for one more value. */
export function reserveValue(scan: ScanState): void {
  if (scan.valueCount < scan.valueCapacity) return
  const capacity = max<u32>(256, scan.valueCapacity << 1)
  scan.values = moveBlock(scan.values, (<usize>scan.valueCount) << 4, (<usize>capacity) << 4)
  scan.valueCapacity = capacity
}

/**
 * Room for all text that a record of `byteLength` bytes can unescape to (never more than it has), before any is written:
 * values are noted by address, so the pool must not move while a record is walked.
 */
export function reservePool(scan: ScanState, byteLength: usize): void {
  scan.poolUsed = 0
  const needed = <u32>byteLength + 64
  if (needed <= scan.poolCapacity) return
  releaseBlock(scan.pool)
  const capacity = max<u32>(4096, needed + (needed >> 1))
  scan.pool = allocateBlock(capacity)
  scan.poolCapacity = capacity
}
