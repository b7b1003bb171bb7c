/** Time bounds of the loaded data: a pass over the time fields only, for schedules and for NOW(). */
import type { Kernels } from '../../wasm/abi/kernels.ts'
import type { Batch } from '../data/batch.ts'
import type { EventLineage } from '../data/lineage.ts'
import type { ScanProgress } from '../source/scan-request.ts'
import type { InputScanner, ScanOptions } from './input-scanner.ts'

export interface TimeBoundsOfData {
  /** By the time scheduled runs see (event.ingested, else @timestamp); null when no event has a time. */
  earliestMillis: number | null
  latestMillis: number | null
  /** Newest @timestamp: NOW() of a run over the whole input. */
  newestMillis: number | null
  cancelled: boolean
}

/** Takes batches and widens the bounds by the times of their events. */
export class BoundsSink {
  readonly bounds: Omit<TimeBoundsOfData, 'cancelled'> = { earliestMillis: null, latestMillis: null, newestMillis: null }

  push(batch: Batch): 'more' {
    const { bounds } = this
    const lineage = batch.lineage as EventLineage
    for (let row = 0; row < batch.rowCount; row++) {
      const seen = lineage.windowMillis(row)
      if (seen !== null) {
        if (bounds.earliestMillis === null || seen < bounds.earliestMillis) bounds.earliestMillis = seen
        if (bounds.latestMillis === null || seen > bounds.latestMillis) bounds.latestMillis = seen
      }
      const newest = lineage.millis(row)
      if (newest !== null && (bounds.newestMillis === null || newest > bounds.newestMillis)) bounds.newestMillis = newest
    }
    return 'more'
  }
}

/** Reads the times of all events. */
export async function timeBounds(
  scanner: InputScanner,
  kernels: Kernels,
  options: ScanOptions,
  onProgress: (progress: ScanProgress) => void
): Promise<TimeBoundsOfData> {
  const sink = new BoundsSink()
  const outcome = await scanner.scan({ from: { patterns: ['*'], schema: [] }, required: [], options }, sink, kernels, onProgress)
  return { ...sink.bounds, cancelled: outcome.cancelled }
}
