/** Accessibility violations of a page, as lines short enough to read in a failed test. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** One line for every violating element. */
export async function violations(page: Page): Promise<string[]> {
  return linesOf(new AxeBuilder({ page }).withTags(TAGS))
}

/** What can change with the colours alone: for a page whose other rules were looked at in another scheme. */
export async function colourViolations(page: Page): Promise<string[]> {
  return linesOf(new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']))
}

async function linesOf(builder: AxeBuilder): Promise<string[]> {
  // Nothing of ours stands in a frame, and passes are not read: neither a second page nor their list is made.
  const { violations: found } = await builder
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze()
  return found.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`))
}
