/** Every screen of the built extension: axe, size of targets, reflow; light, dark and forced colours; 320, 360 and 1280 px. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchExtension, watchPage, type LaunchedExtension } from '../helpers/extension.ts'
import { SCREENS } from '../helpers/screens.ts'
import { wrongWith } from '../helpers/wrong-with.ts'

const SIZES = [
  { name: '1280 px', page: 'analyzer', size: { width: 1280, height: 860 } },
  { name: '360 px', page: 'sidepanel', size: { width: 360, height: 640 } },
  { name: '320 px', page: 'sidepanel', size: { width: 320, height: 600 } }
] as const

let extension: LaunchedExtension
beforeAll(async () => {
  extension = await launchExtension()
})
afterAll(async () => {
  await extension?.close()
})

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
