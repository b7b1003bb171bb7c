/**
 * The one-file page opened from the disk, in Chromium or Firefox (Puppeteer speaks to both), behind the few things the tests
 * need of them; and changed copies of the page whose policy fits the change.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import puppeteer, { type Page } from 'puppeteer-core'
import { findChromium, findFirefox } from './browser.ts'

export type BrowserName = 'Chromium' | 'Firefox'

/** A page of either browser. */
export interface OnePage {
  evaluate<Result, Argument>(work: (argument: Argument) => Result | Promise<Result>, argument: Argument): Promise<Result>
  click(selector: string): Promise<void>
  upload(selector: string, file: string): Promise<void>
  /** Presses a letter with Control held. */
  control(letter: string): Promise<void>
  press(key: string): Promise<void>
  type(text: string): Promise<void>
  /** Scripts that failed, and refusals of the policy. */
  troubles: string[]
  close(): Promise<void>
}

export interface OneFileBrowser {
  open(file?: string): Promise<OnePage>
  close(): Promise<void>
  /** Ends the browser's process as a power cut would. */
  kill(): Promise<void>
}

export interface OneFileOptions {
  /** Folder of the profile; a fresh one when absent. */
  profile?: string
  /** Where downloads go, without a question; what is stored is then forgotten with the browser. */
  downloads?: string
}

/** Path of the built page. */
export function oneFile(): string {
  const file = join(resolve(process.env['RAREBIT_DIST'] ?? 'dist'), 'rarebit.html')
  if (!existsSync(file)) throw new Error(`${file} is not built: run \`npm run build\` first`)
  return file
}

const FIND: Record<BrowserName, { find(): string | null; install: string }> = {
  Chromium: { find: findChromium, install: 'apt-get install chromium, or set RAREBIT_CHROMIUM' },
  Firefox: { find: findFirefox, install: 'apt-get install firefox-esr, or set RAREBIT_FIREFOX' }
}

/** Preferences with which Firefox saves without a question. */
const savingInto = (folder: string) => ({
  'browser.download.folderList': 2,
  'browser.download.dir': folder,
  'browser.download.useDownloadDir': true,
  'browser.download.always_ask_before_handling_new_types': false
})

/** Starts a browser. */
export async function launchOneFile(name: BrowserName, { profile, downloads }: OneFileOptions = {}): Promise<OneFileBrowser> {
  const executablePath = FIND[name].find()
  if (!executablePath) throw new Error(`no ${name} found: ${FIND[name].install}`)
  const browser = await puppeteer.launch({
    browser: name === 'Chromium' ? 'chrome' : 'firefox',
    executablePath,
    headless: true,
    ...(profile && { userDataDir: profile }),
    ...(name === 'Chromium' && { args: ['--no-sandbox'] }),
    ...(name === 'Firefox' && downloads && { extraPrefsFirefox: savingInto(downloads) })
  })
  // Each takes the folder of downloads in a way that does nothing in the other; a context has no profile on disk.
  const context =
    name === 'Chromium' && downloads
      ? await browser.createBrowserContext({ downloadBehavior: { policy: 'allow', downloadPath: downloads } })
      : browser
  return {
    async open(file = oneFile()) {
      const page = await context.newPage()
      await page.setViewport({ width: 1280, height: 860 })
      const troubles: string[] = []
      page.on('pageerror', (error) => troubles.push(error instanceof Error ? error.message : String(error)))
      page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
      await page.goto(pathToFileURL(file).href)
      await page.waitForSelector('main')
      return onePage(page, troubles)
    },
    close: () => browser.close(),
    async kill() {
      const process = browser.process()!
      const ended = new Promise((done) => process.once('exit', done))
      process.kill('SIGKILL')
      await ended
    }
  }
}

function onePage(page: Page, troubles: string[]): OnePage {
  return {
    evaluate: (work, argument) => page.evaluate(work as never, argument as never) as never,
    async click(selector) {
      await page.waitForSelector(selector, { visible: true })
      await page.click(selector)
    },
    async upload(selector, path) {
      const input = await page.waitForSelector(selector)
      await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(path)
    },
    async control(letter) {
      await page.keyboard.down('Control')
      await page.keyboard.press(letter as 'a')
      await page.keyboard.up('Control')
    },
    press: (key) => page.keyboard.press(key as 'a'),
    type: (text) => page.keyboard.type(text),
    troubles,
    close: () => page.close()
  }
}

/** A copy of the page with its scripts or policy changed, and the policy's hashes renewed, so that what was planted runs. */
export function changedCopy(change: {
  script?: (code: string, index: number) => string
  policy?: (policy: string) => string
}): string {
  let index = 0
  const hashes: string[] = []
  const html = readFileSync(oneFile(), 'utf8').replaceAll(/<script>([\s\S]*?)<\/script>/g, (_, code: string) => {
    const text = change.script?.(code, index++) ?? code
    hashes.push(`'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    return `<script>${text}</script>`
  })
  return html.replace(/(http-equiv="Content-Security-Policy" content=")([^"]+)"/, (_, head: string, policy: string) => {
    const renewed = policy.replace(/script-src .*? 'wasm/, `script-src ${hashes.join(' ')} 'wasm`)
    return `${head}${change.policy?.(renewed) ?? renewed}"`
  })
}
