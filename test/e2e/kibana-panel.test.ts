/**
 * The panel beside a fake Kibana: every wire shape, with and without base path and space; the grant; tabs that stay apart; what
 * survives the panel's end; and that nothing is sent which was not shown.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GOLDEN_ALERT, TWICE } from '../kibana/scenario.ts'
import { type FakeKibana, PROFILES, startFakeKibana } from '../kibana/server.ts'
import type { LaunchedExtension } from '../helpers/extension.ts'
import { ALERTS_PATH, foreign, goAlerts, goDiscover, openAlert } from '../helpers/kibana-page.ts'
import { closePanel, grant, launchBeside, openBeside, openPanel } from '../helpers/panel.ts'

const command = (id: string) => (id === GOLDEN_ALERT.id ? 'sh -c id; uname -a' : 'sh -c cat /etc/passwd')
let extension: LaunchedExtension
const servers: FakeKibana[] = []

beforeAll(async () => {
  extension = await launchBeside()
})
afterAll(async () => {
  await extension?.close()
  for (const server of servers) await server.close()
})

async function serve(options: Parameters<typeof startFakeKibana>[0]): Promise<FakeKibana> {
  const server = await startFakeKibana(options)
  servers.push(server)
  return server
}

test('asks for one origin, hears nothing before, everything after; the late start is said', async () => {
  const server = await serve({ profile: 'raw', hardening: 'hardened' })
  const beside = await openBeside(extension, server, ALERTS_PATH)
  await beside.panel.getByText(`answers that ${server.origin} sends`).waitFor()
  expect(await beside.kibana.evaluate(() => String(window.fetch))).toContain('[native code]')
  await grant(beside.panel)
  await beside.panel.getByText('The page had loaded before').waitFor()
  await beside.panel.getByRole('button', { name: 'Reload the page' }).click()
  await beside.panel.getByText('0 events and 6 alerts loaded').waitFor()
  expect(await beside.panel.getByText('The page had loaded before').count()).toBe(0)
  expect(beside.troubles).toEqual([])
  await beside.close()
})

describe.for(PROFILES)('%s', (profile) => {
  test.for([
    ['', ''],
    ['/kbn', 'soc']
  ] as const)('base path "%s", space "%s": the alert, its events, rarity and steps', async ([basePath, space]) => {
    const server = await serve({ profile, basePath, space, hardening: 'hardened' })
    const beside = await openBeside(extension, server, ALERTS_PATH)
    const { panel } = beside
    await grant(panel)
    await goDiscover(beside)
    await goAlerts(beside)
    await openAlert(beside, GOLDEN_ALERT.id)
    const card = panel.locator('[data-alert-card]')
    await card.getByText('1 of fewer than 5').waitFor()
    expect(await card.innerText()).toContain(command(GOLDEN_ALERT.id))
    await panel.locator('[data-behind=conditions]').getByText('1 loaded event passes the rule').waitFor()
    await panel
      .locator('[data-live-finding]')
      .getByText(/of \d+ loaded events/)
      .waitFor()
    await panel.locator('[data-live-finding]').getByRole('button', { name: 'What to check next' }).click()
    await panel.locator('[data-pane=evidence]').getByText(/id/).first().waitFor()
    expect(await foreign(server, beside)).toEqual([])
    expect(beside.troubles).toEqual([])
    await beside.close()
  })
})

test('another alert follows; the same finding of another run is listed; two tabs stay apart; reopening restores', async () => {
  const server = await serve({ profile: 'raw' })
  const one = await openBeside(extension, server, ALERTS_PATH)
  await grant(one.panel)
  await goDiscover(one)
  await goAlerts(one)
  await openAlert(one, GOLDEN_ALERT.id)
  await one.panel.locator('[data-alert-card]').getByText('1 of fewer than 5').waitFor()

  const two = await openBeside(extension, server, ALERTS_PATH)
  await grant(two.panel)
  await goAlerts(two)
  await openAlert(two, TWICE[0]!.id)
  await two.panel.locator('[data-alert-card]').getByText('2 of fewer than 5').waitFor()
  expect(await two.panel.locator('[data-alert-card]').innerText()).toContain('The same finding in other loaded alerts')
  await two.panel.getByText('The page has loaded no events yet').waitFor()
  expect(await one.panel.locator('[data-alert-card]').innerText()).toContain('id; uname -a')

  await one.kibana.bringToFront()
  await goAlerts(one)
  await openAlert(one, TWICE[0]!.id)
  await one.panel.locator('[data-alert-card]').getByText('2 of fewer than 5').waitFor()

  await one.panel.waitForTimeout(1200)
  await closePanel(one.panel)
  const again = await openPanel(extension, one.kibana)
  await again.getByText('159 events and 6 alerts loaded').waitFor()
  await again.locator('[data-alert-card]').getByText('2 of fewer than 5').waitFor()
  await closePanel(again)
  await one.kibana.close()
  await two.close()
})
