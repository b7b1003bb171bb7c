/**
 * Generated hostile input: answers of all five wire shapes, each spoilt in one to three ways, and messages that no script of ours
 * sends. The same seed makes the same input.
 */
import { EVENTS, TWICE } from './scenario.ts'
import * as shapes from './shapes.ts'

export interface HostileBody {
  path: string
  method: string
  requestBody: string
  bytes: Buffer
}

/** A generator of numbers in [0, 1), the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Random = () => number
const below = (random: Random, n: number) => Math.floor(random() * n)
const pick = <T>(random: Random, values: readonly T[]): T => values[below(random, values.length)]!

const SCRIPT = '<img src=x onerror=alert(1)><script>alert(2)</script>'
/** Values where others are due, as JSON text: some of them no parser can hold. */
const VALUES = ['null', 'true', '-0', '1e400', '9'.repeat(400), '""', '[]', '{}', '[[[]]]', '{"__proto__":{"polluted":true}}']
const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', SCRIPT, '', '\\u0000', '\\ud800', 'length']

/** The answers that are spoilt: a few documents each, and an alert. */
const ANSWERS: readonly { path: string; request: unknown; text(): string }[] = [
  { path: '/internal/search/ese', request: { params: { index: 'logs-*', size: 500 } }, text: () => JSON.stringify(rawAnswer()) },
  {
    path: '/internal/search/privateRuleRegistryAlertsSearchStrategy',
    request: { fields: [{ field: 'host.name' }] },
    text: () => JSON.stringify(shapes.alertsTable(TWICE))
  },
  {
    path: '/internal/search/timelineSearchStrategy',
    request: { factoryQueryType: 'eventsDetails', eventId: TWICE[0]!.id, indexName: 'x' },
    text: () => JSON.stringify(shapes.flyoutDetails(TWICE[0]!))
  },
  {
    path: '/internal/search/ese/FnJ1bg1',
    request: { params: {} },
    text: () => JSON.stringify({ ...rawAnswer(), is_running: true })
  },
  {
    path: '/internal/bsearch',
    request: { batch: [{ request: {}, options: { strategy: 'ese' } }] },
    text: () => [0, 1, 7].map((id) => shapes.bsearchLine(id, shapes.wrapped(FEW), id !== 7)).join('\n')
  },
  {
    path: '/internal/search/esql_async',
    request: { params: { query: 'FROM logs-*' } },
    text: () => JSON.stringify(shapes.esqlAnswer(EVENTS.slice(0, 3)))
  },
  { path: '/api/detection_engine/rules', request: {}, text: () => '{"id":"a","type":"esql","query":"FROM a"}' }
]
const FEW = shapes.documents(EVENTS.slice(0, 3))
const rawAnswer = () => shapes.raw(FEW)

/** Ways to spoil an answer's text. */
const SPOIL: readonly ((text: string, random: Random) => string)[] = [
  (text, random) => text.slice(0, below(random, text.length)),
  (text, random) => replaceOne(text, random, /"[^"\\]*":/g, () => `"${pick(random, NAMES)}":`),
  (text, random) => replaceOne(text, random, /:("[^"\\]*"|\d+|null|true|false)/g, () => `:${pick(random, VALUES)}`),
  (text, random) => replaceOne(text, random, /[[\]{},:"]/g, () => pick(random, ['[', ']', '{', '}', ',', ':', '"', '\\', ''])),
  (text, random) => replaceOne(text, random, /[[{]/g, (found) => found.repeat(1 + below(random, 3000))),
  (text, random) => replaceOne(text, random, /"[^"\\]*"/g, () => `"${SCRIPT.replaceAll('"', "'")}"`),
  (text, random) => replaceOne(text, random, /"_id":"[^"]*"/g, () => '"_id":"same"'),
  (text, random) => replaceOne(text, random, /\d+/g, () => pick(random, ['1e999', '-1', '18446744073709551616', '0x10', 'NaN'])),
  (text, random) => replaceOne(text, random, /[A-Za-z0-9+/=]{4}/g, () => pick(random, ['????', '====', '\u0000\u0001', ''])),
  (text, random) => text + pick(random, ['\n', '{}', ',', '\n\n!!!!\n', text.slice(0, 50)])
]

function replaceOne(text: string, random: Random, pattern: RegExp, by: (found: string) => string): string {
  const found = [...text.matchAll(pattern)]
  if (found.length === 0) return text
  const { index, 0: part } = pick(random, found)
  return text.slice(0, index) + by(part) + text.slice(index + part.length)
}

/** `count` spoilt answers with their requests, some of which are spoilt too. */
export function* hostileBodies(seed: number, count: number): Generator<HostileBody> {
  const random = randomFrom(seed)
  for (let i = 0; i < count; i++) {
    const { path, request, text } = pick(random, ANSWERS)
    let spoilt = text()
    for (let times = 1 + below(random, 3); times > 0; times--) spoilt = pick(random, SPOIL)(spoilt, random)
    const bytes = Buffer.from(spoilt)
    // Not always UTF-8 either.
    if (random() < 0.2 && bytes.length > 0) bytes[below(random, bytes.length)] = below(random, 256)
    const asked = JSON.stringify(request)
    yield {
      path: random() < 0.1 ? path + pick(random, ['/%E0%A4%A', '/..%2f..', '/a%00b', `/${'x'.repeat(4000)}`]) : path,
      method: 'POST',
      requestBody: random() < 0.3 ? pick(random, SPOIL)(asked, random) : asked,
      bytes
    }
  }
}

/** A value that may be sent to any listener: of the right shape in places, of the wrong one in others. */
export function hostileMessage(random: Random): unknown {
  const head = {
    id: pick(random, [1, -1, 2 ** 53, 'x', null]),
    method: pick(random, ['POST', 7, {}]),
    url: pick(random, ['http://127.0.0.1/internal/search/ese', 'javascript:alert(1)', 'x', null, {}]),
    requestBody: pick(random, [null, '{}', 5, '{"__proto__":{"polluted":1}}']),
    context: null,
    status: pick(random, [200, 404, NaN, '200']),
    contentType: 'application/json',
    at: pick(random, [0, Infinity, 1.8e12, 'now']),
    fromCluster: true
  }
  return pick(random, MESSAGES)(head, random)
}

const PAGE = { version: null, basePath: '', serverBasePath: '', airgapped: null }
const TYPES = [
  'hello',
  'location',
  'part',
  'missed',
  'answer',
  'failed',
  'start',
  'ask',
  'abort',
  'register',
  'unregister',
  'inject'
]
const MESSAGES: readonly ((head: object, random: Random) => unknown)[] = [
  (_, random) =>
    pick(random, [null, undefined, 0, '', 'part', [], {}, { type: null }, { type: '__proto__' }, { type: 'constructor' }]),
  (_, random) => ({ type: pick(random, TYPES) }),
  (head, random) => ({
    type: 'part',
    head,
    part: pick(random, [0, 0, 0, 1, 2, -1, 0.5, 1e9, '0', null]),
    parts: pick(random, [1, 1, 2, 3, 1e9, -1, 0, null]),
    data: pick(random, ['e30=', '%%%', '', 7, null, {}, 'A'.repeat(400_000), btoa(pick(random, ANSWERS).text())])
  }),
  (head, random) => ({
    type: pick(random, ['body', 'missed', 'open']),
    head,
    chunks: pick(random, [[], [7], null]),
    why: 'backlog',
    open: -1
  }),
  (_, random) => ({
    type: pick(random, ['hello', 'location']),
    url: pick(random, ['https://evil.example/', 7, '', 'chrome://settings']),
    page: pick(random, [PAGE, null, { basePath: '//evil' }]),
    late: pick(random, [true, 'no'])
  }),
  (_, random) => ({
    type: pick(random, ['answer', 'failed']),
    id: pick(random, [1, 2, -1, 'x']),
    status: 200,
    body: '{}',
    message: SCRIPT
  }),
  (_, random) => ({
    type: pick(random, ['register', 'unregister', 'inject']),
    origin: 'https://evil.example',
    fromLoad: true,
    tabId: pick(random, [1, -1, 'x'])
  }),
  (_, random) => ({
    type: 'ask',
    request: {
      id: 1,
      method: pick(random, ['POST', 'DELETE', 'GET']),
      path: pick(random, ['/api/x', '/internal/search/esql_async']),
      headers: {},
      body: '{}'
    }
  }),
  (_, random) => ({ type: 'start', binary: random() < 0.5, armed: true })
]
