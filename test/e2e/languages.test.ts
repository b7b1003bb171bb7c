/**
 * Every language in the built extension: chosen in the menu, kept for the next page, complete on every screen, readable at
 * the width of a narrow side panel, and changed in the middle of work without losing it.
 *
 * RAREBIT_SCREENSHOTS=folder keeps a picture of every screen.
 */
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LANGUAGES, type Language } from '../../ui/text/language.ts'
import { en } from '../../ui/text/en.ts'
import { CATALOGUES, type TextKey } from '../../ui/text/text.ts'
import { violations } from '../helpers/axe.ts'
import { launchExtension, type LaunchedExtension, watchPage } from '../helpers/extension.ts'
import { SCREENS } from '../helpers/screens.ts'

const NAMES = Object.keys(LANGUAGES) as Language[]
const WIDTHS = [
  { width: 320, page: 'sidepanel', height: 640 },
  { width: 1280, page: 'analyzer', height: 860 }
] as const
const PICTURES = process.env['RAREBIT_SCREENSHOTS']

/** Screens that axe looks at in every language; the others say nothing that depends on it (accessibility.test.ts has them all). */
const FOR_AXE = new Set(['empty', 'findings', 'finding', 'query', 'keys'])

let extension: LaunchedExtension
beforeEach(async () => {
  extension = await launchExtension()
})
afterEach(async () => {
  await extension?.close()
})

const choose = (page: Page, name: Language) => page.locator('[data-language]').selectOption(name)

/** English texts that another language says otherwise, as they would stand on screen. */
function englishTexts(name: Language): string[] {
  const own = new Set(Object.values(CATALOGUES[name]))
  return (Object.keys(en) as TextKey[]).map((key) => en[key].trim()).filter((said) => !said.includes('{') && !own.has(said))
}

/** Pieces of text and named attributes of what is shown and is neither of a log nor marked as English. */
function shownTexts(): string[] {
  const theirs = 'bdi, pre, code, kbd, .mono, option, [lang=en]:not(html)'
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const pieces: string[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement!
    if (!parent.closest(theirs) && parent.checkVisibility()) pieces.push(node.textContent!.trim())
  }
  for (const name of ['title', 'aria-label', 'placeholder'])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (!element.closest(theirs)) pieces.push(element.getAttribute(name)!.trim())
  return pieces
}

describe.each(WIDTHS)('$width px', ({ page: host, width, height }) => {
  test.each(NAMES)('%s: nothing left in English, nothing wider than the window, no violation', async (name) => {
    const page = await extension.open(host, { width, height })
    const troubles = watchPage(page)
    await choose(page, name)
    expect(await page.locator('html').getAttribute('lang')).toBe(name)
    const english = new Set(name === 'en' ? [] : englishTexts(name))
    const found: string[] = []
    for (const screen of SCREENS) {
      await screen.reach(page)
      const shown = await page.evaluate(shownTexts)
      found.push(...shown.filter((piece) => english.has(piece)).map((piece) => `${screen.name}: ${piece}`))
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (overflow > 0) found.push(`${screen.name}: ${overflow} px wider than the window`)
      if (width === 320 && FOR_AXE.has(screen.name))
        found.push(...(await violations(page)).map((line) => `${screen.name}: ${line}`))
      if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}-${width}-${screen.name.replaceAll(' ', '-')}.png`) })
    }
    expect(found).toEqual([])
    expect(troubles).toEqual([])
    await page.close()
  })
})

test('a change in the middle of work loses nothing, is kept, and reaches the other page', async () => {
  const page = await extension.open('analyzer')
  await choose(page, 'en')
  const other = await extension.open('sidepanel', { width: 360, height: 640 })
  await page.locator('[data-sample=web-shell]').click()
  await page.locator('[data-finding] .bar:not(.pending)').first().waitFor()
  await page.locator('[data-finding]').nth(1).click()
  const chosen = () => page.locator('[data-finding][aria-current=true]').getAttribute('data-finding')
  const before = await chosen()
  await page.locator('[data-filter]').first().fill('sh')

  const menu = page.locator('[data-language]')
  await menu.focus()
  await page.keyboard.press('ArrowDown')
  await page.locator('html[lang=de]').waitFor()
  expect(await page.locator('[data-pane=list] h2:not(.label)').first().textContent()).toContain(CATALOGUES.de['list.title'])
  expect(await chosen()).toBe(before)
  expect(await page.locator('[data-filter]').first().inputValue()).toBe('sh')
  expect(await menu.evaluate((element) => element === document.activeElement)).toBe(true)

  await other.locator('html[lang=de]').waitFor()
  expect(await other.locator('[data-language]').inputValue()).toBe('de')
  const later = await extension.open('analyzer')
  expect(await later.locator('html').getAttribute('lang')).toBe('de')
  await choose(later, 'en')
  await Promise.all([page, other, later].map((each) => each.close()))
})

test('the editor takes the language and keeps its text', async () => {
  const page = await extension.open('analyzer')
  await choose(page, 'en')
  await page.locator('[data-sample=web-shell]').click()
  await page.locator('[data-finding]').first().waitFor()
  await page.keyboard.press('q')
  const content = page.locator('[data-editor] .cm-content')
  await content.click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('FROM * | LIMIT 3')
  await choose(page, 'ja')
  await page.locator(`[data-editor] .cm-content[aria-label="${CATALOGUES.ja['query.label']}"]`).waitFor()
  expect(await content.textContent()).toBe('FROM * | LIMIT 3')
  await choose(page, 'en')
  await page.close()
})

test('a first start speaks the language of the browser', async () => {
  const french = await launchExtension({ args: ['--lang=fr', '--accept-lang=fr-CA,fr'], locale: 'fr-CA' })
  try {
    const page = await french.open('analyzer')
    expect(await page.locator('html').getAttribute('lang')).toBe('fr')
    await page.getByText(CATALOGUES.fr['start.title']!, { exact: true }).waitFor()
  } finally {
    await french.close()
  }
})
