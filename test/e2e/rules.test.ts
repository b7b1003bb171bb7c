/** All rules at once in the page: drop a pack, run all, open a finding of one, see of another which condition forbids it. */
import { expect, test } from 'vitest'
import { dropFiles } from '../helpers/drop-files.ts'
import { eachOnItsOwnPage, page } from '../helpers/own-page.ts'

eachOnItsOwnPage()

const FROM = 'FROM logs-endpoint.events.process-*'
const PACK: { name: string; query: string; severity?: string; language?: string }[] = [
  {
    name: 'Downloads',
    severity: 'high',
    query: `${FROM} | WHERE process.name == "dash" AND process.command_line LIKE "sh -c curl*" | KEEP process.command_line, host.name`
  },
  { name: 'Blocked', query: `${FROM} | WHERE process.name == "sh" AND process.never.there == "x"` },
  { name: 'Elsewhere', query: 'FROM logs-okta.system-* | WHERE event.action == "x"' },
  { name: 'Nothing', query: `${FROM} | WHERE process.name == "no such program"` },
  { name: 'Not yet', query: `${FROM} | FORK (WHERE true) (WHERE false)` },
  { name: 'A sequence', language: 'eql', query: 'sequence by host.id [any where true]' }
]
const packText = (rules = PACK) =>
  rules.map((rule) => JSON.stringify({ type: rule.language ?? 'esql', language: 'esql', rule_id: rule.name, ...rule })).join('\n')

const drop = (name: string, text: string) => dropFiles(page, [{ name, text }])
const row = (name: string) => page.locator('[data-rule-row]', { hasText: name })

test('a pack is dropped, run, and each rule says what it found or why not', async () => {
  await page.locator('[data-sample=web-shell]').click()
  await page.locator('[data-finding]').first().waitFor()
  await drop('pack.ndjson', packText())
  await row('Downloads').waitFor()
  expect(await page.locator('[data-rule-row]').count()).toBe(6)
  expect(await page.locator('[data-pack] summary').innerText()).toContain('1 in another language')
  await page.locator('[data-run-rules]').click()
  await page.locator('[data-rule-row][data-group=found]').first().waitFor()

  await row('Blocked').click()
  const detail = page.locator('[data-pane=rule]')
  await expect.poll(() => detail.innerText()).toContain('process.never.there == "x"')
  const message = await detail.locator('[data-missing]').innerText()
  expect(message).toMatch(/`process\.never\.there` is in none of 124 events: 1 condition can never hold/)
  expect(await row('Nothing').innerText()).toContain('no event matched')
  expect(await row('Not yet').innerText()).toContain('cannot run')

  await row('Downloads').click()
  await page.locator('[data-open-rule]').click()
  await page.locator('[data-finding]').first().waitFor()
  expect(await page.locator('[data-finding]').count()).toBe(1)
  await page.locator('[data-finding]').first().click()
  await page.keyboard.press('s')
  await page.locator('[data-event]').first().waitFor()
})

test('rules are listed before there are events; filters and keys', async () => {
  await drop('pack.ndjson', packText())
  await row('Downloads').waitFor()
  expect(await page.locator('[data-run-rules]').isDisabled()).toBe(true)
  await page.locator('[data-pane=rules] [data-filter]').fill('never.there')
  expect(await page.locator('[data-rule-row]').count()).toBe(1)
  await page.locator('[data-pane=rules] [data-filter]').fill('')
  await page.locator('label', { hasText: 'Cannot run' }).click()
  expect(await page.locator('[data-rule-row]').allInnerTexts()).toEqual([expect.stringContaining('Not yet')])
  await page.locator('h2').first().click()
  await page.keyboard.press('j')
  expect(await page.locator('[data-rule-row][aria-current=true]').innerText()).toContain('Not yet')
})

test('hundreds of rules are drawn as far as they are in sight', async () => {
  const many = Array.from({ length: 600 }, (_, at) => ({
    name: `Rule ${String(at).padStart(3, '0')}`,
    query: `FROM a | WHERE x == "${at}"`
  }))
  await drop('many.ndjson', packText(many))
  await page.locator('[data-rule-row]').first().waitFor()
  expect(await page.locator('[data-rule-row]').count()).toBeLessThan(80)
  await page.locator('[data-pane=rules] .scroll').evaluate((element) => (element.scrollTop = element.scrollHeight))
  await row('Rule 599').waitFor()
})
