/** Strings in what an analyst looks at next: near misses, the steps that are bound to a finding's values, and tags. */
import { esqlString } from '../../../engine/rules/quoting.ts'
import { dropFiles } from '../../helpers/drop-files.ts'
import { cutAfter } from '../../helpers/place-ledger.ts'
import { shownTexts } from '../../helpers/shown-text.ts'
import { dropPacked, findingEvent, ndjson } from './findings.ts'
import { joined, type Stage } from './stage.ts'

/** Conditions of the rule, as its match has them; a string fails one of them. */
const MATCH = { host: 'h', user: 'u', process: 'p', title: 't', directory: 'd' }
type Field = keyof typeof MATCH
const FIELDS = Object.keys(MATCH) as Field[]
const RULE = `FROM logs-*
| WHERE host.name == "h" AND user.name == "u" AND process.name == "p" AND process.title == "t" AND process.working_directory == "d"
| STATS n = COUNT(*) BY process.name`
/** Near misses that are kept of one condition. */
const KEPT = 200

function missing(field: Field, text: string, at: number): object {
  const value = { ...MATCH, [field]: text }
  return {
    '@timestamp': new Date(Date.UTC(2026, 2, 2, 10) + at * 1000).toISOString(),
    host: { name: value.host },
    user: { name: value.user },
    process: { name: value.process, title: value.title, working_directory: value.directory }
  }
}

export async function missed({ open, ledger, strings, leave }: Stage): Promise<void> {
  const page = await open()
  const fit = strings.slice(0, FIELDS.length * KEPT)
  const events = [missing('host', 'h', 0), ...fit.map((text, at) => missing(FIELDS[at % FIELDS.length]!, text, at))]
  await dropFiles(page, [{ name: 'missed.ndjson', text: ndjson(events) }])
  await page.locator('[data-pane=list] .state h2').waitFor()
  await dropFiles(page, [{ name: 'missed.esql', text: RULE }])
  await page.locator('[data-finding]').first().click()
  await page.keyboard.press('n')
  await page.locator('[data-near]').click()
  await page
    .locator('[data-near-group]')
    .nth(FIELDS.length - 1)
    .waitFor()
  await page.evaluate(() =>
    document.querySelectorAll('[data-near-group]').forEach((group) => ((group as HTMLDetailsElement).open = true))
  )
  ledger.look('near miss, value', fit, await shownTexts(page, '[data-near-group] li p.mono bdi'), cutAfter(300))
  await leave(page)
}

/** Characters of the strings that one finding's command holds. */
const CHARACTERS = 1500
const BETWEEN = ' ⸻ '

export async function stepped({ open, ledger, strings, leave }: Stage): Promise<void> {
  const page = await open()
  const fit = strings.filter((text) => text.length <= CHARACTERS)
  const commands = joined(fit, CHARACTERS, BETWEEN)
  await dropFiles(page, [{ name: 'stepped.ndjson', text: ndjson(commands.map(findingEvent)) }])
  await page.locator('[data-finding] .bar:not(.pending)').first().waitFor()
  const queries: string[] = []
  for (const row of await page.locator('[data-finding]').all()) {
    await row.click()
    await page.keyboard.press('g')
    await page.locator('[data-step] .box > pre').first().waitFor({ state: 'attached' })
    queries.push(...(await shownTexts(page, '[data-step] .box > pre')))
  }
  const bound = (text: string) => esqlString(text).slice(1, -1)
  const all = queries.join('\n')
  const seen = fit.filter((text) => all.includes(bound(text)))
  ledger.look('query of a step', fit, seen)
  await leave(page)
}

/** As tags are kept: short, in one line, and a comma separates them. */
const TAGS = 20
const asTag = (text: string) => text.replace(/\s+/g, ' ').trim()

export async function tagged({ open, ledger, strings, leave }: Stage): Promise<void> {
  const page = await open()
  await dropPacked(page, strings, 'tagged')
  const rows = await page.locator('[data-finding]').all()
  const fit = strings.filter((text) => text !== '' && text.length <= 60 && asTag(text) === text && !text.includes(','))
  const tags = fit.slice(0, rows.length * TAGS)
  const seen: string[] = []
  for (const [at, row] of rows.entries()) {
    await row.click()
    await page.locator('[data-pane=finding] [data-tag]').click()
    for (const tag of tags.slice(at * TAGS, (at + 1) * TAGS)) {
      await page.locator('[data-pane=finding] [data-tag-field]').fill(tag)
      await page.keyboard.press('Enter')
    }
    await page.keyboard.press('Escape')
    seen.push(...(await shownTexts(page, '[data-pane=finding] .tag bdi')))
  }
  ledger.look('tag', tags, seen)
  await leave(page)
}
