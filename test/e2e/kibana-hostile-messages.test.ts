/**
 * 10,000 hostile messages and answers in a real browser: a page that forges what it can, and a tab that was taken over and says
 * anything to the extension. Nothing fails, nothing is sent, opened, granted or stored, and a true alert is shown as before.
 * `RAREBIT_SEED` repeats a run.
 */
import type { CDPSession, Page, Worker } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LaunchedExtension, watchPage } from '../helpers/extension.ts'
import { grant, launchBeside, openBeside } from '../helpers/panel.ts'
import { hostileBodies, hostileMessage, randomFrom } from '../kibana/hostile-bodies.ts'
import { GOLDEN_ALERT } from '../kibana/scenario.ts'
import { type FakeKibana, startFakeKibana } from '../kibana/server.ts'

const ANSWERS = 1500
const PAGE_MESSAGES = 3500
const ENVELOPES = 5000
const seed = Number(process.env['RAREBIT_SEED'] ?? Date.now() % 1e9)
const bodies = [...hostileBodies(seed, ANSWERS)]
let extension: LaunchedExtension
let server: FakeKibana

beforeAll(async () => {
  console.log(`seed ${seed}`)
  extension = await launchBeside()
  server = await startFakeKibana({ profile: 'raw', forge: (number) => bodies[number]?.bytes ?? null })
})
afterAll(async () => {
  await extension?.close()
  await server?.close()
})

type Watched = { failures: string[]; natives: string }
/** Runs in a worker or page: notes what fails from here on, and which names the prototypes have. */
const watchScope = () => {
  const scope = globalThis as unknown as Watched & EventTarget
  scope.failures = []
  scope.natives = JSON.stringify(
    [Object.prototype, Array.prototype, Function.prototype].map((one) => Object.getOwnPropertyNames(one))
  )
  scope.addEventListener('error', (event) => scope.failures.push((event as ErrorEvent).message))
  scope.addEventListener('unhandledrejection', (event) => scope.failures.push(String((event as PromiseRejectionEvent).reason)))
}
const failuresOf = () => {
  const { failures, natives } = globalThis as unknown as Watched
  const now = JSON.stringify(
    [Object.prototype, Array.prototype, Function.prototype].map((one) => Object.getOwnPropertyNames(one))
  )
  return natives === now ? failures : [...failures, 'a prototype changed']
}

const within = <T>(scope: Page | Worker, work: () => T): Promise<T> =>
  'workers' in scope ? (scope.evaluate(work) as Promise<T>) : (scope.evaluate(work) as Promise<T>)

test('10,000 hostile messages and answers: no failure, no effect outside the batch', { timeout: 600_000 }, async () => {
  const beside = await openBeside(extension, server, '/app/security/alerts')
  const { panel, kibana } = beside
  await grant(panel)
  await kibana.reload()
  await grant(panel)
  const pageTroubles = watchPage(kibana)
  const background = extension.context.serviceWorkers()[0]!
  // A connection learns of the workers that were there before it a moment later.
  await expect.poll(() => panel.workers().length).toBeGreaterThan(0)
  for (const scope of [panel, kibana, background, ...panel.workers()]) await within(scope, watchScope)
  const before = await stateOf()
  const random = randomFrom(seed)

  await kibana.evaluate(
    forgeInPage,
    Array.from({ length: PAGE_MESSAGES }, () => hostileMessage(random))
  )
  await kibana.evaluate(
    askAll,
    bodies.map(({ path, requestBody }) => ({ path, requestBody }))
  )

  // A tab that was taken over: scripts of its own in the extension's isolated world.
  const world = await isolatedWorld(await extension.context.newCDPSession(kibana), extension.id)
  await world.run(`chrome.runtime.onConnect.addListener((port) => { globalThis.toPanel = port })`)
  await panel.reload()
  await panel.evaluate(watchScope)
  await grant(panel)
  const scopesAfter = [panel, kibana, background, ...panel.workers()]
  for (const worker of panel.workers()) await worker.evaluate(watchScope)
  await world.run(
    `globalThis.envelopes = ${JSON.stringify(Array.from({ length: ENVELOPES }, () => hostileMessage(random) ?? null))}`
  )
  expect(await world.run(sendEnvelopes)).toBe(ENVELOPES)
  await panel.waitForTimeout(3000)

  for (const scope of scopesAfter) expect(await within(scope, failuresOf), scope.url()).toEqual([])
  expect(beside.troubles).toEqual([])
  expect(pageTroubles.filter((line) => line.startsWith('pageerror'))).toEqual([])
  expect(await panel.locator('main img, main script').count()).toBe(0)
  expect(await stateOf()).toEqual(before)
  const asked = await kibana.evaluate(
    () => (globalThis as unknown as { fakeKibana: { asked: string[] } }).fakeKibana.asked.length
  )
  const since = server.log.filter(({ path }) => /\/(internal|api)\//.test(path))
  expect(since.length - reloaded()).toBe(asked + ANSWERS)

  // What is true is shown as before.
  await kibana.bringToFront()
  await kibana.reload()
  await kibana.locator(`tr[data-alert="${GOLDEN_ALERT.id}"]`).click()
  await panel.locator('[data-alert-card]').getByText('1 of fewer than 5').waitFor()
  await beside.close()

  /** Searches of the page loads before this one. */
  function reloaded(): number {
    return server.log.filter(({ path }) => path.includes('privateRule') && !path.includes('forged=')).length - 1
  }
  async function stateOf() {
    return {
      tabs: extension.context.pages().length,
      ...(await background.evaluate(async () => ({
        stored: await chrome.storage.local.get(null),
        granted: await chrome.permissions.getAll(),
        scripts: (await chrome.scripting.getRegisteredContentScripts()).map(({ id, matches }) => [id, matches])
      })))
    }
  }
})

/** Runs in the page: says everything to every name it can guess. */
function forgeInPage(messages: unknown[]): void {
  for (const [i, message] of messages.entries()) {
    const { port1, port2 } = new MessageChannel()
    const name = ['rarebit-port', 'rarebit-ready', 'rarebit-from-load', 'message'][i % 4]!
    dispatchEvent(new MessageEvent(name, { data: message, ports: i % 3 ? [port2] : [], cancelable: true }))
    dispatchEvent(new CustomEvent(name, { detail: message }))
    postMessage(message, location.origin)
    port1.postMessage(message)
  }
}

/** Runs in the page: asks for every hostile answer, a few at a time, by each way to read one. */
async function askAll(questions: { path: string; requestBody: string }[]): Promise<void> {
  const headers = { 'content-type': 'application/json', 'kbn-version': '9', 'x-elastic-internal-origin': 'Kibana' }
  const ways = ['text', 'json', 'arrayBuffer', 'blob', 'clone'] as const
  const ask = async (i: number) => {
    const { path, requestBody } = questions[i]!
    const response = await fetch(`${path}?forged=${i}`, { method: 'POST', headers, body: requestBody })
    await (response[ways[i % ways.length]!]() as Promise<unknown> | Response)
  }
  const byXhr = (i: number) =>
    new Promise<void>((done) => {
      const xhr = new XMLHttpRequest()
      xhr.open('POST', `${questions[i]!.path}?forged=${i}`)
      for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value)
      xhr.onloadend = () => done()
      xhr.send(questions[i]!.requestBody)
    })
  let next = 0
  const work = async () => {
    for (let i = next++; i < questions.length; i = next++) await (i % 4 ? ask(i) : byXhr(i)).catch(() => undefined)
  }
  await Promise.all(Array.from({ length: 6 }, work))
}

/** Runs in the isolated world: every envelope to the panel, the service worker, and whoever listens. */
const sendEnvelopes = `(async () => {
  let sent = 0
  for (const envelope of envelopes) {
    try { toPanel.postMessage(envelope) } catch {}
    chrome.runtime.sendMessage(envelope).catch(() => undefined)
    if (sent % 500 === 0) chrome.runtime.connect({ name: 'rarebit-listen' }).postMessage(envelope)
    if (++sent % 50 === 0) await new Promise((soon) => setTimeout(soon))
  }
  return sent
})()`

async function isolatedWorld(session: CDPSession, id: string): Promise<{ run(expression: string): Promise<unknown> }> {
  const found = new Promise<number>((done) =>
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.origin.includes(id)) done(context.id)
    })
  )
  await session.send('Runtime.enable')
  const contextId = await found
  return {
    async run(expression) {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression,
        contextId,
        awaitPromise: true,
        returnByValue: true
      })
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
      return result.value
    }
  }
}
