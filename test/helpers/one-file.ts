/**
 * The one-file page opened from the disk, in Chromium (Playwright) or Firefox (Puppeteer, which speaks WebDriver BiDi to it), behind
 * the few things the tests need of both; and changed copies of the page whose policy fits the change.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright'
import puppeteer from 'puppeteer-core'
import { findChromium, findFirefox } from './browser.ts'

export type BrowserName = 'Chromium' | 'Firefox'

/** A page of either browser. */
export interface OnePage {
  evaluate<Result, Argument>(work: (argument: Argument) => Result | Promise<Result>, argument: Argument): Promise<Result>
  click(selector: string): Promise<void>
  upload(selector: string, file: string): Promise<void>
  /** Presses a letter with Control held. */
  control(letter: string): Promise<void>
  /** Scripts that failed, and refusals of the policy. */
  troubles: string[]
  close(): Promise<void>
}

export interface OneFileBrowser {
  open(file?: string): Promise<OnePage>
  close(): Promise<void>
}

/** Path of the built page. */
export function oneFile(): string {
  const file = join(resolve(process.env['RAREBIT_DIST'] ?? 'dist'), 'rarebit.html')
  if (!existsSync(file)) throw new Error(`${file} is not built: run \`npm run build\` first`)
  return file
}

/** Starts a browser with a fresh profile. */
export function launchOneFile(name: BrowserName): Promise<OneFileBrowser> {
  return name === 'Chromium' ? launchChromium() : launchFirefox()
}

async function launchChromium(): Promise<OneFileBrowser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium found: install it (apt-get install chromium) or set RAREBIT_CHROMIUM')
  const browser = await chromium.launch({ executablePath, headless: true })
  return {
    async open(file = oneFile()) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 860 } })
      const troubles: string[] = []
      page.on('pageerror', (error) => troubles.push(error.message))
      page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
      await page.goto(pathToFileURL(file).href)
      await page.locator('main').waitFor()
      return {
        evaluate: (work, argument) => page.evaluate(work as never, argument as never),
        click: (selector) => page.locator(selector).first().click(),
        upload: (selector, path) => page.locator(selector).setInputFiles(path),
        control: (letter) => page.keyboard.press(`Control+${letter}`),
        troubles,
        close: () => page.close()
      }
    },
    close: () => browser.close()
  }
}

async function launchFirefox(): Promise<OneFileBrowser> {
  const executablePath = findFirefox()
  if (!executablePath) throw new Error('no Firefox found: install it (apt-get install firefox-esr) or set RAREBIT_FIREFOX')
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true })
  return {
    async open(file = oneFile()) {
      const page = await browser.newPage()
      await page.setViewport({ width: 1280, height: 860 })
      const troubles: string[] = []
      page.on('pageerror', (error) => troubles.push(error instanceof Error ? error.message : String(error)))
      await page.goto(pathToFileURL(file).href)
      await page.waitForSelector('main')
      return {
        evaluate: (work, argument) => page.evaluate(work as never, argument as never) as never,
        click: async (selector) => {
          await page.waitForSelector(selector, { visible: true })
          await page.click(selector)
        },
        upload: async (selector, path) => {
          const input = await page.waitForSelector(selector)
          await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(path)
        },
        control: async (letter) => {
          await page.keyboard.down('Control')
          await page.keyboard.press(letter as 'a')
          await page.keyboard.up('Control')
        },
        troubles,
        close: () => page.close()
      }
    },
    close: () => browser.close()
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
