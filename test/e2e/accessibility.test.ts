/** Every screen of the built extension against axe, light and dark, wide and at the width of the side panel. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright'
import { violations } from '../helpers/axe.ts'
import { launchExtension, watchPage, type LaunchedExtension } from '../helpers/extension.ts'

const SIZES = [
  { name: '1280 px', page: 'analyzer', size: { width: 1280, height: 860 } },
  { name: '360 px', page: 'sidepanel', size: { width: 360, height: 640 } }
] as const

/** Screens in the order a person meets them; each starts where the one before ended. */
const SCREENS: { name: string; reach(page: Page): Promise<void> }[] = [
  { name: 'empty', reach: async () => undefined },
  {
    name: 'findings',
    reach: async (page) => {
      await page.locator('[data-sample=web-shell]').click()
      await page.locator('[data-finding] .bar:not(.pending)').first().waitFor()
    }
  },
  {
    name: 'finding',
    reach: async (page) => {
      await page.locator('[data-finding]').first().click()
      await page.locator('[data-pane=finding] svg[role=img]').waitFor()
    }
  },
  {
    name: 'events',
    reach: async (page) => {
      await page.keyboard.press('s')
      await page.locator('[data-event]').first().waitFor()
    }
  },
  {
    name: 'steps',
    reach: async (page) => {
      await page.keyboard.press('g')
      const step = page.locator('[data-step]', { has: page.locator('[data-run]') }).first()
      if ((await step.getAttribute('open')) === null) await step.locator('summary').first().click()
      await step.locator('[data-run]').click()
      await step.locator('[role=status]').first().waitFor()
    }
  },
  {
    name: 'near misses',
    reach: async (page) => {
      await page.keyboard.press('n')
      await page.locator('[data-near]').click()
      await page.locator('[data-near-group]').first().locator('summary').click()
    }
  },
  {
    name: 'rules',
    reach: async (page) => {
      await page.keyboard.press('r')
      await page.locator('[data-run-rules]').click()
      await page.locator('[data-rule-row][data-group=found]').first().waitFor()
    }
  },
  {
    name: 'rule',
    reach: async (page) => {
      await page.locator('[data-rule-row]').first().click()
      await page.locator('[data-open-rule]').waitFor()
    }
  },
  {
    name: 'query',
    reach: async (page) => {
      await page.keyboard.press('q')
      await page.locator('[data-run-query]').click()
      await page.locator('[data-pane=query] [data-row="0"] bdi').first().waitFor()
    }
  },
  {
    name: 'keys',
    reach: async (page) => {
      await page.keyboard.press('?')
      await page.locator('dialog[open]').waitFor()
    }
  }
]

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  let extension: LaunchedExtension
  beforeAll(async () => {
    extension = await launchExtension({ colorScheme })
  })
  afterAll(async () => {
    await extension?.close()
  })

  test.each(SIZES)('$name: no violation on any screen, nothing wider than the window', async ({ page: name, size }) => {
    const page = await extension.open(name, size)
    const troubles = watchPage(page)
    const found: string[] = []
    for (const screen of SCREENS) {
      await screen.reach(page)
      found.push(...(await violations(page)).map((line) => `${screen.name}: ${line}`))
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (overflow > 0) found.push(`${screen.name}: ${overflow} px wider than the window`)
    }
    expect(found).toEqual([])
    expect(troubles).toEqual([])
    await page.close()
  })

  test('320 px: content reflows', async () => {
    const page = await extension.open('sidepanel', { width: 320, height: 600 })
    for (const screen of SCREENS) {
      await screen.reach(page)
      expect([screen.name, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([screen.name, 320])
    }
    await page.close()
  })
})
