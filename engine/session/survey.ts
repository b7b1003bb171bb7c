/**
 * Survey: a light pass over all events before many rules run: their times, for schedules and NOW(), and the indexes they are
 * of, so that rules whose source is not loaded need no columns read for them.
 */
import type { Kernels } from '../../wasm/abi/kernels.ts'
import type { Batch } from '../data/batch.ts'
import { INDEX_NAME_COLUMN } from '../source/index-names.ts'
import type { ScanProgress } from '../source/scan-request.ts'
import type { InputScanner, ScanOptions } from './input-scanner.ts'
import { SharedIndexes } from './shared-indexes.ts'
import { BoundsSink, type TimeBoundsOfData } from './time-bounds.ts'

export interface Survey {
  bounds: TimeBoundsOfData
  /** Names as events carry them; at most 1,000. */
  indexes: ReadonlySet<string>
  /** More names than are kept: any pattern may match. */
  indexesFull: boolean
  /** Events that name no index, and so take part in every rule. */
  nameless: number
  cancelled: boolean
}

/** Looks at every event once. */
export async function surveyInputs(
  scanner: InputScanner,
  kernels: Kernels,
  options: ScanOptions,
  onProgress: (progress: ScanProgress) => void
): Promise<Survey> {
  const times = new BoundsSink()
  const indexes = new SharedIndexes()
  const sink = {
    push(batch: Batch): 'more' {
      indexes.note(batch.columns[0]!)
      return times.push(batch)
    }
  }
  const from = { patterns: ['*'], schema: [{ name: INDEX_NAME_COLUMN, type: 'keyword' as const }] }
  const { cancelled } = await scanner.scan({ from, required: [], options }, sink, kernels, onProgress)
  const { names, full, nameless } = indexes
  return { bounds: { ...times.bounds, cancelled }, indexes: names, indexesFull: full, nameless, cancelled }
}
