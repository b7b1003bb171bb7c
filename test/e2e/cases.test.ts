/** Kept cases in the built extension: the analyst's work comes back with the files, survives kills, and travels as a file. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { violations } from '../helpers/axe.ts'
import { eachOnItsOwnPage, page } from '../helpers/own-page.ts'

eachOnItsOwnPage()

const WEB_SHELL = 'ui/samples/web-shell.ndjson'
const openSample = async (id = 'web-shell') => {
  await page.locator(`[data-sample=${id}]`).click()
  await page.locator('[data-finding]').first().waitFor()
}
const openFile = async (name: string, buffer: Buffer) => {
  await page.locator('[data-picker]').setInputFiles({ name, mimeType: 'text/plain', buffer })
  await page.locator('[data-finding]').first().waitFor()
}
const pick = async (command: string) => {
  await page.locator('[data-finding]', { hasText: command }).click()
  await page.locator('[data-pane=finding] [data-mark]').waitFor()
}
const said = () => page.locator('[data-undo-line] p').innerText()
const saved = () => page.waitForTimeout(1000)

/** Stars, tags and notes a finding. */
async function noteAll(note: string, command = 'sh -c id'): Promise<void> {
  await pick(command)
  await page.keyboard.press('m')
  await page.keyboard.press('x')
  await page.keyboard.type('persistence, web')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.press('c')
  await page.keyboard.type(note)
  await page.keyboard.press('Escape')
}

describe('a kept case', () => {
  test('comes back with the same file under another name: finding, event, step, query, filter; and can be refused', async () => {
    await openSample()
    await noteAll('first note')
    await page.keyboard.press('s')
    const event = page.locator('[data-event]').first()
    await event.locator('[data-star]').click()
    await event.locator('[data-note]').click()
    await page.keyboard.type('event note')
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    const step = page.locator('[data-step]').first()
    if ((await step.getAttribute('open')) === null) await step.locator('summary').first().click()
    await step.locator('input[type=checkbox]').check()
    await page.keyboard.press('q')
    await page.locator('[data-run-query]').click()
    await page.locator('[data-pane=query] [data-row="0"]').waitFor()
    await saved()
    await page.reload()

    await page.locator('[data-kept-case]').first().waitFor()
    expect(await page.locator('[data-kept-case]').first().innerText()).toContain('sample-web-shell.ndjson')
    await openFile('renamed.log', await readFile(WEB_SHELL))
    expect(await said()).toMatch(/^Your notes of \d\d \w{3} are back\.$/)
    await pick('sh -c id')
    const pane = page.locator('[data-pane=finding]')
    expect(await pane.locator('[data-star]').getAttribute('aria-pressed')).toBe('true')
    expect(await pane.locator('[data-note-field]').inputValue()).toBe('first note')
    expect(await pane.locator('.tag').allInnerTexts()).toEqual(['persistence', 'web'])
    await page.keyboard.press('s')
    expect(await page.locator('[data-event] [data-note-field]').first().inputValue()).toBe('event note')
    await page.keyboard.press('g')
    expect(await page.locator('[data-step] input[type=checkbox]').first().isChecked()).toBe(true)
    await page.keyboard.press('q')
    expect(await page.locator('[data-history]').innerText()).toMatch(/1/)
    await page.keyboard.press('z')
    await page.keyboard.press('f')
    await pick('sh -c id')
    expect(await pane.locator('[data-star]').getAttribute('aria-pressed')).toBe('false')
    expect(await pane.locator('[data-note-field]').count()).toBe(0)
  })

  test('is listed, deleted and brought back; nothing is kept where that was chosen', async () => {
    await openSample()
    await noteAll('to be deleted')
    await saved()
    await page.reload()
    const kept = page.locator('[data-kept-case]')
    await kept.first().waitFor()
    const before = await kept.count()
    await kept.first().locator('[data-kept-do=delete]').click()
    await expect.poll(() => kept.count()).toBe(before - 1)
    await page.keyboard.press('z')
    await expect.poll(() => kept.count()).toBe(before)
    while ((await kept.count()) > 0) {
      const n = await kept.count()
      await kept.first().locator('[data-kept-do=delete]').click()
      await expect.poll(() => kept.count()).toBe(n - 1)
    }
    await page.locator('[data-keep]').uncheck()
    await openSample()
    await noteAll('never written')
    await saved()
    await page.reload()
    await page.locator('[data-kept]').waitFor()
    await page.waitForTimeout(300)
    expect(await kept.count()).toBe(0)
    await page.locator('[data-keep]').check()
  })

  test('travels as a file; a hostile file breaks nothing', async () => {
    await openSample()
    await noteAll('carried along')
    const download = page.waitForEvent('download')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('save the case')
    await page.keyboard.press('Enter')
    const file = await download
    expect(file.suggestedFilename()).toBe('sample-web-shell.ndjson.rarebit.json')
    const text = await readFile(await file.path(), 'utf8')
    expect(text).not.toContain('/var/www/shop/wp-config.php')
    await saved()
    await page.reload()
    await page.locator('[data-kept-do=delete]').first().click()
    await expect.poll(() => page.locator('[data-kept-case]').count()).toBe(0)
    const folder = await mkdtemp(join(tmpdir(), 'rarebit-case-'))
    const path = join(folder, 'a.rarebit.json')
    await writeFile(path, text)
    await page.locator('[data-picker]').setInputFiles(path)
    await expect.poll(said).toBe('The case a.rarebit.json was taken in. Open its files to go on: sample-web-shell.ndjson.')
    await openSample()
    await pick('sh -c id')
    expect(await page.locator('[data-pane=finding] [data-note-field]').inputValue()).toBe('carried along')
    const hostile = text.replace(
      '"findings":',
      '"__proto__":{"polluted":1},"findings":[["x"],{"__proto__":{}},[{},{}]],"findings2":'
    )
    await writeFile(path, hostile)
    await page.locator('[data-picker]').setInputFiles(path)
    await expect.poll(said).toBe('The case a.rarebit.json was added to what is open.')
    await writeFile(path, '{"kind":"rarebit-case","version":99}')
    await page.locator('[data-picker]').setInputFiles(path)
    await expect.poll(said).toBe('a.rarebit.json was written by a later version of Rarebit. Nothing was changed.')
    await writeFile(path, '{"kind":"rarebit-case"')
    await page.locator('[data-picker]').setInputFiles(path)
    await expect.poll(said).toBe('a.rarebit.json is no case that can be read. Nothing was changed.')
    expect(await page.evaluate(() => 'polluted' in {})).toBe(false)
  })
})

describe('undo', () => {
  test('start over, a tag, a note, the history: each comes back with z', async () => {
    await openSample('quiet-day')
    await noteAll('kept', 'pdftotext')
    await page.locator('[data-pane=finding] [data-mark] li button').first().click()
    expect(await said()).toBe('Tag “persistence” removed.')
    await page.keyboard.press('z')
    expect(await page.locator('[data-pane=finding] [data-mark] .tag').count()).toBe(2)
    const note = page.locator('[data-pane=finding] [data-note-field]')
    await note.fill('')
    await page.keyboard.press('Escape')
    await expect.poll(said).toBe('Note deleted.')
    await page.keyboard.press('z')
    await expect.poll(() => note.inputValue()).toBe('kept')
    await page.getByRole('button', { name: 'Start over' }).click()
    await page.locator('[data-sample=quiet-day]').waitFor()
    await page.keyboard.press('z')
    await page.locator('[data-finding]').first().waitFor()
    await pick('pdftotext')
    expect(await note.inputValue()).toBe('kept')
    expect(await violations(page)).toEqual([])
  })
})
