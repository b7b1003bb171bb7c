/**
 * What listening costs a page: the same answers fetched by three pages of one browser in turn, one of a host that was not granted,
 * where nothing of the extension runs, one with its panel closed and one with it open; and how long after an alert's data the
 * panel shows the alert. Two browsers could not be compared: each has costs of its own.
 *
 * A fetch is what Kibana's page does: `fetch`, `json()` of an answer that is not cached. The rounds are interleaved, so that what
 * else the machine does falls on all three alike. The panel takes its bytes while the next round runs, as it would.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright'
import { closePanel, grant, launchBeside, openBeside, openPanel } from '../helpers/panel.ts'
import { ALERTS, EVENTS } from '../kibana/scenario.ts'
import { startFakeKibana } from '../kibana/server.ts'
import { documents, raw } from '../kibana/shapes.ts'

/** Megabytes of the answers. */
export const SIZES = [0.5, 5] as const
/** Answers of each size for each page, and changes of alert. */
export const RESPONSES = 60

export interface PageCost {
  megabytes: number
  /** Median milliseconds of a fetch. */
  without: number
  closed: number
  open: number
}

const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))]!

/** A search answer of about that many bytes. */
function answerOf(bytes: number): Buffer {
  const one = JSON.stringify(raw(documents(EVENTS))).length
  const times = Math.max(1, Math.round(bytes / one))
  const docs = Array.from({ length: times }, (_, i) => EVENTS.map((doc) => ({ ...doc, id: `${doc.id}${i}` }))).flat()
  return Buffer.from(JSON.stringify(raw(documents(docs))))
}

/** Runs in the page: one fetch as Kibana makes it; answers its milliseconds. */
const fetchOnce = async (path: string): Promise<number> => {
  const began = performance.now()
  const response = await fetch(
    new Request(path, { method: 'POST', body: '{"params":{"index":"logs-*","fields":[{"field":"*"}]}}' })
  )
  await response.json()
  return performance.now() - began
}

/** Measures both sizes; `count` answers each for every page. */
export async function measurePageCost(sizes: readonly number[], count: number): Promise<PageCost[]> {
  const answers = new Map(sizes.map((megabytes) => [`/internal/search/m${megabytes * 10}`, answerOf(megabytes * 1e6)]))
  const server = createServer((request, response) => {
    const answer = answers.get(request.url ?? '')
    response.writeHead(200, { 'content-type': answer ? 'application/json' : 'text/html', 'cache-control': 'no-store' })
    response.end(answer ?? '<!doctype html><title>Page</title>')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const extension = await launchBeside()
  try {
    const bare = await extension.context.newPage()
    await bare.goto(`http://localhost:${port}`)
    const beside = await openBeside(extension, { url }, '/')
    await grant(beside.panel)
    const other = await openBeside(extension, { url }, '/')
    await closePanel(other.panel)
    await other.kibana.reload()
    const pages: Record<'without' | 'closed' | 'open', Page> = { without: bare, closed: other.kibana, open: beside.kibana }
    await beside.kibana.reload()
    await grant(beside.panel)
    const costs: PageCost[] = []
    for (const megabytes of sizes)
      costs.push({ megabytes, ...(await rounds(pages, `/internal/search/m${megabytes * 10}`, count)) })
    return costs
  } finally {
    await extension.close()
    server.closeAllConnections()
    server.close()
  }
}

async function rounds(pages: Record<'without' | 'closed' | 'open', Page>, path: string, count: number) {
  const names = ['without', 'closed', 'open'] as const
  const times = { without: [] as number[], closed: [] as number[], open: [] as number[] }
  for (const name of names) await pages[name].evaluate(fetchOnce, path)
  for (let round = 0; round < count; round++)
    for (let i = 0; i < names.length; i++) {
      // Who is first in a round changes.
      const name = names[(i + round) % names.length]!
      await pages[name].bringToFront()
      times[name].push(await pages[name].evaluate(fetchOnce, path))
    }
  return { without: quantile(times.without, 0.5), closed: quantile(times.closed, 0.5), open: quantile(times.open, 0.5) }
}

/** Milliseconds from the page having an alert's data to the panel showing that alert, over `count` changes of alert. */
export async function measureFollowing(count: number): Promise<{ p50: number; p95: number }> {
  const server = await startFakeKibana({ profile: 'raw' })
  const extension = await launchBeside()
  try {
    const beside = await openBeside(extension, server, '/app/security/alerts')
    await grant(beside.panel)
    await closePanel(beside.panel)
    const panel = await openPanel(extension, beside.kibana)
    const alerts = ALERTS.filter(({ fields }) => 'process.command_line' in fields)
    const times: number[] = []
    for (let i = 0; i < count; i++) {
      const { id, index } = alerts[i % alerts.length]!
      const shown = panel.evaluate(
        (wanted) =>
          new Promise<number>((done) => {
            const look = () => document.querySelector(`[data-alert-card="${wanted}"]`) && done(Date.now())
            new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true })
          }),
        id
      )
      const had = await beside.kibana.evaluate(async (path) => {
        await (globalThis as unknown as { fakeKibana: { go(path: string): Promise<unknown> } }).fakeKibana.go(path)
        return Date.now()
      }, `/app/security/alerts?flyout=(right:(id:document-details-right,params:(id:'${id}',indexName:${index})))`)
      times.push(Math.max(0, (await shown) - had))
    }
    return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) }
  } finally {
    await extension.close()
    await server.close()
  }
}
