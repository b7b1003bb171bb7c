/** Where hostile texts are shown: the built extension, everything that reaches beyond it counted. */
import { readFile } from 'node:fs/promises'
import type { Download, Page } from 'playwright'
import { expect } from 'vitest'
import { countingServer, launchExtension, watchPage, type LaunchedExtension } from '../../helpers/extension.ts'
import { hostileStrings } from '../../helpers/hostile-strings.ts'
import { PlaceLedger } from '../../helpers/place-ledger.ts'
import { addShownText } from '../../helpers/shown-text.ts'

export interface Stage {
  extension: LaunchedExtension
  ledger: PlaceLedger
  /** Every string once; no half of a surrogate pair, which no file in UTF-8 can hold. */
  strings: readonly string[]
  /** A page of its own; `settled` looks at it as it is, `leave` closes it. */
  open(size?: { width: number; height: number }): Promise<Page>
  /** Nothing ran, nothing was asked for, nothing hides, nothing was added to objects. */
  settled(page: Page): Promise<void>
  leave(page: Page): Promise<void>
  close(): Promise<void>
}

/** The browser asks for these by itself. */
const BROWSERS_OWN = / (?:[\w.-]+\.)?(?:google(?:apis)?\.com|gvt1\.com|gstatic\.com)/

/** Starts the browser; every host resolves to a counter on this machine. */
export async function openStage(): Promise<Stage> {
  const server = await countingServer()
  const extension = await launchExtension({ args: [`--host-resolver-rules=MAP * 127.0.0.1:${server.port}`] })
  await addShownText(extension.context)
  const troubles = new Map<Page, string[]>()
  const stage: Stage = {
    extension,
    ledger: new PlaceLedger(),
    strings: [...new Set(hostileStrings())].filter((text) => !/\p{Cs}/u.test(text)),
    async open(size = { width: 1600, height: 2400 }) {
      const page = await extension.open('analyzer', size)
      const seen = watchPage(page)
      troubles.set(page, seen)
      page.on('dialog', (dialog) => {
        seen.push(`dialog: ${dialog.message()}`)
        void dialog.dismiss()
      })
      page.on('request', (request) => {
        if (!/^(?:chrome-extension|blob|data):/.test(request.url())) seen.push(`request: ${request.url()}`)
      })
      return page
    },
    async settled(page) {
      expect(await page.evaluate(() => shown.naked())).toEqual([])
      expect(await page.evaluate(() => shown.marks())).toEqual({ refused: [], added: [], hit: [] })
      for (const worker of page.workers())
        expect(await worker.evaluate(() => 'polluted' in {} || Object.keys(Object.prototype).length > 0)).toBe(false)
      expect(troubles.get(page)).toEqual([])
      expect(server.hits.filter((hit) => !BROWSERS_OWN.test(hit))).toEqual([])
    },
    async leave(page) {
      await stage.settled(page)
      await page.close()
    },
    async close() {
      await extension.close()
      await server.close()
    }
  }
  return stage
}

/** Does what saves a file, and reads it. */
export async function saved(page: Page, save: () => Promise<void>): Promise<{ text: string; download: Download }> {
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 120_000 }), save()])
  return { text: await readFile(await download.path(), 'utf8'), download }
}

/** Every text of plain data, keys too. */
export function textsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string') found.add(value)
  else if (value !== null && typeof value === 'object')
    for (const [key, item] of Object.entries(value)) {
      found.add(key)
      textsIn(item, found)
    }
  return found
}

/** Strings joined by `between` to texts no longer than `most`, but for one that is longer by itself. */
export function joined(strings: readonly string[], most: number, between: string): string[] {
  const texts: string[] = []
  for (const text of strings) {
    const longer = `${texts.at(-1)}${between}${text}`
    if (texts.length > 0 && longer.length <= most) texts[texts.length - 1] = longer
    else texts.push(text)
  }
  return texts
}
