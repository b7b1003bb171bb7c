/**
 * Memory: blocks, and an arena on top of them. See wasm/README.md for the map.
 *
 * Blocks have a lifetime of their own (`allocateBlock`, `releaseBlock`): powers of two, kept in a free list per size.
 * The arena (`mark`, `allocate`, `release`) is a chain of blocks filled from the bottom; `release` gives back everything
 * allocated since the mark. Both give 16-byte aligned zeroed memory, and both may grow the memory: every view dies.
 * Holds: the header of a block is the 16 bytes before its address.
 */
import { ABI_VERSION, SEGMENT_BYTES } from './layout'

const HEADER: u32 = 16
const SMALLEST_CLASS: u32 = 6
const PAGE_BITS: u32 = 16

/** Header of a block: its size class, and a link (next free block, or the arena's previous segment). */
@unmanaged
class BlockHeader {
  sizeClass: u32 = 0
  link: usize = 0
}

/** Heads of the free lists, one per power of two. */
const freeLists: usize = memory.data(33 * sizeof<usize>(), 16)
/** First byte that no block has taken yet. */
let frontier: usize = 0
/** The arena's newest segment (address of its first usable byte) and how far it is filled. */
let segment: usize = 0
let segmentFill: usize = 0
let segmentEnd: usize = 0

/** Version of this ABI. */
export function abiVersion(): u32 {
  return ABI_VERSION
}

/** A zeroed block of at least `byteLength` bytes that lives until `releaseBlock`. */
export function allocateBlock(byteLength: usize): usize {
  const sizeClass = max<u32>(SMALLEST_CLASS, 32 - clz<u32>(<u32>(byteLength + HEADER - 1)))
  if (byteLength > 0x7fff0000) unreachable()
  const list = freeLists + ((<usize>sizeClass) << 2)
  let header = load<usize>(list)
  if (header) store<usize>(list, changetype<BlockHeader>(header).link)
  else header = takeFresh((<usize>1) << sizeClass)
  changetype<BlockHeader>(header).sizeClass = sizeClass
  changetype<BlockHeader>(header).link = 0
  memory.fill(header + HEADER, 0, byteLength)
  return header + HEADER
}

/** Gives a block back; 0 is allowed. */
export function releaseBlock(block: usize): void {
  if (!block) return
  const header = changetype<BlockHeader>(block - HEADER)
  const list = freeLists + ((<usize>header.sizeClass) << 2)
  header.link = load<usize>(list)
  store<usize>(list, block - HEADER)
}

/** The arena's present fill, to be handed to `release`. */
export function mark(): usize {
  if (!segment) openSegment(0)
  return segmentFill
}

/** Zeroed memory that lives until the `release` of an earlier mark. */
export function allocate(byteLength: usize): usize {
  const size = (byteLength + 15) & ~15
  if (!segment || size > segmentEnd - segmentFill) openSegment(size)
  const address = segmentFill
  segmentFill += size
  memory.fill(address, 0, size)
  return address
}

/** Gives back everything the arena handed out since `mark`. */
export function release(mark: usize): void {
  while (mark < segment || mark > segmentEnd) {
    const older = changetype<BlockHeader>(segment - HEADER).link
    if (!older) unreachable()
    releaseBlock(segment)
    enterSegment(older)
  }
  segmentFill = mark
}

function openSegment(size: usize): void {
  const older = segment
  const fresh = allocateBlock(max<usize>(size, SEGMENT_BYTES - HEADER))
  changetype<BlockHeader>(fresh - HEADER).link = older
  enterSegment(fresh)
  segmentFill = fresh
}

function enterSegment(address: usize): void {
  segment = address
  segmentEnd = address - HEADER + ((<usize>1) << changetype<BlockHeader>(address - HEADER).sizeClass)
}

/** Memory from beyond the frontier; grows the memory where it must. */
function takeFresh(byteLength: usize): usize {
  if (!frontier) frontier = (__heap_base + 15) & ~15
  const start = frontier
  const end = start + byteLength
  if (end < start) unreachable()
  const pages = <i32>((end + 0xffff) >>> PAGE_BITS)
  const missing = pages - memory.size()
  if (missing > 0 && memory.grow(missing) < 0) unreachable()
  frontier = end
  return start
}
