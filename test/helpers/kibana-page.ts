/** What an analyst does in the page of the fake Kibana, and what that page asked its server for. */
import type { Page } from 'playwright'
import type { FakeKibana } from '../kibana/server.ts'

type Tab = { kibana: Page }

export const ALERTS_PATH = '/app/security/alerts'

const press = ({ kibana }: Tab, view: string) => kibana.locator('nav a', { hasText: view }).click()

export const openAlert = ({ kibana }: Tab, id: string) => kibana.locator(`tr[data-alert="${id}"]`).click()

export async function goAlerts(tab: Tab): Promise<void> {
  await press(tab, 'Alerts')
  await tab.kibana.locator('tr[data-alert]').first().waitFor()
}

export async function goDiscover(tab: Tab): Promise<void> {
  await press(tab, 'Discover')
  await tab.kibana.locator('main p', { hasText: 'documents' }).waitFor()
}

export async function goTimeline(tab: Tab): Promise<void> {
  await press(tab, 'Timeline')
  await tab.kibana.locator('main p', { hasText: 'events' }).waitFor()
}

/** Discover in its ES|QL mode, with a query of the analyst's own. */
export async function goEsql({ kibana }: Tab, query: string): Promise<void> {
  const state = `(dataSource:(type:esql),query:(esql:'${query.replaceAll('!', '!!').replaceAll("'", "!'")}'))`
  await kibana.evaluate(
    (path) => (globalThis as unknown as { fakeKibana: { go(path: string): Promise<void> } }).fakeKibana.go(path),
    `/app/discover#/?_a=${encodeURIComponent(state)}`
  )
  await kibana.locator('main p', { hasText: 'documents' }).waitFor()
}

/** Requests at the server that the page did not make. */
export async function foreign(server: FakeKibana, { kibana }: Tab): Promise<FakeKibana['log']> {
  const asked = await kibana.evaluate(
    () => (globalThis as unknown as { fakeKibana: { asked: string[] } }).fakeKibana.asked.length
  )
  return server.log.filter(({ path }) => /\/(internal|api)\//.test(path)).slice(asked)
}
