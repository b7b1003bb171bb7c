/** Controls that are too small to be hit: under 24 by 24 pixels (WCAG 2.5.8), whatever the pointer. */
import type { Page } from 'playwright'

/** One line for every control in sight that is smaller. A control drawn by its label is as large as the label. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const CONTROLS = 'button, a[href], input, select, textarea, summary, [role=button], [role=tab], [role=option], [role=switch]'
    const lines: string[] = []
    for (const element of document.querySelectorAll<HTMLElement>(CONTROLS)) {
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
      const label = element.matches('input') ? element.closest('label') : null
      const { width, height } = (label ?? element).getBoundingClientRect()
      // A row number in a grid has the whole cell around it.
      if (width >= 24 && height >= 23.5) continue
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)
      lines.push(`${element.tagName.toLowerCase()}.${element.className} “${name}” ${Math.round(width)}×${Math.round(height)}`)
    }
    return [...new Set(lines)]
  })
}
