/**
 * A page that is not what it seems: answers of every hostile kind, and a first script that wants the channel. What a page sends
 * is shown as text or not at all, and nothing ever acts on it.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LaunchedExtension } from '../helpers/extension.ts'
import { ALERTS_PATH } from '../helpers/kibana-page.ts'
import { grant, launchBeside, openBeside } from '../helpers/panel.ts'
import { HOSTILITIES } from '../kibana/hostile.ts'
import { startFakeKibana } from '../kibana/server.ts'

let extension: LaunchedExtension
beforeAll(async () => {
  extension = await launchBeside()
})
afterAll(() => extension?.close())

/** Runs in the page: asks as Kibana would, and swallows what the page itself would make of the answer. */
const askOnce = () =>
  (globalThis as unknown as { fakeKibana: { reload(): Promise<unknown> } }).fakeKibana.reload().then(
    () => undefined,
    () => undefined
  )

describe('answers', () => {
  test.for(HOSTILITIES)('%s', async (hostile) => {
    const server = await startFakeKibana({ hostile })
    const beside = await openBeside(extension, server, ALERTS_PATH)
    await grant(beside.panel)
    const answered = beside.kibana.evaluate(askOnce)
    // An endless answer never ends for the page either.
    await Promise.race([answered, beside.kibana.waitForTimeout(3000)])
    await beside.panel.waitForTimeout(800)
    await beside.panel
      .getByText(/0 events and 0 alerts loaded|^Listening to/)
      .first()
      .waitFor()
    expect(beside.troubles).toEqual([])
    expect(await beside.panel.evaluate(() => ({}) as { polluted?: unknown }).then((o) => o.polluted)).toBeUndefined()
    expect(await beside.panel.locator('main img, main script').count()).toBe(0)
    await beside.close()
    await server.close()
  })
})

test('a first script of the page neither sees the channel nor passes for it', async () => {
  const page = `<!doctype html><title>Hostile</title><script src="/first.js"></script>`
  const first = `
    globalThis.seen = []
    for (const name of ['rarebit-port', 'rarebit-ready', 'rarebit-from-load', 'message'])
      addEventListener(name, (event) => seen.push([name, event.ports?.length]), true)
    const post = MessagePort.prototype.postMessage
    MessagePort.prototype.postMessage = function (...args) { seen.push(['post', JSON.stringify(args[0])]); return post.apply(this, args) }
    Reflect.apply = () => { seen.push(['apply']) }
    Promise.prototype.then = new Proxy(Promise.prototype.then, { apply(target, self, args) { return target.call(self, ...args) } })
    const { port1, port2 } = new MessageChannel()
    dispatchEvent(new MessageEvent('rarebit-port', { ports: [port2], cancelable: true }))
    port1.postMessage({ type: 'body', head: { id: 1, url: location.origin + '/internal/search/ese' }, chunks: [] })`
  const server = createServer((request, response) => {
    const script = request.url === '/first.js'
    response.writeHead(200, {
      'content-type': script ? 'text/javascript' : request.method === 'POST' ? 'application/json' : 'text/html'
    })
    response.end(script ? first : request.method === 'POST' ? '{"hits":{"hits":[7]}}' : page)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const beside = await openBeside(extension, { url }, '/')
  await grant(beside.panel)
  await beside.kibana.reload()
  await beside.panel.getByText(/^Listening to/).waitFor()
  await beside.panel.waitForTimeout(500)
  await beside.kibana.evaluate(() =>
    fetch('/internal/search/ese', { method: 'POST', body: '{}' }).then((response) => response.json())
  )
  await beside.panel.locator('[data-heard] > summary').click()
  await beside.panel.locator('[data-batches] tbody tr').first().waitFor()
  // The one real answer was heard; the forged one was not, and the page saw nothing but its own doings.
  expect(await beside.panel.locator('[data-batches] tbody tr').count()).toBe(1)
  expect(await beside.panel.locator('[data-batches] tbody').innerText()).toContain('0 documents · 1 entry that is no document')
  const seen = await beside.kibana.evaluate(() => (globalThis as unknown as { seen: [string, unknown][] }).seen)
  expect(seen.filter(([name]) => name === 'apply' || name === 'rarebit-ready')).toEqual([])
  expect(seen.filter(([name, what]) => name === 'post' && !String(what).includes('"id":1'))).toEqual([])
  await beside.close()
  await new Promise<void>((closed) => {
    server.close(() => closed())
    server.closeAllConnections()
  })
})
