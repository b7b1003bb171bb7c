/** Strings in what the analyst writes and hands over: notes, the case, the report, the reduced data. */
import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import { shownTexts } from '../../helpers/shown-text.ts'
import { dropPacked, exported } from './findings.ts'
import { joined, saved, type Stage, textsIn } from './stage.ts'

/** Stands between the strings of one text. */
const BETWEEN = '\n⸻\n'
/** What an editable text keeps of line ends. */
const lineEnds = (text: string) => text.replace(/\r\n?/g, '\n')
/** More than a note holds is cut where it is written. */
const MOST = 18_000
const apart = (texts: Iterable<string>) => Array.from(texts, (text) => text.split(BETWEEN)).flat()

/** One note a finding, and everything that carries notes on. */
export async function noted({ open, ledger, strings, leave }: Stage): Promise<void> {
  const page = await open()
  await dropPacked(page, strings, 'noted')
  const rows = await page.locator('[data-finding]').all()
  const fit = strings.filter((text) => text.length <= MOST)
  const notes = joined(fit, MOST, BETWEEN)
  expect(notes.length).toBeLessThanOrEqual(rows.length)
  const beneath: string[] = []
  const hiding: string[] = []
  for (const [at, note] of notes.entries()) {
    await rows[at]!.click()
    await page.locator('[data-pane=finding] [data-note]').click()
    await page.locator('[data-pane=finding] [data-note-field]').fill(note)
    await page.evaluate(() => shown.unfold('[data-hidden-note]'))
    const shownBeneath = await shownTexts(page, '[data-pane=finding] [data-hidden-note] bdi')
    if (shownBeneath.length > 0) hiding.push(...apart([note]))
    beneath.push(...shownBeneath)
  }
  const fields: string[] = []
  for (const [at] of notes.entries()) {
    await rows[at]!.click()
    fields.push(await page.locator('[data-pane=finding] [data-note-field]').inputValue())
  }
  ledger.look('note, field', fit, apart(fields), lineEnds)
  ledger.look('note, what hides in it', hiding, apart(beneath), lineEnds)
  ledger.look('JSON, note', fit, apart(textsIn(JSON.parse((await exported(page, 'json')).text))), lineEnds)
  const { text } = await saved(page, async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('save the case')
    await page.keyboard.press('Enter')
  })
  ledger.look('case file, note', fit, apart(textsIn(JSON.parse(text))), lineEnds)
  await openReport(page)
  const report = await opened(page, 'article .note bdi')
  ledger.look('report, note', fit, apart(report.flat()), lineEnds)
  await leave(page)
}

/** The report and the reduced data, as they are saved. */
export async function handed({ open, ledger, strings, leave }: Stage): Promise<void> {
  const page = await open()
  await dropPacked(page, strings, 'handed')
  await openReport(page)
  const [keys, fields] = await opened(page, 'article .facts dd bdi', 'article .fields td bdi')
  const said = strings.filter((text) => text !== '')
  ledger.look('report, key', said, keys!)
  ledger.look('report, event', said, fields!)
  const data = await saved(page, () => page.locator('[data-save-data]').click())
  const events = data.text.trim().split('\n')
  ledger.look('reduced data', strings, textsIn(events.map((text): unknown => JSON.parse(text))))
  await leave(page)
}

async function openReport(page: Page): Promise<void> {
  await page.locator('[data-export]').click()
  await page.locator('[data-report]').click()
  await page.locator('[data-save-report]').waitFor()
}

/** Saves the report and opens it from disk: inert, and the values of each selector. */
async function opened(page: Page, ...selectors: string[]): Promise<string[][]> {
  const { text, download } = await saved(page, () => page.locator('[data-save-report]').click())
  const path = `${await download.path()}.html`
  await writeFile(path, text)
  const tab = await page.context().newPage()
  const asked: string[] = []
  tab.on('request', (request) => asked.push(request.url()))
  await tab.goto(pathToFileURL(path).href)
  expect(await tab.locator('script, iframe, object, embed, img, link, base, form').count()).toBe(0)
  expect(await tab.evaluate(() => ({ ...shown.marks(), naked: shown.naked() }))).toEqual({
    refused: [],
    added: [],
    hit: [],
    naked: []
  })
  const values = await tab.evaluate((wanted) => wanted.map((selector) => shown.all(selector)), selectors)
  expect(asked).toHaveLength(1)
  await tab.close()
  return values
}
