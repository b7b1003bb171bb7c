/** Attempts of a page: the elements that load something. Each is taken out of the page again, whatever came of it. */
import { Absent, tryChannel, type Attempt } from './attempt.ts'
import { CHANNELS, type ChannelId, type Trial } from './channels.ts'
import { EVERYWHERE, settled } from './everywhere.ts'

/** Makes an element, unless the seal makes none of its kind. */
function make<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name] {
  try {
    return document.createElement(name)
  } catch {
    throw new Absent(name)
  }
}

/** Puts an element into the page for as long as it takes to load or fail. */
function loading<Element extends HTMLElement>(element: Element, start: (element: Element) => void): Promise<void> {
  // Chosen by what it loads, never seen: an element without display would not load its background.
  element.style.setProperty('position', 'fixed')
  element.style.setProperty('inline-size', '1px')
  element.style.setProperty('block-size', '1px')
  element.style.setProperty('opacity', '0')
  element.setAttribute('aria-hidden', 'true')
  try {
    start(element)
    document.body.append(element)
  } catch (error) {
    element.remove()
    throw error
  }
  const result = settled(element, ['load', 'loadeddata'], ['error'])
  setTimeout(() => element.remove(), ELEMENT_MILLIS)
  return result
}

const ELEMENT_MILLIS = 3_000

function link(rel: string, url: string, as = ''): Promise<void> {
  return loading(make('link'), (element) => {
    element.rel = rel
    if (as) element.setAttribute('as', as)
    element.href = url
  })
}

const PAGE: Record<ChannelId, Attempt> = {
  ...EVERYWHERE,
  beacon: (url) => sendBeacon(url),
  image: (url) => loading(document.createElement('img'), (element) => (element.src = url)),
  background: (url) =>
    loading(document.createElement('div'), (element) =>
      element.style.setProperty('background-image', `url(${JSON.stringify(url)})`)
    ),
  preload: (url) => link('preload', url, 'image'),
  prefetch: (url) => link('prefetch', url),
  stylesheet: (url) => link('stylesheet', url),
  script: (url) => loading(document.createElement('script'), (element) => (element.src = url)),
  iframe: (url) => loading(make('iframe'), (element) => (element.src = url)),
  form: (url) => submitted(url),
  video: (url) => loading(document.createElement('video'), (element) => (element.src = url))
}

function sendBeacon(url: string): Promise<void> {
  if (typeof navigator.sendBeacon !== 'function') throw new Absent('sendBeacon')
  return navigator.sendBeacon(url) ? Promise.resolve() : Promise.reject(new Error('sendBeacon'))
}

/** Into an empty frame of its own, so that a form that is not stopped does not take the page with it. */
function submitted(url: string): Promise<void> {
  if (typeof HTMLFormElement.prototype.submit !== 'function') throw new Absent('submit')
  const frame = make('iframe')
  frame.name = 'rarebit-proof'
  frame.hidden = true
  document.body.append(frame)
  const form = document.createElement('form')
  form.method = 'post'
  form.target = frame.name
  form.action = url
  document.body.append(form)
  const result = settled(frame, ['load'], ['error'])
  form.submit()
  form.remove()
  setTimeout(() => frame.remove(), ELEMENT_MILLIS)
  return result
}

/** Tries every channel of a page, one after the other, and tells each verdict. */
export async function provePage(addressOf: (channel: ChannelId) => string, tell: (trial: Trial) => void): Promise<void> {
  for (const { id } of CHANNELS) tell({ channel: id, verdict: await tryChannel(PAGE[id], addressOf(id), document) })
}
