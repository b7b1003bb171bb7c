/**
 * The panel's end of listening: connects to the content script of one tab, puts bodies together, and hands them to the app.
 *
 * A port per tab: closing the panel closes the port, and the page is inert again. When the page is loaded anew the port goes
 * with it; a new one is made as soon as the tab has committed to its page.
 */
import type { EventFeed, FeedHandlers, FeedStatus } from '../../ui/ports.ts'
import { type AskRequest, type FromPage, type FromPanel, LISTEN_PORT, type ToBackground } from '../messages.ts'
import { readFromPage, readHead } from '../content/heard-message.ts'
import { BodyParts } from './body-parts.ts'
import { hostPattern, webOrigin } from '../host-pattern.ts'

const RETRY_MILLIS = 250
/** Settings by origin, one list each in storage.local. */
type Setting = 'fromLoad' | 'mayAsk'

export class KibanaFeed implements EventFeed {
  private port: chrome.runtime.Port | null = null
  private handlers: FeedHandlers | null = null
  private injected = false
  /** The registration arms by itself until the reloaded page has said hello. */
  private armedOnce = false
  private readonly parts = new BodyParts({
    heard: (body) => this.handlers?.heard(body),
    missed: (body) => this.handlers?.missed(body)
  })
  private readonly asking = new Map<
    number,
    { done(answer: { status: number; body: string }): void; failed(error: Error): void }
  >()
  private nextAsk = 1
  private retry: ReturnType<typeof setTimeout> | null = null

  /** `url` is the tab's address when the panel was opened; it is only known for tabs whose button was pressed or whose host is granted. */
  constructor(
    readonly tabId: number,
    private url: string | null
  ) {}

  get origin(): string | null {
    return webOrigin(this.url)
  }

  start(handlers: FeedHandlers): void {
    this.handlers = handlers
    chrome.permissions.onAdded.addListener(() => void this.connect())
    chrome.permissions.onRemoved.addListener(() => {
      this.port?.disconnect()
      this.port = null
      void this.connect()
    })
    chrome.tabs.onUpdated.addListener((tabId, change, tab) => {
      if (tabId !== this.tabId) return
      if (tab.url) this.url = tab.url
      if (change.status === 'complete' && !this.port) void this.connect()
    })
    chrome.tabs.onRemoved.addListener((tabId) => {
      if (tabId === this.tabId) this.status({ state: 'gone' })
    })
    void this.connect()
  }

  stop(): void {
    if (this.retry) clearTimeout(this.retry)
    this.port?.disconnect()
    this.port = null
    this.handlers = null
  }

  async grant(): Promise<boolean> {
    const pattern = hostPattern(this.url)
    // Nothing may be awaited before `request`: it must still be the user's gesture.
    if (!pattern || !(await chrome.permissions.request({ origins: [pattern] }))) return false
    await this.register(await this.fromLoad())
    await this.connect()
    return true
  }

  async revoke(): Promise<void> {
    const pattern = hostPattern(this.url)
    if (!pattern) return
    await background({ type: 'unregister', origin: this.origin ?? '' })
    await chrome.permissions.remove({ origins: [pattern] })
  }

  fromLoad(): Promise<boolean> {
    return this.setting('fromLoad')
  }

  async setFromLoad(on: boolean): Promise<void> {
    await this.set('fromLoad', on)
    await this.register(on)
  }

  mayAsk(): Promise<boolean> {
    return this.setting('mayAsk')
  }

  setMayAsk(on: boolean): Promise<void> {
    return this.set('mayAsk', on)
  }

  private async setting(name: Setting): Promise<boolean> {
    const stored = (await chrome.storage.local.get(name))[name] as string[] | undefined
    return this.origin !== null && (stored ?? []).includes(this.origin)
  }

  private async set(name: Setting, on: boolean): Promise<void> {
    if (this.origin === null) return
    const stored = ((await chrome.storage.local.get(name))[name] ?? []) as string[]
    const others = stored.filter((origin) => origin !== this.origin)
    await chrome.storage.local.set({ [name]: on ? [...others, this.origin] : others })
  }

  /** Loads the page again and hears it from the first request on: this once the scripts are armed by themselves. */
  async reloadPage(): Promise<void> {
    await this.register(true)
    this.armedOnce = true
    await chrome.tabs.reload(this.tabId)
  }

  ask(request: Omit<AskRequest, 'id'>, signal: AbortSignal): Promise<{ status: number; body: string }> {
    const id = this.nextAsk++
    return new Promise((done, failed) => {
      if (!this.port) return failed(new Error('not connected to the page'))
      this.asking.set(id, { done, failed })
      signal.addEventListener('abort', () => {
        this.send({ type: 'abort', id })
        if (this.asking.delete(id)) failed(new DOMException('cancelled', 'AbortError'))
      })
      this.send({ type: 'ask', request: { ...request, id } })
    })
  }

  private register(fromLoad: boolean): Promise<void> {
    return background({ type: 'register', origin: this.origin ?? '', fromLoad })
  }

  private async disarm(): Promise<void> {
    this.armedOnce = false
    await this.register(await this.fromLoad())
  }

  private status(status: FeedStatus): void {
    this.handlers?.status(status)
  }

  /** Connects to the tab's script; asks for the grant, or starts the script late, when there is none. */
  private async connect(): Promise<void> {
    if (!this.handlers || this.port) return
    const tab = await chrome.tabs.get(this.tabId).catch(() => null)
    if (!tab) return this.status({ state: 'gone' })
    if (tab.url) this.url = tab.url
    const pattern = hostPattern(this.url)
    if (pattern === null) return this.status({ state: this.url === null ? 'unknown-page' : 'no-web-page' })
    if (!(await chrome.permissions.contains({ origins: [pattern] })))
      return this.status({ state: 'needs-grant', origin: this.origin! })
    this.status({ state: 'connecting', origin: this.origin! })
    this.open()
  }

  private open(): void {
    if (this.port) return
    const port = chrome.tabs.connect(this.tabId, { frameId: 0, name: LISTEN_PORT })
    this.port = port
    let greeted = false
    port.onMessage.addListener((told: unknown) => {
      const message = this.port === port ? readFromPage(told) : null
      if (!message) return
      greeted = true
      this.fromPage(message)
    })
    port.onDisconnect.addListener(() => {
      // Read, so that the browser does not report it as unchecked.
      void chrome.runtime.lastError
      if (this.port !== port) return
      this.ended()
      void this.reconnect(greeted)
    })
  }

  /** Nobody answered: the page was loaded before the grant. Somebody did: it is being loaded again. */
  private async reconnect(greeted: boolean): Promise<void> {
    if (!greeted && !this.injected) {
      this.injected = true
      await background({ type: 'inject', tabId: this.tabId }).catch(() => undefined)
      return this.connect()
    }
    if (greeted) this.injected = false
    this.status({ state: 'waiting', origin: this.origin ?? '' })
    this.retry = setTimeout(() => void this.connect(), RETRY_MILLIS)
  }

  /** Our own end closes: nothing else tells of it. */
  private reopen(): void {
    this.port?.disconnect()
    this.ended()
    void this.reconnect(true)
  }

  private ended(): void {
    this.port = null
    this.parts.clear()
    for (const { failed } of this.asking.values()) failed(new Error('the page went away'))
    this.asking.clear()
  }

  private send(message: FromPanel): void {
    try {
      this.port?.postMessage(message)
    } catch {
      // The port closed in between; onDisconnect follows.
    }
  }

  private fromPage(message: FromPage): void {
    // A script speaks of its own page only: an address elsewhere is that of a page which came in between, or a lie.
    if ('url' in message && webOrigin(message.url) !== this.origin) return this.reopen()
    switch (message.type) {
      case 'hello':
        this.url = message.url
        if (this.armedOnce) void this.disarm()
        this.status({ state: 'listening', origin: this.origin ?? '', page: message.page, late: message.late })
        this.handlers?.location(message.url)
        return this.send({ type: 'start', binary: message.probe instanceof ArrayBuffer })
      case 'location':
        this.url = message.url
        return this.handlers?.location(message.url)
      case 'part':
        return this.parts.add(message)
      case 'missed':
        return this.handlers?.missed({ head: readHead(message.head)!, why: message.why })
      case 'answer':
        this.asking.get(message.id)?.done({ status: message.status, body: message.body })
        this.asking.delete(message.id)
        return
      case 'failed':
        this.asking.get(message.id)?.failed(new Error(message.message))
        this.asking.delete(message.id)
    }
  }
}

async function background(message: ToBackground): Promise<void> {
  const answer = (await chrome.runtime.sendMessage(message)) as { ok: boolean; problem?: string } | undefined
  if (!answer?.ok) throw new Error(answer?.problem ?? 'the service worker did not answer')
}
