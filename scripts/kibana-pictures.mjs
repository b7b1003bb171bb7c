/**
 * Pictures of the side panel beside the fake Kibana for the README: `node scripts/kibana-pictures.mjs`, after `npm run build`.
 *
 * A headless browser draws page and side panel apart, so each is taken by itself and the two are put side by side.
 */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { buildTerminalWhenStale } from './build-when-stale.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
const PAGE = { width: 900, height: 860 }
/** The line that a browser draws between the two. */
const SEAM = 1
const PANEL = { width: 380, height: PAGE.height }
const load = async (path) => (await runnerImport(path, { root, configFile: false, logLevel: 'error' })).module

await buildTerminalWhenStale()
const { startFakeKibana } = await load('./test/kibana/server.ts')
const { GOLDEN_ALERT } = await load('./test/kibana/scenario.ts')
const { grant, launchBeside, openBeside } = await load('./test/helpers/panel.ts')

/** The page was heard from its start, the alert is open in it, its events were loaded by Discover, and the panel has counted. */
async function openAlert({ kibana, panel }) {
  await grant(panel)
  await panel.getByRole('button', { name: 'Reload the page' }).click()
  await panel.getByText('0 events and 6 alerts loaded').waitFor()
  await kibana.locator('nav a', { hasText: 'Discover' }).click()
  await kibana.locator('main p', { hasText: 'documents' }).waitFor()
  await kibana.locator('nav a', { hasText: 'Alerts' }).click()
  await kibana.locator(`tr[data-alert="${GOLDEN_ALERT.id}"]`).click()
  await kibana.locator('aside td').first().waitFor()
  await panel.locator('[data-alert-card]').getByText('1 of fewer than 5').waitFor()
  await panel
    .locator('[data-live-finding]')
    .getByText(/of \d+ loaded events/)
    .waitFor()
}

async function sideBySide(context, pictures, path) {
  const page = await context.newPage()
  await page.setViewportSize({ width: PAGE.width + SEAM + PANEL.width, height: PAGE.height })
  const images = pictures.map((png) => `<img src="data:image/png;base64,${png.toString('base64')}">`)
  await page.setContent(`<body style="margin: 0; display: flex; gap: ${SEAM}px; background: gray">${images.join('')}</body>`)
  await page.screenshot({ path })
  await page.close()
}

const server = await startFakeKibana()
const extension = await launchBeside()
for (const colorScheme of ['light', 'dark']) {
  const beside = await openBeside(extension, server, '/app/security/alerts', PANEL)
  const { kibana, panel } = beside
  await kibana.setViewportSize(PAGE)
  await openAlert(beside)
  // Only now: a page that is loaded again forgets it.
  for (const page of [kibana, panel]) await page.emulateMedia({ colorScheme })
  await kibana.mouse.move(0, 0)
  const pictures = [await kibana.screenshot(), await panel.screenshot()]
  await sideBySide(extension.context, pictures, `docs/images/kibana-${colorScheme}.png`)
  await beside.close()
}
await extension.close()
await server.close()
