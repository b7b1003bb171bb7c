/** For a file of tests that gives each of them a fresh page of one extension and lets no trouble of a page pass. */
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { Page } from 'playwright'
import { launchExtension, watchPage, type LaunchedExtension, type LaunchOptions } from './extension.ts'

/** The browser of the file. */
export let extension: LaunchedExtension
/** The analyzer page of the test that runs. */
export let page: Page

/** Registers the hooks; call it once, at the top of the file, after those that `options` needs. */
export function eachOnItsOwnPage(options: () => LaunchOptions = () => ({})): void {
  let troubles: string[]
  beforeAll(async () => {
    extension = await launchExtension(options())
  })
  afterAll(async () => {
    await extension?.close()
  })
  beforeEach(async () => {
    page = await extension.open('analyzer')
    troubles = watchPage(page)
  })
  afterEach(async () => {
    expect(troubles).toEqual([])
    await page.close()
  })
}
