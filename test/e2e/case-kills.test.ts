/**
 * The analyst's notes against the end of everything: 100 kills at random moments. Tabs are closed and crashed, the engine's
 * worker ends, the store is full; afterwards the same file brings the case back with every note that was older than a second.
 *
 * Several lanes, each with a file of its own, write a counter as the note of one finding, over and over, until they are killed.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright'
import { launchExtension, type LaunchedExtension } from '../helpers/extension.ts'

const SEED = Number(process.env['RAREBIT_SEED'] ?? 20261124)
const LANES = 5
const KILLS = 100
/** All pages of an extension share one process, so a hundred of them opened take their time on a busy machine. */
const TIME_ALLOWED = 600_000
const WAYS = ['close', 'worker', 'full'] as const
type Way = (typeof WAYS)[number] | 'crash'

interface Lane {
  lane: number
  page: Page
  /** The note that came back. */
  note: number
  noted: { n: number; at: number }[]
}

let extension: LaunchedExtension
beforeAll(async () => {
  extension = await launchExtension()
})
afterAll(async () => {
  await extension?.close()
})

/** Mulberry32: small and the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const fileOf = (lane: number) =>
  Buffer.from(
    `${JSON.stringify({
      '@timestamp': '2026-03-02T14:02:07Z',
      agent: { id: `agent-${lane}` },
      event: { action: 'exec', type: 'start' },
      host: { name: `web-${lane}`, os: { type: 'linux' } },
      user: { name: 'www-data', id: '33' },
      process: {
        name: 'sh',
        command_line: `sh -c id ${lane}`,
        args: ['sh', '-c', `id ${lane}`],
        working_directory: '/var/www',
        parent: { name: 'php-fpm8.2', executable: '/usr/sbin/php-fpm8.2' }
      }
    })}\n`
  )

/** The note field of the one finding of a lane's file. */
async function reach(page: Page, lane: number, round: number): Promise<void> {
  await page.locator('[data-picker]').setInputFiles({ name: `r${round}.log`, mimeType: 'text/plain', buffer: fileOf(lane) })
  await page.locator('[data-finding]').first().click()
  await page.keyboard.press('c')
  await page.locator('[data-pane=finding] [data-note-field]').waitFor()
}

const readNote = async (page: Page) => Number((await page.locator('[data-pane=finding] [data-note-field]').inputValue()) || '0')

/** Counts up in the note field every few milliseconds, telling each number once the page has it. */
function keepNoting(page: Page, from: number): Promise<void> {
  return page.evaluate((start) => {
    let n = start
    setInterval(() => {
      const field = document.querySelector<HTMLTextAreaElement>('[data-pane=finding] [data-note-field]')!
      field.value = String(++n)
      field.dispatchEvent(new Event('input', { bubbles: true }))
      void (globalThis as unknown as { noted(n: number): void }).noted(n)
    }, 25)
  }, from)
}

async function kill(page: Page, way: Way): Promise<void> {
  // The engine is gone; what the page has noted must not depend on it.
  if (way === 'worker')
    await page
      .workers()[0]
      ?.evaluate(() => self.close())
      .catch(() => undefined)
  await page.close()
}

/** Ends the process of the page and with it all pages of the extension, which share one. */
async function crashAll(pages: readonly Page[]): Promise<void> {
  const crashed = pages.map((page) => page.waitForEvent('crash'))
  const session = await pages[0]!.context().newCDPSession(pages[0]!)
  void session.send('Page.crash').catch(() => undefined)
  await Promise.all(crashed)
  await Promise.all(pages.map((page) => page.close()))
}

/** While every write is refused the page says so and what to do; once there is room again nothing was lost. */
async function fillStore(page: Page, full: boolean): Promise<void> {
  await page.evaluate((on) => {
    const holder = globalThis as unknown as { realPut?: typeof IDBObjectStore.prototype.put }
    holder.realPut ??= IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = on
      ? () => {
          throw new DOMException('no room', 'QuotaExceededError')
        }
      : holder.realPut
  }, full)
}

test(
  `${KILLS} kills at random moments: no note older than a second is lost, no case unreadable`,
  async () => {
    console.log(`case-kills: seed ${SEED}`)
    const random = randomOf(SEED)
    const lost: string[] = []
    const kills = new Map<Way, number>()
    const least = Array.from({ length: LANES }, () => 0)
    let restored = 0
    let last = 'nothing'

    /** Opens a lane's file anew and holds what came back against what had to. */
    async function reopen(lane: number, round: number): Promise<Lane> {
      const page = await extension.open('analyzer')
      const noted: Lane['noted'] = []
      await page.exposeFunction('noted', (n: number) => void noted.push({ n, at: Date.now() }))
      await reach(page, lane, round)
      const note = await readNote(page)
      if (note < least[lane]!) lost.push(`lane ${lane}, round ${round}: ${note} instead of ${least[lane]} or more, after ${last}`)
      else restored++
      return { lane, page, note, noted }
    }

    /** What must come back next time: everything older than a second at the moment of the kill. */
    function killed({ lane, note, noted }: Lane, way: Way, at: number): void {
      least[lane] = Math.max(note, ...noted.filter((one) => one.at < at - 1000).map(({ n }) => n))
      kills.set(way, (kills.get(way) ?? 0) + 1)
    }

    async function endAlone(lane: Lane, way: Way, millis: number): Promise<void> {
      await lane.page.waitForTimeout(millis)
      if (way === 'full') {
        await fillStore(lane.page, true)
        await lane.page.locator('[data-keep-problem=full]').waitFor()
        await fillStore(lane.page, false)
        await lane.page.locator('[data-keep-problem]').waitFor({ state: 'detached' })
      }
      killed(lane, way, Date.now())
      await kill(lane.page, way)
    }

    for (let round = 0; round < KILLS / LANES; round++) {
      const lanes = await Promise.all(least.map((_, lane) => reopen(lane, round)))
      await Promise.all(lanes.map(({ page, note }) => keepNoting(page, note)))
      const crash = random() < 0.25
      const ways = lanes.map(() => WAYS[Math.floor(random() * WAYS.length)]!)
      const moments = lanes.map(() => 150 + 1400 * random())
      last = crash ? 'crash' : ways.join(', ')
      if (!crash) await Promise.all(lanes.map((lane, at) => endAlone(lane, ways[at]!, moments[at]!)))
      else {
        await lanes[0]!.page.waitForTimeout(moments[0]!)
        const at = Date.now()
        await crashAll(lanes.map(({ page }) => page))
        for (const lane of lanes) killed(lane, 'crash', at)
      }
    }
    const ends = await Promise.all(least.map((_, lane) => reopen(lane, KILLS)))
    await Promise.all(ends.map(({ page }) => page.close()))
    console.log(
      `case-kills: ${restored} of ${KILLS + LANES} openings with every note; ${[...kills].map(([way, n]) => `${way} ${n}`).join(', ')}`
    )
    expect(lost).toEqual([])
    expect([...kills.values()].reduce((sum, n) => sum + n, 0)).toBe(KILLS)
  },
  TIME_ALLOWED
)
