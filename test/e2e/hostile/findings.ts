/** Strings in every field a finding is made of: its row, its pane, and each export of it. */
import type { Page } from 'playwright'
import { dropFiles } from '../../helpers/drop-files.ts'
import { cutAfter } from '../../helpers/place-ledger.ts'
import { readCsv } from '../../helpers/read-csv.ts'
import { shownTexts, shownThrough } from '../../helpers/shown-text.ts'
import { saved, type Stage, textsIn } from './stage.ts'

const command = (text: string) => `sh -c ${text}`
const directory = (text: string) => `/d/${text}`
const user = (text: string) => `u ${text}`
const host = (text: string) => `h ${text}`

/** An event that the built-in rule reports, with the string in all that it tells. */
export const findingEvent = (text: string, at: number) => ({
  '@timestamp': new Date(Date.UTC(2026, 2, 2, 10) + at * 1000).toISOString(),
  agent: { id: `a${at}` },
  event: { type: ['start'], action: 'exec' },
  host: { name: host(text), os: { type: 'linux' } },
  process: {
    name: 'sh',
    title: text,
    args: [text, '~'],
    command_line: command(text),
    working_directory: directory(text),
    parent: { name: 'nginx', executable: text }
  },
  user: { name: user(text) }
})

export const ndjson = (events: readonly object[]) => events.map((event) => JSON.stringify(event)).join('\n')

export async function findings({ open, ledger, strings, settled, leave }: Stage): Promise<void> {
  const page = await open()
  await dropFiles(page, [{ name: 'events.ndjson', text: ndjson(strings.map(findingEvent)) }])
  await page.locator('[data-finding] .bar:not(.pending)').first().waitFor()
  const rows = '[data-pane=list] .scroll'
  const [commands, users, hosts, directories] = await shownThrough(page, rows, [
    '[data-finding] code',
    '.sentence b:nth-last-of-type(2)',
    '.sentence b:last-of-type',
    '.sentence b:nth-last-of-type(3)'
  ])
  ledger.look('finding row, command', strings, commands!, cutAfter(320, command))
  ledger.look('finding row, user', strings, users!, cutAfter(160, user))
  ledger.look('finding row, host', strings, hosts!, cutAfter(160, host))
  ledger.look('finding row, directory', strings, directories!, cutAfter(160, directory))
  await settled(page)
  await exports(page, { ledger, strings })
  await leave(page)
}

/** Strings of one event, which become the keys of one finding. */
export const PACKED = 60

/** Events with all strings, many in each, under `labels.s0` and so on. */
export const packedEvents = (strings: readonly string[]) =>
  Array.from({ length: Math.ceil(strings.length / PACKED) }, (_, at) => ({
    '@timestamp': new Date(Date.UTC(2026, 2, 2, 10) + at * 1000).toISOString(),
    labels: Object.fromEntries(strings.slice(at * PACKED, (at + 1) * PACKED).map((text, n) => [`s${n}`, text]))
  }))

/**
 * Packed events and a rule that reports each with all its strings as keys. `message`: makes the file one of its own, since a case
 * that is kept of the same file would come back with it.
 */
export async function dropPacked(page: Page, strings: readonly string[], message: string): Promise<void> {
  const events = packedEvents(strings).map((event) => ({ ...event, message }))
  const keys = Array.from({ length: PACKED }, (_, n) => `labels.s${n}`).join(', ')
  await dropFiles(page, [{ name: `${message}.ndjson`, text: ndjson(events) }])
  await page.locator('[data-pane=list] .state h2').waitFor()
  await dropFiles(page, [{ name: 'keys.esql', text: `FROM logs-* | STATS n = COUNT(*) BY ${keys}` }])
  await page.locator('[data-finding] .bar:not(.pending)').first().waitFor()
}

/** A dropped rule whose findings have many keys: each is chosen in turn, and what folds is unfolded. */
export async function panes({ open, ledger, strings, leave }: Stage): Promise<void> {
  const page = await open()
  await dropPacked(page, strings, 'keys')
  const seen = { keys: [] as string[], fields: [] as string[] }
  for (const row of await page.locator('[data-finding]').all()) {
    await row.click()
    await page.locator('[data-pane=evidence] [data-event] tbody tr').first().waitFor()
    for (const pane of ['finding', 'evidence']) await page.evaluate((name) => shown.unfold(`[data-pane=${name}]`), pane)
    seen.keys.push(...(await shownTexts(page, '[data-pane=finding] .what > dl:not(.found) dd bdi')))
    seen.fields.push(...(await shownTexts(page, '[data-pane=evidence] [data-event] td bdi')))
  }
  // A key without a text has no line.
  const said = strings.filter((text) => text !== '')
  ledger.look('finding pane, key', said, seen.keys)
  ledger.look('events of a finding, value', strings, seen.fields)
  await leave(page)
}

/** Characters that begin a formula once what spreadsheets trim is gone. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u
const guarded = (text: string) => (FORMULA.test(text) ? `'${text}` : text)

/** Saves the findings by the menu of the list. */
export const exported = (page: Page, format: string) =>
  saved(page, async () => {
    await page.locator('[data-export]').click()
    await page.locator(`[data-export-format=${format}]`).click()
  })

async function exports(page: Page, { ledger, strings }: Pick<Stage, 'ledger' | 'strings'>): Promise<void> {
  const json = textsIn(JSON.parse((await exported(page, 'json')).text))
  ledger.look('JSON, key', strings, json)
  ledger.look('JSON, command', strings, json, command)
  ledger.look('JSON, host', strings, json, host)
  const [head, ...cells] = readCsv((await exported(page, 'csv')).text)
  const column = (name: string) => cells.map((row) => row[head!.indexOf(name)] ?? '')
  ledger.look('CSV, key', strings, column('process.parent.executable'), guarded)
  ledger.look('CSV, command', strings, column('process.command_line'), command)
  ledger.look('Markdown, command', strings, blocks((await exported(page, 'markdown')).text), command)
}

/** Names that Markdown gives characters which cannot be seen, beside their code points. */
const NAMES: Readonly<Record<string, number>> = {
  NUL: 0,
  BEL: 7,
  BS: 8,
  TAB: 9,
  LF: 10,
  CR: 13,
  DEL: 0x7f,
  NEL: 0x85,
  NBSP: 0xa0,
  SHY: 0xad,
  ALM: 0x61c,
  ZWSP: 0x200b,
  ZWNJ: 0x200c,
  ZWJ: 0x200d,
  LRM: 0x200e,
  RLM: 0x200f,
  LS: 0x2028,
  PS: 0x2029,
  LRE: 0x202a,
  RLE: 0x202b,
  PDF: 0x202c,
  LRO: 0x202d,
  RLO: 0x202e,
  WJ: 0x2060,
  LRI: 0x2066,
  RLI: 0x2067,
  FSI: 0x2068,
  PDI: 0x2069,
  BOM: 0xfeff
}

/** The fenced blocks of a Markdown text, named characters put back. */
function blocks(markdown: string): string[] {
  return Array.from(markdown.matchAll(/^(`{3,})text\n([\s\S]*?)\n\1$/gm), ([, , content]) =>
    content!.replace(/⟨(?:ESC([^⟩]*)|U\+([0-9A-F]+)|([A-Z]+))⟩/g, (whole, sequence?: string, code?: string, name?: string) => {
      if (sequence !== undefined) return `\u001b${sequence}`
      const point = code ? parseInt(code, 16) : NAMES[name!]
      return point === undefined ? whole : String.fromCodePoint(point)
    })
  )
}
