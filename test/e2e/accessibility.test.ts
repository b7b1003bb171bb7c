/** Every screen of the built extension: axe, size of targets, reflow; light, dark and forced colours; 320, 360 and 1280 px. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright'
import { colourViolations, violations } from '../helpers/axe.ts'
import { smallTargets } from '../helpers/targets.ts'
import { launchExtension, watchPage, type LaunchedExtension } from '../helpers/extension.ts'
import { SCREENS } from '../helpers/screens.ts'

const SIZES = [
  { name: '1280 px', page: 'analyzer', size: { width: 1280, height: 860 } },
  { name: '360 px', page: 'sidepanel', size: { width: 360, height: 640 } },
  { name: '320 px', page: 'sidepanel', size: { width: 320, height: 600 } }
] as const

/** Colours are changed on the screen that is there: the tree is the same, so only rules about colours are asked again. */
const COLOURS = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' }, look: violations },
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' }, look: colourViolations },
  { name: 'forced colours', media: { colorScheme: 'light', forcedColors: 'active' }, look: colourViolations }
] as const

let extension: LaunchedExtension
beforeAll(async () => {
  extension = await launchExtension()
})
afterAll(async () => {
  await extension?.close()
})

/** What is wrong with the screen that is shown, in any colours. */
async function wrongWith(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const { name, media, look } of COLOURS) {
    await page.emulateMedia(media)
    found.push(...(await look(page)).map((line) => `${name}: ${line}`))
    found.push(...(await smallTargets(page)).map((line) => `${name}: small: ${line}`))
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (overflow > 0) found.push(`${name}: ${overflow} px wider than the window`)
  }
  await page.emulateMedia(COLOURS[0].media)
  return found
}

test.each(SIZES)('$name: no violation, no small target, nothing wider than the window', async ({ page: name, size }) => {
  const page = await extension.open(name, size)
  const troubles = watchPage(page)
  const found: string[] = []
  for (const screen of SCREENS) {
    await screen.reach(page)
    found.push(...(await wrongWith(page)).map((line) => `${screen.name}: ${line}`))
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
