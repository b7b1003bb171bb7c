/** Writes into the query editor of a page. */
import type { Page } from 'playwright'
import { expect } from 'vitest'

/** The text of the editor; lines are elements of their own. */
export async function writtenQuery(page: Page): Promise<string> {
  const lines = await page.locator('[data-editor] .cm-content .cm-line').allInnerTexts()
  return lines.map((line) => line.replace(/\n$/, '')).join('\n')
}

/** Again, should the editor, which learns the language a moment after it is drawn, lose the selection that is typed over. */
export async function writeQuery(page: Page, text: string): Promise<void> {
  const content = page.locator('[data-editor] .cm-content')
  await expect
    .poll(async () => {
      await content.fill(text)
      return writtenQuery(page)
    })
    .toBe(text)
}
