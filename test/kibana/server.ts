/**
 * A fake Kibana on loopback: shell page with Kibana's headers, base path and space, and the search routes in one of the five
 * wire shapes. For tests and for trying the side panel without a cluster (`npm run kibana`).
 *
 * It keeps a log of every request, so that tests can count who asked for what.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { answerEsql } from './esql.ts'
import { type Hardening, pageHeaders } from './headers.ts'
import { type Hostility, hostileAnswer } from './hostile.ts'
import { ALERTS, EVENTS, RULE, RULE_UUID } from './scenario.ts'
import * as shapes from './shapes.ts'

export const PROFILES = ['raw', 'wrapped', 'polling', 'bsearch', 'esql'] as const
export type Profile = (typeof PROFILES)[number]

export interface FakeKibanaOptions {
  profile?: Profile
  /** `/kbn`; empty for none. */
  basePath?: string
  /** `soc`; empty for the default space. */
  space?: string
  hardening?: Hardening
  hostile?: Hostility
  /** Bytes for a request that says `forged=NUMBER`; null answers it as it is. */
  forge?: (number: number) => Uint8Array | null
  port?: number
  /** ES|QL answers first say "running" and are given to the poll after this long. */
  esqlDelayMillis?: number
}

export interface LoggedRequest {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: string
}

export interface FakeKibana {
  /** Origin with base path and space: `http://127.0.0.1:5601/kbn/s/soc`. */
  url: string
  origin: string
  log: LoggedRequest[]
  close(): Promise<void>
}

const VERSION: Record<Profile, string> = { raw: '9.4.2', wrapped: '8.17.4', polling: '9.4.2', bsearch: '8.14.3', esql: '9.4.2' }
const asset = (name: string) => readFileSync(new URL(`page/${name}`, import.meta.url), 'utf8')

/** Starts the server; it listens on loopback only. */
export async function startFakeKibana(options: FakeKibanaOptions = {}): Promise<FakeKibana> {
  const log: LoggedRequest[] = []
  const site = new Site(options)
  const server = createServer((request, response) => {
    void readBody(request).then(async (body) => {
      const path = request.url ?? '/'
      log.push({ method: request.method ?? 'GET', path, headers: request.headers, body })
      try {
        await site.answer(request, path, body, response)
      } catch (error) {
        if (!response.headersSent) json(response, { statusCode: 500, message: String(error) }, 500)
      }
    })
  })
  await new Promise<void>((listening) => server.listen(options.port ?? 0, '127.0.0.1', listening))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    url: origin + site.prefix,
    log,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      })
  }
}

class Site {
  readonly prefix: string
  private readonly running = new Map<string, { at: number; answer: Promise<shapes.Json> }>()
  private nextId = 1

  constructor(private readonly options: FakeKibanaOptions) {
    this.prefix = (options.basePath ?? '') + (options.space ? `/s/${options.space}` : '')
  }

  private get profile(): Profile {
    return this.options.profile ?? 'raw'
  }

  async answer(request: IncomingMessage, path: string, body: string, response: ServerResponse): Promise<void> {
    const base = this.options.basePath ?? ''
    const forged = /[?&]forged=(\d+)$/.exec(path)
    const bytes = forged && this.options.forge?.(Number(forged[1]))
    if (bytes) return void response.writeHead(200, { 'content-type': 'application/json' }).end(bytes)
    const [pathname = '/'] = path.split('?')
    if (pathname === `${base}/ui/boot.js`)
      return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(asset('boot.js'))
    if (pathname === `${base}/ui/page.css`)
      return void response.writeHead(200, { 'content-type': 'text/css' }).end(asset('page.css'))
    const route = pathname.startsWith(this.prefix) ? pathname.slice(this.prefix.length) : null
    if (pathname === '/favicon.ico') return void response.writeHead(204).end()
    if (route === '' || route === '/')
      return void response.writeHead(302, { location: `${this.prefix}/app/security/alerts` }).end()
    if (route?.startsWith('/app/')) return this.page(response)
    if (route === null) return json(response, { statusCode: 404, error: 'Not Found', message: 'Not Found' }, 404)
    const refused = refusal(request)
    if (refused) return json(response, refused, 400)
    if (this.options.hostile && route.startsWith('/internal/')) return hostileAnswer(this.options.hostile, response)
    if (route.startsWith('/api/detection_engine/rules'))
      return json(response, { id: RULE_UUID, enabled: true, ...RULE, interval: '1h', note: '' })
    if (request.method === 'DELETE') return this.cancel(route, response)
    if (route === '/internal/bsearch') return this.batched(path, body, response)
    const search = /^\/internal\/search\/([^/]+)(?:\/(.+))?$/.exec(route)
    if (!search) return json(response, { statusCode: 404, error: 'Not Found', message: 'Not Found' }, 404)
    return json(response, await this.search(search[1]!, search[2] ?? null, JSON.parse(body) as shapes.Json))
  }

  private page(response: ServerResponse): void {
    const version = VERSION[this.profile]
    const metadata = {
      version,
      buildNumber: 91234,
      basePath: this.prefix,
      serverBasePath: this.options.basePath ?? '',
      publicBaseUrl: null,
      env: { airgapped: true },
      fake: { profile: this.profile }
    }
    const attribute = JSON.stringify(metadata).replaceAll('&', '&amp;').replaceAll('"', '&quot;')
    const shell = asset('shell.html')
      .replaceAll('%METADATA%', () => attribute)
      .replaceAll('%BASE%', () => this.options.basePath ?? '')
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...pageHeaders(this.options.hardening ?? '9x') })
      .end(shell)
  }

  /** One search by strategy; `id` is a poll for an earlier one. */
  private async search(strategy: string, id: string | null, body: shapes.Json): Promise<shapes.Json> {
    if (id !== null) return this.poll(id)
    const inner = (body['params'] ?? {}) as shapes.Json
    switch (strategy) {
      case 'privateRuleRegistryAlertsSearchStrategy':
        return shapes.alertsTable(ALERTS)
      case 'timelineSearchStrategy':
        return this.timeline(body)
      case 'esql_async':
        return this.esql(inner)
      default:
        return this.documents(inner)
    }
  }

  private timeline(body: shapes.Json): shapes.Json {
    if (body['factoryQueryType'] === 'eventsDetails') {
      const doc = [...ALERTS, ...EVENTS].find(({ id }) => id === body['eventId'])
      return doc ? shapes.flyoutDetails(doc) : shapes.wrapped({ hits: { hits: [], total: 0 } })
    }
    const { activePage = 0, querySize = 500 } = (body['pagination'] ?? {}) as { activePage?: number; querySize?: number }
    return shapes.timelineEvents([...EVENTS].reverse(), activePage, querySize)
  }

  private documents(params: shapes.Json): shapes.Json {
    const size = Number((params['body'] as shapes.Json | undefined)?.['size'] ?? params['size'] ?? 500)
    const found = shapes.documents([...EVENTS].reverse().slice(0, size))
    if (this.profile === 'polling')
      return this.start(
        Promise.resolve(shapes.raw(found)),
        (id) => ({ ...shapes.raw({ hits: { hits: [] } }), id, is_running: true, is_partial: true }),
        150
      )
    return this.profile === 'wrapped' || this.profile === 'bsearch' ? shapes.wrapped(found) : shapes.raw(found)
  }

  private esql(params: shapes.Json): shapes.Json | Promise<shapes.Json> {
    const query = String(params['query'])
    const answer = answerEsql(query, params['filter']).catch((error: Error) => ({
      error: { type: 'verification_exception', reason: error.message },
      status: 400
    }))
    const wrap = (body: shapes.Json) => (this.profile === 'wrapped' || this.profile === 'bsearch' ? shapes.wrapped(body) : body)
    if (!this.options.esqlDelayMillis) return answer.then(wrap)
    return this.start(
      answer.then(wrap),
      (id) => wrap({ id, is_running: true, is_partial: true, columns: [], values: [] }),
      this.options.esqlDelayMillis
    )
  }

  private start(answer: Promise<shapes.Json>, first: (id: string) => shapes.Json, delayMillis: number): shapes.Json {
    const id = `FnJ1bg${this.nextId++}`
    this.running.set(id, { at: Date.now() + delayMillis, answer })
    return first(id)
  }

  /** Holds the poll until the answer is due, as `wait_for_completion_timeout` does. */
  private async poll(id: string): Promise<shapes.Json> {
    const search = this.running.get(decodeURIComponent(id))
    if (!search) return { statusCode: 404, error: { type: 'resource_not_found_exception', reason: id } }
    await new Promise((due) => setTimeout(due, Math.max(0, search.at - Date.now())))
    this.running.delete(id)
    return { ...(await search.answer), id }
  }

  private cancel(route: string, response: ServerResponse): void {
    this.running.delete(decodeURIComponent(route.split('/').at(-1)!))
    json(response, {})
  }

  /** The batched route: one line an answer, in order of completion, each a chunk of its own. */
  private async batched(path: string, body: string, response: ServerResponse): Promise<void> {
    const compress = path.includes('compress=true')
    const { batch } = JSON.parse(body) as { batch: { request: shapes.Json; options: { strategy: string } }[] }
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    for (const [i, { request, options }] of batch.entries()) {
      response.write(`${shapes.bsearchLine(i, await this.search(options.strategy, null, request), compress)}\n`)
      await new Promise((soon) => setTimeout(soon, 5))
    }
    response.end()
  }
}

/** What Kibana answers to a request without its headers; null when they are there. */
function refusal(request: IncomingMessage): shapes.Json | null {
  const { headers, method } = request
  if (method !== 'GET' && !headers['kbn-xsrf'] && !headers['kbn-version'])
    return { statusCode: 400, error: 'Bad Request', message: 'Request must contain a kbn-xsrf header.' }
  if (request.url?.includes('/internal/') && !headers['x-elastic-internal-origin'])
    return {
      statusCode: 400,
      error: 'Bad Request',
      message: `uri [${request.url}] with method [${method?.toLowerCase()}] exists but is not available with the current configuration`
    }
  return null
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'elastic-api-version': '1' })
    .end(JSON.stringify(body))
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
