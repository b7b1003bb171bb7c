/** What an analyst would find wrong with a screen: violations, targets too small, content wider than the window. */
import type { Page } from 'playwright'
import { colourViolations, violations } from './axe.ts'
import { smallTargets } from './targets.ts'

/** Colours are changed on the screen that is there: the tree is the same, so only rules about colours are asked again. */
const COLOURS = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' }, look: violations },
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' }, look: colourViolations },
  { name: 'forced colours', media: { colorScheme: 'light', forcedColors: 'active' }, look: colourViolations }
] as const

/** What is wrong with the screen that is shown, in any colours. */
export async function wrongWith(page: Page): Promise<string[]> {
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
