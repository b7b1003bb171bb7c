/**
 * The extension beside a fake Kibana, in one browser: the grant given as an analyst gives it, a Kibana tab, and the real side panel
 * of that tab, opened by a press of the toolbar button.
 *
 * The browser lists a side panel as a page only to who connects to its debugger after the panel has opened, so every panel has
 * a connection of its own. A panel whose tab is not in front is hidden and does not draw: bring the tab to the front first.
 */
import { type Browser, type CDPSession, chromium, type Page } from 'playwright'
import type { FakeKibana } from '../kibana/server.ts'
import { type LaunchedExtension, type LaunchOptions, launchExtension, watchPage } from './extension.ts'

/** The extension in a browser whose side panel can be reached and where a grant needs no prompt. */
export async function launchBeside(options: LaunchOptions = {}): Promise<LaunchedExtension> {
  const extension = await launchExtension({ ...options, sidePanel: true })
  await allowLoopback(extension)
  return extension
}

/** Makes the browser's own prompt unnecessary for loopback: a click on the panel's button is then answered at once. */
async function allowLoopback(extension: LaunchedExtension): Promise<void> {
  const page = await extension.context.newPage()
  await page.goto('chrome://extensions')
  await page.evaluate(
    (id) =>
      new Promise<void>((done) => {
        const { developerPrivate } = chrome as unknown as {
          developerPrivate: {
            addHostPermission(id: string, host: string, done: () => void): void
            updateProfileConfiguration(change: { inDeveloperMode: boolean }): void
          }
        }
        // Without it the browser turns an unpacked extension off that is loaded again (reloadExtension).
        developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })
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
  close(): Promise<void>
}

/** Opens a Kibana tab at `path` and its panel. */
export async function openBeside(
  extension: LaunchedExtension,
  server: Pick<FakeKibana, 'url'>,
  path: string,
  size?: { width: number; height: number }
): Promise<Beside> {
  const kibana = await extension.context.newPage()
  await kibana.goto(server.url + path)
  const panel = await openPanel(extension, kibana, size)
  return {
    kibana,
    panel,
    tabId: Number(new URL(panel.url()).searchParams.get('tab')),
    troubles: watchPage(panel),
    close: async () => {
      await closePanel(panel)
      await kibana.close()
    }
  }
}

/** Presses the toolbar button on the tab and answers the panel that opens beside it. */
export async function openPanel(
  extension: LaunchedExtension,
  tab: Page,
  size?: { width: number; height: number }
): Promise<Page> {
  await tab.bringToFront()
  const session = await extension.context.browser()!.newBrowserCDPSession()
  const known = new Set((await panelTargets(session)).map(({ targetId }) => targetId))
  let opened: TargetInfo | undefined
  for (let tries = 0; !opened && tries < 200; tries++) {
    // Once a second: a press finds nobody while an extension that was just loaded has not run its first line.
    if (tries % 40 === 0) await pressButton(session, extension.id, tab)
    opened = (await panelTargets(session)).find(({ targetId }) => !known.has(targetId))
    if (!opened) await new Promise((soon) => setTimeout(soon, 25))
  }
  await session.detach()
  if (!opened) throw new Error('the side panel did not open')
  const panel = await pageOf(extension, opened.url)
  if (size) await panel.setViewportSize(size)
  await panel.locator('[data-pane=alert]').waitFor()
  return panel
}

const connections = new WeakMap<Page, Browser>()

/** Closes a panel as its own cross does: its page ends. */
export async function closePanel(panel: Page): Promise<void> {
  const closed = panel.waitForEvent('close')
  await panel.evaluate(() => setTimeout(() => window.close()))
  await closed
  await connections.get(panel)?.close()
}

interface TargetInfo {
  targetId: string
  type: string
  url: string
}

async function targetsOf(session: CDPSession): Promise<TargetInfo[]> {
  return (await session.send('Target.getTargets', { filter: [{}] })).targetInfos
}

const panelTargets = async (session: CDPSession) =>
  (await targetsOf(session)).filter(({ type, url }) => type === 'page' && url.includes('/extension/sidepanel/index.html?'))

/** The press itself: the browser runs the extension's action for the tab in front, as a user's gesture. */
async function pressButton(session: CDPSession, id: string, tab: Page): Promise<void> {
  const target = (await targetsOf(session)).find(({ type, url }) => type === 'tab' && url === tab.url())
  const send = session.send.bind(session) as unknown as (method: string, parameters: object) => Promise<unknown>
  await send('Extensions.triggerAction', { id, targetId: target!.targetId })
}

async function pageOf(extension: LaunchedExtension, url: string): Promise<Page> {
  for (let tries = 0; tries < 20; tries++) {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${extension.debugPort}`)
    const panel = browser
      .contexts()
      .flatMap((context) => context.pages())
      .find((page) => page.url() === url)
    if (panel) {
      connections.set(panel, browser)
      return panel
    }
    await browser.close()
  }
  throw new Error('the side panel is open but cannot be reached')
}

/** Waits until the panel listens; presses its grant button, where it asks. */
export async function grant(panel: Page): Promise<void> {
  const listening = panel.getByText(/^Listening to/)
  const button = panel.locator('[data-pane=alert] button.first').first()
  await listening.or(button).first().waitFor()
  if (await button.isVisible()) await button.click()
  await listening.waitFor()
}

const workerTargets = async (session: CDPSession, { id }: LaunchedExtension) =>
  (await targetsOf(session)).filter(({ type, url }) => type === 'service_worker' && url.includes(id))

/** Ends the service worker, as the browser does when it has had nothing to do for half a minute. */
export async function endServiceWorker(extension: LaunchedExtension): Promise<void> {
  const session = await extension.context.browser()!.newBrowserCDPSession()
  for (const { targetId } of await workerTargets(session, extension)) await session.send('Target.closeTarget', { targetId })
  for (let tries = 0; (await workerTargets(session, extension)).length > 0; tries++) {
    if (tries === 200) throw new Error('the service worker did not end')
    await new Promise((soon) => setTimeout(soon, 25))
  }
  await session.detach()
}

/**
 * Loads the extension again from its folder, as the browser does with an update: its pages close, its content scripts are left
 * behind in the pages that are open, and registered scripts are forgotten. Answers when the new service worker runs.
 */
export async function reloadExtension(extension: LaunchedExtension, panel: Page): Promise<void> {
  const session = await extension.context.browser()!.newBrowserCDPSession()
  const before = new Set((await workerTargets(session, extension)).map(({ targetId }) => targetId))
  const closed = panel.waitForEvent('close')
  await panel.evaluate(() => setTimeout(() => chrome.runtime.reload()))
  await closed
  await connections.get(panel)?.close()
  for (let tries = 0; !(await workerTargets(session, extension)).some(({ targetId }) => !before.has(targetId)); tries++) {
    if (tries === 200) throw new Error('the extension did not come back')
    await new Promise((soon) => setTimeout(soon, 25))
  }
  await session.detach()
}
