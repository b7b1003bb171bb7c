/** Stands in for engine/worker/start.ts in builds of mode `fake`: the same RPC, another worker. */
import { connectEngine, type EngineClient } from '../../../engine/worker/connect.ts'
import { TrustedWorker as Worker } from '../../../engine/worker/trusted-worker.ts'

export function startEngine(): EngineClient {
  return connectEngine(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }))
}
