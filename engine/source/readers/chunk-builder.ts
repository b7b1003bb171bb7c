/** ChunkBuilder: collects the records of one chunk in arrays that are reused from chunk to chunk. */
import type { RecordChunk } from '../record-reader.ts'
import type { Place } from '../byte-window.ts'

/** Most records in one chunk. */
export const CHUNK_RECORDS = 4096

export class ChunkBuilder {
  count = 0
  private readonly starts = new Uint32Array(CHUNK_RECORDS)
  private readonly ends = new Uint32Array(CHUNK_RECORDS)
  private readonly originByte = new Float64Array(CHUNK_RECORDS)
  private readonly originLength = new Float64Array(CHUNK_RECORDS)
  private readonly line = new Float64Array(CHUNK_RECORDS)

  get full(): boolean {
    return this.count === CHUNK_RECORDS
  }

  /** Adds the record bytes[start, end) that stands at `place` in the original. */
  add(start: number, end: number, place: Place, originLength: number): void {
    const i = this.count++
    this.starts[i] = start
    this.ends[i] = end
    this.originByte[i] = place.byte
    this.originLength[i] = originLength
    this.line[i] = place.line
  }

  /** The chunk over `bytes`; valid until the next one is begun. */
  chunk(bytes: Uint8Array): RecordChunk {
    const { count, starts, ends, originByte, originLength, line } = this
    return { bytes, count, starts, ends, originByte, originLength, line }
  }
}
