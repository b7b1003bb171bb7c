/**
 * The life of the panel and of its scripts beside a fake Kibana: late starts, reloads, updates of the extension, the end of its
 * service worker, and what of the panel is still there afterwards.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright'
import { type LaunchedExtension, watchPage } from '../helpers/extension.ts'
import { ALERTS_PATH } from '../helpers/kibana-page.ts'
import { closePanel, endServiceWorker, grant, launchBeside, openBeside, openPanel, reloadExtension } from '../helpers/panel.ts'
import { GOLDEN_ALERT, TWICE } from '../kibana/scenario.ts'
import { type FakeKibana, startFakeKibana } from '../kibana/server.ts'

let extension: LaunchedExtension
let server: FakeKibana

beforeAll(async () => {
  extension = await launchBeside()
  server = await startFakeKibana({ profile: 'raw' })
})
afterAll(async () => {
  await extension?.close()
  await server?.close()
})

test('one relay answers in a page, however often it is started', async () => {
  const beside = await openBeside(extension, server, ALERTS_PATH)
  const { panel, kibana, tabId } = beside
  await grant(panel)
  await kibana.reload()
  await panel.getByText('0 events and 6 alerts loaded').or(panel.getByText('0 events and 0 alerts loaded')).first().waitFor()
  await grant(panel)
  // The late start by the service worker, and what a race with the registered script amounts to: its file once more.
  const greetings = await panel.evaluate(async (tab) => {
    await chrome.runtime.sendMessage({ type: 'inject', tabId: tab })
    const registered = await chrome.scripting.getRegisteredContentScripts()
    for (const { id, js } of registered)
      if (id.startsWith('relay ')) await chrome.scripting.executeScript({ target: { tabId: tab }, files: js! })
    const port = chrome.tabs.connect(tab, { frameId: 0, name: 'rarebit-listen' })
    let heard = 0
    port.onMessage.addListener(({ type }: { type: string }) => type === 'hello' && heard++)
    await new Promise((soon) => setTimeout(soon, 400))
    port.disconnect()
    return heard
  }, tabId)
  expect(greetings).toBe(1)
  // And the panel hears each answer once.
  await grant(panel)
  const before = await batches(panel)
  await askOnce(kibana)
  await expect.poll(() => batches(panel)).toBe(before + 1)
  await panel.waitForTimeout(500)
  expect(await batches(panel)).toBe(before + 1)
  expect(beside.troubles).toEqual([])
  await beside.close()
})

const command = (id: string) => (id === GOLDEN_ALERT.id ? 'sh -c id; uname -a' : 'sh -c cat /etc/passwd')
const shown = (panel: Page, id: string) => panel.locator('[data-alert-card]').getByText(command(id)).first().waitFor()

test('the service worker ends: the panel hears on and follows, and a page loaded again is heard', async () => {
  const beside = await openBeside(extension, server, ALERTS_PATH)
  const { panel, kibana } = beside
  await grant(panel)
  const before = await batches(panel)
  await endServiceWorker(extension)
  await askOnce(kibana)
  await expect.poll(() => batches(panel)).toBe(before + 1)
  await openAlert(kibana, TWICE[0]!.id)
  await shown(panel, TWICE[0]!.id)
  await endServiceWorker(extension)
  await kibana.goto(server.url + ALERTS_PATH)
  await panel.getByText(/^Listening to/).waitFor()
  await openAlert(kibana, GOLDEN_ALERT.id)
  await shown(panel, GOLDEN_ALERT.id)
  expect(beside.troubles).toEqual([])
  await beside.close()
})

test('the extension is updated under an open page: its scripts are registered again, and both the old page and a new one are heard', async () => {
  const beside = await openBeside(extension, server, ALERTS_PATH)
  const { panel, kibana } = beside
  await grant(panel)
  await kibana.reload()
  await panel.getByText(/^Listening to/).waitFor()
  await reloadExtension(extension, panel)

  // The scripts that were left behind leave the page alone.
  await askOnce(kibana)
  const again = await openPanel(extension, kibana)
  const troubles = watchPage(again)
  await again.getByText(/^Listening to/).waitFor()
  await expect.poll(() => again.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).length)).toBe(2)
  // Not loaded again: a new relay was started in it, beside what is left of the old one.
  await again.getByText('The page had loaded before').waitFor()
  const before = await batches(again)
  await askOnce(kibana)
  await expect.poll(() => batches(again)).toBe(before + 1)
  await again.waitForTimeout(500)
  expect(await batches(again)).toBe(before + 1)
  await kibana.reload()
  await openAlert(kibana, TWICE[0]!.id)
  await shown(again, TWICE[0]!.id)
  expect(troubles).toEqual([])
  await closePanel(again)
  await kibana.close()
})

/** Asks the server again for what the page shows, as Kibana's own button does. */
const askOnce = (kibana: Page) =>
  kibana.evaluate(() => (globalThis as unknown as { fakeKibana: { reload(): Promise<unknown> } }).fakeKibana.reload())

async function openAlert(kibana: Page, id: string): Promise<void> {
  await kibana.locator(`tr[data-alert="${id}"]`).click()
}

/** How many answers the panel lists. */
async function batches(panel: Page): Promise<number> {
  const heard = panel.locator('[data-heard]')
  if ((await heard.getAttribute('open')) === null) await heard.locator('> summary').click()
  return panel.locator('[data-batches] tbody tr').count()
}
