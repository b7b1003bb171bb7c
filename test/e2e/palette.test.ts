/** Every command of the table by keyboard alone: open the palette, type its name, Enter, and something happens. */
import { beforeEach, describe, expect, test } from 'vitest'
import { ACTIONS, type Action } from '../../ui/app/actions.ts'
import { text } from '../../ui/text/text.ts'
import { eachOnItsOwnPage, page } from '../helpers/own-page.ts'

eachOnItsOwnPage()
// Each test begins with a file that was never seen.
beforeEach(() => page.locator('[data-keep]').uncheck())

const palette = () => page.locator('[data-palette]')

/** Opens the palette, types the name of the action, takes the first hit. */
async function command(action: Action): Promise<void> {
  await page.keyboard.press('Control+k')
  await palette().waitFor()
  await page.keyboard.type(text(action.label))
  await expect.poll(() => palette().locator('[aria-selected=true]').getAttribute('data-command')).toBe(action.id)
  await page.evaluate(watchEffects)
  await page.keyboard.press('Enter')
  await palette().waitFor({ state: 'detached' })
}

/** Counts what changes outside of the palette, and notes where focus goes. */
function watchEffects(): void {
  const seen = ((globalThis as unknown as { seen: { changes: number; focus: Element | null } }).seen = {
    changes: 0,
    focus: null as Element | null
  })
  const before = document.querySelector('main')!
  new MutationObserver((records) => {
    seen.changes += records.filter(
      ({ target }) => before.contains(target) || !(target as Element).closest?.('[data-palette]')
    ).length
  }).observe(before, { childList: true, subtree: true, attributes: true, characterData: true })
  new MutationObserver((records) => {
    const came = records
      .flatMap(({ addedNodes }) => [...addedNodes])
      .filter((node) => node instanceof Element && node.matches('dialog, [data-undo-line]'))
    const went = records
      .flatMap(({ removedNodes }) => [...removedNodes])
      .filter((node) => node instanceof Element && node.matches('[data-undo-line]'))
    seen.changes += came.length + went.length
  }).observe(document.body, { childList: true, subtree: true })
  document.addEventListener('focusin', (event) => (seen.focus = event.target as Element))
}

const changed = () =>
  page.evaluate(() => {
    const { seen } = globalThis as unknown as { seen: { changes: number; focus: Element | null } }
    return seen.changes > 0 || (seen.focus !== null && seen.focus !== document.body)
  })

const sort = () => page.locator('.sort select').inputValue()
const press = (id: string) => command(ACTIONS.find((action) => action.id === id)!)

/** What has to be true before, and how the effect shows where a change of the page is not the point. */
const SPECIAL: Readonly<Record<string, { before?(): Promise<void>; effect?(run: () => Promise<void>): Promise<void> }>> = {
  out: { before: () => press('in') },
  up: { before: () => press('down') },
  rarest: { before: () => press('earliest'), effect: async (run) => (await run(), expect.poll(sort).toBe('rarity')) },
  fewest: { effect: async (run) => (await run(), expect.poll(sort).toBe('count')) },
  earliest: { effect: async (run) => (await run(), expect.poll(sort).toBe('time')) },
  unfiltered: { before: () => press('starred') },
  whole: { before: () => press('replay') },
  'view-findings': { before: () => press('view-rules') },
  undo: { before: () => press('keep') },
  // Only what has run is in the history.
  'clear-history': { before: async () => (await press('run-query'), page.locator('[data-row-count]').waitFor()) },
  open: { effect: (run) => happens('filechooser', run) },
  'export-json': { effect: (run) => happens('download', run) },
  'export-csv': { effect: (run) => happens('download', run) },
  'export-markdown': { effect: (run) => happens('download', run) },
  'save-case': { effect: (run) => happens('download', run) },
  copy: {
    effect: async (run) => (
      await run(),
      expect.poll(() => page.locator('[data-pane=finding] [data-copy]').first().innerText()).toBe('Copied')
    )
  }
}

async function happens(event: 'download' | 'filechooser', run: () => Promise<void>): Promise<void> {
  const happened = event === 'download' ? page.waitForEvent('download') : page.waitForEvent('filechooser')
  await run()
  await happened
}

/** Whatever the command before it left: the list of findings, none filtered away. */
async function findingsInSight(): Promise<void> {
  const sample = page.locator('[data-sample=web-shell]')
  if (await sample.isVisible()) await sample.click()
  else if ((await page.locator('[data-finding]').count()) === 0) await press('view-findings')
  const empty = page.locator('[data-pane=list] .state button')
  if (await empty.isVisible()) {
    // Filtered away, or a sample in which nothing is found.
    const filtered = (await empty.innerText()) === text('list.noMatch.clear')
    await press(filtered ? 'unfiltered' : 'sample-web-shell')
  }
  await page.locator('[data-finding]').first().waitFor()
}

/** Cannot be done on this page: the panel's own, and what ends a run that takes time. */
const ELSEWHERE = new Set(['view-alert', 'full-tab', 'cancel', 'palette'])
const HERE = ACTIONS.filter(({ id }) => !ELSEWHERE.has(id))

describe('every command', () => {
  beforeEach(async () => {
    await page.locator('[data-sample=web-shell]').click()
    await page.locator('[data-finding] .bar:not(.pending)').first().waitFor()
    await page.keyboard.press('j')
    await page.locator('[data-pane=finding] svg[role=img]').waitFor()
  })

  // A few on each page: a fresh one for each would take minutes.
  const PORTION = 9
  test.each(Array.from({ length: Math.ceil(HERE.length / PORTION) }, (_, i) => i))('portion %i', async (portion) => {
    for (const action of HERE.slice(portion * PORTION, (portion + 1) * PORTION)) {
      const special = SPECIAL[action.id] ?? {}
      await findingsInSight()
      if ((await page.locator('[data-finding][aria-current=true]').count()) === 0) await page.keyboard.press('j')
      await special.before?.()
      if (special.effect) await special.effect(() => command(action))
      else {
        await command(action)
        await expect.poll(changed, { message: `${action.id} changes something` }).toBe(true)
      }
      // Dialogs and menus it opened are left by Esc, as everywhere; a run it began is waited for, for Esc would end that.
      await page.getByRole('progressbar').first().waitFor({ state: 'detached' })
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
    }
  })
})

test('what cannot be done now is not offered; arrows go round; Esc gives focus back', async () => {
  await page.keyboard.press('Control+k')
  const options = palette().locator('[role=option]')
  expect(await options.evaluateAll((found) => found.map((one) => one.getAttribute('data-command')))).not.toContain('export-json')
  const active = () => palette().getByRole('combobox').getAttribute('aria-activedescendant')
  const first = await active()
  await page.keyboard.press('ArrowUp')
  expect(await active()).not.toBe(first)
  await page.keyboard.press('ArrowDown')
  expect(await active()).toBe(first)
  await page.keyboard.press('Escape')
  await palette().waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Paste…' }).focus()
  await page.keyboard.press('Control+k')
  await page.keyboard.press('Escape')
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Paste…')
})

test('a rule is found by its name and run; the list of keys names every command', async () => {
  await page.locator('[data-sample=web-shell]').click()
  await page.locator('[data-finding]').first().waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('rare command web server')
  await expect.poll(() => palette().locator('[role=option]').count()).toBe(1)
  await page.keyboard.press('Enter')
  await page.locator('[data-finding]').first().waitFor()
  await page.keyboard.press('?')
  const listed = await page.locator('dialog dd').allInnerTexts()
  expect(listed.toSorted()).toEqual(ACTIONS.map(({ label }) => text(label)).toSorted())
})

test('a run that takes long is cancelled from the palette', async () => {
  await page.evaluate(() => {
    const line = JSON.stringify({
      '@timestamp': '2026-03-02T10:00:00Z',
      event: { action: 'exec', type: 'start' },
      process: { name: 'sh', command_line: 'sh -c x'.padEnd(400, 'y') },
      host: { os: { type: 'linux' } }
    })
    const block = new Blob([`${line}\n`.repeat(20_000)])
    const transfer = new DataTransfer()
    transfer.items.add(
      new File(
        Array.from({ length: 80 }, () => block),
        'long.ndjson'
      )
    )
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
  })
  await page.getByRole('progressbar').waitFor()
  await press('cancel')
  await page.getByRole('progressbar').first().waitFor({ state: 'detached' })
})
