/** Every screen of the built extension: axe, size of targets, reflow; light, dark and forced colours; 320, 360 and 1280 px. */
import type { Page } from 'playwright'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { launchExtension, watchPage, type LaunchedExtension } from '../helpers/extension.ts'
import { FURTHER_SCREENS, PROOF_SCREENS } from '../helpers/further-screens.ts'
import { SCREENS, type Screen } from '../helpers/screens.ts'
import { wrongWith } from '../helpers/wrong-with.ts'

const SIZES = [
  { name: '1280 px', page: 'analyzer', size: { width: 1280, height: 860 } },
  { name: '360 px', page: 'sidepanel', size: { width: 360, height: 640 } },
  { name: '320 px', page: 'sidepanel', size: { width: 320, height: 600 } }
] as const

let extension: LaunchedExtension
// A browser each: what one test keeps of a case would be back in the next.
beforeEach(async () => {
  extension = await launchExtension()
})
afterEach(async () => {
  await extension?.close()
})

/** What is wrong with screens that are reached one after another. */
async function wrongWithAll(page: Page, screens: readonly Screen[]): Promise<string[]> {
  const found = new Set<string>()
  for (const screen of screens) {
    await screen.reach(page)
    for (const line of await wrongWith(page)) found.add(`${screen.name}: ${line}`)
  }
  return [...found]
}

describe.each(SIZES)('$name: no violation, no small target, nothing wider than the window', ({ page: name, size }) => {
  test.each([
    { way: 'through a finding', screens: SCREENS },
    { way: 'beside it', screens: FURTHER_SCREENS }
  ])('$way', async ({ screens }) => {
    const page = await extension.open(name, size)
    const troubles = watchPage(page)
    expect(await wrongWithAll(page, screens)).toEqual([])
    expect(troubles).toEqual([])
    await page.close()
  })

  // What is tried there is refused aloud, so the console is not asked.
  test('the proof', async () => {
    const page = await extension.open(name, size)
    expect(await wrongWithAll(page, PROOF_SCREENS)).toEqual([])
    await page.close()
  })
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
