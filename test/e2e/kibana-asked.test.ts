/**
 * The ways from the panel to the cluster: links that carry query, keys and window into Kibana, and questions, each shown before it
 * is sent. What the server counts is what the panel shows, request by request.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Locator } from 'playwright'
import type { LaunchedExtension } from '../helpers/extension.ts'
import { ALERTS_PATH, foreign, goAlerts, goDiscover, openAlert } from '../helpers/kibana-page.ts'
import { type Beside, grant, launchBeside, openBeside } from '../helpers/panel.ts'
import { GOLDEN_ALERT } from '../kibana/scenario.ts'
import { risonText } from '../../ui/format/kibana-links.ts'
import { type FakeKibana, type FakeKibanaOptions, startFakeKibana } from '../kibana/server.ts'

let extension: LaunchedExtension
beforeAll(async () => {
  extension = await launchBeside()
})
afterAll(() => extension?.close())

/** The alert is open, nothing else of its page. */
async function besideAlert(options: FakeKibanaOptions, work: (beside: Beside, server: FakeKibana) => Promise<void>) {
  const server = await startFakeKibana({ profile: 'raw', basePath: '/kbn', space: 'soc', ...options })
  const beside = await openBeside(extension, server, ALERTS_PATH)
  await grant(beside.panel)
  await goAlerts(beside)
  await openAlert(beside, GOLDEN_ALERT.id)
  await beside.panel.locator('[data-alert-card]').getByText('1 of fewer than 5').waitFor()
  await work(beside, server)
  expect(beside.troubles).toEqual([])
  await beside.close()
  await server.close()
}

const allow = (beside: Beside, server: FakeKibana) =>
  beside.panel.getByRole('button', { name: `Allow questions to ${server.origin}` }).click()

/** What the panel says was sent for a question, as the server would log it. */
async function sentBy(question: Locator): Promise<string[]> {
  return (await question.locator('[data-sent] pre').allTextContents()).map((text) => {
    const [first] = text.split('\n')
    return `${first!.replace(/http:\/\/[^/]+/, '')}\n${text.slice(text.indexOf('\n\n') + 2)}`
  })
}
const logged = (log: FakeKibana['log']) => log.map(({ method, path, body }) => `${method} ${path}\n${body}`)

test('the links carry the cut query, the keys and the window; in Discover the link finds the event', async () => {
  await besideAlert({}, async ({ panel, kibana }, server) => {
    await panel.locator('[data-behind] summary', { hasText: 'Query for these events' }).click()
    const query = await panel.locator('[data-behind] details pre').innerText()
    const discover = new URL((await panel.getByRole('link', { name: 'Show in Discover' }).getAttribute('href'))!)
    expect(discover.origin + discover.pathname).toBe(`${server.url}/app/discover`)
    const parameters = new URLSearchParams(discover.hash.slice(3))
    expect(parameters.get('_g')).toBe(`(time:(from:'2026-11-23T09:04:12.345Z',to:'2026-11-23T10:05:12.345Z'))`)
    expect(parameters.get('_a')).toBe(`(dataSource:(type:esql),query:(esql:${risonText(query)}))`)
    for (const part of [
      'process.command_line == "sh -c id; uname -a"',
      '>= "2026-11-23T09:04:12.345Z"',
      'host.os.type == "linux"'
    ])
      expect(query).toContain(part)
    const timeline = new URL((await panel.getByRole('link', { name: 'Show in Timeline' }).getAttribute('href'))!)
    expect(timeline.origin + timeline.pathname).toBe(`${server.url}/app/security/alerts`)
    expect(timeline.searchParams.get('timeline')).toContain(
      'process.command_line : "sh -c id; uname -a" and process.working_directory : "/var/www/shop"'
    )
    expect(timeline.searchParams.get('timerange')).toContain("from:'2026-11-23T09:04:12.345Z'")
    await kibana.goto(discover.href)
    await kibana.getByText('1 documents').waitFor()
  })
})

test('off until allowed, shown before it is sent, polled, marked; what was sent is listed and is what the server saw', async () => {
  await besideAlert({ esqlDelayMillis: 50 }, async (beside, server) => {
    const { panel } = beside
    expect(await panel.getByRole('button', { name: 'The events behind this alert' }).count()).toBe(0)
    await allow(beside, server)
    await panel.getByRole('button', { name: 'The events behind this alert' }).click()
    const question = panel.locator('[data-question]').first()
    const shown = await question.locator('pre').innerText()
    expect(await foreign(server, beside)).toEqual([])
    await question.getByRole('button', { name: 'Send' }).click()
    await question.getByText('From the cluster · 1 row').waitFor()
    const log = await foreign(server, beside)
    expect(log.map(({ method, path }) => `${method} ${path.replace(/esql_async\/.*/, 'esql_async/ID')}`)).toEqual([
      'POST /kbn/s/soc/internal/search/esql_async',
      'POST /kbn/s/soc/internal/search/esql_async/ID'
    ])
    expect(shown).toContain(log[0]!.body)
    for (const name of ['kbn-xsrf', 'x-elastic-internal-origin', 'elastic-api-version'])
      expect(shown).toContain(`${name}: ${String(log[0]!.headers[name])}`)
    expect(await sentBy(question)).toEqual(logged(log))
    await panel.locator('[data-behind=conditions]').getByText('1 loaded event passes the rule').waitFor()
    await panel.locator('[data-heard] > summary').click()
    await panel.locator('[data-batches] tbody tr').first().getByText('From the cluster').waitFor()
  })
})

test('a baseline over days is counted by the cluster, and its row is no event', async () => {
  await besideAlert({}, async (beside, server) => {
    const { panel } = beside
    await allow(beside, server)
    await panel.getByRole('button', { name: 'How often in the last 7 days' }).click()
    const question = panel.locator('[data-question]').first()
    await question.getByRole('button', { name: 'Send' }).click()
    await question.getByText('From the cluster · 1 row').waitFor()
    const { params } = JSON.parse((await foreign(server, beside))[0]!.body) as { params: { query: string; filter: object } }
    expect(params.query).toContain('| STATS events = COUNT(*)')
    expect(JSON.stringify(params.filter)).toContain('"gte":"2026-11-16T10:05:12.345Z","lte":"2026-11-23T10:05:12.345Z"')
    expect((await question.locator('[data-column], tbody td').first().innerText()).trim()).toBe('1')
    await panel.getByText('0 events and 6 alerts loaded').waitFor()

    const baseline = panel.locator('[data-baseline]')
    await panel.locator('[data-days]').fill('30')
    await baseline.filter({ hasText: 'the last 30 days' }).click()
    const shown = await panel.locator('[data-question=shown]').innerText()
    expect(shown).toContain('2026-10-24T10:05:12.345Z')
    for (const refused of ['', '0', '366']) {
      await panel.locator('[data-days]').fill(refused)
      expect(await baseline.isDisabled()).toBe(true)
    }
  })
})

test('a question that runs is cancelled: the cluster is told, and nothing is heard', async () => {
  await besideAlert({ esqlDelayMillis: 60_000 }, async (beside, server) => {
    const { panel } = beside
    await allow(beside, server)
    await panel.getByRole('button', { name: 'The events behind this alert' }).click()
    const question = panel.locator('[data-question]').first()
    await question.getByRole('button', { name: 'Send' }).click()
    await expect.poll(async () => (await foreign(server, beside)).length).toBe(2)
    await question.getByRole('button', { name: 'Cancel' }).click()
    await panel.locator('[data-question=cancelled]').waitFor()
    await expect.poll(async () => (await foreign(server, beside)).at(-1)?.method).toBe('DELETE')
    expect(await sentBy(question)).toEqual(logged(await foreign(server, beside)))
    await panel.getByText('0 events and 6 alerts loaded').waitFor()
  })
})

test('the query of a step is asked as it stands, in the window of the alert', async () => {
  await besideAlert({}, async (beside, server) => {
    const { panel } = beside
    await allow(beside, server)
    await goDiscover(beside)
    await goAlerts(beside)
    await openAlert(beside, GOLDEN_ALERT.id)
    await panel.locator('[data-live-finding]').getByRole('button', { name: 'What to check next' }).click()
    const step = panel.locator('[data-step]', { has: panel.locator('[data-ask-step]') }).first()
    if ((await step.getAttribute('open')) === null) await step.locator('summary').first().click()
    await step.getByRole('textbox', { name: 'Query' }).fill('FROM logs-* | WHERE user.id == "0" | STATS n = COUNT(*)')
    await step.locator('[data-ask-step]').click()
    expect(await foreign(server, beside)).toEqual([])
    await step.locator('[data-question]').getByRole('button', { name: 'Send' }).click()
    await step.locator('[data-question=done]').getByText('From the cluster · 1 row').waitFor()
    const log = await foreign(server, beside)
    expect(await sentBy(step.locator('[data-question]'))).toEqual(logged(log))
    expect(log[0]!.body).toContain('user.id == \\"0\\" | STATS n = COUNT(*)\\n| LIMIT 1000')
    expect(log[0]!.body).toContain('"gte":"2026-11-23T09:04:12.345Z"')
  })
})
