/**
 * What the app asks of its surroundings. The extension's pages, the one-file page and tests each hand in their own.
 */
export interface NamedBlob {
  name: string
  blob: Blob
}

export interface HostPorts {
  /** Where the app runs: decides which controls make sense. */
  place: 'page' | 'sidepanel'
  /** Version shown in the about line. */
  version: string
  /** SHA-256 of the sources it was built from, which reports say. */
  build: string
  saveFile(name: string, blob: Blob): void
  /** Starts the worker of the proof that nothing leaves: under the policy of this host's workers. */
  startProofWorker(): Promise<Worker>
  /** Opens the app in a tab of its own; absent where it is one. */
  openFullTab?(): void
  /** The page beside the panel; absent in a tab of its own. */
  feed?: EventFeed
}

/** What is known of an answer that the page received; all of it comes from the page and is untrusted. */
export interface BodyHead {
  /** Counts up within one page load. */
  id: number
  method: string
  url: string
  requestBody: string | null
  /** `x-kbn-context`: tells Discover's documents from its histogram. */
  context: string | null
  status: number
  contentType: string
  /** When its head arrived (epoch milliseconds). */
  at: number
}

export interface HeardBody {
  head: BodyHead
  bytes: Uint8Array<ArrayBuffer>
}

export interface MissedBody {
  head: BodyHead
  why: 'too-large' | 'unreadable' | 'backlog'
}

/** What the page says about its Kibana. */
export interface PageFacts {
  version: string | null
  /** With the space: `/kbn/s/soc`. */
  basePath: string
  serverBasePath: string
  airgapped: boolean | null
}

export type FeedStatus =
  /** The browser does not say where the tab is: its button has to be pressed. */
  | { state: 'unknown-page' }
  | { state: 'no-web-page' }
  | { state: 'needs-grant'; origin: string }
  | { state: 'connecting'; origin: string }
  /** The page is being loaded. */
  | { state: 'waiting'; origin: string }
  /** `late`: the script came after the page's own; what was loaded before was not heard. */
  | { state: 'listening'; origin: string; page: PageFacts; late: boolean }
  /** The tab was closed. */
  | { state: 'gone' }

export interface FeedHandlers {
  status(status: FeedStatus): void
  /** The page's address, now and after each change. */
  location(url: string): void
  heard(body: HeardBody): void
  missed(body: MissedBody): void
}

/** A request that the analyst has seen and allowed. */
export interface Question {
  method: 'POST' | 'DELETE'
  path: string
  headers: Record<string, string>
  body: string | null
}

/** Where events come from while they are looked at: the page beside the panel. */
export interface EventFeed {
  readonly tabId: number
  readonly origin: string | null
  start(handlers: FeedHandlers): void
  stop(): void
  /** Asks the browser for this origin; must be called inside the user's gesture. */
  grant(): Promise<boolean>
  revoke(): Promise<void>
  /** Whether this origin is heard from the page's load on, before a panel is open. */
  fromLoad(): Promise<boolean>
  setFromLoad(on: boolean): Promise<void>
  /** Whether requests that were shown may be sent to this origin. */
  mayAsk(): Promise<boolean>
  setMayAsk(on: boolean): Promise<void>
  reloadPage(): Promise<void>
  ask(question: Question, signal: AbortSignal): Promise<{ status: number; body: string }>
}

/** Saves by a Blob URL and a link that is clicked and forgotten: works without any permission. */
export function saveByLink(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser takes the URL over asynchronously; a minute is ample for a local blob.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
