/** Strings in queries that are wrong or warn: the editor, what is said about the text, what a run answers, the history. */
import type { Page } from 'playwright'
import { expect } from 'vitest'
import { esqlString } from '../../../engine/rules/quoting.ts'
import { dropFiles } from '../../helpers/drop-files.ts'
import { shownTexts } from '../../helpers/shown-text.ts'
import { ndjson, PACKED, packedEvents } from './findings.ts'
import { openQuery, typeQuery } from './queries.ts'
import { type Stage } from './stage.ts'

/** A problem that quotes more is cut; so is a query that nobody reads. */
const MOST = 2000
/** Strings of one query. */
const ASKED = 200

/** What the engine says of text that is added to: the text as the query writes it. */
const quoted = (lines: readonly string[]) =>
  lines.flatMap((line) => /first argument of \[([\s\S]*)\n \+ 1\] must be/.exec(line)?.slice(1) ?? [])
/** What a warning says of text that is no number: the text itself. */
const parsed = (lines: readonly string[]) => lines.flatMap((line) => /For input string: "([\s\S]*)"$/.exec(line)?.slice(1) ?? [])
/** Of these a warning says something else, or there is none. */
const isNumber = (text: string) => /^\s*(?:[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?[df]?|NaN|Infinity))?\s*$/i.test(text)

export async function asked({ open, ledger, strings, settled, leave }: Stage): Promise<void> {
  const page = await open()
  await dropFiles(page, [{ name: 'asked.ndjson', text: ndjson(packedEvents(strings)) }])
  await page.locator('[data-pane=list] .state h2').waitFor()
  await openQuery(page)
  const fit = strings.filter((text) => text.length <= MOST)
  const seen = { lines: [] as string[], problems: [] as string[], refused: [] as string[] }
  for (let at = 0; at < fit.length; at += ASKED) {
    const added = fit.slice(at, at + ASKED).map((text, n) => `e${n} =\n${esqlString(text)}\n + 1`)
    await typeQuery(page, `FROM *\n| EVAL ${added.join(', ')}`)
    await checked(page, esqlString(fit[at]!))
    await page.evaluate(() => shown.unfold('[data-problems]'))
    seen.problems.push(...(await shownTexts(page, '[data-problems] .words p bdi')))
    seen.lines.push(...(await writtenLines(page)))
    await page.locator('[data-run-query]').click()
    await page
      .locator('.failure li')
      .nth(added.length - 1)
      .waitFor()
    await page.evaluate(() => shown.unfold('.failure'))
    seen.refused.push(...(await shownTexts(page, '.failure li bdi')))
    await settled(page)
  }
  ledger.look('query editor, line', fit, seen.lines, esqlString)
  ledger.look('query problem', fit, quoted(seen.problems), esqlString)
  ledger.look('failure of a query', fit, quoted(seen.refused), esqlString)
  const numbers = Array.from({ length: PACKED }, (_, n) => `n${n} = TO_DOUBLE(labels.s${n})`)
  await typeQuery(page, `FROM *\n| EVAL ${numbers.join(', ')}\n| KEEP n*\n| LIMIT 100`)
  await page.locator('[data-run-query]').click()
  await page.locator('[data-row="0"]').waitFor()
  await page.evaluate(() => shown.unfold('details.note'))
  const said = strings.filter((text) => !isNumber(text))
  ledger.look('warning of a query', said, parsed(await shownTexts(page, 'details.note li bdi')))
  await leave(page)
}

/** Waits until the query was checked: the first problem quotes its first text. All problems are then unfolded. */
async function checked(page: Page, quotes: string): Promise<void> {
  const first = () => shownTexts(page, '[data-problem]:first-child .words p bdi')
  await expect.poll(async () => (await first())[0] ?? '').toContain(quotes)
  const more = page.locator('[data-problems] .more button')
  if (await more.isVisible()) await more.click()
}

/** The lines of the editor; only those in sight are drawn. */
function writtenLines(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const list = document.querySelector('[data-editor]')!.shadowRoot!.querySelector('.cm-scroller')!
    const found: string[] = []
    for (let top = 0; ; top += list.clientHeight) {
      list.scrollTop = top
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      found.push(...shown.all('[data-editor] >>> .cm-line'))
      if (top + list.clientHeight >= list.scrollHeight) return found
    }
  })
}
