/** Reads audit lines for tests: events as objects, places, what was skipped, what the reader notes. */
import { detect } from '../../engine/source/detect.ts'
import { flattenRecord } from '../../engine/source/event-text.ts'
import { MemoryStream } from '../../engine/source/hosts/memory-bytes.ts'
import { openRecordReader } from '../../engine/source/readers/open-record-reader.ts'
import { SkipLog, type RecordReaderOptions } from '../../engine/source/record-reader.ts'
import { type ReadResult, readOpened } from './records.ts'

export interface AuditRead extends ReadResult {
  events: string[]
  notes: string[]
}

/** The events of these lines, or bytes; of a file called web-01.log unless told otherwise, read in pieces of `step`. */
export async function readAudit(
  input: readonly string[] | Uint8Array,
  options: RecordReaderOptions = {},
  step = Number.MAX_SAFE_INTEGER
): Promise<AuditRead> {
  const bytes = input instanceof Uint8Array ? input : Buffer.from(input.join('\n'))
  const skips = new SkipLog()
  const reader = openRecordReader(new MemoryStream(bytes, step), detect(bytes), skips, { inputName: 'web-01.log', ...options })
  const { records, error } = await readOpened(reader)
  const skipped = skips.entries.toSorted((a, b) => a.byte - b.byte)
  return { records, skipped, error, events: records.map(({ text }) => text), notes: reader.notes?.() ?? [] }
}

/** The event's fields by dotted name; JSON arrays stay arrays. */
export function flat(event: string): Record<string, unknown> {
  const fields = flattenRecord(event, 'plain').map(({ name, value }) => [name, value] as const)
  const arrays = new Set(['event.type', 'event.category', 'process.args', 'process.parent.args', 'tags'])
  return Object.fromEntries(fields.map(([name, value]) => [name, arrays.has(name) && !Array.isArray(value) ? [value] : value]))
}
