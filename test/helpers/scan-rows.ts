/** Scans bytes held in memory through scan source and reference scanner, and gives the rows back as plain values. */
import { cellAt } from '../../engine/data/column.ts'
import type { Cell } from '../../engine/data/data-type.ts'
import type { Batch } from '../../engine/data/batch.ts'
import { type ByteStream, SourceError } from '../../engine/source/bytes.ts'
import { fieldType, type FieldTypes } from '../../engine/source/field-types.ts'
import type { Detection } from '../../engine/source/record-reader.ts'
import { openRecordReader } from '../../engine/source/readers/open-record-reader.ts'
import type { RecordScanner, ScanPlan } from '../../engine/source/record-scanner.ts'
import { createReferenceScanner } from '../../engine/source/scan/reference-scanner.ts'
import type { InputReport, ScanProgress, ScanRequest } from '../../engine/source/scan-request.ts'
import { type ScanDeps, type ScanInput, scanInput } from '../../engine/source/scan-source.ts'

export const NDJSON: Detection = {
  kind: 'ndjson',
  shape: 'plain',
  encoding: 'utf-8',
  bomBytes: 0,
  description: 'one JSON document a line'
}

/** A stream that gives at most `chunk` bytes at a time and, when asked, breaks off at `failAt`. */
export function memoryStream(bytes: Uint8Array, chunk: number, failAt = Infinity): ByteStream {
  let at = 0
  return {
    async read(into) {
      const end = Math.min(at + Math.min(chunk, into.length), bytes.length, failAt)
      if (at >= failAt) throw new SourceError(`the data ends early at byte ${at}`, at)
      into.set(bytes.subarray(at, end))
      const count = end - at
      at = end
      return count
    },
    close() {}
  }
}

export interface ScanRowsOptions extends Partial<Omit<ScanRequest, 'columns'>> {
  columns: string[]
  detection?: Partial<Detection>
  chunk?: number
  failAt?: number
  fieldTypes?: FieldTypes
  types?: Record<string, ScanRequest['columns'][number]['type']>
  createScanner?: (plan: ScanPlan) => RecordScanner
  deps?: Partial<ScanDeps>
  fileIndex?: number
  onBatch?: (batch: Batch) => 'more' | 'done'
}

export interface ScannedTable {
  rows: Cell[][]
  /** `line:event:byte+length` of each row. */
  places: string[]
  report: InputReport
  batches: Batch[]
  progress: ScanProgress[]
}

/** Scans `data` and collects what the sink got. */
export async function scanRows(data: string | Uint8Array, options: ScanRowsOptions): Promise<ScannedTable> {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
  const detection = { ...NDJSON, ...options.detection }
  return scanOpened(
    { name: 'data', detection, openStream: () => memoryStream(bytes, options.chunk ?? 1 << 16, options.failAt) },
    options
  )
}

/** Scans an opened input and collects what the sink got. */
export async function scanOpened(input: ScanInput, options: ScanRowsOptions): Promise<ScannedTable> {
  const fieldTypes = options.fieldTypes ?? fieldType
  const request: ScanRequest = {
    columns: options.columns.map((name) => ({ name, type: options.types?.[name] ?? fieldTypes(name)?.type ?? 'keyword' })),
    required: options.required ?? [],
    indexPatterns: options.indexPatterns ?? ['*'],
    indexLimits: options.indexLimits ?? false,
    sourceOrder: options.sourceOrder ?? false
  }
  const table: ScannedTable = { rows: [], places: [], report: null as unknown as InputReport, batches: [], progress: [] }
  const deps: ScanDeps = {
    createScanner: options.createScanner ?? ((plan) => createReferenceScanner(plan)),
    openRecordReader,
    signal: { aborted: false },
    onProgress: (progress) => table.progress.push(progress),
    fieldTypes,
    readBytes: Math.min(options.chunk ?? 1 << 16, 1 << 20),
    ...options.deps
  }
  table.report = await scanInput(input, options.fileIndex ?? 0, request, deps, {
    push(batch) {
      table.batches.push(batch)
      return options.onBatch?.(batch) ?? 'more'
    }
  })
  for (const batch of table.batches) {
    for (let row = 0; row < batch.rowCount; row++) {
      table.rows.push(batch.columns.map((column) => cellAt(column, row)))
      batch.lineage!.forEach(row, (_, line, event, byte, length) => table.places.push(`${line}:${event}:${byte}+${length}`))
    }
  }
  return table
}
