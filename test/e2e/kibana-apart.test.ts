/**
 * What a panel is of: one tab in one window, one origin that was granted, a memory that ends. Windows stay apart, a full tab goes
 * on where the panel was, a grant that is taken back takes the scripts with it, and the oldest answers make room.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright'
import { type LaunchedExtension, watchPage } from '../helpers/extension.ts'
import { ALERTS_PATH, goAlerts, goDiscover, openAlert } from '../helpers/kibana-page.ts'
import { closePanel, grant, launchBeside, openBeside, openPanel } from '../helpers/panel.ts'
import { GOLDEN_ALERT, TWICE } from '../kibana/scenario.ts'
import { type FakeKibana, startFakeKibana } from '../kibana/server.ts'

/** Together more than the panel keeps; each less than it takes in. */
const LARGE = [0, 1, 2].map((answer) => largeAnswer(answer, 28))
let extension: LaunchedExtension
let server: FakeKibana

beforeAll(async () => {
  extension = await launchBeside()
  server = await startFakeKibana({ profile: 'raw', forge: (number) => LARGE[number] ?? null })
})
afterAll(async () => {
  await extension?.close()
  await server?.close()
})

const background = () => extension.context.serviceWorkers()[0] ?? extension.context.waitForEvent('serviceworker')
const registered = async (panel: Page) =>
  panel.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).length)
const fetchText = (kibana: Page) => kibana.evaluate(() => String(window.fetch))

test('two windows stay apart', async () => {
  const one = await openBeside(extension, server, ALERTS_PATH)
  await grant(one.panel)
  const opened = extension.context.waitForEvent('page')
  await (await background()).evaluate((url) => chrome.windows.create({ url }), `${server.url}/app/discover`)
  const kibana = await opened
  await kibana.locator('main p', { hasText: 'documents' }).waitFor()
  const panel = await openPanel(extension, kibana)
  const two = { kibana, panel }
  await grant(panel)
  expect(await windowOf(one.panel)).not.toBe(await windowOf(panel))
  await goAlerts(two)
  await openAlert(two, TWICE[0]!.id)
  await panel.locator('[data-alert-card]').getByText('2 of fewer than 5').waitFor()
  await one.panel
    .getByText('0 events and 0 alerts loaded')
    .or(one.panel.getByText(/The page had loaded before/))
    .first()
    .waitFor()
  expect(await one.panel.locator('[data-alert-card]').count()).toBe(0)
  await goAlerts(one)
  await openAlert(one, GOLDEN_ALERT.id)
  await one.panel.locator('[data-alert-card]').getByText('1 of fewer than 5').waitFor()
  expect(await panel.locator('[data-alert-card]').innerText()).toContain('cat /etc/passwd')
  await closePanel(panel)
  await kibana.close()
  await one.close()
})

/** The window of the tab that a panel stands beside. */
const windowOf = (panel: Page) =>
  panel.evaluate(async () => (await chrome.tabs.get(Number(new URLSearchParams(location.search).get('tab')))).windowId)

test('a full tab goes on where the panel was, and both hear the page', async () => {
  const beside = await openBeside(extension, server, ALERTS_PATH)
  const { panel, kibana } = beside
  await grant(panel)
  await goDiscover(beside)
  await goAlerts(beside)
  await openAlert(beside, TWICE[0]!.id)
  await panel.locator('[data-behind=conditions]').waitFor()
  const opened = extension.context.waitForEvent('page')
  await panel.getByRole('button', { name: 'Open in full tab' }).click()
  const full = await opened
  const troubles = watchPage(full)
  await full.getByText('159 events and 6 alerts loaded').waitFor()
  await full.locator('[data-alert-card]').getByText('2 of fewer than 5').waitFor()
  await full.locator('[data-behind=conditions]').waitFor()
  await kibana.bringToFront()
  await goAlerts(beside)
  await openAlert(beside, GOLDEN_ALERT.id)
  await panel.locator(`[data-alert-card="${GOLDEN_ALERT.id}"]`).getByText('1 of fewer than 5').waitFor()
  await full.bringToFront()
  await full.locator(`[data-alert-card="${GOLDEN_ALERT.id}"]`).getByText('1 of fewer than 5').waitFor()
  expect(troubles).toEqual([])
  expect(beside.troubles).toEqual([])
  await full.close()
  await beside.close()
})

test('the grant taken back: scripts go with it, in the panel and by the browser, and the page is asked for again', async () => {
  const beside = await openBeside(extension, server, ALERTS_PATH)
  const { panel, kibana } = beside
  await grant(panel)
  await expect.poll(() => registered(panel)).toBe(2)
  await panel.locator('[data-heard] > summary').click()
  await panel.getByRole('button', { name: 'Stop listening to this origin' }).click()
  await panel.getByText(`answers that ${server.origin} sends`).waitFor()
  await expect.poll(() => registered(panel)).toBe(0)
  await kibana.reload()
  expect(await fetchText(kibana)).toContain('[native code]')
  await grant(panel)
  await expect.poll(() => registered(panel)).toBe(2)
  await (await background()).evaluate(() => chrome.permissions.remove({ origins: ['http://127.0.0.1/*'] }))
  await panel.getByText(`answers that ${server.origin} sends`).waitFor()
  await expect.poll(() => registered(panel)).toBe(0)
  expect(beside.troubles).toEqual([])
  await beside.close()
})

test('from page load on: off by default, then what was loaded before the panel is there', async () => {
  const beside = await openBeside(extension, server, ALERTS_PATH)
  const { panel, kibana } = beside
  await grant(panel)
  await panel.locator('[data-heard] > summary').click()
  const setting = panel.getByRole('checkbox', { name: /^Listen from page load on/ })
  expect(await setting.isChecked()).toBe(false)
  await closePanel(panel)
  // Off: what the page loads while no panel is open is not heard.
  await kibana.goto(`${server.url}/app/discover`)
  await kibana.locator('main p', { hasText: 'documents' }).waitFor()
  const deaf = await openPanel(extension, kibana)
  await deaf.getByText('The page had loaded before').waitFor()
  await deaf.locator('[data-heard] > summary').click()
  await deaf.getByRole('checkbox', { name: /^Listen from page load on/ }).check()
  await closePanel(deaf)
  await kibana.reload()
  await kibana.locator('main p', { hasText: 'documents' }).waitFor()
  const hears = await openPanel(extension, kibana)
  await hears.getByText(/^159 events and/).waitFor()
  expect(await hears.getByText('The page had loaded before').count()).toBe(0)
  await hears.locator('[data-heard] > summary').click()
  await hears.getByRole('checkbox', { name: /^Listen from page load on/ }).uncheck()
  await closePanel(hears)
  await kibana.close()
})

test('memory ends: the oldest answer goes first, and the panel says how many', { timeout: 180_000 }, async () => {
  const beside = await openBeside(extension, server, ALERTS_PATH)
  const { panel, kibana } = beside
  await grant(panel)
  for (let answer = 0; answer < LARGE.length; answer++) {
    await kibana.evaluate(
      (number) => fetch(`/internal/search/ese?forged=${number}`, { method: 'POST', body: '{"params":{}}' }).then((r) => r.json()),
      answer
    )
    await panel.locator(`[data-heard]:not([data-heard="${answer}"])`).waitFor()
    await expect.poll(() => loadedOf(panel), { timeout: 60_000 }).toBeGreaterThan(answer < 2 ? answer * 140 : 280)
  }
  const kept = await loadedOf(panel)
  const gone = 3 * 140 - kept
  expect(gone).toBeGreaterThan(0)
  expect(gone).toBeLessThan(140)
  await panel.getByText(`${gone} documents were let go, the oldest first: memory is limited to 64 MB`).first().waitFor()
  // What is kept for the next panel is what is there: all of the newer answers, and the end of the oldest.
  await expect
    .poll(() => keptIds(panel), { timeout: 30_000 })
    .toEqual([0, 1, 2].flatMap((answer) => Array.from({ length: 140 }, (_, i) => idOf(answer, i))).slice(gone))
  expect(beside.troubles).toEqual([])
  await beside.close()
})

const loadedOf = async (panel: Page) =>
  Number(
    /^(\d+) events?/.exec(
      (await panel
        .getByText(/ loaded$/)
        .first()
        .textContent())!.trim()
    )?.[1] ?? NaN
  )

/** Ids of the large documents in the record that a panel of this tab would begin with. */
const keptIds = (panel: Page) =>
  panel.evaluate(
    () =>
      new Promise<string[]>((done, failed) => {
        const opening = indexedDB.open('rarebit-live')
        opening.onerror = () => failed(new Error('no database'))
        opening.onsuccess = () => {
          const asked = opening.result.transaction('panels').objectStore('panels').getAll()
          asked.onsuccess = () => {
            opening.result.close()
            const tab = new URLSearchParams(location.search).get('tab')!
            const record = (asked.result as { key: string; snapshot: { documents: { document: { id: string } }[] } }[]).find(
              ({ key }) => key.endsWith(` ${tab}`)
            )
            done((record?.snapshot.documents ?? []).map(({ document }) => document.id).filter((id) => id.startsWith('large')))
          }
        }
      })
  )

function idOf(answer: number, document: number): string {
  return `large-${answer}-${String(document).padStart(3, '0')}`
}

/** An answer of many megabytes: documents of 200 kB. */
function largeAnswer(answer: number, megabytes: number): Uint8Array {
  const hits = Array.from({ length: (megabytes * 1_000_000) / 200_000 }, (_, i) => ({
    _id: idOf(answer, i),
    _index: 'logs-large-default',
    _source: { '@timestamp': '2026-11-23T09:30:00.000Z', message: 'x'.repeat(200_000) }
  }))
  return new TextEncoder().encode(JSON.stringify({ id: 'large', is_running: false, response: { hits: { hits } } }))
}
