/** Strings as cells of an answer, values of an event and its raw text; hostile names of fields wherever a name is shown. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { dropFiles } from '../../helpers/drop-files.ts'
import { cutAfter } from '../../helpers/place-ledger.ts'
import { sharedPath } from '../../helpers/shared-facts.ts'
import { shownTexts, shownThrough } from '../../helpers/shown-text.ts'
import { findingEvent, ndjson, packedEvents } from './findings.ts'
import { type Stage } from './stage.ts'

/** Types a query over the one that stands there; what the editor shows of hostile text is not what was typed. */
export async function typeQuery(page: Page, query: string): Promise<void> {
  await page.locator('[data-pane=query] .cm-content').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(query)
}

async function ask(page: Page, query: string): Promise<void> {
  await typeQuery(page, query)
  await page.locator('[data-run-query]').click()
  await page.locator('[data-pane=query] [data-row="0"] bdi').first().waitFor()
}

export async function openQuery(page: Page): Promise<void> {
  await page.locator('h1').click()
  await page.keyboard.press('q')
  await page.locator('[data-pane=query]').waitFor()
}

export async function cells({ open, ledger, strings, leave }: Stage): Promise<void> {
  const page = await open()
  await dropFiles(page, [{ name: 'events.ndjson', text: ndjson(strings.map(findingEvent)) }])
  await page.locator('[data-finding]').first().waitFor()
  await openQuery(page)
  await ask(page, 'FROM logs-* | KEEP process.title, process.args | LIMIT 1000')
  const [single, several] = await shownThrough(page, '[data-grid]', [
    '[role=gridcell][aria-colindex="2"]',
    '[role=gridcell][aria-colindex="3"]'
  ])
  ledger.look('grid cell', strings, single!, cutAfter(240))
  ledger.look('grid cell of several values', strings, several!, (text) =>
    [`${text}, ~`, `~, ${text}`].map((line) => cutAfter(240)(line))
  )
  await leave(page)
}

export async function events({ open, ledger, strings, leave }: Stage): Promise<void> {
  const page = await open()
  const packed = packedEvents(strings)
  await dropFiles(page, [{ name: 'packed.ndjson', text: ndjson(packed) }])
  await page.locator('[data-pane=list] .state h2').waitFor()
  await openQuery(page)
  await ask(page, 'FROM logs-* | LIMIT 1000')
  const seen = { values: [] as string[], fields: [] as string[], raw: [] as string[] }
  for (const [at] of packed.entries()) {
    await page.locator(`[data-open-row="${at}"]`).click()
    await page.locator('[data-row-pane] h3', { hasText: new RegExp(`\\b${at + 1}$`) }).waitFor()
    await page.locator('[data-row-pane] [data-event] tbody tr').first().waitFor()
    await page.evaluate(() => shown.unfold('[data-row-pane]'))
    seen.values.push(...(await shownTexts(page, '[data-row-pane] .body > dl dd bdi')))
    seen.fields.push(...(await shownTexts(page, '[data-row-pane] [data-event] td bdi')))
    for (const raw of await shownTexts(page, '[data-row-pane] [data-event] pre bdi'))
      seen.raw.push(...Object.values((JSON.parse(raw) as { labels: Record<string, string> }).labels))
  }
  ledger.look('row pane, value', strings, seen.values)
  ledger.look('event, value', strings, seen.fields)
  ledger.look('event, raw text', strings, seen.raw)
  await leave(page)
}

export async function names({ open, ledger, leave }: Stage): Promise<void> {
  const path = sharedPath('trust/made/hostile-fieldnames.json')
  if (!path) return
  const all = JSON.parse(readFileSync(path, 'utf8')) as string[]
  const page = await open({ width: 3000, height: 2400 })
  // One key after another: an object literal would take `__proto__` for something else.
  const line = `{"@timestamp":"2026-03-02T10:00:00Z",${all
    .filter((name) => name !== '@timestamp')
    .map((name) => `${JSON.stringify(name)}:"x"`)
    .join(',')}}`
  await dropFiles(page, [{ name: 'names.ndjson', text: line }])
  await page.locator('[data-pane=list] .state h2').waitFor()
  await openQuery(page)
  await ask(page, 'FROM * | LIMIT 10')
  const heads = await page.evaluate(async () => {
    const grid = document.querySelector('[data-grid]')!
    const found: string[] = []
    for (let left = 0; left <= grid.scrollWidth; left += grid.clientWidth) {
      grid.scrollLeft = left
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      found.push(...shown.all('[data-sort] .name bdi'))
    }
    return found
  })
  // What says where a document is kept is no column unless it is asked for.
  const columns = all.filter((name) => !/^_(?:id|index|source)$/.test(name))
  ledger.look('field name, grid header', columns, heads, cutAfter(200))
  await page.locator('[data-open-row="0"]').click()
  await page.locator('[data-row-pane] [data-event] tbody tr').first().waitFor()
  ledger.look('field name, row pane', columns, await shownTexts(page, '[data-row-pane] .body > dl dt bdi'), cutAfter(200))
  ledger.look('field name, event', all, await shownTexts(page, '[data-row-pane] [data-event] th bdi'), cutAfter(200))
  await leave(page)
}
