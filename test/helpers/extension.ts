/**
 * The built extension in a real Chromium: a fresh profile each time, gone afterwards, and a loopback server that counts
 * whatever reaches it.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright'
import { findChromium } from './browser.ts'

export interface LaunchedExtension {
  context: BrowserContext
  id: string
  /** Port of the browser's debugger; null unless the real side panel was asked for. */
  debugPort: number | null
  /** Opens a page of the extension. */
  open(page: 'analyzer' | 'sidepanel', size?: { width: number; height: number }): Promise<Page>
  close(): Promise<void>
}

export interface LaunchOptions {
  folder?: string
  colorScheme?: 'light' | 'dark'
  timezoneId?: string
  /** What the browser says it prefers; British English unless told. */
  locale?: string
  /** Further switches, such as a resolver that sends every host to the counting server. */
  args?: string[]
  headless?: boolean
  /** Lets a test press the toolbar button and reach the real side panel (panel.ts). */
  sidePanel?: boolean
}

/** Launches Chromium with the extension in `folder` (default dist/). */
export async function launchExtension(options: LaunchOptions = {}): Promise<LaunchedExtension> {
  const folder = resolve(options.folder ?? process.env['RAREBIT_DIST'] ?? 'dist')
  if (!existsSync(join(folder, 'manifest.json'))) throw new Error(`${folder} holds no extension: run \`npm run build\` first`)
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium found: install it (apt-get install chromium) or set RAREBIT_CHROMIUM')
  const profile = await mkdtemp(join(tmpdir(), 'rarebit-e2e-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: options.headless ?? true,
    colorScheme: options.colorScheme ?? 'light',
    timezoneId: options.timezoneId ?? 'UTC',
    locale: options.locale ?? 'en-GB',
    acceptDownloads: true,
    args: [
      `--disable-extensions-except=${folder}`,
      `--load-extension=${folder}`,
      // The browser's own traffic is not what is tested.
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...(options.sidePanel ? ['--remote-debugging-port=0', '--enable-unsafe-extension-debugging'] : []),
      ...(options.args ?? [])
    ]
  })
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  const id = new URL(worker.url()).host
  await closeWelcome(context)
  return {
    context,
    id,
    // The browser writes it as the first line of this file.
    debugPort: options.sidePanel ? parseInt(await readFile(join(profile, 'DevToolsActivePort'), 'utf8')) : null,
    async open(name, size = { width: 1280, height: 860 }) {
      const page = await context.newPage()
      await page.setViewportSize(size)
      await page.goto(`chrome-extension://${id}/extension/${name}/index.html`)
      await page.locator('main').waitFor()
      return page
    },
    async close() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    }
  }
}

/**
 * The welcome page comes to the front by itself. A page behind it draws once a second, so every click on one would wait two
 * seconds for it to stand still, and the toolbar button would speak of the wrong tab.
 */
async function closeWelcome(context: BrowserContext): Promise<void> {
  // Asked again and again: the page is there before its address is.
  for (let tries = 0; tries < 800; tries++) {
    const welcome = context.pages().find((page) => page.url().endsWith('/onboarding/index.html'))
    if (welcome) return welcome.close()
    await new Promise((soon) => setTimeout(soon, 25))
  }
  throw new Error('the welcome page did not come')
}

/** A server on loopback that answers everything and counts requests. */
export async function countingServer(): Promise<{ port: number; hits: string[]; close(): Promise<void> }> {
  const hits: string[] = []
  const server = createServer((request, response) => {
    hits.push(`${request.method} ${request.headers.host ?? ''}${request.url ?? ''}`)
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('seen')
  })
  await new Promise<void>((resolveListening) => server.listen(0, '127.0.0.1', resolveListening))
  return {
    port: (server.address() as AddressInfo).port,
    hits,
    close: () => new Promise((resolveClosed) => server.close(() => resolveClosed()))
  }
}

/** What went wrong on a page: errors, policy violations, console errors. */
export function watchPage(page: Page): string[] {
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(`pageerror: ${error.message}`))
  page.on('console', (message) => message.type() === 'error' && troubles.push(`console: ${message.text()}`))
  return troubles
}
