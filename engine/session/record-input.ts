/**
 * RecordInput: one event of an input as an input of its own, so that what is said of it (its fields, why it matched) comes
 * out of the same readers and the same scan as the run itself.
 */
import type { ByteStream } from '../source/bytes.ts'
import { bytesOf } from '../source/hosts/memory-bytes.ts'
import type { OpenedInput } from '../source/open-input.ts'
import type { Detection } from '../source/record-reader.ts'
import { readAuditEvents } from '../source/readers/audit-log-source.ts'
import type { SourceRef } from './types.ts'

/** The head of a CSV input is read up to here to find its header row. */
const HEADER_BYTES = 1 << 20

/**
 * Bytes of the records at `sources`, in that order; compressed inputs are read once for all their records. Of an audit log:
 * the events as JSON, as its reader wrote them.
 */
export async function readRecords(inputs: readonly OpenedInput[], sources: readonly SourceRef[]): Promise<Uint8Array[]> {
  const records = new Array<Uint8Array>(sources.length)
  for (const file of new Set(sources.map((source) => source.file))) {
    const places = sources.map((source, at) => ({ source, at })).filter(({ source }) => source.file === file)
    places.sort((a, b) => a.source.byte - b.source.byte)
    const ranges = places.map(({ source }) => ({ byte: source.byte, length: source.length }))
    const input = inputs[file]!
    const read = input.detection?.kind === 'audit-log' ? await readAuditEvents(input, ranges) : await input.readRanges(ranges)
    for (const [i, { at }] of places.entries()) records[at] = read[i]!
  }
  return records
}

/** An input that holds this one record only. */
export async function recordInput(input: OpenedInput, record: Uint8Array): Promise<OpenedInput> {
  const detection = input.detection!
  const header = detection.kind === 'csv' ? await csvHeader(input, detection) : new Uint8Array(0)
  const bytes = new Uint8Array(header.length + record.length)
  bytes.set(header)
  bytes.set(record, header.length)
  const held = bytesOf(input.name, bytes)
  return {
    ...input,
    detection: recordDetection(detection),
    notes: [],
    byteLength: bytes.length,
    openStream: () => Promise.resolve(held.open()),
    readRanges: (ranges) => Promise.all(ranges.map(({ byte, length }) => held.readRange(byte, length)))
  }
}

/** Records of bulk files are the document line alone; every JSON record may span lines. */
function recordDetection(detection: Detection): Detection {
  const { kind, shape, description } = detection
  if (kind === 'csv') return { ...detection, bomBytes: 0 }
  if (kind === 'audit-log') return { kind: 'json-concatenated', shape, encoding: 'utf-8', bomBytes: 0, description }
  return { ...detection, kind: 'json-concatenated', shape: kind === 'bulk' ? 'plain' : shape, bomBytes: 0 }
}

/** The header row with its line end, byte-order mark left out. */
async function csvHeader(input: OpenedInput, { bomBytes, encoding }: Detection): Promise<Uint8Array> {
  const head = await readHead(await input.openStream(), HEADER_BYTES)
  const width = encoding.startsWith('utf-16') ? 2 : 1
  const unitAt = (at: number) =>
    width === 1 ? head[at]! : encoding === 'utf-16le' ? head[at]! | (head[at + 1]! << 8) : (head[at]! << 8) | head[at + 1]!
  let quoted = false
  for (let at = bomBytes; at < head.length; at += width) {
    const unit = unitAt(at)
    if (unit === 0x22) quoted = !quoted
    else if (!quoted && (unit === 0x0a || (unit === 0x0d && unitAt(at + width) !== 0x0a))) return head.slice(bomBytes, at + width)
  }
  return head.slice(bomBytes)
}

async function readHead(stream: ByteStream, limit: number): Promise<Uint8Array> {
  const head = new Uint8Array(limit)
  let length = 0
  try {
    while (length < limit) {
      const count = await stream.read(head.subarray(length))
      if (count === 0) break
      length += count
    }
  } finally {
    stream.close()
  }
  return head.subarray(0, length)
}
