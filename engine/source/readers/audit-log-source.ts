/**
 * Reading events of an audit log again: as the documents the reader made of them, and as the lines they were written in.
 *
 * Holds: a document is the same as in the run, its parent included; that is known only from what stands before it, so the
 *        file is read from its start to the event, and the latest answers are kept. Its lines stand in its range between
 *        lines of other events.
 */
import type { ByteStream } from '../bytes.ts'
import { ByteWindow } from '../byte-window.ts'
import { MemoryStream } from '../hosts/memory-bytes.ts'
import type { ByteRange } from '../read-ranges.ts'
import { type Detection, SkipLog } from '../record-reader.ts'
import { AuditLogReader } from './audit-log.ts'
import { type AuditRecord, parseRecord } from './audit-log-line.ts'
import { LineCutter } from './line-cutter.ts'

/** What is needed of an input; OpenedInput is one. */
export interface AuditInput {
  readonly name: string
  readonly detection: Detection | null
  openStream(): Promise<ByteStream>
}

/** A line of an event with its number in the file. */
export interface NumberedLine {
  line: number
  text: string
}

const KEPT_BYTES = 8 << 20
const kept = new WeakMap<object, Map<number, Uint8Array>>()

/** The documents of the events that begin at `ranges`, in that order; empty where there is none. */
export async function readAuditEvents(input: AuditInput, ranges: readonly ByteRange[]): Promise<Uint8Array[]> {
  const known = kept.get(input) ?? new Map<number, Uint8Array>()
  kept.set(input, known)
  const wanted = new Set(ranges.map(({ byte }) => byte).filter((byte) => !known.has(byte)))
  const fresh = wanted.size > 0 ? await readWanted(input, wanted) : new Map<number, Uint8Array>()
  const answers = ranges.map(({ byte }) => fresh.get(byte) ?? known.get(byte) ?? new Uint8Array(0))
  for (const [byte, document] of fresh) known.set(byte, document)
  let bytes = [...known.values()].reduce((sum, { length }) => sum + length, 0)
  for (const [byte, { length }] of known) {
    if (bytes <= KEPT_BYTES) break
    known.delete(byte)
    bytes -= length
  }
  return answers
}

async function readWanted(input: AuditInput, wanted: ReadonlySet<number>): Promise<Map<number, Uint8Array>> {
  const found = new Map<number, Uint8Array>()
  const detection = input.detection!
  const window = new ByteWindow(await input.openStream(), detection)
  const reader = new AuditLogReader(window, detection, new SkipLog(), { inputName: input.name, onlyAt: wanted })
  try {
    while (found.size < wanted.size) {
      const chunk = await reader.next()
      if (!chunk) break
      for (let i = 0; i < chunk.count; i++) found.set(chunk.originByte[i]!, chunk.bytes.slice(chunk.starts[i], chunk.ends[i]))
    }
  } finally {
    reader.close()
  }
  return found
}

/** The lines of the event that begins `range`, a copy of its range of the file; `line` is the number of its first. */
export async function auditLines(range: Uint8Array, detection: Detection, line: number): Promise<NumberedLine[]> {
  const window = new ByteWindow(new MemoryStream(range), { ...detection, bomBytes: 0 })
  const cutter = new LineCutter(window, new SkipLog(), detection.lineEnd === 'cr' ? 13 : 10)
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const lines: NumberedLine[] = []
  let first: AuditRecord | null = null
  for (;;) {
    while (cutter.step()) {
      if (!cutter.trim()) continue
      const text = decoder.decode(window.bytes.subarray(cutter.lineStart, cutter.lineEnd))
      const record = parseRecord(text)
      first ??= record
      if (record && first && isSameEvent(record, first))
        lines.push({ line: line + window.place(cutter.lineStart).line - 1, text })
    }
    if (cutter.done) return lines
    await cutter.fill()
  }
}

function isSameEvent(a: AuditRecord, b: AuditRecord): boolean {
  return a.timeMillis === b.timeMillis && a.serial === b.serial && a.node === b.node
}
