/** Screens beside the way through a finding: dialogs, menus, kept cases, what went wrong, the proof. They start from a page of their own. */
import type { Page } from 'playwright'
import { dropFiles } from './drop-files.ts'
import type { Screen } from './screens.ts'
import { writeQuery } from './write-query.ts'

const leaveDialog = async (page: Page) => {
  await page.keyboard.press('Escape')
  await page.locator('dialog[open]').waitFor({ state: 'detached' })
}

const openSample = async (page: Page) => {
  await page.locator('[data-sample=web-shell]').click()
  await page.locator('[data-finding] .bar:not(.pending)').first().waitFor()
}

/** In order; each starts where the one before ended. */
export const FURTHER_SCREENS: readonly Screen[] = [
  {
    name: 'paste dialog',
    reach: async (page) => {
      await page.locator('.zone .buttons button').nth(1).click()
      await page.locator('dialog[open] textarea').fill('a\u202eb')
      await page.locator('[data-hidden-note]').waitFor()
    }
  },
  {
    name: 'skipped places',
    reach: async (page) => {
      await leaveDialog(page)
      await dropFiles(page, [{ name: 'broken.ndjson', text: '{"@timestamp":"2026-03-02T10:00:00Z"}\n{"a":\n{"b":1]\n' }])
      await page.locator('[data-summary] .trouble').waitFor()
      await page.locator('[data-summary] > summary').click()
      await page.locator('[data-summary] td').first().waitFor()
    }
  },
  {
    name: 'a file that cannot be read',
    reach: async (page) => {
      await dropFiles(page, [{ name: 'picture.bin', text: '\u0000\u0001\u0002no events' }])
      await page.locator('[role=alert]').first().waitFor()
    }
  },
  {
    name: 'a query with a finding of the linter',
    reach: async (page) => {
      await page.locator('[data-start-over]').click()
      await openSample(page)
      await page.keyboard.press('q')
      await writeQuery(page, 'FROM logs-* | WHERE process.command_line LIKE "%whoami%"')
      await page.locator('[data-problem]', { hasText: '%' }).first().waitFor()
    }
  },
  {
    name: 'a query that is refused',
    reach: async (page) => {
      await writeQuery(page, 'FROM logs-* | WHERE nothing_of_the_kind(1)')
      await page.keyboard.press('Control+Enter')
      await page.locator('[data-pane=query] .failure').waitFor()
    }
  },
  {
    name: 'export menu',
    reach: async (page) => {
      await page.locator('h1').click()
      await page.keyboard.press('f')
      await page.locator('[data-export]').click()
      await page.locator('#export-menu').waitFor()
    }
  },
  {
    name: 'report dialog with replacements',
    reach: async (page) => {
      await page.locator('[data-report]').click()
      await page.locator('[data-redact]').check()
      await page.locator('[data-replacement]').first().waitFor()
    }
  },
  {
    name: 'kept cases',
    reach: async (page) => {
      await leaveDialog(page)
      await page.locator('[data-finding]').first().click()
      await page.keyboard.press('m')
      await page.locator('[data-pane=finding] [data-star][aria-pressed=true]').waitFor()
      // What is kept is written within a second.
      await page.waitForTimeout(1500)
      await page.reload()
      await page.locator('[data-kept-case]').first().waitFor()
    }
  },
  {
    name: 'a case that is back',
    reach: async (page) => {
      await openSample(page)
      await page.locator('[data-undo-line]').waitFor()
    }
  }
]

/** The proof once it was tried: every channel is refused aloud, so the console is not silent afterwards. */
export const PROOF_SCREENS: readonly Screen[] = [
  {
    name: 'prove it',
    reach: async (page) => {
      await page.locator('[data-prove-open]').click()
      await page.locator('[data-prove-run]').waitFor()
    }
  },
  {
    name: 'prove it, tried',
    reach: async (page) => {
      await page.locator('[data-prove-run]').click()
      await page.locator('[data-prove-summary=done]').waitFor()
    }
  }
]
