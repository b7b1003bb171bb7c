/**
 * The page's half of the RPC: an EngineApi whose work happens in a module worker.
 *
 * Holds: every call settles. When the worker dies, pending and later calls reject with a fault instead of hanging.
 * Rejections are always plain EngineFailure objects.
 */
import { proxy, releaseProxy, wrap } from 'comlink'
import type { EngineApi, RunHandlers } from './api.ts'
import { asFailure } from './failure.ts'

export { asFailure } from './failure.ts'

/** An engine in a worker; `close` ends the worker and gives its memory back. */
export interface EngineClient extends EngineApi {
  close(): void
}

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

/** Speaks to an engine that `serveEngine` serves in `worker`. */
export function connectEngine(worker: globalThis.Worker): EngineClient {
  const remote = wrap<EngineApi>(worker)
  let die: (reason: unknown) => void = () => undefined
  const death = new Promise<never>((_, reject) => (die = reject))
  death.catch(() => undefined)
  worker.addEventListener('error', (event) => die(new Error(event.message || 'the engine could not be started')))
  worker.addEventListener('messageerror', () => die(new Error('an answer of the engine could not be read')))

  const settle = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await Promise.race([answer, death])
    } catch (error) {
      throw asFailure(error)
    }
  }
  // A proxied object answers to every name, so both handlers are always there.
  const shared = ({ progress, partial }: RunHandlers) => proxy({ progress, partial: partial ?? (() => undefined) })

  return {
    addInputs: (files) => settle(remote.addInputs(files)),
    clearInputs: () => settle(remote.clearInputs()),
    listRules: () => settle(remote.listRules()),
    addRules: (fileName, text) => settle(remote.addRules(fileName, text)),
    run: (request, handlers) => settle(remote.run(request, shared(handlers))),
    query: (text, handlers) => settle(remote.query(text, shared(handlers))),
    cancel: () => settle(remote.cancel()),
    readEvents: (sources) => settle(remote.readEvents(sources)),
    explain: (runKey, source) => settle(remote.explain(runKey, source)),
    rarity: (runKey, handlers) => settle(remote.rarity(runKey, shared(handlers))),
    nearMisses: (runKey, handlers) => settle(remote.nearMisses(runKey, shared(handlers))),
    steps: (runKey, findingId) => settle(remote.steps(runKey, findingId)),
    close() {
      die(new Error('the engine was closed'))
      remote[releaseProxy]()
      worker.terminate()
    }
  }
}
