/** Time bounds of the loaded data: a pass over the time fields only, for schedules and for NOW(). */
import type { Kernels } from '../../wasm/abi/kernels.ts'
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

/** Reads the times of all events. */
export async function timeBounds(
  scanner: InputScanner,
  kernels: Kernels,
  options: ScanOptions,
  onProgress: (progress: ScanProgress) => void
): Promise<TimeBoundsOfData> {
  const bounds: TimeBoundsOfData = { earliestMillis: null, latestMillis: null, newestMillis: null, cancelled: false }
  const sink = {
    push(batch: { rowCount: number; lineage: unknown }): 'more' {
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
  const outcome = await scanner.scan({ from: { patterns: ['*'], schema: [] }, required: [], options }, sink, kernels, onProgress)
  return { ...bounds, cancelled: outcome.cancelled }
}
