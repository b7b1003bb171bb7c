/**
 * QueryDesk: free ES|QL over the loaded inputs.
 *
 * The engine adds LIMIT 1000 to a query without one. Taking the chip away appends a LIMIT that no result reaches, on a
 * line of its own: positions in diagnostics stay those of the text on screen, and a trailing comment cannot swallow it.
 */
import type { EngineApi, QueryResult, RunProgress } from '../../engine/worker/api.ts'
import { Loadable } from './loadable.svelte.ts'
import type { ScanQueue } from './scan-queue.ts'

const NO_LIMIT = '\n| LIMIT 2147483647'
const FIRST_QUERY = 'FROM *\n| STATS events = COUNT(*) BY host.name, process.name\n| SORT events DESC'

export class QueryDesk {
  text = $state(FIRST_QUERY)
  limited = $state(true)
  progress = $state.raw<RunProgress | null>(null)
  readonly result = new Loadable<QueryResult>()

  constructor(
    readonly engine: EngineApi,
    readonly scans: ScanQueue
  ) {}

  /** Runs the text as it stands. */
  async run(): Promise<void> {
    const text = this.limited ? this.text : this.text + NO_LIMIT
    this.progress = null
    await this.result.load(() =>
      this.scans.add(() => this.engine.query(text, { progress: (progress) => (this.progress = progress) }))
    )
  }
}
