/**
 * The labelled public events, opened in the page and read from the screen: the built-in rule must show the reported
 * groups, whole file and replayed. The data is not part of the repository (RAREBIT_SHARED).
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright'
import { launchExtension, type LaunchedExtension } from '../helpers/extension.ts'
import { expectedFindings, LABELLED, labelledPresent, readRows } from '../helpers/labelled.ts'

describe.skipIf(!labelledPresent)('labelled events on the screen', () => {
  let extension: LaunchedExtension
  let page: Page
  beforeAll(async () => {
    extension = await launchExtension()
    page = await extension.open('analyzer')
  })
  afterAll(async () => {
    await extension?.close()
  })

  test('whole file, then replayed', async () => {
    const { rows, replayed } = expectedFindings()
    await page.locator('[data-picker]').setInputFiles(LABELLED)
    await page.locator('[data-finding]').first().waitFor()
    await expect.poll(() => page.evaluate(readRows)).toEqual(rows)

    await page.getByText('As scheduled').click()
    await expect.poll(() => page.locator('[data-finding]').count()).toBe(replayed)
  })
})
