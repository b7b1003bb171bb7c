/**
 * What listening costs a page: the same answers fetched by four pages of one browser in turn, two of a host that was not granted,
 * where nothing of the extension runs, one with its panel closed and one with it open; and how long after an alert's data the
 * panel shows the alert. Two browsers could not be compared: each has costs of its own. What the two bare pages differ by is the
 * noise of the run.
 *
 * A fetch is what Kibana's page does: `fetch`, `json()` of an answer that is not cached. Turns are interleaved, so that what else
 * the machine does falls on all alike. In its turn a page fetches answer after answer: what an answer leaves to do for the panel
 * falls on the next one of the same page. Then the panel takes what waits, so that no other page pays for it.
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
/** Measured answers of a turn; one before them is not measured, as the tab has just come to the front. */
const TURN = 4
/** A panel whose text stays the same for so long has taken what it heard. */
const STILL_MILLIS = 300

const PAGES = ['without', 'again', 'closed', 'open'] as const
type PageName = (typeof PAGES)[number]

/** Median milliseconds of a fetch, of each page. */
export type PageCost = { megabytes: number } & Record<PageName, number>

const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))]!

/** A search answer of about that many bytes. */
function answerOf(bytes: number): Buffer {
  const one = JSON.stringify(raw(documents(EVENTS))).length
  const times = Math.max(1, Math.round(bytes / one))
  const docs = Array.from({ length: times }, (_, i) => EVENTS.map((doc) => ({ ...doc, id: `${doc.id}${i}` }))).flat()
  return Buffer.from(JSON.stringify(raw(documents(docs))))
}

/** Runs in the page: fetches as Kibana makes them, one after the other; answers the milliseconds of each. */
const fetchSeveral = async ({ path, count }: { path: string; count: number }): Promise<number[]> => {
  const millis: number[] = []
  while (millis.length < count) {
    const began = performance.now()
    const response = await fetch(
      new Request(path, { method: 'POST', body: '{"params":{"index":"logs-*","fields":[{"field":"*"}]}}' })
    )
    await response.json()
    millis.push(performance.now() - began)
  }
  return millis
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
    const openBare = async () => {
      const page = await extension.context.newPage()
      await page.goto(`http://localhost:${port}`)
      return page
    }
    const without = await openBare()
    const again = await openBare()
    const beside = await openBeside(extension, { url }, '/')
    await grant(beside.panel)
    const other = await openBeside(extension, { url }, '/')
    await closePanel(other.panel)
    await other.kibana.reload()
    await beside.kibana.reload()
    await grant(beside.panel)
    const pages = { without, again, closed: other.kibana, open: beside.kibana }
    const costs: PageCost[] = []
    for (const megabytes of sizes) {
      const path = `/internal/search/m${megabytes * 10}`
      costs.push({ megabytes, ...(await takeTurns(pages, beside.panel, path, count)) })
    }
    return costs
  } finally {
    await extension.close()
    server.closeAllConnections()
    server.close()
  }
}

async function takeTurns(pages: Record<PageName, Page>, panel: Page, path: string, count: number) {
  const times: Record<PageName, number[]> = { without: [], again: [], closed: [], open: [] }
  for (let round = 0; times.open.length < count; round++)
    for (let i = 0; i < PAGES.length; i++) {
      // Who is first in a round changes.
      const name = PAGES[(i + round) % PAGES.length]!
      await pages[name].bringToFront()
      const [, ...measured] = await pages[name].evaluate(fetchSeveral, { path, count: TURN + 1 })
      times[name].push(...measured)
      if (name === 'open') await untilStill(panel)
    }
  const medians = Object.entries(times).map(([name, millis]) => [name, quantile(millis, 0.5)])
  return Object.fromEntries(medians) as Record<PageName, number>
}

const untilStill = (panel: Page) =>
  panel.evaluate(
    (millis) =>
      new Promise<void>((done) => {
        const rest = () => setTimeout(done, millis)
        let waiting = rest()
        new MutationObserver(() => {
          clearTimeout(waiting)
          waiting = rest()
        }).observe(document.body, { subtree: true, childList: true, characterData: true })
      }),
    STILL_MILLIS
  )

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
