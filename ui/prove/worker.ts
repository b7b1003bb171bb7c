/**
 * A worker under the policy of its page from which nothing was taken away: what stops it is the policy alone. It is told an
 * address, tries every channel a worker has, posts each verdict and `null` at the end.
 */
import { isAboutTypes, tryChannel, type Attempt } from './attempt.ts'
import { CHANNELS, type ChannelId, type Trial } from './channels.ts'
import { EVERYWHERE, present } from './everywhere.ts'

const ATTEMPTS: Partial<Record<ChannelId, Attempt>> = {
  ...EVERYWHERE,
  script: (url) => {
    const load = present<(url: string) => void>('importScripts')
    try {
      load(url)
      return Promise.resolve()
    } catch (error) {
      // It waits for the answer: when it throws, the request may long have been made.
      if (isAboutTypes(error)) throw error
      return Promise.reject(error)
    }
  }
}

const place = globalThis as unknown as { postMessage(message: Trial | null): void } & EventTarget

place.addEventListener('message', (event) => void proveWorker((event as MessageEvent<Record<string, string>>).data))

async function proveWorker(addresses: Record<string, string>): Promise<void> {
  for (const { id } of CHANNELS) {
    const attempt = ATTEMPTS[id]
    if (attempt) place.postMessage({ channel: id, verdict: await tryChannel(attempt, addresses[id]!, place) })
  }
  place.postMessage(null)
}
