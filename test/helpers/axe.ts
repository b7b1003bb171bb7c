/** Accessibility violations of a page, as lines short enough to read in a failed test. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'

type RunOnly = { type: 'tag' | 'rule'; values: string[] }

const EVERY_RULE: RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
}

/**
 * The rules that read colours or measure boxes. All others read names, roles, ids and structure, which no scheme of colours
 * changes: nothing in ui/ or extension/ asks for the scheme but style sheets, so the tree stays as it is.
 */
const OF_THE_COLOURS: RunOnly = { type: 'rule', values: ['color-contrast', 'link-in-text-block', 'target-size'] }

/** One line for every violating element. */
export const violations = (page: Page): Promise<string[]> => linesOf(page, EVERY_RULE)

/** What can change with the colours alone: for a page whose other rules were looked at in another scheme. */
export const colourViolations = (page: Page): Promise<string[]> => linesOf(page, OF_THE_COLOURS)

async function linesOf(page: Page, runOnly: RunOnly): Promise<string[]> {
  const there = await page.evaluate(() => 'axe' in globalThis)
  // Half a megabyte of source is read once for a page, not for every look at it.
  const builder = new AxeBuilder({ page, ...(there && { axeSource: 'void 0' }) })
  // Nothing of ours stands in a frame, and passes are not read: neither a second page nor their list is made.
  const { violations: found } = await builder
    .setLegacyMode()
    // All options in one call: each call of it forgets what was chosen before.
    .options({ resultTypes: ['violations'], runOnly })
    .analyze()
  return found.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`))
}
