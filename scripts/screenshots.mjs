/** Pictures of the built extension for the README: `node scripts/screenshots.mjs`, after `npm run build`. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright'

const folder = resolve(process.env.RAREBIT_DIST ?? 'dist')
const profile = await mkdtemp(join(tmpdir(), 'rarebit-pictures-'))
await mkdir('docs/images', { recursive: true })
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.RAREBIT_CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: [`--disable-extensions-except=${folder}`, `--load-extension=${folder}`]
})
const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
const id = new URL(worker.url()).host

/** Some 700 MB of one invented event, made of a few Blobs: enough that a picture can be taken while it is read. */
function dropLongFile(page) {
  return page.evaluate(() => {
    const event = {
      '@timestamp': '2026-03-02T10:00:00Z',
      event: { action: 'exec', type: 'start' },
      host: { name: 'web-03', os: { type: 'linux' } },
      process: {
        name: 'df',
        command_line: '/usr/bin/df -P /var/www',
        working_directory: '/srv',
        parent: { name: 'zabbix_agentd' }
      }
    }
    const block = new Blob([`${JSON.stringify(event)}\n`.repeat(20_000)])
    const transfer = new DataTransfer()
    transfer.items.add(
      new File(
        Array.from({ length: 140 }, () => block),
        'web-03.ndjson'
      )
    )
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
  })
}

for (const colorScheme of ['light', 'dark']) {
  for (const [name, width, height] of [
    ['analyzer', 1280, 720],
    ['sidepanel', 360, 640]
  ]) {
    const page = await context.newPage()
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height })
    await page.goto(`chrome-extension://${id}/extension/${name}/index.html`)
    const shoot = (screen) => page.screenshot({ path: `docs/images/${screen}-${width}-${colorScheme}.png` })
    await page.locator('[data-sample=web-shell]').waitFor()
    await shoot('empty')
    await dropLongFile(page)
    await page.getByText(/^[1-9]\d? %$/).waitFor()
    await shoot('progress')
    await page.keyboard.press('Escape')
    await page.getByRole('progressbar').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Start over' }).click()
    await page.getByRole('button', { name: 'Put this line away' }).click()
    await page.locator('[data-sample=web-shell]').click()
    await page.locator('[data-finding] .bar:not(.pending)').first().waitFor()
    await page.mouse.move(0, 0)
    await shoot('findings')
    await page.locator('[data-finding]').first().click()
    await page.locator('[data-pane=finding] svg[role=img]').waitFor()
    // The number of checks arrives last.
    await page.locator('[data-pane=finding] nav button:nth-child(2)').getByText(/\d/).waitFor()
    await page.mouse.move(0, 0)
    await shoot('detail')
    await page.close()
  }
}
await context.close()
await rm(profile, { recursive: true, force: true })
