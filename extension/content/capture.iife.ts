/**
 * Runs in the page's own world before its first script. Copies the bodies of a few answers (wire.ts) while a panel listens;
 * otherwise it is inert: the wrapped functions look at one flag and call the original.
 *
 * It never delays, changes or throws into the page: the page gets the original promise, the copy is read when the page is
 * idle, and every error of ours ends here. Built-ins are taken at the start and called through a saved Reflect.apply, so that
 * a page which replaces them later neither sees nor changes what passes.
 */
import {
  type BodyHead,
  type CaptureCommand,
  type CaptureMessage,
  FROM_LOAD,
  HANDOVER,
  isListenedTo,
  MAX_BODY_BYTES,
  READY
} from './wire.ts'

const { apply } = Reflect
const original = {
  fetch: window.fetch,
  settle: Promise.prototype.then,
  cloneRequest: Request.prototype.clone,
  requestText: Request.prototype.text,
  cloneResponse: Response.prototype.clone,
  getReader: ReadableStream.prototype.getReader,
  post: MessagePort.prototype.postMessage,
  open: XMLHttpRequest.prototype.open,
  send: XMLHttpRequest.prototype.send,
  listen: EventTarget.prototype.addEventListener,
  unlisten: EventTarget.prototype.removeEventListener,
  getHeader: Headers.prototype.get,
  idle: window.requestIdleCallback,
  encode: TextEncoder.prototype.encode,
  weakGet: WeakMap.prototype.get,
  weakSet: WeakMap.prototype.set
}
const URLClass = URL
const encoder = new TextEncoder()
const now = Date.now
const MAX_REQUEST_CHARS = 1 << 20
/** A page that is never idle still gets its copies read, this much later. */
const IDLE_TIMEOUT_MILLIS = 2000

const { port1: port, port2 } = new MessageChannel()
/** Set by the panel's start and end; at once where the isolated world wants copies from the page's load on. */
let armed = false
let nextId = 1

port.onmessage = ({ data }: MessageEvent<CaptureCommand>) => {
  armed = data?.armed === true
}

/** Offers the port; who takes it cancels the event. Everything is synchronous: nothing of the page runs in between. */
function handOver(): void {
  let wanted = false
  const markWanted = () => {
    wanted = true
  }
  apply(original.listen, window, [FROM_LOAD, markWanted])
  const taken = !window.dispatchEvent(new MessageEvent(HANDOVER, { ports: [port2], cancelable: true }))
  apply(original.unlisten, window, [FROM_LOAD, markWanted])
  if (taken) apply(original.unlisten, window, [READY, handOver])
  armed = wanted
}
apply(original.listen, window, [READY, handOver])
handOver()

const nothing = () => {}
const then = <T>(promise: Promise<T>, done: (value: T) => void, failed: () => void = nothing): void => {
  apply(original.settle, promise, [done, failed])
}
const whenIdle = (work: () => void) => apply(original.idle, window, [work, { timeout: IDLE_TIMEOUT_MILLIS }])
const send = (message: CaptureMessage, transfer: Transferable[] = []) => apply(original.post, port, [message, transfer])

function wantedUrl(text: string): string | null {
  try {
    const url = new URLClass(text, location.href)
    return url.origin === location.origin && isListenedTo(url.pathname) ? url.href : null
  } catch {
    return null
  }
}

// ---- fetch ----

interface Asked {
  url: string
  method: string
  context: string | null
  body: Promise<string> | string | null
}

window.fetch = function fetch(this: unknown, ...args: Parameters<typeof window.fetch>): Promise<Response> {
  // Before the call, because sending takes the request's body away.
  const asked = armed ? lookAt(args) : null
  const answer = apply(original.fetch, this === undefined ? window : this, args) as Promise<Response>
  if (asked) then(answer, (response) => copyResponse(asked, response))
  return answer
}

function lookAt([input, init]: Parameters<typeof window.fetch>): Asked | null {
  try {
    const request = input instanceof Request ? input : null
    const url = wantedUrl(request ? request.url : String(input))
    if (!url) return null
    const headers = request ? request.headers : new Headers(init?.headers)
    const body = init?.body ?? null
    return {
      url,
      method: (init?.method ?? request?.method ?? 'GET').toUpperCase(),
      context: apply(original.getHeader, headers, ['x-kbn-context']) as string | null,
      body: request ? (request.body && !request.bodyUsed ? readRequest(request) : null) : typeof body === 'string' ? body : null
    }
  } catch {
    return null
  }
}

const readRequest = (request: Request) =>
  apply(original.requestText, apply(original.cloneRequest, request, []) as Request, []) as Promise<string>

/** Takes the second half of the answer while the page has not begun to read it, and reads it when the page is idle. */
function copyResponse(asked: Asked, response: Response): void {
  try {
    const length = Number(apply(original.getHeader, response.headers, ['content-length']) ?? 0)
    const head = headOf(asked, response)
    if (!response.body || response.bodyUsed) return
    if (length > MAX_BODY_BYTES) return withRequest(asked, head, () => send({ type: 'missed', head, why: 'too-large' }))
    const copy = apply(original.cloneResponse, response, []) as Response
    whenIdle(() => withRequest(asked, head, () => readCopy(head, copy.body!)))
  } catch {
    // The page's answer is untouched; ours is not worth a word in its console.
  }
}

function headOf(asked: Asked, response: Response): BodyHead {
  return {
    id: nextId++,
    method: asked.method,
    url: asked.url,
    requestBody: null,
    context: asked.context,
    status: response.status,
    contentType: String(apply(original.getHeader, response.headers, ['content-type']) ?? ''),
    at: now()
  }
}

function withRequest(asked: Asked, head: BodyHead, work: () => void): void {
  const use = (text: string | null) => {
    head.requestBody = text !== null && text.length <= MAX_REQUEST_CHARS ? text : null
    work()
  }
  if (asked.body === null || typeof asked.body === 'string') use(asked.body)
  else then(asked.body, use, () => use(null))
}

function readCopy(head: BodyHead, body: ReadableStream<Uint8Array>): void {
  const reader = apply(original.getReader, body, []) as ReadableStreamDefaultReader<Uint8Array>
  const chunks: ArrayBuffer[] = []
  let size = 0
  const missed = (why: 'too-large' | 'unreadable') => send({ type: 'missed', head, why })
  const next = () =>
    then(
      reader.read(),
      ({ done, value }) => {
        if (done) return send({ type: 'body', head, chunks }, chunks)
        size += value.byteLength
        if (size > MAX_BODY_BYTES || !armed) {
          then(reader.cancel(), nothing)
          if (armed) missed('too-large')
          return
        }
        // A view on a larger buffer must not take its neighbours along.
        const whole = value.byteOffset === 0 && value.byteLength === value.buffer.byteLength
        chunks.push((whole ? value.buffer : value.slice().buffer) as ArrayBuffer)
        next()
      },
      () => missed('unreadable')
    )
  next()
}

// ---- XMLHttpRequest: the batched route of 8.x ----

const opened = new WeakMap<XMLHttpRequest, { url: string; method: string }>()

XMLHttpRequest.prototype.open = function open(this: XMLHttpRequest, ...args: unknown[]): void {
  if (armed) {
    const url = wantedUrl(String(args[1]))
    if (url) apply(original.weakSet, opened, [this, { url, method: String(args[0]).toUpperCase() }])
  }
  apply(original.open, this, args as never)
}

XMLHttpRequest.prototype.send = function send(this: XMLHttpRequest, body?: Document | XMLHttpRequestBodyInit | null): void {
  const asked = armed ? (apply(original.weakGet, opened, [this]) as { url: string; method: string } | undefined) : undefined
  if (asked) {
    const requestBody = typeof body === 'string' && body.length <= MAX_REQUEST_CHARS ? body : null
    apply(original.listen, this, ['loadend', () => whenIdle(() => copyText(this, asked, requestBody))])
  }
  apply(original.send, this, [body])
}

function copyText(xhr: XMLHttpRequest, asked: { url: string; method: string }, requestBody: string | null): void {
  try {
    if (!armed || xhr.status === 0 || (xhr.responseType !== '' && xhr.responseType !== 'text')) return
    const head: BodyHead = {
      id: nextId++,
      ...asked,
      requestBody,
      context: null,
      status: xhr.status,
      contentType: xhr.getResponseHeader('content-type') ?? '',
      at: now()
    }
    const text = xhr.responseText
    if (text.length > MAX_BODY_BYTES) return send({ type: 'missed', head, why: 'too-large' })
    const { buffer } = apply(original.encode, encoder, [text]) as Uint8Array<ArrayBuffer>
    send({ type: 'body', head, chunks: [buffer] }, [buffer])
  } catch {
    // As above: nothing of ours reaches the page.
  }
}
