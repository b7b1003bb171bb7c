/** Attempts that a page and a worker make alike. What was taken away from the global object is absent. */
import { Absent, type Attempt } from './attempt.ts'
import type { ChannelId } from './channels.ts'

type Constructor = new (...values: unknown[]) => EventTarget & Record<string, unknown>

/** A constructor or function of this place, whatever was taken away. */
export function present<Part = Constructor>(name: string): Part {
  const part: unknown = Reflect.get(globalThis, name)
  if (typeof part !== 'function') throw new Absent(name)
  return part as Part
}

/** Resolves at the first of `good`, rejects at the first of `bad`. */
export function settled(target: EventTarget, good: readonly string[], bad: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    for (const name of good) target.addEventListener(name, () => resolve(), { once: true })
    for (const name of bad) target.addEventListener(name, () => reject(new Error(name)), { once: true })
  })
}

const socketAddress = (url: string) => url.replace(/^http/, 'ws')
/** Speaks TLS only. */
const secureAddress = (url: string) => url.replace(/^http:/, 'https:')

export const EVERYWHERE = {
  fetch: (url) => present<typeof fetch>('fetch')(url, { mode: 'no-cors' }),
  xhr: (url) => {
    const request = new (present('XMLHttpRequest'))() as unknown as XMLHttpRequest
    request.open('GET', url)
    request.send()
    return settled(request, ['load'], ['error', 'timeout', 'abort'])
  },
  websocket: (url) => settled(new (present('WebSocket'))(socketAddress(url)), ['open'], ['error', 'close']),
  eventsource: (url) => {
    const source = new (present('EventSource'))(url) as unknown as EventSource
    return settled(source, ['open'], ['error']).finally(() => source.close())
  },
  webtransport: (url) => (new (present('WebTransport'))(secureAddress(url)) as unknown as { ready: Promise<void> }).ready,
  webrtc: (url) => stunRequest(url),
  font: (url) => (new (present('FontFace'))('rarebit-proof', `url(${JSON.stringify(url)})`) as unknown as FontFace).load(),
  import: (url) => import(/* @vite-ignore */ url) as Promise<unknown>,
  worker: (url) => settled(new (present('Worker'))(url, { type: 'module' }), ['message'], ['error'])
} as const satisfies Partial<Record<ChannelId, Attempt>>

/** Asks for a way through the address as a STUN server; a candidate from there is an answer. */
function stunRequest(url: string): Promise<void> {
  const { hostname, port } = new URL(url)
  const connection = new (present('RTCPeerConnection'))({
    iceServers: [{ urls: `stun:${hostname}:${port || '3478'}` }]
  }) as unknown as RTCPeerConnection
  connection.createDataChannel('proof')
  void connection.createOffer().then((offer) => connection.setLocalDescription(offer))
  return settled(connection, ['icecandidate'], ['icecandidateerror']).finally(() => connection.close())
}
