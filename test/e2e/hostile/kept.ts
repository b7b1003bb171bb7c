/** Strings as names of the files of kept cases: the list, the line that waits for a case's files, what can be undone. */
import { expect } from 'vitest'
import { dropFiles } from '../../helpers/drop-files.ts'
import { cutAfter } from '../../helpers/place-ledger.ts'
import { shownTexts } from '../../helpers/shown-text.ts'
import { type Stage } from './stage.ts'

/** Names that the list shows of one case, and their characters together, before anything of them is cut. */
const NAMES = 3
const CHARACTERS = 150

/** A case file, as somebody may send it. */
const caseFile = (names: readonly string[], at: number) =>
  JSON.stringify({
    kind: 'rarebit-case',
    version: 2,
    id: `c${at}`,
    savedAt: Date.UTC(2026, 2, 2) + at,
    inputs: names.map((name, n) => ({ name, byteLength: 1, print: `${at}-${n}`, sha256: null })),
    history: [{ text: 'FROM *', limited: true, outcome: 'done', rows: 1 }]
  })

function missingOf(expected: readonly string[], shown: readonly string[]): number {
  const there = new Set(shown)
  return expected.filter((text) => !there.has(text)).length
}

/** Names of one case each; a longer one has a case of its own. */
function grouped(names: readonly string[]): string[][] {
  const groups: string[][] = []
  for (const name of names) {
    const last = groups.at(-1)
    if (last && last.length < NAMES && [...last, name].join(', ').length <= CHARACTERS) last.push(name)
    else groups.push([name])
  }
  return groups
}

export async function kept({ open, ledger, strings, settled, leave }: Stage): Promise<void> {
  const page = await open()
  // A name longer than any system has is left out of a case, and a file has a name.
  const fit = strings.filter((text) => text.length <= 4096 && text.trim() !== '')
  const groups = grouped(fit)
  const joined = new Map(groups.flatMap((names) => names.map((name) => [name, names.join(', ')])))
  await dropFiles(
    page,
    groups.map((names, at) => ({ name: `${at}.rarebit.json`, text: caseFile(names, at) }))
  )
  // Other tests of this browser have kept cases too: the list has settled when every one of these is in it.
  const expected = groups.map((names) => cutAfter(200)(names.join(', ')))
  const shownNow = () => shownTexts(page, '[data-kept-case] .files bdi')
  await expect.poll(async () => missingOf(expected, await shownNow()), { timeout: 60_000 }).toBe(0)
  const listed = (text: string) => joined.get(text)!
  ledger.look('kept case, files', fit, await shownNow(), cutAfter(200, listed))
  await settled(page)
  const { awaited, removed } = await page.evaluate(async () => {
    const buttons = (name: string) => [...document.querySelectorAll<HTMLElement>(`[data-kept-do=${name}]`)]
    document.querySelector('[data-picker]')!.addEventListener('click', (event) => event.preventDefault())
    /** Presses a button and answers what the line then says; no two cases have the same names. */
    const said = async (button: HTMLElement, line: string): Promise<string> => {
      const before = shown.all(line)[0]
      button.click()
      for (let tries = 0; tries < 250; tries++) {
        await new Promise((next) => setTimeout(next))
        const now = shown.all(line)[0]
        if (now !== undefined && now !== before) return now
      }
      return ''
    }
    const awaited: string[] = []
    for (const button of buttons('open')) awaited.push(await said(button, 'p.line[role=status] bdi'))
    const removed: string[] = []
    for (let button = buttons('delete')[0]; button; button = buttons('delete')[0])
      removed.push(await said(button, '[data-undo-line] p bdi'))
    return { awaited, removed }
  })
  const within = (texts: readonly string[]) => fit.filter((text) => texts.some((line) => line.includes(listed(text))))
  ledger.look('line of an awaited case', fit, within(awaited))
  ledger.look(
    'line of what can be undone',
    fit,
    removed,
    cutAfter(240, (text) => `The case of ${listed(text)} was deleted.`)
  )
  await leave(page)
}
