/** Texts that an attacker chose, in every place that shows or writes one: as text, whole, with nothing hidden, and inert. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asked } from './hostile/asked.ts'
import { missed, stepped, tagged } from './hostile/checked.ts'
import { files } from './hostile/files.ts'
import { findings, panes } from './hostile/findings.ts'
import { kept } from './hostile/kept.ts'
import { cells, events, names } from './hostile/queries.ts'
import { redacted } from './hostile/redacted.ts'
import { rules } from './hostile/rules.ts'
import { openStage, type Stage } from './hostile/stage.ts'
import { handed, noted } from './hostile/written.ts'

const THEMES = {
  findings,
  panes,
  cells,
  events,
  names,
  asked,
  files,
  rules,
  noted,
  handed,
  redacted,
  kept,
  missed,
  stepped,
  tagged
}

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => {
  const { ledger, strings } = stage
  console.log(`${ledger.lines()}\n${strings.length} strings, ${ledger.places} places, ${ledger.looks} looked at`)
  await stage.close()
})

test.each(Object.entries(THEMES))(
  '%s',
  async (_, theme) => {
    const before = stage.ledger.lost.length
    await theme(stage)
    expect(stage.ledger.lost.slice(before)).toEqual([])
  },
  300_000
)
