/**
 * What an analyst makes of the one-file page from file:// lasts: a note, a star and a tag are there again after the browser's
 * process was killed, when the same file is opened under another name; and a report is saved that can be read anywhere.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { launchOneFile, type OneFileBrowser, type OneFileOptions, type OnePage } from '../helpers/one-file.ts'

const SAMPLE = resolve('ui/samples/web-shell.ndjson')
const NOTE = 'seen before the power went'
const WAIT = { timeout: 30_000 }

describe.each(['Chromium', 'Firefox'] as const)('%s', (name) => {
  let folder: string
  let browser: OneFileBrowser | undefined
  const launch = async (options: OneFileOptions) => {
    browser = await launchOneFile(name, options)
    return browser.open()
  }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rarebit-kept-'))
    for (const part of ['profile', 'downloads']) mkdirSync(join(folder, part))
  })
  afterEach(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  /** Opens the sample under a name and chooses its first finding. */
  async function openAs(page: OnePage, fileName: string): Promise<void> {
    const path = join(folder, fileName)
    copyFileSync(SAMPLE, path)
    await page.upload('[data-picker]', path)
    await expect.poll(() => page.evaluate(() => document.querySelectorAll('[data-finding]').length, undefined), WAIT).toBe(7)
    await page.click('[data-finding]')
  }
  async function noteFirst(page: OnePage): Promise<void> {
    await page.press('m')
    await page.press('c')
    await page.type(NOTE)
    await page.press('Escape')
  }
  /** Star and note of the chosen finding, and what is said about keeping. Runs in the page. */
  const readMarks = () => {
    const pane = document.querySelector('[data-pane=finding]')
    return {
      star: pane?.querySelector('[data-star]')?.getAttribute('aria-pressed'),
      note: pane?.querySelector<HTMLTextAreaElement>('[data-note-field]')?.value,
      problem: document.querySelector<HTMLElement>('[data-keep-problem]')?.innerText ?? null
    }
  }
  const kept = { star: 'true', note: NOTE, problem: null }

  /** Path of the one file that was saved, once it is whole. */
  async function saved(): Promise<string> {
    const files = () => readdirSync(join(folder, 'downloads'))
    await expect
      .poll(() => files().filter((file) => /\.(part|crdownload)$/.test(file)).length === 0 && files().length, WAIT)
      .toBe(1)
    return join(folder, 'downloads', files()[0]!)
  }

  test('a note of more than a second ago survives the kill of the browser, the file under another name', async () => {
    const profile = join(folder, 'profile')
    const before = await launch({ profile })
    await openAs(before, 'first.log')
    await noteFirst(before)
    expect(await before.evaluate(readMarks, undefined)).toEqual(kept)
    await new Promise((next) => setTimeout(next, 1_000))
    await browser!.kill()

    const after = await launch({ profile })
    await openAs(after, 'renamed.txt')
    await expect.poll(() => after.evaluate(readMarks, undefined), WAIT).toEqual(kept)
    expect(after.troubles).toEqual([])
  })

  test('a report is saved and read back: the finding, the note, no script, a policy of its own', async () => {
    const page = await launch({ downloads: join(folder, 'downloads') })
    await openAs(page, 'events.log')
    await noteFirst(page)
    await page.click('[data-export]')
    await page.click('[data-report]')
    await page.click('[data-save-report]')
    const path = await saved()
    expect(path).toMatch(/\.html$/)
    const report = await browser!.open(path)
    const seen = await report.evaluate(
      () => ({
        findings: document.querySelectorAll('article').length,
        note: document.querySelector('article')!.textContent,
        made: document.querySelector('header p:last-of-type')!.textContent!.replace(/\s+/g, ' ').trim(),
        scripts: document.querySelectorAll('script').length,
        policy: document.querySelector('meta[http-equiv="Content-Security-Policy"]')!.getAttribute('content')
      }),
      undefined
    )
    expect(seen).toMatchObject({ findings: 7, scripts: 0 })
    expect(seen.note).toContain(NOTE)
    expect(seen.made).toMatch(/^Made .* with Rarebit \d+\.\d+\.\d+, build [0-9a-f]{64}$/)
    expect(seen.policy).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect([page.troubles, report.troubles]).toEqual([[], []])
  })
})
