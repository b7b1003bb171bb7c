/** Every screen of the built extension: axe, size of targets, reflow; light, dark and forced colours; 320, 360 and 1280 px. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright'
import { violations } from '../helpers/axe.ts'
import { smallTargets } from '../helpers/targets.ts'
import { launchExtension, watchPage, type LaunchedExtension } from '../helpers/extension.ts'

const SIZES = [
  { name: '1280 px', page: 'analyzer', size: { width: 1280, height: 860 } },
  { name: '360 px', page: 'sidepanel', size: { width: 360, height: 640 } },
  { name: '320 px', page: 'sidepanel', size: { width: 320, height: 600 } }
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
    name: 'finding with star, tag and note',
    reach: async (page) => {
      await page.keyboard.press('m')
      await page.keyboard.press('x')
      await page.keyboard.type('a tag')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Escape')
      await page.keyboard.press('c')
      await page.keyboard.type('a note')
      await page.keyboard.press('Escape')
      await page.locator('[data-pane=finding] .tag').waitFor()
    }
  },
  {
    name: 'undo line',
    reach: async (page) => {
      await page.locator('[data-pane=finding] [data-mark] li button').first().click()
      await page.locator('[data-undo]').waitFor()
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
    name: 'palette',
    reach: async (page) => {
      await page.locator('h1').click()
      await page.keyboard.press('Control+k')
      await page.locator('[data-palette] [role=option]').first().waitFor()
    }
  },
  {
    name: 'palette without a command',
    reach: async (page) => {
      await page.keyboard.type('zzzz')
      await page.locator('[data-palette] .none').waitFor()
      await page.keyboard.press('Escape')
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

describe.each(['light', 'dark', 'forced colours'] as const)('%s', (colours) => {
  let extension: LaunchedExtension
  beforeAll(async () => {
    extension = await launchExtension({ colorScheme: colours === 'dark' ? 'dark' : 'light' })
  })
  afterAll(async () => {
    await extension?.close()
  })

  test.each(SIZES)('$name: no violation, no small target, nothing wider than the window', async ({ page: name, size }) => {
    const page = await extension.open(name, size)
    if (colours === 'forced colours') await page.emulateMedia({ forcedColors: 'active' })
    const troubles = watchPage(page)
    const found: string[] = []
    for (const screen of SCREENS) {
      await screen.reach(page)
      found.push(...(await violations(page)).map((line) => `${screen.name}: ${line}`))
      found.push(...(await smallTargets(page)).map((line) => `${screen.name}: small: ${line}`))
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (overflow > 0) found.push(`${screen.name}: ${overflow} px wider than the window`)
    }
    expect([...new Set(found)]).toEqual([])
    expect(troubles).toEqual([])
    await page.close()
  })

  test('reduced motion: nothing moves for longer than a blink', async () => {
    const page = await extension.open('analyzer')
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await SCREENS[1]!.reach(page)
    const moving = await page.evaluate(
      () => document.getAnimations().filter((animation) => Number(animation.effect?.getComputedTiming().duration) > 1).length
    )
    expect(moving).toBe(0)
    await page.close()
  })
})
