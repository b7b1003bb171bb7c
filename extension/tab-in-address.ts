/**
 * The tab that a page of ours stands beside, as its address says. The service worker writes it there for a side panel; a panel
 * hands its own over to the full tab that it opens, which is opened by its bare name: no address is ever made of data.
 */
import type { EventFeed } from '../ui/ports.ts'
import { KibanaFeed } from './sidepanel/kibana-feed.ts'

const HANDED_OVER = 'besideTab'

/** The feed of that tab; nothing where the page is the app alone. */
export function feedOfAddress(): { feed?: EventFeed } {
  const parameters = new URLSearchParams(location.search)
  const tabId = Number(parameters.get('tab'))
  return tabId > 0 ? { feed: new KibanaFeed(tabId, parameters.get('url')) } : {}
}

/** For the full tab that is opened next. */
export async function handOverTab(): Promise<void> {
  if (location.search) await chrome.storage.session.set({ [HANDED_OVER]: location.search })
}

/** Takes over what a panel handed over, once, into this page's address: there it outlives a reload. */
export async function takeOverTab(): Promise<void> {
  const search = (await chrome.storage.session.get(HANDED_OVER))[HANDED_OVER] as string | undefined
  if (!search) return
  await chrome.storage.session.remove(HANDED_OVER)
  history.replaceState(null, '', search)
}
