/**
 * One scan at a time. The engine has one arena and reads the inputs from the start for every scan, so two at once would
 * only slow each other down; what the analyst asks for waits for the background scan, which `dropWaiting` forgets.
 *
 * Idle work (hashing the files) runs only while no scan does: it is paused when one is asked for, and taken up again some
 * time after the last.
 */
export interface IdleWork {
  /** Works until done or paused; answers whether it is done. */
  run(): Promise<boolean>
  /** Makes `run` answer soon. */
  pause(): void
}

/** Questions come in quick succession; idle work waits for the end of them. */
const QUIET_MILLIS = 100

export class ScanQueue {
  #tail: Promise<unknown> = Promise.resolve()
  #generation = 0
  #running = 0
  #idle: IdleWork | null = null
  #working = false
  #starting: ReturnType<typeof setTimeout> | null = null

  /** True while a scan runs or waits. */
  get busy(): boolean {
    return this.#running > 0
  }

  /** Runs `scan` after those before it. Rejects with kind `cancelled` when dropped before its turn. */
  add<Answer>(scan: () => Promise<Answer>): Promise<Answer> {
    const generation = this.#generation
    this.#running++
    if (this.#working) this.#idle?.pause()
    const turn = this.#tail.then(() => {
      if (generation !== this.#generation) throw { kind: 'cancelled', message: 'cancelled before it began', diagnostics: [] }
      return scan()
    })
    const ended = () => {
      this.#running--
      this.#startIdle()
    }
    this.#tail = turn.then(ended, ended)
    return turn
  }

  /** Everything that has not begun is given up. */
  dropWaiting(): void {
    this.#generation++
  }

  /** Sets what is done while nothing else is; null for nothing. Work that was set before is paused for good. */
  whileIdle(work: IdleWork | null): void {
    if (this.#working) this.#idle?.pause()
    this.#idle = work
    this.#startIdle()
  }

  #startIdle(): void {
    if (this.#starting !== null || this.busy || !this.#idle) return
    this.#starting = setTimeout(() => {
      this.#starting = null
      void this.#work()
    }, QUIET_MILLIS)
  }

  async #work(): Promise<void> {
    const work = this.#idle
    if (!work || this.busy || this.#working) return
    this.#working = true
    let done = false
    try {
      done = await work.run()
    } catch {
      // Who set the work hears of its failure; here it is over.
      done = true
    }
    this.#working = false
    if (done && this.#idle === work) this.#idle = null
    this.#startIdle()
  }
}
