/** Strings as names of files: what was read, what was skipped. */
import { dropFiles } from '../../helpers/drop-files.ts'
import { cutAfter } from '../../helpers/place-ledger.ts'
import { shownTexts, shownThrough } from '../../helpers/shown-text.ts'
import { type Stage } from './stage.ts'

export async function files({ open, ledger, strings, leave }: Stage): Promise<void> {
  const page = await open()
  const text = '{"@timestamp":"2026-03-02T10:00:00Z","host":{"name":"a"}}\n{"a":\n'
  await dropFiles(
    page,
    strings.map((name) => ({ name: `${name}.ndjson`, text }))
  )
  await page.locator('[data-summary] .trouble').first().waitFor({ timeout: 60_000 })
  await page.locator('[data-summary] > summary').click()
  const named = (name: string) => `${name}.ndjson`
  ledger.look('file name, inputs', strings, await shownTexts(page, '[data-summary] .body > ul > li > bdi:first-child'), named)
  const [skipped] = await shownThrough(page, '[data-summary] .scroll', ['tbody td:first-child bdi'])
  ledger.look('file name, skipped places', strings, skipped!, cutAfter(400, named))
  await leave(page)
}
