/**
 * The one-file page from file://, in Chromium and in Firefox: the labelled events give the same findings as in the extension; files
 * come in by the button, by drag and by paste; rules are dropped on it; nothing it does is refused or fails.
 */
import { readFileSync, statSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expectedFindings, LABELLED, labelledPresent, readRows } from '../helpers/labelled.ts'
import { launchOneFile, oneFile, type OneFileBrowser, type OnePage } from '../helpers/one-file.ts'

const SAMPLE = readFileSync(new URL('../../ui/samples/web-shell.ndjson', import.meta.url), 'utf8')
const RULES: [name: string, text: string][] = [
  [
    'downloads.toml',
    `[metadata]\nmaturity = "production"\n[rule]\nname = "Downloads"\nrule_id = "a"\ntype = "esql"\nlanguage = "esql"\nquery = '''\nFROM logs-endpoint.events.process-* | WHERE process.name == "dash" AND process.command_line LIKE "sh -c curl*" | KEEP process.command_line, host.name\n'''\n`
  ],
  [
    'nothing.toml',
    `[rule]\nname = "Nothing"\nrule_id = "b"\ntype = "esql"\nlanguage = "esql"\nquery = '''\nFROM logs-endpoint.events.process-* | WHERE process.name == "no such program"\n'''\n`
  ]
]

const WAIT = { timeout: 30_000 }

test('is one file of at most 1.5 MB that names no address to load', () => {
  expect(statSync(oneFile()).size).toBeLessThanOrEqual(1_500_000)
  const outside = readFileSync(oneFile(), 'utf8').replaceAll(/<script[\s\S]*?<\/script>|<style>[\s\S]*?<\/style>/g, '')
  expect(outside).not.toMatch(/(src|href)="(?!data:)/)
})

describe.each(['Chromium', 'Firefox'] as const)('%s', (name) => {
  let browser: OneFileBrowser
  let page: OnePage
  beforeAll(async () => {
    browser = await launchOneFile(name)
  })
  afterAll(async () => {
    await browser?.close()
  })
  beforeEach(async () => {
    page = await browser.open()
  })
  afterEach(async () => {
    expect(page.troubles).toEqual([])
    await page.close()
  })

  const countOf = (selector: string) => page.evaluate((all) => document.querySelectorAll(all).length, selector)
  const dropped = (files: [string, string][]) =>
    page.evaluate((entries) => {
      const transfer = new DataTransfer()
      for (const [fileName, content] of entries) transfer.items.add(new File([content], fileName))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
    }, files)

  test.skipIf(!labelledPresent)('the labelled events: whole file, then replayed', async () => {
    const { rows, replayed } = expectedFindings()
    await page.upload('[data-picker]', LABELLED)
    await expect.poll(() => page.evaluate(readRows, undefined), WAIT).toEqual(rows)
    await page.evaluate((label) => {
      const labels = [...document.querySelectorAll('label')]
      labels.find((one) => one.textContent!.trim() === label)!.click()
    }, 'As scheduled')
    await expect.poll(() => countOf('[data-finding]'), WAIT).toBe(replayed)
  })

  test('a sample, its events and a report of the findings', async () => {
    await page.click('[data-sample=web-shell]')
    await expect.poll(() => countOf('[data-finding]'), WAIT).toBe(7)
    await page.click('[data-finding]')
    await expect.poll(() => countOf('[data-pane=finding] svg[role=img]'), WAIT).toBe(1)
  })

  test('files by drag', async () => {
    await dropped([['events.ndjson', SAMPLE]])
    await expect.poll(() => countOf('[data-finding]'), WAIT).toBe(7)
  })

  test('an audit log by drag: found in it, and its events with their lines', async () => {
    await dropped([['web-03.audit.log', readFileSync(new URL('../../ui/samples/web-shell.audit.log', import.meta.url), 'utf8')]])
    await expect.poll(() => countOf('[data-finding]'), WAIT).toBe(7)
    await page.click('[data-finding]')
    await expect.poll(() => countOf('[data-pane=finding] svg[role=img]'), WAIT).toBe(1)
    await page.press('e')
    await expect.poll(() => countOf('[data-event] [data-line]'), WAIT).toBe(5)
  })

  test('text by paste', async () => {
    // Copied for real from a field that is then gone: Firefox keeps what a script puts into an event to itself.
    await page.evaluate((text) => {
      const field = document.createElement('textarea')
      field.id = 'copied'
      field.value = text
      document.body.prepend(field)
      field.focus()
      field.select()
    }, SAMPLE)
    await page.control('c')
    await page.evaluate(() => document.querySelector('#copied')!.remove(), undefined)
    await page.control('v')
    await expect.poll(() => countOf('[data-finding]'), WAIT).toBe(7)
  })

  test('a folder of rules, then all of them run', async () => {
    await dropped([['events.ndjson', SAMPLE]])
    await expect.poll(() => countOf('[data-finding]'), WAIT).toBe(7)
    await dropped(RULES)
    await expect.poll(() => countOf('[data-rule-row]'), WAIT).toBe(3)
    await page.click('[data-run-rules]')
    await expect.poll(() => countOf('[data-rule-row][data-group=found]'), WAIT).toBe(2)
  })

  test('is sealed before anything runs', async () => {
    const left = await page.evaluate(
      (names) => names.filter((one) => one in window),
      ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'RTCPeerConnection', 'webkitRTCPeerConnection']
    )
    expect(left).toEqual([])
    const refused = await page.evaluate(
      (tags) =>
        tags.filter((tag) => {
          try {
            document.createElement(tag)
            return false
          } catch {
            return true
          }
        }),
      ['link', 'IFRAME', 'object', 'base', 'meta', 'div', 'img']
    )
    expect(refused).toEqual(['link', 'IFRAME', 'object', 'base', 'meta'])
    expect(await page.evaluate((address) => window.open(address), 'http://127.0.0.1:9/')).toBe(null)
  })
})
