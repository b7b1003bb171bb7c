/**
 * AuditLogReader: Linux audit records (`audit.log`) as ECS events.
 *
 * In:   a ByteWindow of lines. Out: one record an event, in the order of their first lines, as JSON; its place reaches from
 *       the first to the last of its lines (others stand between them, see audit-log-source.ts).
 * Holds: flat memory and linear time; a line that is no record, and records whose SYSCALL record is missing, are logged and
 *       cost themselves only. Parents are joined as events come, so an event read alone would not know its parent.
 */
import type { ByteWindow } from '../byte-window.ts'
import type { Detection, RecordChunk, RecordReader, RecordReaderOptions, SkipLog } from '../record-reader.ts'
import { readAlone, standsAlone } from './audit-log-alone.ts'
import { type EventHead, TypedFields, addParent } from './audit-log-document.ts'
import { type CallEvent, readCall } from './audit-log-event.ts'
import { parseRecord } from './audit-log-line.ts'
import { AuditNotes, hostOfFile } from './audit-log-notes.ts'
import { AuditProcesses, type KnownParent, ProcessMemory } from './audit-log-processes.ts'
import { callName } from './audit-log-syscalls.ts'
import { numberOf, textOf } from './audit-log-values.ts'
import { type AuditEvent, AuditWindow } from './audit-log-window.ts'
import { ChunkBuilder } from './chunk-builder.ts'
import { JsonSink } from './json-sink.ts'
import { LineCutter } from './line-cutter.ts'

const CHUNK_BYTES = 1 << 20
/** The kernel's records end at 8,970 bytes; auditd adds names to them. */
const MOST_LINE_BYTES = 1 << 16
/** What `ausearch` prints between events. */
const BETWEEN_EVENTS = /^(?:----|time->.*)$/
const SYSCALL_CALL = /arch=(\w+) syscall=(\d+) /
const SYSCALL_PID = / pid=(\d{1,9}) /
const SYSCALL_EXE = / exe=("[^"]*"|\S+)/

export class AuditLogReader implements RecordReader {
  private readonly lines: LineCutter
  private readonly chunk = new ChunkBuilder()
  private readonly sink = new JsonSink()
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  private readonly events: AuditWindow<AuditProcesses>
  private readonly fileHost: string
  private readonly told: AuditNotes
  private readonly wanted: ReadonlySet<number> | null
  private readByte = 0

  constructor(
    private readonly window: ByteWindow,
    detection: Detection,
    private readonly skips: SkipLog,
    { inputName = '', onlyAt }: RecordReaderOptions
  ) {
    this.lines = new LineCutter(window, skips, detection.lineEnd === 'cr' ? 13 : 10)
    this.fileHost = hostOfFile(inputName)
    this.told = new AuditNotes(this.fileHost)
    this.wanted = onlyAt ?? null
    const memory = new ProcessMemory()
    this.events = new AuditWindow(
      () => new AuditProcesses(memory),
      (event, processes) => this.settle(event, processes)
    )
  }

  async next(): Promise<RecordChunk | null> {
    const { window, lines, chunk, sink } = this
    chunk.count = 0
    sink.length = 0
    for (;;) {
      const more = this.give(lines.done) && lines.step()
      if (more) this.takeLine()
      else if (chunk.count > 0) return chunk.chunk(sink.bytes)
      else if (lines.done) return window.finish()
      else await lines.fill()
    }
  }

  notes(): string[] {
    return this.told.lines()
  }

  close(): void {
    this.window.close()
  }

  /** Hands over the events that are complete; false when the chunk is full. */
  private give(ended: boolean): boolean {
    const { chunk, sink, events } = this
    while (!chunk.full && sink.length < CHUNK_BYTES) {
      const event = events.next(this.readByte, ended)
      if (!event) return true
      if (event.result === null) continue
      const from = sink.length
      sink.text(event.result)
      chunk.add(from, sink.length, { byte: event.startByte, line: event.line }, event.endByte - event.startByte)
    }
    return false
  }

  private takeLine(): void {
    const { lines, window } = this
    if (!lines.trim()) return
    const { lineStart: start, lineEnd: end } = lines
    if (end - start > MOST_LINE_BYTES) return lines.skip(start, end, 'longer than an audit record can be')
    const text = this.decoder.decode(window.bytes.subarray(start, end))
    const record = parseRecord(text)
    if (!record) {
      if (!BETWEEN_EVENTS.test(text)) lines.skip(start, end, 'not an audit record')
      return
    }
    const { byte, line } = window.place(start)
    this.readByte = byte
    const processes = this.events.add(record, line, byte, byte + window.lengthOf(start, end))
    if (record.type === 'SYSCALL') announce(processes, record.body, record.timeMillis)
  }

  /** An event whose turn in time has come: what it says of processes is kept, its document is written. */
  private settle(event: AuditEvent, processes: AuditProcesses): string | null {
    const { timeMillis, serial, node } = event
    const head: EventHead = { timeMillis, serial, host: node.name ?? this.fileHost }
    const records = event.records.map(({ type, body }) => new TypedFields(type, body))
    const call = readCall(head, records)
    const parent = call && this.follow(call, processes)
    const alone = call ? null : records.find(({ type }) => standsAlone(type) && type !== 'SYSCALL')
    if (!call && !alone) return this.skip(event, records)
    this.told.addEvent(node.name)
    if (this.wanted && !this.wanted.has(event.startByte)) return null
    if (!call) return JSON.stringify(readAlone(head, alone!))
    return JSON.stringify(addParent(call.document(), call.step.ppid, parent))
  }

  /** Answers the parent, and keeps what the event says of processes for those behind it. */
  private follow(call: CallEvent, processes: AuditProcesses): KnownParent | null {
    const { step, change, identity, child } = call
    const parent = step.ppid === null ? null : processes.find(step.ppid, step)
    if (change === 'exec') {
      this.told.addStart(parent?.from ?? 'unknown', call.argumentsFrom, call.userNamed)
      processes.executed(step, identity!)
    } else if (change === 'fork') processes.forked(step, child!)
    else if (change === 'end') processes.ended(step.pid)
    else processes.recorded(step)
    return parent
  }

  /** Records that tell nothing without their SYSCALL record; the mark of an event's end tells nothing at all. */
  private skip({ line, startByte, endByte }: AuditEvent, records: readonly TypedFields[]): null {
    const types = [...new Set(records.map(({ type }) => type))].filter((type) => type !== 'EOE')
    if (types.length === 0) return null
    const reason = types.includes('SYSCALL')
      ? 'a SYSCALL record without a pid'
      : `an incomplete event: ${types.join(', ')} without a SYSCALL record`
    this.skips.add({ line, byte: startByte, length: endByte - startByte, reason })
    return null
  }
}

/** Names a process ahead of its turn, for events before it whose parent nothing else tells. */
function announce(processes: AuditProcesses, body: string, timeMillis: number): void {
  const call = SYSCALL_CALL.exec(body)
  // The record of an execve names the program it led to, not the one that called.
  if (!call || callName(call[1]!, call[2]!).startsWith('execve')) return
  const pid = numberOf(SYSCALL_PID.exec(body)?.[1])
  const executable = textOf(SYSCALL_EXE.exec(body)?.[1])
  if (pid !== null && executable !== null) processes.announce({ pid, ppid: null, timeMillis, executable })
}
