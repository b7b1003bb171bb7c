/** Finished runs, each with what later questions about it need. */
import type { ScanOptions } from './input-scanner.ts'
import { QueryError } from './prepare.ts'
import type { FoundRun } from './run-result.ts'
import type * as api from './types.ts'

export interface KeptRun extends FoundRun {
  options: ScanOptions
  request: api.RunRequest
}

/** Runs of all rules that are remembered: the one on screen and the one before it, which somebody may still be reading. */
const RULES_RUNS = 2

export class KeptRuns {
  private readonly runs = new Map<string, KeptRun>()
  private readonly rulesRuns: string[][] = []
  private count = 0

  /** The key the next run that is kept will have. */
  get nextKey(): string {
    return `run-${this.count + 1}`
  }

  /** Keeps a run under `nextKey`. */
  add(run: KeptRun): string {
    const key = this.nextKey
    this.count++
    this.runs.set(key, run)
    return key
  }

  /** Takes the runs of all rules that `keys` names as the newest, and forgets those of long ago. */
  replaceRules(keys: string[]): void {
    this.rulesRuns.push(keys)
    if (this.rulesRuns.length > RULES_RUNS) for (const key of this.rulesRuns.shift()!) this.runs.delete(key)
  }

  get(key: string): KeptRun {
    const run = this.runs.get(key)
    if (!run) throw new QueryError([`There is no run [${key}] in this session`])
    return run
  }

  clear(): void {
    this.runs.clear()
  }
}
