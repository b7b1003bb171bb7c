/**
 * Nothing leaves: every host name is sent to a counting server on loopback, the whole way through the app is walked, and
 * the server must have seen nothing. Then the manifest's promises, and the real side panel.
 */
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countingServer, launchExtension, type LaunchedExtension } from '../helpers/extension.ts'
import { closePanel, launchBeside, openPanel } from '../helpers/panel.ts'

let extension: LaunchedExtension
let server: Awaited<ReturnType<typeof countingServer>>
const requests: string[] = []

beforeAll(async () => {
  server = await countingServer()
  extension = await launchExtension({ args: [`--host-resolver-rules=MAP * 127.0.0.1:${server.port}`] })
  extension.context.on('request', (request) => requests.push(request.url()))
})
afterAll(async () => {
  await extension?.close()
  await server?.close()
})

const foreign = () =>
  requests.filter((url) => !url.startsWith(`chrome-extension://${extension.id}/`) && !url.startsWith('blob:chrome-extension://'))

/** Hits but for Chromium's own update check, which some builds make whatever the flags say; pages cannot make it. */
const hits = () => server.hits.filter((hit) => !hit.startsWith('POST update.googleapis.com/service/update2/'))

test('the counting server counts: a plain page reaches it', async () => {
  const page = await extension.context.newPage()
  await page.goto('http://anything.example/here')
  expect(server.hits.some((hit) => hit.includes('/here'))).toBe(true)
  await page.close()
  server.hits.length = 0
  requests.length = 0
})

test('a whole investigation makes no request', async () => {
  const page = await extension.open('analyzer')
  await page.locator('[data-sample=web-shell]').click()
  await page.locator('[data-finding] .bar:not(.pending)').first().waitFor()
  for (const row of await page.locator('[data-finding]').all()) await row.click()
  await page.keyboard.press('s')
  await page.locator('[data-event]').first().waitFor()
  await page.keyboard.press('g')
  const step = page.locator('[data-step]', { has: page.locator('[data-run]') }).first()
  // The first step to take stands open already.
  if ((await step.getAttribute('open')) === null) await step.locator('summary').first().click()
  await step.locator('[data-run]').click()
  await step.locator('[role=status]').first().waitFor()
  await page.keyboard.press('n')
  await page.locator('[data-near]').click()
  await page.locator('[data-near-group]').first().waitFor()
  for (const format of ['json', 'csv', 'markdown']) {
    await page.locator('[data-export]').click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator(`[data-export-format=${format}]`).click()])
    await download.path()
  }
  await page.keyboard.press('q')
  await page.locator('[data-run-query]').click()
  await page.locator('[data-pane=query] [data-row="0"] bdi').first().waitFor()
  expect(hits()).toEqual([])
  expect(foreign()).toEqual([])
  await page.close()
})

test('the policy refuses a connection even where code would try', async () => {
  const page = await extension.open('analyzer')
  // An image is the one element the page may make from a URL; the policy allows it only from the package.
  const refused = await page.evaluate(
    () =>
      new Promise<string>((answer) => {
        document.addEventListener('securitypolicyviolation', (violation) => answer(violation.effectiveDirective))
        const image = document.createElement('img')
        image.src = 'http://anything.example/pixel.png'
        document.body.append(image)
      })
  )
  expect(refused).toBe('img-src')
  expect(await page.evaluate(() => [typeof fetch, typeof WebSocket, typeof RTCPeerConnection, typeof XMLHttpRequest])).toEqual([
    'undefined',
    'undefined',
    'undefined',
    'undefined'
  ])
  expect(hits()).toEqual([])
  await page.close()
})

test('the manifest asks for no page: an origin is granted later, one at a time', async () => {
  const folder = resolve(process.env['RAREBIT_DIST'] ?? 'dist')
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  expect(manifest).toMatchObject({
    manifest_version: 3,
    minimum_chrome_version: '123',
    permissions: ['sidePanel', 'scripting', 'storage', 'activeTab'],
    optional_host_permissions: ['https://*/*', 'http://*/*']
  })
  for (const absent of [
    'host_permissions',
    'content_scripts',
    'side_panel',
    'web_accessible_resources',
    'externally_connectable'
  ])
    expect(manifest).not.toHaveProperty(absent)
  expect(manifest.content_security_policy.extension_pages).toBe(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; worker-src 'self'; " +
      "connect-src 'none'; frame-src 'none'; form-action 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; " +
      "require-trusted-types-for 'script'; trusted-types svelte-trusted-html rarebit-worker"
  )
})

test('the real side panel shows the app and opens a full tab', async () => {
  const own = await launchBeside()
  try {
    const panel = await openPanel(own, await own.open('analyzer'))
    await panel.getByText('This tab shows no web page').waitFor()
    await panel.getByRole('button', { name: 'Findings' }).click()
    await panel.locator('[data-sample=web-shell]').click()
    await panel.locator('[data-finding]').first().waitFor()
    expect(await panel.locator('[data-finding]').count()).toBe(7)
    const before = own.context.pages().length
    await panel.getByRole('button', { name: 'Open in full tab' }).click()
    await expect.poll(() => own.context.pages().length, { timeout: 10_000 }).toBe(before + 1)
    await closePanel(panel)
  } finally {
    await own.close()
  }
})
