/** Events as they are shown: the record's own text and its fields, read again from the input. */
import { type EventField, flattenRecord } from '../source/event-text.ts'
import type { OpenedInput } from '../source/open-input.ts'
import { type DocumentShape, SkipLog } from '../source/record-reader.ts'
import { openRecordReader } from '../source/readers/open-record-reader.ts'
import { fieldType } from '../source/field-types.ts'
import { readRecords, recordInput } from './record-input.ts'
import { auditLines } from '../source/readers/audit-log-source.ts'
import type { CellValue, EventText, SourceRef } from './types.ts'

/** Text and fields of the events at `sources`, in that order. */
export async function readEventTexts(inputs: readonly OpenedInput[], sources: readonly SourceRef[]): Promise<EventText[]> {
  const records = await readRecords(inputs, sources)
  return Promise.all(sources.map((source, i) => eventText(inputs[source.file]!, source, records[i]!)))
}

/** One record as the JSON its reader makes of it, with the shape of that; null where it cannot be read. */
export async function recordJson(input: OpenedInput, record: Uint8Array): Promise<{ json: string; shape: DocumentShape } | null> {
  const one = await recordInput(input, record)
  const isArrayField = (name: string) => fieldType(name)?.array ?? false
  const reader = openRecordReader(await one.openStream(), one.detection!, new SkipLog(), { isArrayField })
  try {
    const chunk = await reader.next()
    if (!chunk || chunk.count === 0) return null
    const json = new TextDecoder().decode(chunk.bytes.subarray(chunk.starts[0]!, chunk.ends[0]!))
    return { json, shape: one.detection!.shape }
  } finally {
    reader.close()
  }
}

async function eventText(input: OpenedInput, source: SourceRef, record: Uint8Array): Promise<EventText> {
  const written = await writtenText(input, source, record)
  const read = await recordJson(input, record)
  if (!read) return { source, ...written, fields: [] }
  const fields = flattenRecord(read.json, read.shape)
  return { source, ...written, fields: fields.map(({ name, value }) => ({ name, value: shownCell(value) })) }
}

/** The event as it stands in its file; of an audit log the lines of its records, which are not beside each other. */
async function writtenText(
  input: OpenedInput,
  { byte, length, line }: SourceRef,
  record: Uint8Array
): Promise<Pick<EventText, 'text' | 'lines'>> {
  const detection = input.detection!
  if (detection.kind === 'audit-log') {
    const [range] = await input.readRanges([{ byte, length }])
    const lines = await auditLines(range!, detection, line)
    return { text: lines.map(({ text }) => text).join('\n'), lines }
  }
  const { encoding } = detection
  return { text: new TextDecoder(encoding === 'latin-1' ? 'iso-8859-1' : encoding).decode(record) }
}

/** Nulls in an array are no values. */
function shownCell(value: EventField['value']): CellValue {
  return Array.isArray(value) ? value.filter((item) => item !== null) : value
}
