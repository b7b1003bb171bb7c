/** Pictures of the built extension for the README: `node scripts/screenshots.mjs`, after `npm run build`. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright'

const folder = resolve('dist')
const profile = await mkdtemp(join(tmpdir(), 'rarebit-pictures-'))
await mkdir('docs/images', { recursive: true })
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.RAREBIT_CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: [`--disable-extensions-except=${folder}`, `--load-extension=${folder}`]
})
const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
const id = new URL(worker.url()).host

for (const colorScheme of ['light', 'dark']) {
  for (const [name, width, height] of [
    ['analyzer', 1280, 860],
    ['sidepanel', 360, 640]
  ]) {
    const page = await context.newPage()
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height })
    await page.goto(`chrome-extension://${id}/extension/${name}/index.html`)
    const shoot = (screen) => page.screenshot({ path: `docs/images/${screen}-${width}-${colorScheme}.png` })
    await page.locator('[data-sample=web-shell]').waitFor()
    await shoot('empty')
    await page.locator('[data-sample=web-shell]').click()
    await page.locator('[data-finding] .bar:not(.pending)').first().waitFor()
    await shoot('findings')
    await page.locator('[data-finding]').first().click()
    await page.locator('[data-pane=finding] svg[role=img]').waitFor()
    await shoot('detail')
    await page.close()
  }
}
await context.close()
await rm(profile, { recursive: true, force: true })
