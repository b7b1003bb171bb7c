/** Strings as names, descriptions and texts of rules. */
import { dropFiles } from '../../helpers/drop-files.ts'
import { cutAfter } from '../../helpers/place-ledger.ts'
import { shownThrough } from '../../helpers/shown-text.ts'
import { ndjson } from './findings.ts'
import { type Stage } from './stage.ts'

const query = (text: string) => `FROM logs-* | WHERE host.name == ${JSON.stringify(text)} | STATS n = COUNT(*) BY host.name`

export async function rules({ open, ledger, strings, leave }: Stage): Promise<void> {
  const page = await open()
  const pack = strings.map((text, at) => ({
    rule_id: `r${at}`,
    name: `n ${text}`,
    description: `d ${text}.`,
    type: 'esql',
    language: 'esql',
    query: query(text)
  }))
  await dropFiles(page, [{ name: 'rules.ndjson', text: ndjson(pack) }])
  await page.locator('[data-rule-row]').first().waitFor()
  const [names] = await shownThrough(page, '[data-pane=rules] .scroll', ['[data-rule-row] .name bdi'])
  ledger.look(
    'rule row, name',
    strings,
    names!,
    cutAfter(200, (text) => `n ${text}`)
  )
  const seen = await page.evaluate(async (times) => {
    const first = (selector: string) => shown.all(`[data-pane=rule] ${selector}`)[0] ?? ''
    const found = { heads: [] as string[], descriptions: [] as string[], queries: [] as string[] }
    for (let at = 0; at < times; at++) {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true }))
      await Promise.resolve()
      if (shown.unfold('[data-pane=rule]') > 0) await Promise.resolve()
      found.heads.push(first('h2 bdi'))
      found.descriptions.push(first('.card .body > p[lang=en] bdi'))
      found.queries.push(first('.card pre bdi'))
    }
    return found
  }, strings.length + 1)
  ledger.look('rule, name', strings, seen.heads, (text) => `n ${text}`)
  ledger.look('rule, description', strings, seen.descriptions, (text) => `d ${text}.`)
  ledger.look('rule, query', strings, seen.queries, query)
  await leave(page)
}
