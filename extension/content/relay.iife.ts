/**
 * Runs in the extension's isolated world of a page that was granted, before the page's first script. It takes the port that
 * capture.iife.ts hands over, arms it while a panel is connected, and passes bodies on in parts when the page is idle.
 *
 * It also tells where the page is (the Navigation API reports every pushState without touching the page), and sends the few
 * requests that the analyst allowed. It never acts on anything the page says.
 */
import { type AskRequest, type FromPage, type FromPanel, LISTEN_PORT, RELAY_MARK } from '../messages.ts'
import { type CaptureCommand, FROM_LOAD, HANDOVER, READY } from './wire.ts'
import { askKibana } from './ask.ts'
import { readCaptureMessage } from './heard-message.ts'
import { Listeners } from './listeners.ts'
import { pageFacts } from './page-facts.ts'
import { PartQueue } from './part-queue.ts'

let capture: MessagePort | null = null
const panels = new Listeners()
const queue = new PartQueue(tell)

/** What the scripts of this world leave for each other; the page's own world does not see it. */
const world = globalThis as { [RELAY_MARK]?: boolean; rarebitFromLoad?: boolean }
/** Written when "listen from page load" is on for the origin: see from-load.iife.ts. */
const fromLoad = world.rarebitFromLoad === true

// One relay answers in a page: the registered one and one that was started late may meet where a page is just being loaded.
if (!world[RELAY_MARK]) {
  world[RELAY_MARK] = true
  listen()
}

function listen(): void {
  window.addEventListener(HANDOVER, takePort, { once: true, capture: true })
  window.dispatchEvent(new Event(READY))
  chrome.runtime.onConnect.addListener(greet)
  navigationOf(window)?.addEventListener('currententrychange', () => tell({ type: 'location', url: location.href }))
}

function takePort(event: Event): void {
  event.stopImmediatePropagation()
  event.preventDefault()
  // A page that was there before us can dispatch the event as well, with whatever in it.
  capture = (event instanceof MessageEvent && event.ports[0]) || null
  if (!capture) return
  if (fromLoad) window.dispatchEvent(new Event(FROM_LOAD))
  capture.onmessage = ({ data }: MessageEvent<unknown>) => heard(data)
  // In a page that was loaded before, the panel may have connected between the starts of the two scripts.
  if (panels.started) arm(true)
}

function greet(port: chrome.runtime.Port): void {
  if (port.name !== LISTEN_PORT) return
  panels.add(port)
  const running = new Map<number, AbortController>()
  port.onMessage.addListener((message: FromPanel) => fromPanel(port, running, message))
  port.onDisconnect.addListener(() => {
    for (const controller of running.values()) controller.abort()
    panels.delete(port)
    if (!panels.started) closed()
  })
  tellOne(port, {
    type: 'hello',
    url: location.href,
    page: pageFacts(),
    late: !fromLoad && document.readyState !== 'loading',
    probe: new ArrayBuffer(1)
  })
}

function navigationOf(scope: Window): EventTarget | undefined {
  return (scope as { navigation?: EventTarget }).navigation
}

function arm(armed: boolean): void {
  capture?.postMessage({ armed } satisfies CaptureCommand)
}

function closed(): void {
  queue.stop()
  if (!fromLoad) disarm()
}

function disarm(): void {
  arm(false)
  queue.clear()
}

function fromPanel(port: chrome.runtime.Port, running: Map<number, AbortController>, message: FromPanel): void {
  switch (message.type) {
    case 'start':
      panels.start(port, message.binary)
      arm(true)
      return queue.start(panels.binary)
    case 'ask':
      return void ask(port, running, message.request)
    case 'abort':
      return running.get(message.id)?.abort()
  }
}

async function ask(port: chrome.runtime.Port, running: Map<number, AbortController>, request: AskRequest): Promise<void> {
  const controller = new AbortController()
  running.set(request.id, controller)
  try {
    tellOne(port, { type: 'answer', id: request.id, ...(await askKibana(request, pageFacts().basePath, controller.signal)) })
  } catch (error) {
    tellOne(port, { type: 'failed', id: request.id, message: error instanceof Error ? error.message : String(error) })
  } finally {
    running.delete(request.id)
  }
}

function heard(data: unknown): void {
  const message = readCaptureMessage(data)
  if (message?.type === 'missed') tell(message)
  else if (message?.type === 'open') queue.pageWaits(message.open)
  else if (message && !queue.add(message.head, message.chunks)) tell({ type: 'missed', head: message.head, why: 'backlog' })
}

function tell(message: FromPage): void {
  orphanedUnless(() => panels.tell(message))
}

function tellOne(port: chrome.runtime.Port, message: FromPage): void {
  orphanedUnless(() => port.postMessage(message))
}

function orphanedUnless(told: () => void): void {
  try {
    told()
  } catch {
    // A port just closed, or the extension was updated under the page: this script is then an orphan and stays quiet, for good.
    if (chrome.runtime?.id !== undefined) return
    panels.clear()
    closed()
    disarm()
  }
}
