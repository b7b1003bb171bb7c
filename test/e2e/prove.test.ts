/**
 * Nothing leaves, and the view that shows it says what the counter says: every channel from every host against a server on loopback
 * that counts requests and connections. Then with the seal taken away, and with a policy that lets everything through: the counter
 * is reached, the view says so, and the gate finds what was planted.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium, type Page } from 'playwright'
import { pathToFileURL } from 'node:url'
import { runnerImport } from 'vite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CHANNELS } from '../../ui/prove/channels.ts'
import { violations } from '../helpers/axe.ts'
import { findChromium } from '../helpers/browser.ts'
import { startCounter, type Counter } from '../helpers/counter.ts'
import { launchExtension, type LaunchedExtension } from '../helpers/extension.ts'
import { changedCopy, launchOneFile, oneFile } from '../helpers/one-file.ts'
import { launchBeside, openBeside } from '../helpers/panel.ts'
import { startFakeKibana } from '../kibana/server.ts'

const { module: gate } = await runnerImport<{
  gateFindings(texts: Map<string, string>): string[]
  unusedAllowances(texts: Map<string, string>): string[]
}>('./scripts/release/bundle-gate.mjs')
const { module: bundles } = await runnerImport<{ bundleTexts(folder: string): Map<string, string> }>(
  './scripts/release/bundle-texts.mjs'
)

const DIST = resolve(process.env['RAREBIT_DIST'] ?? 'dist')
const IN_WORKER = CHANNELS.filter(({ worker }) => worker).map(({ id }) => id)
const IN_PAGE = CHANNELS.map(({ id }) => id)

let counter: Counter
let folder: string
beforeAll(async () => {
  counter = await startCounter()
  folder = mkdtempSync(join(tmpdir(), 'rarebit-prove-'))
})
afterAll(async () => {
  await counter?.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => counter.reset())

interface Seen {
  /** Channels by place and kind of verdict. */
  page: Record<string, string>
  worker: Record<string, string>
  summary: string
  phase: string
}

/** Presses what an analyst presses, and reads the table. Runs in the page. */
async function prove(address: string): Promise<Seen> {
  const until = async <Found>(look: () => Found | null): Promise<Found> => {
    for (;;) {
      const found = look()
      if (found) return found
      await new Promise((next) => setTimeout(next, 50))
    }
  }
  ;(await until(() => document.querySelector<HTMLElement>('[data-prove-open]'))).click()
  const input = await until(() => document.querySelector<HTMLInputElement>('#prove-address'))
  input.value = address
  input.dispatchEvent(new Event('input', { bubbles: true }))
  ;(await until(() => document.querySelector<HTMLButtonElement>('[data-prove-run]:not(:disabled)'))).click()
  await until(() => document.querySelector('[data-prove-summary=running]'))
  const summary = await until(() => document.querySelector<HTMLElement>('[data-prove-summary=done]'))
  const read = (place: string) =>
    Object.fromEntries(
      Array.from(document.querySelectorAll<HTMLElement>(`td[data-place=${place}] [data-verdict]`), (mark) => [
        mark.closest<HTMLElement>('[data-channel]')!.dataset['channel']!,
        mark.dataset['verdict']!
      ])
    )
  return { page: read('page'), worker: read('worker'), summary: summary.innerText, phase: summary.dataset['proveSummary']! }
}

const STOPPED = ['policy', 'absent', 'types', 'refused']
const open = (verdicts: Record<string, string>) =>
  Object.entries(verdicts).flatMap(([channel, verdict]) => (STOPPED.includes(verdict) ? [] : [channel]))

/** Late connections are waited for: a browser may open one after the attempt has failed. */
const settle = () => new Promise((next) => setTimeout(next, 1_000))

/** Firefox stops these in a worker too, and reports it to nobody. */
const UNREPORTED = { Chromium: [] as string[], Firefox: ['eventsource', 'font'] }

async function expectNothing(seen: Seen, unreported: string[] = []): Promise<void> {
  await settle()
  expect(counter.requests).toEqual([])
  expect(counter.connections).toBe(0)
  expect(Object.keys(seen.page)).toEqual(IN_PAGE)
  expect(Object.keys(seen.worker)).toEqual(IN_WORKER)
  expect(open(seen.page)).toEqual([])
  expect(open(seen.worker)).toEqual(unreported)
  if (unreported.length > 0) expect(seen.summary).toMatch(/^Not proven: 27 of 29 attempts were stopped/)
  else
    expect(seen.summary).toBe(
      `Nothing left. 19 of 19 ways were stopped in the page and ${IN_WORKER.length} of ${IN_WORKER.length} in a worker, towards ${counter.address}.`
    )
}

test('the counter counts: a request, and a connection without one', async () => {
  await fetch(`${counter.address}/here`)
  expect(counter.requests).toEqual(['GET /here'])
  expect(counter.connections).toBe(1)
})

describe('the extension', () => {
  let extension: LaunchedExtension
  beforeAll(async () => {
    extension = await launchExtension()
  })
  afterAll(async () => {
    await extension?.close()
  })

  test.each(['analyzer', 'sidepanel'] as const)('%s: nothing reaches the counter, and the view says so', async (name) => {
    const page = await extension.open(name)
    await expectNothing(await page.evaluate(prove, counter.address))
    await page.close()
  })

  test('the engine’s worker has nothing to reach a host with', async () => {
    const page = await extension.open('analyzer')
    expect(await leftInWorkers(page)).toEqual([[]])
    await page.close()
  })

  test.each(['light', 'dark'] as const)('%s: no violation, nothing wider than 320 px', async (colorScheme) => {
    const page = await extension.open('sidepanel', { width: 320, height: 700 })
    await page.emulateMedia({ colorScheme })
    await page.evaluate(prove, counter.address)
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await page.close()
  })

  test('nothing is tried before the button is pressed, and no address but one of the web is', async () => {
    const page = await extension.open('analyzer')
    await page.locator('[data-prove]').click()
    await page.locator('#prove-address').fill('javascript:alert(1)')
    expect(await page.locator('[data-prove-run]').isDisabled()).toBe(true)
    await page.locator('#prove-address').fill(counter.address)
    await settle()
    expect(counter.connections).toBe(0)
    expect(await page.locator('[data-verdict]').count()).toBe(0)
    await page.close()
  })
})

test('the real side panel beside a page: nothing reaches the counter, and the view says so', async () => {
  const extension = await launchBeside()
  const server = await startFakeKibana()
  try {
    const { panel, close } = await openBeside(extension, server, '/app/security/alerts')
    await expectNothing(await panel.evaluate(prove, counter.address))
    await close()
  } finally {
    await extension.close()
    await server.close()
  }
})

/** Names that each worker of a page still has. */
function leftInWorkers(page: Page): Promise<string[][]> {
  const names = [
    'fetch',
    'XMLHttpRequest',
    'WebSocket',
    'EventSource',
    'WebTransport',
    'RTCPeerConnection',
    'importScripts',
    'Worker'
  ]
  return Promise.all(page.workers().map((worker) => worker.evaluate((all) => all.filter((name) => name in self), names)))
}

describe.each(['Chromium', 'Firefox'] as const)('the one-file page in %s', (name) => {
  test('nothing reaches the counter, and the view says so', async () => {
    const browser = await launchOneFile(name)
    try {
      const page = await browser.open()
      await expectNothing(await page.evaluate(prove, counter.address), UNREPORTED[name])
    } finally {
      await browser.close()
    }
  })

  test('the page goes nowhere: by a link, an address to save, a new location, a blob', async () => {
    const browser = await launchOneFile(name)
    try {
      const page = await browser.open()
      const stayed = await page.evaluate(async (address) => {
        const follow = (href: string, download?: string) => {
          const link = document.createElement('a')
          link.href = href
          if (download !== undefined) link.download = download
          link.click()
        }
        const ways = [
          () => follow(`${address}/link`),
          () => follow(`${address}/saved`, 'saved.html'),
          () => location.assign(`${address}/location`),
          () => follow(URL.createObjectURL(new Blob(['<title>gone</title>'], { type: 'text/html' })))
        ]
        for (const way of ways) {
          way()
          await new Promise((next) => setTimeout(next, 300))
        }
        return document.querySelector('main') !== null
      }, counter.address)
      expect(stayed).toBe(true)
      await settle()
      expect(counter.requests).toEqual([])
      expect(counter.connections).toBe(0)
    } finally {
      await browser.close()
    }
  })
})

describe('a changed copy of the one-file page', () => {
  const openCopy = async <Result>(change: Parameters<typeof changedCopy>[0], work: (page: Page) => Promise<Result>) => {
    const file = join(folder, 'copy.html')
    writeFileSync(file, changedCopy(change))
    const browser = await chromium.launch({ executablePath: findChromium()!, headless: true })
    try {
      const page = await browser.newPage()
      await page.goto(pathToFileURL(file).href)
      await page.locator('main').waitFor()
      return await work(page)
    } finally {
      await browser.close()
    }
  }
  const unsealed = (code: string, index: number) => (index === 0 ? '' : code)

  test('without the seal: the policy alone stops every request', async () => {
    const seen = await openCopy({ script: unsealed }, async (page) => {
      const answer = await page.evaluate(prove, counter.address)
      await settle()
      return answer
    })
    expect(counter.requests).toEqual([])
    // WebRTC is what the policy does not know: it would have gone out, over UDP.
    expect(open(seen.page)).toEqual(['webrtc'])
    expect(seen.page).toMatchObject({ fetch: 'policy', websocket: 'policy', iframe: 'policy', form: 'policy', preload: 'policy' })
    // Chromium connects for a frame before it asks the policy: why the seal makes no frames.
    expect(counter.connections).toBeLessThanOrEqual(2)
  })

  test('with a policy that lets everything through: the view tells what the counter saw', async () => {
    const policy = () => "default-src * data: blob: file: 'unsafe-inline' 'unsafe-eval'"
    const seen = await openCopy({ script: unsealed, policy }, async (page) => {
      const answer = await page.evaluate(prove, counter.address)
      await settle()
      return answer
    })
    const reached = (place: string) =>
      new Set(counter.requests.flatMap((one) => new RegExp(`/rarebit-proof/${place}/(\\w+)`).exec(one)?.[1] ?? []))
    for (const [place, verdicts] of [['page', seen.page] as const, ['worker', seen.worker] as const]) {
      const said = open(verdicts)
      expect([...reached(place)].filter((channel) => !said.includes(channel))).toEqual([])
    }
    // Most of them do arrive, or this test would prove nothing.
    expect(reached('page').size).toBeGreaterThanOrEqual(13)
    expect(reached('worker').size).toBeGreaterThanOrEqual(4)
    expect(seen.summary).toContain('Not everything was stopped')
  })

  test('one leak planted: the counter is reached, and the gate names it', async () => {
    const leak = `;setTimeout(()=>{new Image().src=${JSON.stringify(`${counter.address}/leak`)}},0)`
    const script = (code: string, index: number) => (index === 0 ? '' : code + leak)
    const policy = (text: string) => text.replace('img-src', 'img-src http:')
    await openCopy({ script, policy }, async () => settle())
    expect(counter.requests).toEqual(['GET /leak'])

    const copy = join(folder, 'dist')
    cpSync(DIST, copy, { recursive: true })
    writeFileSync(join(copy, 'rarebit.html'), changedCopy({ script, policy }))
    const found = gate.gateFindings(bundles.bundleTexts(copy))
    expect(found).not.toEqual([])
    for (const line of found) expect(line).toMatch(/^rarebit\.html!script-2: image from an address \[/)
  })
})

describe('the gate over the build', () => {
  test('finds no way out, and every entry of its list is in use', () => {
    const texts = bundles.bundleTexts(DIST)
    expect(texts.size).toBeGreaterThan(15)
    expect(gate.gateFindings(texts)).toEqual([])
    expect(gate.unusedAllowances(texts)).toEqual([])
  })

  test('the seal is the first script of every page', () => {
    for (const page of ['analyzer', 'sidepanel', 'onboarding']) {
      const html = readFileSync(join(DIST, 'extension', page, 'index.html'), 'utf8')
      expect(/<script[^>]*>/.exec(html)![0]).toBe('<script src="/seal.js">')
    }
    expect(/<script>([\s\S]*?)<\/script>/.exec(readFileSync(oneFile(), 'utf8'))![1]).toContain('RTCPeerConnection')
  })
})
