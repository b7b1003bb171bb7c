/**
 * Views that load an event in part, in every wire shape: what the rule needs and was not loaded is named, and the events that may
 * stand behind the alert are found by the keys that are there.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LaunchedExtension } from '../helpers/extension.ts'
import { ALERTS_PATH, goAlerts, goEsql, goTimeline, openAlert } from '../helpers/kibana-page.ts'
import { type Beside, grant, launchBeside, openBeside } from '../helpers/panel.ts'
import { type Doc, EVENTS, GOLDEN_ALERT, TWICE } from '../kibana/scenario.ts'
import { PROFILES, startFakeKibana } from '../kibana/server.ts'

let extension: LaunchedExtension
beforeAll(async () => {
  extension = await launchBeside()
})
afterAll(() => extension?.close())

const commandOf = ({ fields }: Doc) => String(fields['process.command_line'])
/** Events with the alert's command in the window of the newer run, which begins 61 minutes before it. */
const expected = (alert: Doc) =>
  EVENTS.filter(
    (event) => commandOf(event) === commandOf(alert) && String(event.fields['event.ingested']) >= '2026-11-23T09:04:12.345Z'
  )

interface Partial {
  name: string
  view: string
  load(beside: Beside): Promise<void>
  missing: string[]
  keys: string[]
}

const PARTIAL: readonly Partial[] = [
  {
    name: 'Timeline',
    view: 'Timeline',
    load: goTimeline,
    missing: ['agent.id', 'host.os.type', 'process.working_directory'],
    keys: ['process.command_line', 'process.parent.executable']
  },
  {
    name: 'ES|QL that keeps a few columns',
    view: 'Discover, ES|QL',
    load: (beside) =>
      goEsql(
        beside,
        'FROM logs-endpoint.events.process-* METADATA _id, _index | KEEP @timestamp, host.name, process.command_line, _id, _index | LIMIT 500'
      ),
    missing: ['agent.id', 'process.name', 'process.parent.executable', 'process.working_directory'],
    keys: ['process.command_line']
  }
]

describe.for(PROFILES)('%s', (profile) => {
  test.for(PARTIAL)('$name', async ({ view, load, missing, keys }) => {
    const server = await startFakeKibana({ profile })
    const beside = await openBeside(extension, server, ALERTS_PATH)
    const { panel } = beside
    await grant(panel)
    await load(beside)
    for (const alert of [GOLDEN_ALERT, TWICE[0]!]) {
      await goAlerts(beside)
      await openAlert(beside, alert.id)
      await panel.locator(`[data-alert-card="${alert.id}"]`).waitFor()
      const behind = panel.locator('[data-behind=keys]')
      await behind.getByText(`${expected(alert).length} loaded event`).waitFor()
      expect(await behind.locator('[data-by-keys]').innerText()).toBe(
        `Compared by what was loaded of the group: ${keys.join(', ')}`
      )
      const named = await behind.locator('[data-not-loaded] li').allInnerTexts()
      for (const field of missing)
        expect(named).toContain(`${field}: ${EVENTS.length} of ${EVENTS.length} were loaded without it (${view})`)
      expect(await shownIds(beside)).toEqual(expected(alert).map(({ id }) => id))
      expect(await behind.locator('[data-partial]').first().textContent()).toContain(`Loaded in part (${view})`)
    }
    expect(beside.troubles).toEqual([])
    await beside.close()
    await server.close()
  })
})

async function shownIds({ panel }: Beside): Promise<string[]> {
  const rows = panel.locator('[data-behind] [data-event] tr', { has: panel.locator('th', { hasText: /^_id$/ }) })
  return (await rows.locator('td').allTextContents()).map((text) => text.trim()).sort()
}
