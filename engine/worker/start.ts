/** Starts the engine's worker from a script of its own, as the extension's pages do; the one-file page has it packed. */
import { connectEngine, type EngineClient } from './connect.ts'
import { TrustedWorker as Worker } from './trusted-worker.ts'

/** Starts the engine's worker. */
export function startEngine(): EngineClient {
  return connectEngine(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'rarebit-engine' }))
}
