/**
 * Content scripts of one granted origin: registered with the grant, gone with it. Nothing is registered for an origin without.
 *
 * Host patterns carry no port, so the scripts also start on other ports of the host; they stay inert until a panel connects.
 */
import capture from './content/capture.iife.ts?script&iife'
import fromLoadMark from './content/from-load.iife.ts?script&iife'
import relay from './content/relay.iife.ts?script&iife'
import { RELAY_MARK } from './messages.ts'

const idsOf = (pattern: string) => ({ relay: `relay ${pattern}`, capture: `capture ${pattern}` })
const bare = (path: string) => path.replace(/^\//, '')

/** Registers the scripts for a granted pattern, for this and later sessions; replaces an earlier registration. */
export async function register(pattern: string, fromLoad: boolean): Promise<void> {
  await unregister(pattern)
  const common = { matches: [pattern], runAt: 'document_start' as const, persistAcrossSessions: true, allFrames: false }
  const ids = idsOf(pattern)
  await chrome.scripting.registerContentScripts([
    // The isolated world first: it must listen before the page's world hands the port over.
    { ...common, id: ids.relay, world: 'ISOLATED', js: (fromLoad ? [fromLoadMark, relay] : [relay]).map(bare) },
    { ...common, id: ids.capture, world: 'MAIN', js: [bare(capture)] }
  ])
}

/** Takes the scripts of a pattern away; pages that are open keep an inert copy until they are loaded again. */
export async function unregister(pattern: string): Promise<void> {
  const ids = Object.values(idsOf(pattern))
  const known = await chrome.scripting.getRegisteredContentScripts({ ids })
  if (known.length > 0) await chrome.scripting.unregisterContentScripts({ ids: known.map(({ id }) => id) })
}

/** Starts the scripts in a page that is already loaded: what it loaded before is not heard. Not where they run already. */
export async function injectLate(tabId: number): Promise<void> {
  const target = { tabId }
  const [there] = await chrome.scripting.executeScript({ target, func: isRelayThere, args: [RELAY_MARK] })
  if (there?.result === true) return
  await chrome.scripting.executeScript({ target, world: 'ISOLATED', files: [bare(relay)] })
  await chrome.scripting.executeScript({ target, world: 'MAIN', files: [bare(capture)] })
}

/** Runs in the page's isolated world. */
const isRelayThere = (mark: string) => (globalThis as Record<string, unknown>)[mark] === true
