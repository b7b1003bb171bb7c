/** The report: made in the product with redaction, opened from disk, inert with hostile values, accessible, at any width. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright'
import { htmlReport } from '../../ui/report/html.ts'
import { violations } from '../helpers/axe.ts'
import { dropFiles } from '../helpers/drop-files.ts'
import { countingServer, watchPage } from '../helpers/extension.ts'
import { hostileStrings } from '../helpers/hostile-strings.ts'
import { eachOnItsOwnPage, extension, page } from '../helpers/own-page.ts'
import { reportOf } from '../helpers/sample-report.ts'

const SHOTS = process.env['RAREBIT_SHOTS']
let server: Awaited<ReturnType<typeof countingServer>>
let folder: string

beforeAll(async () => {
  server = await countingServer()
  folder = await mkdtemp(join(tmpdir(), 'rarebit-report-'))
})
afterAll(async () => {
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})
eachOnItsOwnPage(() => ({ args: [`--host-resolver-rules=MAP * 127.0.0.1:${server.port}`] }))

async function openDialog(sample = 'web-shell'): Promise<void> {
  await page.locator(`[data-sample=${sample}]`).click()
  await page.locator('[data-finding]').first().waitFor()
  await page.locator('[data-export]').click()
  await page.locator('[data-report]').click()
  await page.locator('dialog[open]').waitFor()
}

async function save(button: string): Promise<{ name: string; text: string; path: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator(button).click()])
  await page.locator('[data-report-outcome=saved], [data-report-outcome=reduced]').waitFor()
  const path = join(folder, download.suggestedFilename())
  await download.saveAs(path)
  return { name: download.suggestedFilename(), text: await readFile(path, 'utf8'), path }
}

/** A file opened from disk in a tab of its own; says what it asked for. */
async function openFile(path: string): Promise<{ tab: Page; asked: string[]; tabTroubles: string[] }> {
  const tab = await extension.context.newPage()
  const asked: string[] = []
  tab.on('request', (request) => asked.push(request.url()))
  const tabTroubles = watchPage(tab)
  await tab.goto(pathToFileURL(path).href)
  return { tab, asked, tabTroubles }
}

const shot = async (target: Page, name: string, fullPage = false) => {
  if (SHOTS) await target.screenshot({ path: join(SHOTS, `${name}.png`), fullPage })
}

const PORTION = 120
/** Requests that reached the loopback server and are not the browser's own. */
const hits = () => server.hits.filter((hit) => !/ (?:[\w.-]+\.)?(?:google(?:apis)?\.com|gvt1\.com|gstatic\.com)/.test(hit))

const REDACTED = ['web-03', '203.0.113.77']

describe('made in the product', () => {
  test('redacted report: every replacement is previewed, nothing of them is left, in no format', async () => {
    await openDialog()
    await page.locator('[data-redact]').check()
    await page.locator('[data-replacement]').first().waitFor()
    await expect.poll(() => page.locator('[data-report-outcome]').getAttribute('data-report-outcome')).toBe('')
    const lines = await page.locator('[data-replacement] .original').allInnerTexts()
    for (const original of REDACTED) expect(lines).toContain(original)
    expect(await violations(page)).toEqual([])
    await shot(page, 'dialog-1280-light')
    for (const format of ['html', 'markdown', 'json', 'csv']) {
      await page.locator(`[name=report-format][value=${format}]`).check()
      const { text } = await save('[data-save-report]')
      for (const original of lines.filter((line) => line.length > 3))
        expect(text, `${format}: ${original}`).not.toContain(original)
      expect(text).toMatch(/host-1/)
    }
  })

  test('what is switched off stays: a class, and one name', async () => {
    await openDialog()
    await page.locator('[data-redact]').check()
    await page.locator('[data-replacement]').first().waitFor()
    await page.locator('[data-class=ip]').uncheck()
    await page.locator('[data-replacement=host]', { hasText: 'web-03' }).locator('input').uncheck()
    await page.locator('[name=report-format][value=json]').check()
    const { text } = await save('[data-save-report]')
    expect(text).toContain('web-03')
    expect(text).toContain('203.0.113.77')
  })

  test('opened from disk it loads nothing, is accessible, and fits 320 px', async () => {
    await openDialog()
    await page.locator('[data-redact]').check()
    const { path, text } = await save('[data-save-report]')
    expect(text).toMatch(/SHA-256 [0-9a-f]{64}/)
    const { tab, asked, tabTroubles } = await openFile(path)
    const before = hits().length
    expect(await tab.locator('article').count()).toBe(7)
    for (const scheme of ['light', 'dark'] as const) {
      await tab.emulateMedia({ colorScheme: scheme })
      for (const width of [1280, 320]) {
        await tab.setViewportSize({ width, height: 900 })
        expect(await violations(tab), `${scheme} ${width}`).toEqual([])
        expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
        await shot(tab, `report-${width}-${scheme}`, width === 320)
        await tab.locator('#finding-1').scrollIntoViewIfNeeded()
        await tab.evaluate(() => document.querySelector('#finding-1')!.scrollIntoView())
        await shot(tab, `finding-${width}-${scheme}`)
        await tab.evaluate(() => scrollTo(0, 0))
      }
    }
    await tab.emulateMedia({ media: 'print', colorScheme: 'light' })
    if (SHOTS) await writeFile(join(SHOTS, 'report.pdf'), await tab.pdf({ preferCSSPageSize: true }))
    await tab
      .locator('.overview a')
      .first()
      .evaluate((link) => (link as HTMLElement).click())
    expect(tab.url()).toMatch(/#finding-1$/)
    expect(asked).toHaveLength(1)
    expect(hits().slice(before)).toEqual([])
    // Playwright's own axe script is refused by the report's policy only where it would be inline; pages report nothing.
    expect(tabTroubles).toEqual([])
    await tab.close()
  })

  test('the reduced data gives the same findings when it is opened', async () => {
    await openDialog()
    await page.locator('[data-redact]').check()
    const { text, name } = await save('[data-save-data]')
    expect(await page.locator('[data-report-outcome]').innerText()).toContain('The rule finds the same in them: 7 of 7')
    for (const original of REDACTED) expect(text).not.toContain(original)
    await page.keyboard.press('Escape')
    const second = await extension.open('analyzer')
    await dropFiles(second, [{ name, text }])
    await second.locator('[data-finding]').first().waitFor()
    await expect.poll(() => second.locator('[data-finding]').count()).toBe(7)
    await second.close()
  })

  test('the dialog at 320 px and in the dark', async () => {
    await page.setViewportSize({ width: 320, height: 800 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await openDialog()
    await page.locator('[data-redact]').check()
    await page.locator('[data-replacement]').first().waitFor()
    expect(await violations(page)).toEqual([])
    expect(
      await page.evaluate(() => document.querySelector('dialog')!.scrollWidth <= document.querySelector('dialog')!.clientWidth)
    ).toBe(true)
    await shot(page, 'dialog-320-dark')
  })
})

describe('hostile values', () => {
  test('no script, no request, no link that leads out, and every value can be put together again', async () => {
    const all = hostileStrings()
    // A report holds a hundred findings or so; eight hundred are several.
    for (let at = 0; at < all.length; at += PORTION) await inert(all.slice(at, at + PORTION))
    console.log(`${all.length} strings`)
  }, 600_000)

  async function inert(strings: readonly string[]): Promise<void> {
    const path = join(folder, 'hostile.html')
    await writeFile(path, htmlReport(reportOf(strings)))
    const before = hits().length
    const { tab, asked, tabTroubles } = await openFile(path)
    const seen = await tab.evaluate(() => {
      const restore = (node: Element) =>
        Array.from(node.childNodes, (child) =>
          child instanceof Element && child.classList.contains('chip')
            ? child
                .getAttribute('title')!
                .split(' ')
                .map((name) => String.fromCodePoint(parseInt(name.slice(2), 16)))
                .join('')
            : child.textContent
        ).join('')
      const count = (selector: string) => document.querySelectorAll(selector).length
      return {
        hit: (globalThis as { hit?: number }).hit ?? 0,
        scripts: count('script, iframe, object, embed, img, link, base, form, video, audio, image, use, foreignObject'),
        metas: count('meta'),
        handlers: Array.from(document.querySelectorAll('*')).filter((node) =>
          Array.from(node.attributes).some(({ name }) => /^on|^style$|^src$/.test(name))
        ).length,
        links: Array.from(document.querySelectorAll('a'), (link) => link.getAttribute('href')).filter(
          (href) => !/^#finding-\d+$/.test(href!)
        ),
        commands: Array.from(document.querySelectorAll('article'), (article) => {
          const bdi = article.querySelector('.command bdi')
          return bdi ? restore(bdi) : null
        }),
        values: Array.from(document.querySelectorAll('article .facts bdi'), restore)
      }
    })
    expect(seen).toMatchObject({ hit: 0, scripts: 0, metas: 6, handlers: 0, links: [] })
    expect(seen.commands.map((text) => text ?? '')).toEqual(strings)
    const values = new Set(seen.values)
    expect(strings.filter((text) => text !== '' && !values.has(text) && !values.has(`${text}, b`))).toEqual([])
    expect(asked).toHaveLength(1)
    expect(hits().slice(before)).toEqual([])
    expect(tabTroubles).toEqual([])
    await tab.close()
  }
})
