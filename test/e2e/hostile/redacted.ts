/** Strings as names of accounts: the preview of every replacement. */
import { dropFiles } from '../../helpers/drop-files.ts'
import { cutAfter } from '../../helpers/place-ledger.ts'
import { shownThrough } from '../../helpers/shown-text.ts'
import { ndjson, PACKED } from './findings.ts'
import { type Stage } from './stage.ts'

export async function redacted({ open, ledger, strings, leave }: Stage): Promise<void> {
  const page = await open()
  // An account with an at sign is an address and found as one; a number before each keeps alike ones apart.
  const named = strings.filter((text) => !text.includes('@'))
  const accounts = new Map(named.map((text, at) => [text, `u${at} ${text}`.trim()]))
  const events = [...accounts.values()].map((name, at) => ({
    '@timestamp': new Date(Date.UTC(2026, 2, 2, 10) + at * 1000).toISOString(),
    labels: { group: `g${Math.floor(at / PACKED)}` },
    user: { name }
  }))
  await dropFiles(page, [{ name: 'accounts.ndjson', text: ndjson(events) }])
  await page.locator('[data-pane=list] .state h2').waitFor()
  await dropFiles(page, [{ name: 'groups.esql', text: 'FROM logs-* | STATS n = COUNT(*) BY labels.group' }])
  await page.locator('[data-finding] .bar:not(.pending)').first().waitFor()
  await page.locator('[data-export]').click()
  await page.locator('[data-report]').click()
  await page.locator('[data-redact]').check()
  await page.locator('[data-replacement]').first().waitFor({ timeout: 60_000 })
  const [originals] = await shownThrough(page, '.preview .scroll', ['.original bdi'])
  ledger.look(
    'redaction preview',
    named,
    originals!,
    cutAfter(120, (text) => accounts.get(text)!)
  )
  await leave(page)
}
