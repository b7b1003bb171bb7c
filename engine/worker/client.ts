/**
 * Starts the engine's worker for a page: through a Trusted Types policy, because the pages' CSP asks for one, and spoken
 * to as connect.ts says.
 */
import { connectEngine, type EngineClient } from './connect.ts'

export { asFailure } from './failure.ts'
export { connectEngine, type EngineClient } from './connect.ts'

type ScriptUrlPolicy = { createScriptURL(url: string): unknown }
type TrustedTypesFactory = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy }

let policy: ScriptUrlPolicy | null = null

/**
 * Only URLs below the page's own origin become worker scripts. The policy is made once: its name is in the CSP's
 * `trusted-types` list, which refuses a second one of the same name.
 */
function workerPolicy(): ScriptUrlPolicy {
  const rules = {
    createScriptURL(url: string): string {
      const { protocol, origin } = new URL(url, location.href)
      if (protocol === 'blob:' || origin === location.origin) return url
      throw new TypeError('worker script from a foreign origin')
    }
  }
  const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes
  return (policy ??= factory ? factory.createPolicy('rarebit-worker', rules) : rules)
}

/**
 * Shadows the global on purpose: Vite bundles a worker only where it reads `new Worker(new URL(...))` literally, and
 * Trusted Types refuse exactly that call, so the policy is applied inside.
 */
class Worker extends globalThis.Worker {
  constructor(url: URL, options: WorkerOptions) {
    super(workerPolicy().createScriptURL(url.href) as string, options)
  }
}

/** Starts the engine's worker. */
export function startEngine(): EngineClient {
  return connectEngine(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'rarebit-engine' }))
}
