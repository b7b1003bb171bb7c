/** The events behind findings, read again in portions: as JSON documents of their own and as fields. */
import { type EventField, flattenRecord } from '../source/event-text.ts'
import { documentRange } from '../source/flatten.ts'
import type { OpenedInput } from '../source/open-input.ts'
import type { DocumentShape } from '../source/record-reader.ts'
import { recordJson } from './event-texts.ts'
import { readRecords } from './record-input.ts'
import type { Finding, SourceRef } from './types.ts'

export interface FindingEvent {
  fields: EventField[]
  /** The document as written, its metadata beside its fields; null where it cannot be read any more. */
  json: string | null
}

/** Bytes of records held at a time; compressed inputs are read from their start for each portion. */
const PORTION_BYTES = 32 * 1024 * 1024

/** References of all findings, each event once, in input order. */
export function eventsOf(findings: readonly Finding[]): SourceRef[] {
  const byPlace = new Map(findings.flatMap(({ sources }) => sources.map((source) => [`${source.file}:${source.event}`, source])))
  return [...byPlace.values()].sort((a, b) => a.file - b.file || a.event - b.event)
}

/** Reads the events at `sources`, in that order. */
export async function* readFindingEvents(
  inputs: readonly OpenedInput[],
  sources: readonly SourceRef[]
): AsyncGenerator<FindingEvent> {
  for (const portion of portions(sources)) {
    const records = await readRecords(inputs, portion)
    for (const [at, { file }] of portion.entries()) yield await findingEvent(inputs[file]!, records[at]!)
  }
}

function portions(sources: readonly SourceRef[]): SourceRef[][] {
  const all: SourceRef[][] = []
  let bytes = Infinity
  for (const source of sources) {
    if (bytes + source.length > PORTION_BYTES) {
      all.push([])
      bytes = 0
    }
    all.at(-1)!.push(source)
    bytes += source.length
  }
  return all
}

async function findingEvent(input: OpenedInput, record: Uint8Array): Promise<FindingEvent> {
  const read = await recordJson(input, record)
  if (!read) return { fields: [], json: null }
  const fields = flattenRecord(read.json, read.shape)
  return { fields, json: plainDocument(read.json, read.shape, fields) }
}

const METADATA = ['_index', '_id', '_version']

/** A hit as a plain document with its metadata at the top, where it is metadata as well. */
function plainDocument(json: string, shape: DocumentShape, fields: readonly EventField[]): string {
  if (shape === 'plain') return json
  const bytes = new TextEncoder().encode(json)
  const range = documentRange(bytes, 0, bytes.length, shape)
  if (!range) return json
  const inner = new TextDecoder().decode(bytes.subarray(range.start + 1, range.end - 1)).trim()
  const metadata = METADATA.flatMap((name) => {
    const value = fields.find((field) => field.name === name)?.value
    return typeof value === 'string' || typeof value === 'number' ? [`${JSON.stringify(name)}:${JSON.stringify(value)}`] : []
  })
  return `{${[...metadata, ...(inner === '' ? [] : [inner])].join(',')}}`
}
