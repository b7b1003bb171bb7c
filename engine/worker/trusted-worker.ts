/**
 * A Worker whose script URL goes through the page's Trusted Types policy, because the pages' CSP asks for one.
 *
 * Holds: only URLs below the page's own origin, and blobs the page made, become worker scripts.
 */
type ScriptUrlPolicy = { createScriptURL(url: string): unknown }
type TrustedTypesFactory = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy }

let policy: ScriptUrlPolicy | null = null

/** The policy is made once: its name is in the CSP's `trusted-types` list, which refuses a second one of the same name. */
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
 * Import it as `Worker`: Vite bundles a worker only where it reads `new Worker(new URL(...))` literally, and Trusted Types
 * refuse exactly that call, so the policy is applied inside.
 */
export class TrustedWorker extends globalThis.Worker {
  constructor(url: URL, options: WorkerOptions) {
    super(workerPolicy().createScriptURL(url.href) as string, options)
  }
}
