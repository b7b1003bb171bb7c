/**
 * The look of the panel beside a fake Kibana in each of its states, at 320, 360 and 1280 px, in light, dark and forced colours:
 * accessibility, sizes of targets, and nothing wider than the window.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LaunchedExtension } from '../helpers/extension.ts'
import { ALERTS_PATH, goAlerts, goDiscover, goTimeline, openAlert } from '../helpers/kibana-page.ts'
import { type Beside, grant, launchBeside, openBeside } from '../helpers/panel.ts'
import { wrongWith } from '../helpers/wrong-with.ts'
import { GOLDEN_ALERT } from '../kibana/scenario.ts'
import { type FakeKibana, startFakeKibana } from '../kibana/server.ts'

interface State {
  name: string
  reach(beside: Beside): Promise<void>
}

/** In the order an analyst meets them; each starts where the one before ended. */
const STATES: readonly State[] = [
  { name: 'asks for the grant', reach: async () => undefined },
  { name: 'late, nothing heard', reach: ({ panel }) => grant(panel) },
  {
    name: 'alerts to choose from',
    reach: async ({ panel }) => {
      await panel.getByRole('button', { name: 'Reload the page' }).click()
      await panel.locator('[data-alert]').first().waitFor()
    }
  },
  {
    name: 'an alert known from the table only',
    reach: async ({ panel }) => {
      await panel.locator('[data-alert]').first().click()
      await panel.locator('[data-alert-card]').waitFor()
    }
  },
  {
    name: 'fields that were not loaded, candidates',
    reach: async ({ kibana, panel }) => {
      await goTimeline({ kibana })
      await goAlerts({ kibana })
      await openAlert({ kibana }, GOLDEN_ALERT.id)
      await panel.locator('[data-by-keys]').waitFor()
    }
  },
  {
    name: 'an alert with its events and how rare they are',
    reach: async ({ kibana, panel }) => {
      await goDiscover({ kibana })
      await goAlerts({ kibana })
      await openAlert({ kibana }, GOLDEN_ALERT.id)
      await panel
        .locator('[data-live-finding]')
        .getByText(/of \d+ loaded events/)
        .waitFor()
      await panel.locator('[data-event] summary').first().click()
    }
  },
  {
    name: 'a question that is shown, an answer of the cluster, what was heard',
    reach: async ({ panel }) => {
      await panel.locator('[data-ask] button').first().click()
      await panel.getByRole('button', { name: 'The events behind this alert' }).click()
      await panel.locator('[data-question]').getByRole('button', { name: 'Send' }).click()
      await panel.locator('[data-question=done]').waitFor()
      await panel.getByRole('button', { name: /^How often/ }).click()
      await panel.locator('[data-question=shown]').waitFor()
      await panel.locator('[data-heard] > summary').click()
      await panel.locator('[data-heard] > details > summary').click()
    }
  }
]

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

test('every state of the panel at 320, 360 and 1280 px, in every colours', { timeout: 240_000 }, async () => {
  const beside = await openBeside(extension, server, ALERTS_PATH)
  const wrong: string[] = []
  for (const { name, reach } of STATES) {
    await reach(beside)
    for (const width of [320, 360, 1280]) {
      await beside.panel.setViewportSize({ width, height: 800 })
      wrong.push(...(await wrongWith(beside.panel)).map((line) => `${name}, ${width} px: ${line}`))
    }
  }
  expect(wrong).toEqual([])
  expect(beside.troubles).toEqual([])
  await beside.close()
})

test('the welcome page', async () => {
  const welcome = await extension.context.newPage()
  await welcome.goto(`chrome-extension://${extension.id}/extension/onboarding/index.html`)
  await welcome.locator('h1').waitFor()
  for (const width of [320, 360, 1280]) {
    await welcome.setViewportSize({ width, height: 800 })
    expect(await wrongWith(welcome), `${width} px`).toEqual([])
  }
  await welcome.close()
})
