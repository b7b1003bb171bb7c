/**
 * `npm start [-- FILE...]`: on a fresh machine to findings in one command. Installs, builds, and opens the analyzer in a
 * Chromium with the extension loaded, with a sample or the given files analysed. Where there is no display or no Chromium,
 * the findings are printed here, and how to load the extension by hand is said.
 *
 * `--headless` opens the page without a window, says how many findings it shows, and ends: for machines without a display.
 */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CHROMIUM_HELP, findChromium, installPackages, run } from './prepare.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const SAMPLE = { id: 'web-shell', file: 'ui/samples/web-shell.ndjson' }

/** A message for the person; anything else that is thrown is a fault of ours. */
class Stop extends Error {}

async function main(args) {
  const headless = args.includes('--headless')
  const files = args.filter((arg) => arg !== '--headless').map((file) => resolve(file))
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19))
    throw new Stop(`Node ${process.versions.node} is too old: 20.19 or later is needed.`)
  for (const file of files) if (!existsSync(file) || statSync(file).isDirectory()) throw new Stop(`${file} is not a file.`)
  if (!(await installPackages())) throw new Stop('Packages could not be installed: npm says why above.')
  await build()
  const chromium = findChromium()
  const reason = chromium ? (headless || hasDisplay() ? null : 'There is no display here') : 'No Chromium was found'
  if (reason === null) return openAnalyzer(chromium, files, headless)
  return printFindings(reason, files)
}

async function build() {
  const { buildExtensionWhenStale, buildTerminalWhenStale } = await import('./build-when-stale.mjs')
  console.log('Building')
  await buildExtensionWhenStale()
  await buildTerminalWhenStale()
}

function hasDisplay() {
  return (
    process.platform === 'darwin' || process.platform === 'win32' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  )
}

async function openAnalyzer(executablePath, files, headless) {
  const { chromium } = await import('playwright')
  const extension = join(root, 'dist')
  const profile = mkdtempSync(join(tmpdir(), 'rarebit-profile-'))
  const context = await chromium
    .launchPersistentContext(profile, {
      executablePath,
      headless,
      viewport: headless ? { width: 1280, height: 860 } : null,
      args: [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`]
    })
    .catch((error) => {
      throw new Stop(`${executablePath} could not be started: ${String(error.message).split('\n')[0]}\n${CHROMIUM_HELP}`)
    })
  const closed = new Promise((done) => context.once('close', done))
  try {
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
    const page = context.pages()[0] ?? (await context.newPage())
    await page.goto(`chrome-extension://${new URL(worker.url()).host}/extension/analyzer/index.html`)
    await page.locator('main').waitFor()
    if (files.length > 0) await page.locator('input[type=file]').first().setInputFiles(files)
    else await page.locator(`[data-sample=${SAMPLE.id}]`).click()
    console.log(
      files.length > 0
        ? `Analysing ${files.length === 1 ? files[0] : `${files.length} files`}`
        : 'Analysing a synthetic sample; drop a log of your own on the page'
    )
    if (headless) {
      await page.locator('[data-finding]').first().waitFor()
      console.log(`The page shows ${await page.locator('[data-finding]').count()} findings.`)
    } else {
      console.log('Close the browser window to end.')
      await closed
    }
  } finally {
    await context.close().catch(() => {})
    rmSync(profile, { recursive: true, force: true })
  }
}

async function printFindings(reason, files) {
  const inputs = files.length > 0 ? files : [join(root, SAMPLE.file)]
  console.log(`\n${reason}, so the findings of ${files.length > 0 ? 'your files' : 'a synthetic sample'} are printed here.\n`)
  const status = await run(process.execPath, [join(root, 'dist-terminal/rarebit.js'), 'hunt', ...inputs])
  console.log(`
To see them in a browser with their events, reasons and steps, load the unpacked extension:
  1. Open chrome://extensions in Chrome, Chromium or Edge (123 or later) and switch on developer mode.
  2. Choose "Load unpacked" and take the folder ${join(root, 'dist')}
  3. Click Rarebit in the toolbar and drop a log file on the panel, or open the analyzer from there.
In the terminal: node dist-terminal/rarebit.js hunt FILE...   (--help lists the rest)`)
  process.exitCode = status
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Stop ? error.message : `Something of ours failed: ${error?.message ?? error}`)
  if (!(error instanceof Stop) && process.env.DEBUG) console.error(error)
  process.exitCode = 1
}
