/** Loadable: one answer of the engine on its way, there, or failed. An answer overtaken by a newer question is dropped. */
import type { EngineFailure } from '../../engine/worker/api.ts'
import { asFailure } from '../../engine/worker/client.ts'

export type LoadPhase = 'idle' | 'loading' | 'done' | 'failed'

export class Loadable<Answer> {
  phase = $state<LoadPhase>('idle')
  value = $state.raw<Answer | null>(null)
  failure = $state.raw<EngineFailure | null>(null)
  #question = 0

  /** Asks; an earlier value stays visible until the new one is there. */
  async load(ask: () => Promise<Answer>): Promise<void> {
    const question = ++this.#question
    this.phase = 'loading'
    this.failure = null
    try {
      const value = await ask()
      if (question !== this.#question) return
      this.value = value
      this.phase = 'done'
    } catch (error) {
      if (question !== this.#question) return
      this.failure = asFailure(error)
      this.phase = 'failed'
    }
  }

  /** Back to the beginning; an answer on its way is dropped. */
  reset(): void {
    this.#question++
    this.phase = 'idle'
    this.value = null
    this.failure = null
  }
}
