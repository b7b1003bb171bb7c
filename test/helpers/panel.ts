/**
 * The extension beside a fake Kibana, in one browser: the grant given as an analyst gives it, a Kibana tab, and the panel of that
 * tab. The panel is opened as a page of its own with the address that the service worker would give it; one test opens the real
 * one (see kibana-panel.test.ts).
 */
import type { Page } from 'playwright'
import type { FakeKibana } from '../kibana/server.ts'
import { type LaunchedExtension, watchPage } from './extension.ts'

/** Makes the browser's own prompt unnecessary for loopback: a click on the panel's button is then answered at once. */
export async function allowLoopback(extension: LaunchedExtension): Promise<void> {
  const page = await extension.context.newPage()
  await page.goto('chrome://extensions')
  await page.evaluate(
    (id) =>
      new Promise<void>((done) => {
        const { developerPrivate } = chrome as unknown as {
          developerPrivate: { addHostPermission(id: string, host: string, done: () => void): void }
        }
        developerPrivate.addHostPermission(id, 'http://127.0.0.1/*', done)
      }),
    extension.id
  )
  await page.close()
}

export interface Beside {
  kibana: Page
  panel: Page
  tabId: number
  troubles: string[]
}

/** Opens a Kibana tab at `path` and its panel; `grant` presses the panel's button when it asks. */
export async function openBeside(
  extension: LaunchedExtension,
  server: FakeKibana,
  path: string,
  size = { width: 360, height: 800 }
): Promise<Beside> {
  const kibana = await extension.context.newPage()
  await kibana.goto(server.url + path)
  const [worker] = extension.context.serviceWorkers()
  // Before the grant the extension does not see addresses: the newest tab is the one just opened.
  const tabId = await worker!.evaluate(async () => Math.max(...(await chrome.tabs.query({})).map(({ id }) => id ?? 0)))
  const panel = await openPanel(extension, tabId, server.url + path, size)
  return { kibana, panel, tabId, troubles: watchPage(panel) }
}

export async function openPanel(
  extension: LaunchedExtension,
  tabId: number,
  url: string,
  size = { width: 360, height: 800 }
): Promise<Page> {
  const panel = await extension.context.newPage()
  await panel.setViewportSize(size)
  await panel.goto(
    `chrome-extension://${extension.id}/extension/sidepanel/index.html?${new URLSearchParams({ tab: String(tabId), url })}`
  )
  await panel.locator('[data-pane=alert]').waitFor()
  return panel
}

/** Waits until the panel listens; presses its grant button, where it asks. */
export async function grant(panel: Page): Promise<void> {
  const listening = panel.getByText(/^Listening to/)
  const button = panel.locator('[data-pane=alert] button.first').first()
  await listening.or(button).first().waitFor()
  if (await button.isVisible()) await button.click()
  await listening.waitFor()
}
