/**
 * The query view in the built extension: a slip is marked and mended, a field completed, a million rows scrolled to their
 * end and sorted, a row traced to its events, values filtered and counted; no violation of policy or accessibility.
 */
import { beforeEach, describe, expect, test } from 'vitest'
import { eachOnItsOwnPage, page } from '../helpers/own-page.ts'
import { writeQuery, writtenQuery } from '../helpers/write-query.ts'
import { wrongWith } from '../helpers/wrong-with.ts'

eachOnItsOwnPage()

const view = () => page.locator('[data-pane=query]')
const content = () => page.locator('[data-editor] .cm-content')
const query = () => writtenQuery(page)
const write = (text: string) => writeQuery(page, text)
const rowText = (at: number) => page.locator(`[data-row="${at}"]`).innerText()

async function openQuery(sample: string): Promise<void> {
  await page.locator(`[data-sample=${sample}]`).click()
  await page.locator('[data-finding]').first().waitFor()
  await page.keyboard.press('q')
  await content().waitFor()
}

async function run(text: string): Promise<void> {
  await write(text)
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => page.locator('[data-history] .n').count()).toBe(1)
  await page.locator('[data-row="0"] bdi').first().waitFor()
}

async function chooseValue(row: number, value: string, action: string): Promise<void> {
  await page.locator(`[data-row="${row}"] [role=gridcell]`, { hasText: value }).first().click()
  await page.locator(`[data-menu=${action}]`).click()
}

describe('writing', () => {
  beforeEach(() => openQuery('web-shell'))

  test('a misspelt function is marked, listed with its place, and mended by one click; undo takes it back', async () => {
    const wrong = 'FROM * | EVAL l = LENGHT(process.name) | KEEP l'
    await write(wrong)
    const problem = page.locator('[data-problem=error]')
    await problem.waitFor()
    expect((await problem.innerText()).replace(/\s+/g, ' ')).toContain('1:19 Unknown function [LENGHT], did you mean [LENGTH]?')
    expect(await page.locator('[data-editor] .cm-lintRange-error').innerText()).toContain('LENGHT')
    await problem.locator('[data-fix]').click()
    expect(await query()).toBe(wrong.replace('LENGHT', 'LENGTH'))
    await expect.poll(() => page.locator('[data-problem=error]').count()).toBe(0)
    await page.keyboard.press('Control+z')
    expect(await query()).toBe(wrong)
  })

  test('fields, functions, commands and values are completed where they may stand', async () => {
    const first = page.locator('[data-editor] .cm-tooltip-autocomplete li[aria-selected]')
    const complete = async (text: string, typed: string, expected: RegExp) => {
      await write(text)
      await page.keyboard.press('Control+End')
      await page.keyboard.type(typed)
      await page.keyboard.press('Control+Space')
      await expect.poll(() => first.innerText()).toMatch(expected)
      // The list takes Enter only once it has stood for a moment, so that nobody chooses what has just popped up.
      await page.waitForTimeout(200)
      await page.keyboard.press('Enter')
    }
    await complete('FROM * | ', 'whe', /^WHERE/)
    expect(await query()).toBe('FROM * | WHERE ')
    await complete('FROM * | WHERE ', 'process.na', /^process\.name\s*keyword · 100 %/)
    expect(await query()).toBe('FROM * | WHERE process.name')
    await complete('FROM * | WHERE ', 'lengt', /^LENGTH/)
    expect(await query()).toBe('FROM * | WHERE LENGTH()')
    await complete('FROM * | STATS attempts = COUNT(*) BY host.name | SORT ', 'att', /^attempts/)
    expect(await query()).toBe('FROM * | STATS attempts = COUNT(*) BY host.name | SORT attempts')
    await complete('FROM * | WHERE process.name == ', '"da', /^dash\s*\d+/)
    expect(await query()).toBe('FROM * | WHERE process.name == "dash"')
  })

  test('Tab leaves the editor; Esc does not leave the view while something is open', async () => {
    await content().click()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.matches('[data-editor]'))).toBe(false)
    await page.locator('[data-history]').click()
    await page.keyboard.press('Escape')
    expect(await view().count()).toBe(1)
  })

  test('line ends of other systems are typed over a selection like any others', async () => {
    await content().click()
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText('FROM *\r\n| KEEP host.name\r| LIMIT 1')
    expect(await query()).toBe('FROM *\n| KEEP host.name\n| LIMIT 1')
  })

  test('a problem that quotes what cannot be seen shows it as a chip, in the editor too', async () => {
    await content().fill('FROM * | EVAL x = "a\u202eb" + 1')
    await page.locator('[data-problem=error]').waitFor()
    await page.locator('[data-editor] .cm-lintRange-error').first().hover()
    const said = page.locator('[data-editor] .cm-diagnosticText')
    await said.waitFor()
    expect(await said.innerText()).toContain('["aRLOb"]')
    expect(await said.locator('.hidden-chip').first().getAttribute('title')).toBe('U+202E')
  })

  test('pasting into the editor is text, not a file', async () => {
    await content().click()
    await page.evaluate(() => {
      const data = new DataTransfer()
      data.setData('text/plain', '// pasted\n')
      const target = document.querySelector('[data-editor]')!.shadowRoot!.querySelector('.cm-content')!
      target.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, composed: true, cancelable: true }))
    })
    expect(await query()).toContain('// pasted')
    expect(await view().count()).toBe(1)
  })
})

describe('an answer', () => {
  beforeEach(() => openQuery('web-shell'))

  test('sorts, opens a row with its event, filters a value in and out, counts rarest first', async () => {
    await run('FROM * | KEEP @timestamp, process.name, process.args, process.pid')
    await page.locator('[data-sort="process.pid"]').click()
    await page.locator('[data-sort="process.pid"]').click()
    await page.locator('[aria-sort=descending]').waitFor()
    const pid = async (row: number) =>
      Number((await page.locator(`[data-row="${row}"] [role=gridcell]`).nth(3).innerText()).trim())
    await expect.poll(() => pid(0)).toBeGreaterThan(0)
    expect(await pid(0)).toBeGreaterThanOrEqual(await pid(1))

    const shown = (await page.locator('[data-row="1"] [role=gridcell]').first().innerText()).trim()
    await page.locator('[data-open-row="1"]').click()
    const event = page.locator('[data-row-pane] [data-event]').first()
    await event.waitFor()
    expect(await event.locator('tbody tr').first().innerText()).toContain(shown)
    await page.locator('[data-close-row]').click()

    await run('FROM * | KEEP process.name, process.pid | SORT process.pid')
    await chooseValue(0, (await page.locator('[data-row="0"] [role=gridcell]').first().innerText()).trim(), 'drop')
    await expect.poll(query).toMatch(/\| WHERE process\.name != "[^"]+" OR process\.name IS NULL\s*\| SORT process\.pid$/)
    await page.locator('[data-row="0"] bdi').first().waitFor()
    await chooseValue(0, (await page.locator('[data-row="0"] [role=gridcell]').first().innerText()).trim(), 'stack')
    await expect.poll(query).toMatch(/STATS count = COUNT\(\*\) BY process\.name\s*\| SORT count$/)
    await expect.poll(() => rowText(0)).toMatch(/1\s+1\s+\S+/)
    await expect.poll(() => page.locator('[data-row-count]').innerText()).toMatch(/^\d+ rows in /)
  })

  test('keys move through the grid, open a row and the menu', async () => {
    await run('FROM * | KEEP @timestamp, process.name')
    await page.locator('[data-grid]').focus()
    await page.keyboard.press('Control+End')
    await expect.poll(() => page.locator('[data-row="123"]').count()).toBe(1)
    const active = () => page.locator('[data-grid]').getAttribute('aria-activedescendant')
    expect(await active()).toMatch(/-123-1$/)
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    expect(await active()).toMatch(/-1-0$/)
    await page.keyboard.press(' ')
    await page.locator('[data-value-menu]').waitFor()
    await page.keyboard.press('Escape')
    expect(await page.locator('[data-value-menu]').count()).toBe(0)
    await page.keyboard.press('Enter')
    await page.locator('[data-row-pane] [data-event]').waitFor()
  })
})

test('a million rows: the last is reached by the bar, its event is the last of the file', async () => {
  await page.evaluate(() => {
    const parts: string[] = []
    for (let first = 0; first < 1_000_000; first += 10_000) {
      const line = (n: number) => `{"@timestamp":"2026-03-02T10:00:00Z","host":{"name":"h${n % 7}"},"n":${n}}\n`
      parts.push(Array.from({ length: 10_000 }, (_, at) => line(first + at)).join(''))
    }
    const transfer = new DataTransfer()
    transfer.items.add(new File(parts, 'million.ndjson'))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
  })
  await expect.poll(() => page.locator('[role=progressbar]').count(), { timeout: 90_000 }).toBe(0)
  await expect.poll(() => page.locator('nav button').count(), { timeout: 30_000 }).toBeGreaterThan(0)
  await page.keyboard.press('q')
  await content().waitFor()
  await write('FROM * | KEEP n, host.name')
  await page.locator('[data-no-limit]').click()
  await page.locator('[data-run-query]').click()
  await expect.poll(() => page.locator('[data-row-count]').innerText(), { timeout: 90_000 }).toMatch(/^1,000,000 rows/)
  await page.locator('[data-row="0"] bdi').first().waitFor()
  await page.locator('[data-grid]').evaluate((grid) => (grid.scrollTop = grid.scrollHeight))
  const last = page.locator('[data-row="999999"]')
  await expect.poll(() => last.innerText(), { timeout: 30_000 }).toMatch(/1,000,000\s+999999\s+h0/)
  await page.locator('[data-open-row="999999"]').click()
  const event = page.locator('[data-row-pane] [data-event]')
  await event.waitFor()
  expect(await event.innerText()).toContain('line 1,000,000')
  await page.locator('[data-sort=n]').click()
  await page.locator('[data-sort=n]').click()
  await page.locator('[aria-sort=descending]').waitFor({ timeout: 30_000 })
  await page.locator('[data-grid]').evaluate((grid) => (grid.scrollTop = 0))
  await expect.poll(() => rowText(0), { timeout: 30_000 }).toMatch(/^1\s+999999\s/)
}, 240_000)

test.each([1280, 360, 320])(
  '%i px: nothing inaccessible in any colours, nothing wider than the window',
  async (width) => {
    await page.setViewportSize({ width, height: 800 })
    await openQuery('many-hosts')
    const found: string[] = []
    const look = async (name: string) => found.push(...(await wrongWith(page)).map((line) => `${name}: ${line}`))
    await look('empty')
    await write('FROM * | WHERE proces.name == "sh" AND LENGHT(host.name) > 1')
    await page.locator('[data-problem=error]').waitFor()
    await look('problems')
    await run('FROM * | KEEP @timestamp, host.name, process.args, process.command_line')
    await look('rows')
    await page.locator('[data-row="0"] [role=gridcell]').first().click()
    await page.locator('[data-value-menu]').waitFor()
    await look('menu')
    await page.keyboard.press('Escape')
    await page.locator('[data-open-row="0"]').click()
    await page.locator('[data-row-pane] [data-event]').waitFor()
    await look('row')
    expect(found).toEqual([])
  },
  400_000
)
