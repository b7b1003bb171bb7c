/** NearMisses: the second pass on demand, for the run on screen, with its own progress. */
import type { EngineApi, NearMissGroup, RunProgress } from '../../engine/worker/api.ts'
import { Loadable } from './loadable.svelte.ts'
import type { ScanQueue } from './scan-queue.ts'

export class NearMisses {
  readonly groups = new Loadable<NearMissGroup[]>()
  progress = $state.raw<RunProgress | null>(null)

  constructor(
    readonly engine: EngineApi,
    readonly scans: ScanQueue
  ) {}

  /** Looks through the inputs once more. */
  async look(runKey: string): Promise<void> {
    this.progress = null
    await this.groups.load(() =>
      this.scans.add(() => this.engine.nearMisses(runKey, { progress: (progress) => (this.progress = progress) }))
    )
  }

  reset(): void {
    this.progress = null
    this.groups.reset()
  }
}
