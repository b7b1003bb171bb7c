/**
 * The life of the panel and of its scripts beside a fake Kibana: late starts, reloads, updates of the extension, the end of its
 * service worker, and what of the panel is still there afterwards.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LaunchedExtension } from '../helpers/extension.ts'
import { grant, launchBeside, openBeside } from '../helpers/panel.ts'
import { type FakeKibana, startFakeKibana } from '../kibana/server.ts'

const ALERTS = '/app/security/alerts'
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
  const beside = await openBeside(extension, server, ALERTS)
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
  const before = await batches()
  await kibana.evaluate(() => (globalThis as unknown as { fakeKibana: { reload(): Promise<unknown> } }).fakeKibana.reload())
  await expect.poll(batches).toBe(before + 1)
  await panel.waitForTimeout(500)
  expect(await batches()).toBe(before + 1)
  expect(beside.troubles).toEqual([])
  await beside.close()

  async function batches(): Promise<number> {
    const heard = panel.locator('[data-heard]')
    if ((await heard.getAttribute('open')) === null) await heard.locator('> summary').click()
    return panel.locator('[data-batches] tbody tr').count()
  }
})
