/**
 * Takes away what could reach the network, above all what the policy of a page does not cover: WebRTC, beacons, new windows,
 * navigation, connections ahead of use. The policy already refuses the rest; this makes an attempt impossible to write by
 * accident, and hard to write on purpose.
 */
const CONSTRUCTORS = [
  'RTCPeerConnection',
  'webkitRTCPeerConnection',
  'RTCDataChannel',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'XMLHttpRequest',
  'fetch',
  'fetchLater'
] as const

/**
 * Elements that nothing in the app makes. A link can open a connection ahead of use, which no policy covers; a frame that the
 * policy refuses has already cost Chromium a connection (1 without a byte, measured); a base or a refresh leads elsewhere.
 */
const ELEMENTS: ReadonlySet<string> = new Set(['link', 'iframe', 'frame', 'fencedframe', 'object', 'embed', 'base', 'meta'])

interface Navigate extends Event {
  destination: { url: string; sameDocument: boolean }
  /** The name a download is given; null where the page itself would go. */
  downloadRequest: string | null
}

/** Call before anything of the app starts. */
export function sealPage(scope: Window & typeof globalThis): void {
  for (const name of CONSTRUCTORS) Reflect.deleteProperty(scope, name)
  Reflect.deleteProperty(scope.Navigator.prototype, 'sendBeacon')
  scope.open = () => null
  refuseElements(scope)
  refuseForms(scope)
  refuseNavigation(scope)
}

function refuseElements(scope: Window & typeof globalThis): void {
  const { prototype } = scope.Document
  for (const [name, at] of [['createElement', 0] as const, ['createElementNS', 1] as const]) {
    const make = prototype[name] as (...values: unknown[]) => Element
    const sealed = function (this: Document, ...values: unknown[]): Element {
      // Made a string once: what is looked at is what is made.
      values[at] = String(values[at])
      const tag = (values[at] as string).toLowerCase().split(':').at(-1)!
      if (ELEMENTS.has(tag)) throw new TypeError(`this page makes no ${tag} element`)
      return Reflect.apply(make, this, values)
    }
    Object.defineProperty(prototype, name, { value: sealed, configurable: true, writable: true })
  }
}

/** A form is filled in and read by the app; it is never sent. */
function refuseForms(scope: Window & typeof globalThis): void {
  for (const name of ['submit', 'requestSubmit']) Reflect.deleteProperty(scope.HTMLFormElement.prototype, name)
  scope.addEventListener('submit', (event) => event.preventDefault(), { capture: true })
}

/**
 * The page stays where it is: reloading, and saving what the page itself holds, are all that is let through. Browsers without the
 * event lack this.
 */
function refuseNavigation(scope: Window & typeof globalThis): void {
  const { navigation } = scope as { navigation?: EventTarget }
  // Firefox tells of a saved file twice: as a download, then as a navigation to the same address.
  let saving: string | null = null
  navigation?.addEventListener('navigate', (event) => {
    const { destination, downloadRequest } = event as Navigate
    const { url } = destination
    if (downloadRequest !== null && url.startsWith('blob:')) saving = url
    const stays = destination.sameDocument || url === scope.location.href
    if (!stays && url !== saving && event.cancelable) event.preventDefault()
  })
}
