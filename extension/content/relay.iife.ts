/**
 * Runs in the extension's isolated world of a page that was granted, before the page's first script. It takes the port that
 * capture.iife.ts hands over, arms it while a panel is connected, and passes bodies on in parts when the page is idle.
 *
 * It also tells where the page is (the Navigation API reports every pushState without touching the page), and sends the few
 * requests that the analyst allowed. It never acts on anything the page says.
 */
import {
  type AskRequest,
  type BodyHead,
  type FromPage,
  type FromPanel,
  LISTEN_PORT,
  type PageFacts,
  PART_BYTES
} from '../messages.ts'
import { type CaptureCommand, type CaptureMessage, FROM_LOAD, HANDOVER, READY } from './wire.ts'
import { askKibana } from './ask.ts'

/** Bodies heard before a panel connects (only with "listen from page load") and those waiting to be passed on. */
const MAX_BACKLOG_BYTES = 96 << 20
/** Nothing is passed on while the page waits for an answer or has just got one: the next question often follows at once. */
const QUIET_MILLIS = 30
/** But no longer than this. */
const MAX_WAIT_MILLIS = 1000

interface Waiting {
  head: BodyHead
  bytes: Uint8Array<ArrayBuffer>
  part: number
  since: number
}

let capture: MessagePort | null = null
let panel: chrome.runtime.Port | null = null
let binary = false
let started = false
let sending = false
/** Answers the page waits for, and when that last changed. */
let open = 0
let openSince = 0
let later: ReturnType<typeof setTimeout> | undefined
const backlog: Waiting[] = []
let backlogBytes = 0
const running = new Map<number, AbortController>()
/** Written by the service worker when "listen from page load" is on for the origin: see from-load.iife.ts. */
const fromLoad = (globalThis as { rarebitFromLoad?: boolean }).rarebitFromLoad === true

window.addEventListener(
  HANDOVER,
  (event) => {
    event.stopImmediatePropagation()
    event.preventDefault()
    capture = (event as MessageEvent).ports[0] ?? null
    if (!capture) return
    if (fromLoad) window.dispatchEvent(new Event(FROM_LOAD))
    capture.onmessage = ({ data }: MessageEvent<CaptureMessage>) => heard(data)
    // In a page that was loaded before, the panel may have connected between the starts of the two scripts.
    if (started) arm(true)
  },
  { once: true, capture: true }
)
window.dispatchEvent(new Event(READY))

chrome.runtime.onConnect.addListener((port) => {
  if (port.name !== LISTEN_PORT) return
  panel?.disconnect()
  panel = port
  port.onMessage.addListener((message: FromPanel) => {
    if (panel === port) fromPanel(message)
  })
  port.onDisconnect.addListener(() => {
    if (panel === port) closed()
  })
  tell({
    type: 'hello',
    url: location.href,
    page: pageFacts(),
    late: !fromLoad && document.readyState !== 'loading',
    probe: new ArrayBuffer(1)
  })
})

navigationOf(window)?.addEventListener('currententrychange', () => tell({ type: 'location', url: location.href }))

function navigationOf(scope: Window): EventTarget | undefined {
  return (scope as { navigation?: EventTarget }).navigation
}

function arm(armed: boolean): void {
  capture?.postMessage({ armed } satisfies CaptureCommand)
}

function closed(): void {
  panel = null
  started = false
  for (const controller of running.values()) controller.abort()
  running.clear()
  if (!fromLoad) disarm()
}

function disarm(): void {
  arm(false)
  backlog.length = 0
  backlogBytes = 0
}

function fromPanel(message: FromPanel): void {
  switch (message.type) {
    case 'start':
      binary = message.binary
      started = true
      arm(true)
      return pump()
    case 'ask':
      return void ask(message.request)
    case 'abort':
      return running.get(message.id)?.abort()
  }
}

async function ask(request: AskRequest): Promise<void> {
  const controller = new AbortController()
  running.set(request.id, controller)
  try {
    tell({ type: 'answer', id: request.id, ...(await askKibana(request, pageFacts().basePath, controller.signal)) })
  } catch (error) {
    tell({ type: 'failed', id: request.id, message: error instanceof Error ? error.message : String(error) })
  } finally {
    running.delete(request.id)
  }
}

// ---- bodies ----

function heard(message: CaptureMessage): void {
  if (message.type === 'missed') return tell(message)
  if (message.type === 'open') {
    open = message.open
    openSince = performance.now()
    return pump()
  }
  const size = message.chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0)
  if (backlogBytes + size > MAX_BACKLOG_BYTES) return tell({ type: 'missed', head: message.head, why: 'backlog' })
  const bytes = message.chunks.length === 1 ? new Uint8Array(message.chunks[0]!) : joined(message.chunks, size)
  backlog.push({ head: message.head, bytes, part: 0, since: performance.now() })
  backlogBytes += size
  pump()
}

function joined(chunks: readonly ArrayBuffer[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(new Uint8Array(chunk), at)
    at += chunk.byteLength
  }
  return bytes
}

/** Milliseconds until the next part may go. */
function waitMillis(): number {
  const now = performance.now()
  const quiet = open > 0 ? Infinity : openSince + QUIET_MILLIS - now
  return Math.min(quiet, backlog[0]!.since + MAX_WAIT_MILLIS - now)
}

/** Passes one part on for each idle moment of the page, once it has the answers it waits for. */
function pump(): void {
  if (sending || !started || backlog.length === 0) return
  const wait = waitMillis()
  clearTimeout(later)
  if (wait > 0) {
    later = setTimeout(pump, wait)
    return
  }
  sending = true
  requestIdleCallback(
    () => {
      sending = false
      if (started && backlog.length > 0 && waitMillis() <= 0) passPart(backlog[0]!)
      pump()
    },
    { timeout: 1000 }
  )
}

function passPart(body: Waiting): void {
  const { head, bytes, part } = body
  const parts = Math.max(1, Math.ceil(bytes.length / PART_BYTES))
  const slice = bytes.slice(part * PART_BYTES, (part + 1) * PART_BYTES)
  tell({ type: 'part', head, part, parts, data: binary ? slice.buffer : base64(slice) })
  if (++body.part < parts) return
  backlog.shift()
  backlogBytes -= bytes.length
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(text)
}

function tell(message: FromPage): void {
  try {
    panel?.postMessage(message)
  } catch {
    // The extension was updated under the page: this script is an orphan and stays quiet, for good.
    closed()
    disarm()
  }
}

/** Only these four facts of the page's metadata: it also holds settings of the user. */
function pageFacts(): PageFacts {
  const nothing: PageFacts = { version: null, basePath: '', serverBasePath: '', airgapped: null }
  try {
    const data = JSON.parse(document.querySelector('kbn-injected-metadata')?.getAttribute('data') ?? 'null') as {
      version?: unknown
      basePath?: unknown
      serverBasePath?: unknown
      env?: { airgapped?: unknown }
    } | null
    if (!data) return nothing
    const path = (value: unknown) => (typeof value === 'string' && /^(\/[\w.~%-]+)*$/.test(value) ? value : '')
    return {
      version: typeof data.version === 'string' ? data.version.slice(0, 40) : null,
      basePath: path(data.basePath),
      serverBasePath: path(data.serverBasePath),
      airgapped: typeof data.env?.airgapped === 'boolean' ? data.env.airgapped : null
    }
  } catch {
    return nothing
  }
}
