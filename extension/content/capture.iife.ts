/**
 * Runs in the page's own world before its first script. Takes the bodies of a few answers (wire.ts) while a panel listens;
 * otherwise it is inert: the wrapped functions look at one flag and call the original.
 *
 * It never delays, changes or throws into the page. Where the page reads an answer by `json()` or `text()`, as Kibana does, the
 * bytes are read once, decoded for the page, and handed on without a copy: a clone would cost the page half as much again for
 * every answer. Where it reads in another way, a clone is taken first and read when the page is idle. Every error of ours ends
 * here. Built-ins are taken at the start and called through a saved Reflect.apply, so that a page which replaces them later
 * neither sees nor changes what passes.
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

const { apply, construct, getOwnPropertyDescriptor } = Reflect
const original = {
  fetch: window.fetch,
  settle: Promise.prototype.then,
  cloneRequest: Request.prototype.clone,
  requestText: Request.prototype.text,
  cloneResponse: Response.prototype.clone,
  readBytes: Response.prototype.arrayBuffer,
  bodyOf: Object.getOwnPropertyDescriptor(Response.prototype, 'body')!.get!,
  getReader: ReadableStream.prototype.getReader,
  post: MessagePort.prototype.postMessage,
  open: XMLHttpRequest.prototype.open,
  send: XMLHttpRequest.prototype.send,
  listen: EventTarget.prototype.addEventListener,
  unlisten: EventTarget.prototype.removeEventListener,
  getHeader: Headers.prototype.get,
  idle: window.requestIdleCallback,
  encode: TextEncoder.prototype.encode,
  decode: TextDecoder.prototype.decode,
  weakGet: WeakMap.prototype.get,
  weakSet: WeakMap.prototype.set,
  weakDelete: WeakMap.prototype.delete
}
const parseJson = JSON.parse
const URLClass = URL
const RequestClass = Request
const Decoder = TextDecoder
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

/** Answers that the page waits for or reads: the relay passes nothing on meanwhile. */
let open = 0
function countOpen(by: number): void {
  open += by
  send({ type: 'open', open })
}

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
  if (asked) {
    countOpen(1)
    then(
      answer,
      (response) => noteAnswer(asked, response),
      () => countOpen(-1)
    )
  }
  return answer
}

function lookAt([input, init]: Parameters<typeof window.fetch>): Asked | null {
  try {
    const request = input instanceof RequestClass ? input : null
    const url = wantedUrl(request ? request.url : String(input))
    if (!url) return null
    const headers = request ? request.headers : new Headers(init?.headers)
    const body = init?.body ?? null
    return {
      url,
      method: (init?.method ?? request?.method ?? 'GET').toUpperCase(),
      context: apply(original.getHeader, headers, ['x-kbn-context']) as string | null,
      body: typeof body === 'string' ? body : request ? bodyOfRequest(request) : null
    }
  } catch {
    return null
  }
}

/** Texts that requests were made with: reading a request would send it by a slower way, some 5 ms for each. */
const requestTexts = new WeakMap<Request, string>()

window.Request = new Proxy(RequestClass, {
  construct(target, args: unknown[], made) {
    const request = construct(target, args, made) as Request
    const body = armed ? ownValue(args[1], 'body') : null
    if (typeof body === 'string') apply(original.weakSet, requestTexts, [request, body])
    return request
  }
})

/** A property as it stands there: nothing of the page is called. */
function ownValue(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null ? getOwnPropertyDescriptor(object, name)?.value : null
}

function bodyOfRequest(request: Request): Promise<string> | string | null {
  const text = apply(original.weakGet, requestTexts, [request]) as string | undefined
  if (text !== undefined) return text
  if (!request.body || request.bodyUsed) return null
  return apply(original.requestText, apply(original.cloneRequest, request, []) as Request, []) as Promise<string>
}

interface Answered {
  asked: Asked
  head: BodyHead
}

/** Answers that the page has and has not begun to read. */
const unread = new WeakMap<Response, Answered>()

function noteAnswer(asked: Asked, response: Response): void {
  try {
    const head = headOf(asked, response)
    const length = Number(apply(original.getHeader, response.headers, ['content-length']) ?? 0)
    if (length > MAX_BODY_BYTES || response.status === 204) countOpen(-1)
    if (length > MAX_BODY_BYTES) withRequest(asked, head, () => send({ type: 'missed', head, why: 'too-large' }))
    else apply(original.weakSet, unread, [response, { asked, head }])
  } catch {
    // The page's answer is untouched; ours is not worth a word in its console.
  }
}

/** The answer's note, once: from here on the page reads it. */
function takeNote(response: Response): Answered | null {
  if (!armed) return null
  const answered = apply(original.weakGet, unread, [response]) as Answered | undefined
  if (!answered) return null
  apply(original.weakDelete, unread, [response])
  return response.bodyUsed || !apply(original.bodyOf, response, []) ? null : answered
}

/** Bytes for us, text for the page: as the browser decodes it, a byte-order mark left out. */
function readTogether<T>(response: Response, { asked, head }: Answered, make: (text: string) => T): Promise<T> {
  const bytes = apply(original.readBytes, response, []) as Promise<ArrayBuffer>
  then(
    bytes,
    () => countOpen(-1),
    () => countOpen(-1)
  )
  return apply(original.settle, bytes, [
    (buffer: ArrayBuffer) => {
      const text = apply(original.decode, new Decoder(), [buffer]) as string
      withRequest(asked, head, () => {
        if (buffer.byteLength > MAX_BODY_BYTES) send({ type: 'missed', head, why: 'too-large' })
        else if (armed) send({ type: 'body', head, chunks: [buffer] }, [buffer])
      })
      return make(text)
    }
  ]) as Promise<T>
}

/** What the page gets of the text, where it reads text. */
const MAKES: Readonly<Record<string, (text: string) => unknown>> = { json: (text) => parseJson(text), text: (text) => text }

/** The ways to a body: each looks whether the answer is one of ours, and calls the original. */
for (const name of ['json', 'text', 'arrayBuffer', 'blob', 'bytes', 'formData', 'clone', 'body']) wrapReader(name)

function wrapReader(name: string): void {
  const property = Object.getOwnPropertyDescriptor(Response.prototype, name)
  const kind = property?.get ? 'get' : 'value'
  const read = property?.[kind] as (() => unknown) | undefined
  if (!property || !read) return
  const make = MAKES[name]
  const wrapped = {
    [name](this: Response): unknown {
      const answered = armed ? takeNote(this) : null
      if (answered && make) return readTogether(this, answered, make)
      if (answered) copyResponse(answered, this)
      return apply(read, this, [])
    }
  }[name]
  Object.defineProperty(Response.prototype, name, { ...property, [kind]: wrapped })
}

/** Takes the second half of the answer before the page begins to read it, and reads it when the page is idle. */
function copyResponse({ asked, head }: Answered, response: Response): void {
  countOpen(-1)
  try {
    const copy = apply(original.cloneResponse, response, []) as Response
    const body = apply(original.bodyOf, copy, []) as ReadableStream<Uint8Array>
    whenIdle(() => withRequest(asked, head, () => readCopy(head, body)))
  } catch {
    // As above.
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
    const { buffer } = apply(original.encode, encoder, [text.length > MAX_BODY_BYTES ? '' : text]) as Uint8Array<ArrayBuffer>
    if (Math.max(text.length, buffer.byteLength) > MAX_BODY_BYTES) return send({ type: 'missed', head, why: 'too-large' })
    send({ type: 'body', head, chunks: [buffer] }, [buffer])
  } catch {
    // As above: nothing of ours reaches the page.
  }
}
