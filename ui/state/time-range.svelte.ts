/** TimeRange: first and last @timestamp of the loaded data, asked once a run; the time plot needs it for its scale. */
import type { EngineApi } from '../../engine/worker/api.ts'
import { Loadable } from './loadable.svelte.ts'
import type { ScanQueue } from './scan-queue.ts'

const QUERY = 'FROM * | STATS earliest = MIN(@timestamp), latest = MAX(@timestamp)'

export interface Range {
  startMillis: number
  endMillis: number
}

export class TimeRange {
  readonly range = new Loadable<Range | null>()

  constructor(
    readonly engine: EngineApi,
    readonly scans: ScanQueue
  ) {}

  /** Asks unless it is known or on its way. */
  async need(): Promise<void> {
    if (this.range.phase !== 'idle') return
    await this.range.load(async () => {
      const { values } = await this.scans.add(() => this.engine.query(QUERY, { progress: () => undefined }))
      const [first, last] = (values[0] ?? []).map((cell) => (typeof cell === 'string' ? Date.parse(cell) : Number.NaN))
      return Number.isFinite(first) && Number.isFinite(last) ? { startMillis: first!, endMillis: last! } : null
    })
  }
}
