/**
 * The ways a page can reach a host, and which of them a worker has. The order is that of the table. What has a name in code bears
 * it in every language.
 */
import type { PlainKey } from '../text/text.ts'

export const CHANNELS = [
  { id: 'fetch', name: 'fetch', worker: true },
  { id: 'xhr', name: 'XMLHttpRequest', worker: true },
  { id: 'beacon', name: 'sendBeacon', worker: false },
  { id: 'websocket', name: 'WebSocket', worker: true },
  { id: 'eventsource', name: 'EventSource', worker: true },
  { id: 'webtransport', name: 'WebTransport', worker: true },
  { id: 'webrtc', name: 'RTCPeerConnection', worker: true },
  { id: 'image', label: 'prove.channel.image', worker: false },
  { id: 'background', label: 'prove.channel.background', worker: false },
  { id: 'font', label: 'prove.channel.font', worker: true },
  { id: 'preload', label: 'prove.channel.preload', worker: false },
  { id: 'prefetch', label: 'prove.channel.prefetch', worker: false },
  { id: 'stylesheet', label: 'prove.channel.stylesheet', worker: false },
  { id: 'script', label: 'prove.channel.script', worker: true },
  { id: 'import', name: 'import()', worker: true },
  { id: 'worker', label: 'prove.channel.worker', worker: true },
  { id: 'iframe', label: 'prove.channel.iframe', worker: false },
  { id: 'form', label: 'prove.channel.form', worker: false },
  { id: 'video', label: 'prove.channel.video', worker: false }
] as const satisfies readonly ({ id: string; worker: boolean } & ({ name: string } | { label: PlainKey }))[]

export type ChannelId = (typeof CHANNELS)[number]['id']

/**
 * What became of an attempt.
 * - policy: the browser reported that the policy stopped it; `rule` is the directive.
 * - absent: there is nothing to try with: taken away before the page started, or never there.
 * - types: Trusted Types refused the address.
 * - refused: the browser refused the call itself, in these words, before anything could be sent.
 * - failed: it failed later and nobody said that it was stopped: it may well have gone out.
 * - reached: an answer came, or the way was open.
 * - silent: nothing was reported in time.
 */
export type Verdict =
  | { kind: 'policy'; rule: string }
  | { kind: 'absent' }
  | { kind: 'types' }
  | { kind: 'refused'; words: string }
  | { kind: 'failed'; words: string }
  | { kind: 'reached' }
  | { kind: 'silent' }

/** One channel in one place. */
export interface Trial {
  channel: ChannelId
  verdict: Verdict
}

export type Fate = 'stopped' | 'unclear' | 'open'

/** What a verdict says: nothing went out, it is not certain, or something did. Only what is certain counts as stopped. */
export const FATES: Record<Verdict['kind'], Fate> = {
  policy: 'stopped',
  absent: 'stopped',
  types: 'stopped',
  refused: 'stopped',
  failed: 'unclear',
  silent: 'unclear',
  reached: 'open'
}
