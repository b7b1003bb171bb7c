/** Runs a scanner over bytes in pieces and lays what it found open as plain values, for tests to compare. */
import { createJsonScanner } from '../../engine/source/scan/json-scanner.ts'
import type { RecordScanner, ScannedRows, ScanPlan } from '../../engine/source/record-scanner.ts'
import type { ScannerLimits } from '../../engine/source/scan/scan-state.ts'
import type { SkippedInput } from '../../engine/source/scan-request.ts'
import type { Kernels } from '../../wasm/abi/kernels.ts'

export interface FoundRow {
  byte: number
  length: number
  line: number
  event: number
  /** Per field of the plan its values as "kind:text". */
  values: string[][]
}

export interface ScanOutcome {
  rows: FoundRow[]
  events: number
  skipped: SkippedInput[]
  skippedTotal: number
  drops: number[]
}

/** A plan of plain fields without conjuncts. */
export function planOf(...paths: string[]): ScanPlan {
  return { fields: paths.map((path) => ({ path, root: false })), required: [], shape: 'plain' }
}

/** Scans `input` as lines, handing over `pieceBytes` at a time. */
export function scanLines(
  kernels: Kernels,
  plan: ScanPlan,
  input: string | Uint8Array,
  pieceBytes = 65536,
  limits: Partial<ScannerLimits> = {}
): ScanOutcome {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input
  const scanner = createJsonScanner(kernels, plan, limits)
  const outcome = emptyOutcome()
  for (let at = 0; ;) {
    const piece = bytes.subarray(at, at + pieceBytes)
    scanner.inputView(Math.max(1, piece.length)).set(piece)
    scanner.advance(piece.length)
    drain(scanner, outcome)
    if (piece.length === 0) break
    at += piece.length
  }
  return finish(scanner, outcome)
}

/** Scans `records` as one chunk of the records mode. */
export function scanRecords(kernels: Kernels, plan: ScanPlan, records: readonly (string | Uint8Array)[]): ScanOutcome {
  const scanner = createJsonScanner(kernels, plan)
  const outcome = emptyOutcome()
  const parts = records.map((record) => (typeof record === 'string' ? new TextEncoder().encode(record) : record))
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  const ends: number[] = []
  for (const part of parts) {
    const start = ends.at(-1) ?? 0
    bytes.set(part, start)
    ends.push(start + part.length)
  }
  scanner.scanRecords(bytes, Uint32Array.from([0, ...ends.slice(0, -1)]), Uint32Array.from(ends), parts.length)
  drain(scanner, outcome)
  return finish(scanner, outcome)
}

function emptyOutcome(): ScanOutcome {
  return { rows: [], events: 0, skipped: [], skippedTotal: 0, drops: [] }
}

function drain(scanner: RecordScanner, outcome: ScanOutcome): void {
  for (let rows = scanner.next(); rows; rows = scanner.next()) outcome.rows.push(...openRows(rows))
  outcome.skipped.push(...scanner.takeSkipped())
}

function openRows(rows: ScannedRows): FoundRow[] {
  return Array.from({ length: rows.rowCount }, (_, row) => ({
    byte: rows.byte[row]!,
    length: rows.length[row]!,
    line: rows.line[row]!,
    event: rows.event[row]!,
    values: rows.fields.map(({ offsets, codes, dictionary }) =>
      Array.from(codes.subarray(offsets[row]!, offsets[row + 1]!), (code) => `${dictionary.kind(code)}:${dictionary.text(code)}`)
    )
  }))
}

function finish(scanner: RecordScanner, outcome: ScanOutcome): ScanOutcome {
  outcome.events = scanner.events
  outcome.skippedTotal = scanner.skippedTotal
  outcome.drops = [...scanner.multiValueDrops]
  scanner.close()
  return outcome
}
