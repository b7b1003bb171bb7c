/**
 * InputHashes: the SHA-256 of the opened files, counted in the worker while nothing else runs there.
 *
 * `want` after files were added, `reset` when they are forgotten; `known()` waits until every file has its hash or the reason
 * why it has none.
 */
import type { EngineApi, InputHash, RunProgress } from '../../engine/worker/api.ts'
import { asFailure } from '../../engine/worker/client.ts'
import type { ScanQueue } from './scan-queue.ts'

export type HashPhase = 'none' | 'hashing' | 'done' | 'failed'

export class InputHashes {
  phase = $state<HashPhase>('none')
  files = $state.raw<readonly InputHash[]>([])
  progress = $state.raw<RunProgress | null>(null)
  #generation = 0
  #waiting: ((files: readonly InputHash[]) => void)[] = []

  constructor(
    readonly engine: EngineApi,
    readonly scans: ScanQueue
  ) {}

  /** Hashes the inputs as they are now, as soon as there is time. */
  want(): void {
    const generation = ++this.#generation
    const current = () => generation === this.#generation
    this.phase = 'hashing'
    this.progress = null
    this.scans.whileIdle({
      run: async () => {
        try {
          const files = await this.engine.hashInputs({ progress: (at) => current() && (this.progress = at) })
          if (!current()) return true
          this.files = files
          const done = files.every(({ sha256, problem }) => sha256 !== null || problem !== null)
          if (done) this.#settle('done')
          return done
        } catch (error) {
          if (current() && asFailure(error).kind !== 'cancelled') this.#settle('failed')
          return true
        }
      },
      pause: () => void this.engine.pauseHashing().catch(() => undefined)
    })
  }

  /** The files with their hashes, once all are there; null entries never, `problem` says why one has none. */
  known(): Promise<readonly InputHash[]> {
    if (this.phase !== 'hashing') return Promise.resolve(this.files)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Forgets the files; who waits is answered with none. */
  reset(): void {
    this.#generation++
    this.scans.whileIdle(null)
    this.files = []
    this.progress = null
    this.#settle('none')
  }

  #settle(phase: HashPhase): void {
    this.phase = phase
    this.progress = null
    for (const resolve of this.#waiting.splice(0)) resolve(this.files)
  }
}
