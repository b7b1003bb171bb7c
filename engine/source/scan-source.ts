/**
 * The scan source: drives one input through reader and scanner and hands typed batches to a sink.
 *
 * In:   an opened input, what the query wants of it, and the parts that read and scan. Out: batches with their lineage, and a
 *       report of what was read, skipped and worth knowing.
 * Holds: an input that breaks off (truncated gzip) ends with what was read until then and says so; nothing is thrown for
 *       data. A cancel shows within 100 ms: the event loop gets its turn about every 25 ms. Counts of a batch's notes
 *       concern the rows that passed the conditions handed to the scanner.
 */
import { type ByteStream, SourceError } from './bytes.ts'
import { fieldType, type FieldTypes } from './field-types.ts'
import { compileIndexPatterns } from './index-pattern.ts'
import type { Detection, OpenRecordReader, RecordChunk, RecordReader } from './record-reader.ts'
import { SkipLog } from './record-reader.ts'
import { isScannedByLine } from './readers/open-record-reader.ts'
import type { RecordScanner, ScanPlan } from './record-scanner.ts'
import { RowBatcher } from './row-batcher.ts'
import { planScan } from './scan-plan.ts'
import type { BatchSink, InputReport, ScanProgress, ScanRequest, SkippedInput } from './scan-request.ts'
import { type PauseClock, pauseClock } from './pause-clock.ts'
import type { SeenIds } from './seen-ids.ts'

/** What the source needs of an input; OpenedInput is one. */
export interface ScanInput {
  readonly name: string
  /** Null when the input cannot be read: `problem` says why. */
  readonly detection: Detection | null
  readonly problem?: string | null
  /** The decompressed bytes from the first on, a byte-order mark included. */
  openStream(): ByteStream | Promise<ByteStream>
  /** Size of the decompressed input where it is known. */
  readonly contentLength?: number | null
  /** Index that its events are of when they name none (`esql --stdio`). */
  readonly indexName?: string
  /** Things found while reading it. */
  readonly notes?: readonly string[]
}

export interface ScanDeps {
  createScanner(plan: ScanPlan): RecordScanner
  openRecordReader: OpenRecordReader
  signal: { readonly aborted: boolean }
  onProgress(progress: ScanProgress): void
  /** Types of fields; the built-in table unless a mapping is given. */
  fieldTypes?: FieldTypes
  /** Ids met in this run, when repeats over several inputs are to be counted. */
  seenIds?: SeenIds
  /** Most bytes asked for at a time in lines mode. */
  readBytes?: number
}

const READ_BYTES = 1024 * 1024
const FIRST_READ_BYTES = 256 * 1024
const STEP_MILLIS = 30
const KEPT_SKIPS = 1000

/** Scans one input into `sink`; `fileIndex` is its place among the run's inputs. */
export async function scanInput(
  input: ScanInput,
  fileIndex: number,
  request: ScanRequest,
  deps: ScanDeps,
  sink: BatchSink
): Promise<InputReport> {
  const { detection } = input
  if (!detection || detection.kind === 'empty' || detection.kind === 'unknown') return unreadReport(input, request)
  const run = new InputScan(input, detection, fileIndex, request, deps, sink)
  try {
    await run.read()
  } finally {
    run.close()
  }
  return run.report()
}

class InputScan {
  private readonly matcher
  private readonly scanner: RecordScanner
  private readonly batcher: RowBatcher
  private stream: ByteStream | null = null
  private readonly readerSkips = new SkipLog()
  private readerNotes: readonly string[] = []
  private readonly scannerSkips: SkippedInput[] = []
  private readonly clock: PauseClock
  private bytesRead = 0
  private rows = 0
  private stopped = false
  private failure: SourceError | null = null
  /** Skipped before the latest read: a failure adds a place of its own only where nothing was found cut. */
  private skippedBefore = 0
  private lastLine = 1
  private readonly usesLines: boolean

  constructor(
    private readonly input: ScanInput,
    private readonly detection: Detection,
    fileIndex: number,
    request: ScanRequest,
    private readonly deps: ScanDeps,
    private readonly sink: BatchSink
  ) {
    const fieldTypes = deps.fieldTypes ?? fieldType
    this.matcher = compileIndexPatterns(request.indexPatterns)
    const plan = planScan(request, detection.shape, this.matcher, fieldTypes)
    this.usesLines = isScannedByLine(detection) && !plan.needsText
    this.batcher = new RowBatcher(plan, request, this.matcher, {
      fileIndex,
      shape: detection.shape,
      fieldTypes,
      seenIds: deps.seenIds,
      indexName: input.indexName ?? null
    })
    this.scanner = deps.createScanner(plan.scan)
    this.clock = pauseClock()
  }

  async read(): Promise<void> {
    try {
      this.stream = counted(await this.input.openStream(), (count) => (this.bytesRead += count))
      await (this.usesLines ? this.readLines(this.stream) : this.readRecords(this.stream))
    } catch (error) {
      if (!(error instanceof SourceError)) throw error
      this.failure = error
      await this.endAfterFailure()
    }
    this.tell()
  }

  close(): void {
    this.clock.close()
    this.stream?.close()
    this.scanner.close()
  }

  private async readLines(stream: ByteStream): Promise<void> {
    await passOver(stream, this.detection.bomBytes)
    const most = this.deps.readBytes ?? READ_BYTES
    let size = Math.min(FIRST_READ_BYTES, most)
    while (!this.done()) {
      this.skippedBefore = this.skippedTotal()
      const count = await stream.read(this.scanner.inputView(size).subarray(0, size))
      const start = performance.now()
      this.scanner.advance(count)
      await this.drain(null)
      if (count === 0) return
      // As much at a time as keeps a step short, on this machine and for this query.
      const millis = performance.now() - start
      if (millis < STEP_MILLIS / 2) size = Math.min(size * 2, most)
      else if (millis > STEP_MILLIS) size = Math.max(size / 2, Math.min(FIRST_READ_BYTES, most))
    }
  }

  private async readRecords(stream: ByteStream): Promise<void> {
    const isArrayField = (name: string) => (this.deps.fieldTypes ?? fieldType)(name)?.array ?? false
    const reader: RecordReader = this.deps.openRecordReader(stream, this.detection, this.readerSkips, {
      isArrayField,
      inputName: this.input.name
    })
    try {
      while (!this.done()) {
        this.skippedBefore = this.skippedTotal()
        const chunk = await reader.next()
        if (!chunk) break
        this.lastLine = chunk.line[chunk.count - 1] ?? this.lastLine
        this.scanner.scanRecords(chunk.bytes, chunk.starts, chunk.ends, chunk.count)
        await this.drain(chunk)
      }
    } finally {
      this.readerNotes = reader.notes?.() ?? []
      reader.close()
    }
  }

  /** Hands on all rows of the input given so far. */
  private async drain(chunk: RecordChunk | null): Promise<void> {
    for (let rows = this.scanner.next(); rows && !this.done(); rows = this.scanner.next()) {
      const batch = this.batcher.batch(rows, chunk, this.originShift())
      this.rows += batch.rowCount
      if (batch.rowCount > 0 && this.sink.push(batch) === 'done') this.stopped = true
      await this.breathe()
    }
    this.takeSkips(chunk)
    await this.breathe()
  }

  /** In lines mode the scanner counts from behind the byte-order mark. */
  private originShift(): number {
    return this.usesLines ? this.detection.bomBytes : 0
  }

  private async breathe(): Promise<void> {
    if (this.clock.progressDue()) this.tell()
    if (this.clock.pauseDue()) await this.clock.pause()
  }

  private done(): boolean {
    return this.stopped || this.deps.signal.aborted
  }

  private takeSkips(chunk: RecordChunk | null): void {
    for (const skip of this.scanner.takeSkipped()) {
      if (this.scannerSkips.length >= KEPT_SKIPS) continue
      if (!chunk) this.scannerSkips.push({ ...skip, byte: skip.byte + this.originShift() })
      else {
        const { line, originByte, originLength } = chunk
        const at = skip.byte
        this.scannerSkips.push({ line: line[at]!, byte: originByte[at]!, length: originLength[at]!, reason: skip.reason })
      }
    }
  }

  /** The stream broke off: what was read before is used; the place shows among the skipped, as the event cut there if any. */
  private async endAfterFailure(): Promise<void> {
    if (this.usesLines) {
      this.scanner.advance(0)
      await this.drain(null)
    }
    if (this.skippedTotal() > this.skippedBefore) return
    this.readerSkips.add({ line: this.lineBehindEvents(), byte: this.bytesRead, length: 0, reason: this.failure!.message })
  }

  private skippedTotal(): number {
    return this.readerSkips.total + this.scanner.skippedTotal
  }

  /** Line on which reading stopped: exact in files of one document a line without blank ones, else that of the last record. */
  private lineBehindEvents(): number {
    return this.usesLines ? this.scanner.events + this.scanner.skippedTotal + 1 : this.lastLine
  }

  private tell(): void {
    const { contentLength } = this.input
    this.deps.onProgress({
      bytesRead: this.bytesRead,
      bytesTotal: contentLength ?? null,
      events: this.scanner.events,
      rows: this.rows
    })
  }

  report(): InputReport {
    const skipped = [...this.readerSkips.entries, ...this.scannerSkips].sort((a, b) => a.byte - b.byte)
    const notes = [...this.matcher.notes, ...this.batcher.notes(), ...this.readerNotes, ...(this.input.notes ?? [])]
    if (this.failure) {
      const { events } = this.scanner
      const read =
        events === 1 ? 'the one event before that place was' : `the ${events.toLocaleString('en')} events before that place were`
      notes.unshift(`${this.failure.message}: ${read} read.`)
    }
    return {
      name: this.input.name,
      bytes: this.bytesRead,
      events: this.scanner.events,
      skipped: skipped.slice(0, KEPT_SKIPS),
      skippedTotal: this.skippedTotal(),
      notes,
      multiValueDrops: this.batcher.multiValueDrops(this.scanner.multiValueDrops)
    }
  }
}

/** The report of an input that holds nothing to read. */
function unreadReport(input: ScanInput, request: ScanRequest): InputReport {
  const notes = [...(input.problem ? [input.problem] : []), ...(input.notes ?? [])]
  return {
    name: input.name,
    bytes: 0,
    events: 0,
    skipped: [],
    skippedTotal: 0,
    notes,
    multiValueDrops: request.required.map(() => 0)
  }
}

/** Reads and forgets the first `count` bytes. */
async function passOver(stream: ByteStream, count: number): Promise<void> {
  for (let left = count; left > 0;) {
    const read = await stream.read(new Uint8Array(left))
    if (read === 0) return
    left -= read
  }
}

/** The stream, telling how much it gave. */
function counted(stream: ByteStream, tell: (count: number) => void): ByteStream {
  return {
    async read(into) {
      const count = await stream.read(into)
      tell(count)
      return count
    },
    close: () => stream.close()
  }
}
