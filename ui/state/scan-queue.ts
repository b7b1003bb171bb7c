/**
 * One scan at a time. The engine has one arena and reads the inputs from the start for every scan, so two at once would
 * only slow each other down; what the analyst asks for waits for the background scan, which `dropWaiting` forgets.
 */
export class ScanQueue {
  #tail: Promise<unknown> = Promise.resolve()
  #generation = 0
  #running = 0

  /** True while a scan runs or waits. */
  get busy(): boolean {
    return this.#running > 0
  }

  /** Runs `scan` after those before it. Rejects with kind `cancelled` when dropped before its turn. */
  add<Answer>(scan: () => Promise<Answer>): Promise<Answer> {
    const generation = this.#generation
    this.#running++
    const turn = this.#tail.then(() => {
      if (generation !== this.#generation) throw { kind: 'cancelled', message: 'cancelled before it began', diagnostics: [] }
      return scan()
    })
    this.#tail = turn.then(
      () => this.#running--,
      () => this.#running--
    )
    return turn
  }

  /** Everything that has not begun is given up. */
  dropWaiting(): void {
    this.#generation++
  }
}
