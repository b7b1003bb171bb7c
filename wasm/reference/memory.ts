/**
 * Twin of wasm/assembly/memory.ts: blocks and an arena over one growing ArrayBuffer.
 *
 * Same promises: 16-byte aligned, zeroed, every view dies when the memory grows. Bookkeeping is kept in JavaScript, so
 * that a kernel that writes outside its memory damages data and not the allocator.
 */
const PAGE_BYTES = 65536
const SEGMENT_BYTES = 262144
const FIRST_ADDRESS = 1024

interface Segment {
  block: number
  fill: number
  end: number
}

export class ReferenceMemory {
  buffer = new ArrayBuffer(PAGE_BYTES)
  private frontier = FIRST_ADDRESS
  private readonly sizes = new Map<number, number>()
  private readonly free = new Map<number, number[]>()
  private readonly segments: Segment[] = []

  allocateBlock(byteLength: number): number {
    const size = Math.max(64, 2 ** Math.ceil(Math.log2(Math.max(1, byteLength))))
    const block = this.free.get(size)?.pop() ?? this.takeFresh(size)
    this.sizes.set(block, size)
    new Uint8Array(this.buffer, block, size).fill(0)
    return block
  }

  releaseBlock(block: number): void {
    const size = this.sizes.get(block)
    if (block === 0) return
    if (size === undefined) throw new Error(`fault: no block at ${block}`)
    this.sizes.delete(block)
    const list = this.free.get(size)
    if (list) list.push(block)
    else this.free.set(size, [block])
  }

  mark(): number {
    return (this.segments.at(-1) ?? this.openSegment(0)).fill
  }

  allocate(byteLength: number): number {
    const size = (byteLength + 15) & ~15
    let segment = this.segments.at(-1)
    if (!segment || segment.fill + size > segment.end) segment = this.openSegment(size)
    const address = segment.fill
    segment.fill += size
    new Uint8Array(this.buffer, address, size).fill(0)
    return address
  }

  release(mark: number): void {
    for (;;) {
      const segment = this.segments.at(-1)
      if (!segment) throw new Error(`fault: ${mark} is not a mark of this arena`)
      if (mark >= segment.block && mark <= segment.end) {
        segment.fill = mark
        return
      }
      this.releaseBlock(segment.block)
      this.segments.pop()
    }
  }

  private openSegment(size: number): Segment {
    const block = this.allocateBlock(Math.max(size, SEGMENT_BYTES))
    const segment = { block, fill: block, end: block + this.sizes.get(block)! }
    this.segments.push(segment)
    return segment
  }

  private takeFresh(size: number): number {
    const start = this.frontier
    // 16 bytes between blocks, so that the end of one is never the address of the next
    this.frontier = start + size + 16
    if (this.frontier > this.buffer.byteLength) this.grow(this.frontier)
    return start
  }

  private grow(atLeast: number): void {
    const pages = Math.ceil(Math.max(atLeast, this.buffer.byteLength * 1.5) / PAGE_BYTES)
    const grown = new ArrayBuffer(pages * PAGE_BYTES)
    new Uint8Array(grown).set(new Uint8Array(this.buffer))
    this.buffer = grown
  }
}
