/** The screens of the app, reached as a person reaches them: for tests that look at every one of them. */
import type { Page } from 'playwright'

/** One screen, and how a person gets there from the one before it in its list. */
export interface Screen {
  name: string
  reach(page: Page): Promise<void>
}

/** Screens in the order a person meets them; each starts where the one before ended. */
export const SCREENS: readonly Screen[] = [
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
    }
  },
  {
    name: 'keys',
    reach: async (page) => {
      await page.keyboard.press('Escape')
      await page.locator('[data-palette]').waitFor({ state: 'detached' })
      await page.keyboard.press('?')
      await page.locator('dialog[open]').waitFor()
    }
  }
]
