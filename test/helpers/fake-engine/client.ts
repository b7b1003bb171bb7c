/** Stands in for engine/worker/client.ts in builds of mode `fake`: the same RPC, another worker. */
import { connectEngine, type EngineClient } from '../../../engine/worker/connect.ts'

export { asFailure } from '../../../engine/worker/failure.ts'
export { connectEngine, type EngineClient } from '../../../engine/worker/connect.ts'

class Worker extends globalThis.Worker {
  constructor(url: URL, options: WorkerOptions) {
    const policy = (globalThis as unknown as { trustedTypes: TrustedTypesLike }).trustedTypes
    super(policy.createPolicy('rarebit-worker', { createScriptURL: (text) => text }).createScriptURL(url.href) as string, options)
  }
}
interface TrustedTypesLike {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown }
}

export function startEngine(): EngineClient {
  return connectEngine(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }))
}
