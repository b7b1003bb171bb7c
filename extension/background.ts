/**
 * The service worker: opens the panel for a tab, and registers content scripts when an origin is granted or taken back.
 * It holds no state; it may be stopped after any event.
 */
import { hostPattern } from './host-pattern.ts'
import type { ToBackground } from './messages.ts'
import { injectLate, register, unregister } from './origins.ts'

const PANEL = 'extension/sidepanel/index.html'

/**
 * A panel belongs to the tab whose button was pressed; there is none for all tabs (no `side_panel` in the manifest), which the
 * browser would load beside every other one. `open` counts as the user's gesture only when nothing is awaited before it.
 */
chrome.action.onClicked.addListener((tab) => {
  if (tab.id === undefined) return
  const path = `${PANEL}?${new URLSearchParams({ tab: String(tab.id), ...(tab.url && { url: tab.url }) })}`
  void chrome.sidePanel.setOptions({ tabId: tab.id, path, enabled: true })
  void chrome.sidePanel.open({ tabId: tab.id })
})

chrome.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === 'install') void chrome.tabs.create({ url: chrome.runtime.getURL('extension/onboarding/index.html') })
  // The browser forgets registered scripts with an update; the grants stay.
  else void registerGranted()
})

async function registerGranted(): Promise<void> {
  const { origins = [] } = await chrome.permissions.getAll()
  const { fromLoad = [] } = await chrome.storage.local.get('fromLoad')
  const armed = new Set((fromLoad as string[]).map(hostPattern))
  for (const pattern of origins) await register(pattern, armed.has(pattern))
}

chrome.permissions.onRemoved.addListener(({ origins = [] }) => {
  for (const pattern of origins) void unregister(pattern)
})

const HANDLERS: { [T in ToBackground['type']]: (message: Extract<ToBackground, { type: T }>) => Promise<void> } = {
  async register({ origin, fromLoad }) {
    const pattern = hostPattern(origin)
    if (pattern && (await chrome.permissions.contains({ origins: [pattern] }))) await register(pattern, fromLoad)
  },
  async unregister({ origin }) {
    const pattern = hostPattern(origin)
    if (pattern) await unregister(pattern)
  },
  inject: ({ tabId }) => injectLate(tabId)
}

const isHandled = (type: unknown): type is ToBackground['type'] => typeof type === 'string' && Object.hasOwn(HANDLERS, type)

/** Our own pages are heard and nobody else: there is no `externally_connectable`, and content scripts have no reason to send. */
chrome.runtime.onMessage.addListener(
  (message: ToBackground | null, sender, reply: (answer: { ok: boolean; problem?: string }) => void) => {
    if (sender.id !== chrome.runtime.id || !sender.url?.startsWith(chrome.runtime.getURL(''))) return false
    if (!isHandled(message?.type)) return false
    const handle = HANDLERS[message!.type] as (message: ToBackground) => Promise<void>
    handle(message!).then(
      () => reply({ ok: true }),
      (error: unknown) => reply({ ok: false, problem: error instanceof Error ? error.message : String(error) })
    )
    return true
  }
)
