/**
 * Proof: tries every channel against an address the analyst chose, in the page and in a worker, and keeps the verdicts. Nothing is
 * tried before `run` is called, and that is called by a press of a button alone.
 */
import { provePage } from '../prove/page.ts'
import { CHANNELS, FATES, type ChannelId, type Fate, type Trial, type Verdict } from '../prove/channels.ts'
import { SvelteMap } from 'svelte/reactivity'

/** Any free port of this machine; small numbers are refused by browsers themselves and would prove nothing. */
export const DEFAULT_ADDRESS = 'http://127.0.0.1:8765'

/** How many channels each place has. */
export const IN_PAGE = CHANNELS.length
export const IN_WORKER = CHANNELS.filter(({ worker }) => worker).length

export type Place = 'page' | 'worker'

export class Proof {
  address = $state(DEFAULT_ADDRESS)
  phase = $state<'idle' | 'running' | 'done'>('idle')
  /** The address the verdicts are about. */
  tried = $state<string | null>(null)
  /** Why the worker's half could not be tried. */
  workerFailure = $state<string | null>(null)
  readonly page = new SvelteMap<ChannelId, Verdict>()
  readonly worker = new SvelteMap<ChannelId, Verdict>()
  readonly #startWorker: () => Promise<Worker>

  constructor(startWorker: () => Promise<Worker>) {
    this.#startWorker = startWorker
  }

  /** The address as a base, null when it is none. */
  get base(): string | null {
    const text = this.address.trim()
    const url = URL.canParse(text) ? new URL(text) : null
    return url && /^https?:$/.test(url.protocol) ? url.origin : null
  }

  /** How many channels of a place had a fate. */
  count(place: Place, fate: Fate): number {
    return [...this[place].values()].filter(({ kind }) => FATES[kind] === fate).length
  }

  /** What the whole trial says: one way open is enough, and so is one that is not certain. */
  get fate(): Fate {
    if (this.count('page', 'open') + this.count('worker', 'open') > 0) return 'open'
    const all = IN_PAGE === this.count('page', 'stopped') && IN_WORKER === this.count('worker', 'stopped')
    return all ? 'stopped' : 'unclear'
  }

  async run(): Promise<void> {
    const { base } = this
    if (base === null || this.phase === 'running') return
    this.phase = 'running'
    this.tried = base
    this.workerFailure = null
    this.page.clear()
    this.worker.clear()
    // The path says where a request came from, should one arrive.
    const addressOf = (place: Place) => (channel: ChannelId) => `${base}/rarebit-proof/${place}/${channel}`
    await provePage(addressOf('page'), ({ channel, verdict }) => this.page.set(channel, verdict))
    await this.#proveWorker(addressOf('worker')).catch((error: unknown) => {
      this.workerFailure = error instanceof Error ? error.message : String(error)
    })
    this.phase = 'done'
  }

  async #proveWorker(addressOf: (channel: ChannelId) => string): Promise<void> {
    const worker = await this.#startWorker()
    // Firefox tells the page of some of what it stopped in a worker, and not the worker.
    const told = new Map<string, string>()
    const heard = ({ blockedURI, effectiveDirective }: SecurityPolicyViolationEvent) =>
      void told.set(blockedURI, effectiveDirective)
    document.addEventListener('securitypolicyviolation', heard)
    try {
      await new Promise<void>((resolve, reject) => {
        worker.addEventListener('error', (event) => reject(new Error(event.message || 'the worker could not be started')))
        worker.addEventListener('message', ({ data }: MessageEvent<Trial | null>) => {
          if (data === null) resolve()
          else this.worker.set(data.channel, data.verdict)
        })
        const addresses = Object.fromEntries(CHANNELS.map(({ id }) => [id, addressOf(id)]))
        worker.postMessage(addresses, [])
      })
      for (const [channel, verdict] of this.worker) {
        const rule = [...told].find(([address]) => address.endsWith(new URL(addressOf(channel)).pathname))?.[1]
        if (FATES[verdict.kind] === 'unclear' && rule) this.worker.set(channel, { kind: 'policy', rule })
      }
    } finally {
      document.removeEventListener('securitypolicyviolation', heard)
      worker.terminate()
    }
  }
}
