/** Reading places of an input again, for the events behind a finding. */
import { SourceError, type ByteStream, type RandomAccessBytes } from './bytes.ts'

export interface ByteRange {
  byte: number
  length: number
}

/**
 * Reads ranges of the decompressed bytes; the answers stand in the order of the ranges and are short where the input ends.
 * Plain files are read at random, compressed ones in one pass from the start to the last range.
 */
export async function readRanges(
  content: { open(): ByteStream; random: RandomAccessBytes | null },
  ranges: readonly ByteRange[]
): Promise<Uint8Array[]> {
  const { random } = content
  if (random) return Promise.all(ranges.map(({ byte, length }) => random.readRange(byte, length)))
  const answers = ranges.map(({ length }) => ({ bytes: new Uint8Array(length), filled: 0 }))
  const order = ranges.map((_, i) => i).sort((a, b) => ranges[a]!.byte - ranges[b]!.byte)
  const stream = content.open()
  try {
    await fillFrom(stream, ranges, order, answers)
  } catch (error) {
    // Behind a damage nothing can be read; what was filled before stays.
    if (!(error instanceof SourceError)) throw error
  } finally {
    stream.close()
  }
  return answers.map(({ bytes, filled }) => bytes.subarray(0, filled))
}

async function fillFrom(
  stream: ByteStream,
  ranges: readonly ByteRange[],
  order: readonly number[],
  answers: readonly { bytes: Uint8Array; filled: number }[]
): Promise<void> {
  const chunk = new Uint8Array(1 << 18)
  const last = ranges.reduce((end, { byte, length }) => Math.max(end, byte + length), 0)
  let begun = 0
  let open: number[] = []
  for (let place = 0; place < last;) {
    const count = await stream.read(chunk)
    if (count === 0) return
    const end = place + count
    while (begun < order.length && ranges[order[begun]!]!.byte < end) open.push(order[begun++]!)
    for (const i of open) copyOverlap(chunk, place, end, ranges[i]!, answers[i]!)
    open = open.filter((i) => ranges[i]!.byte + ranges[i]!.length > end)
    place = end
  }
}

function copyOverlap(
  chunk: Uint8Array,
  place: number,
  end: number,
  range: ByteRange,
  answer: { bytes: Uint8Array; filled: number }
): void {
  const from = Math.max(place, range.byte)
  const to = Math.min(end, range.byte + range.length)
  if (to <= from) return
  answer.bytes.set(chunk.subarray(from - place, to - place), from - range.byte)
  answer.filled = to - range.byte
}
