/**
 * The labelled public events, opened in the page and read from the screen: the built-in rule must show the reported
 * groups, whole file and replayed. The data is not part of the repository (RAREBIT_SHARED).
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright'
import { launchExtension, type LaunchedExtension } from '../helpers/extension.ts'

const evidence = join(process.env['RAREBIT_SHARED'] ?? '../shared', 'evidence')
const present = existsSync(join(evidence, 'labels-public.json'))
if (!present) console.warn(`labelled events skipped: ${evidence} is absent (set RAREBIT_SHARED)`)

interface Label {
  reported: boolean
  'process.command_line': string
  'host.name': string | null
  'Esql.event_count': number
}

/** A command as a row has it: every character, cut at the row's length. */
const shown = (command: string) => command.slice(0, 320)

describe.skipIf(!present)('labelled events on the screen', () => {
  let extension: LaunchedExtension
  let page: Page
  beforeAll(async () => {
    extension = await launchExtension()
    page = await extension.open('analyzer')
  })
  afterAll(async () => {
    await extension?.close()
  })

  const rows = async () => {
    const read = await page.locator('[data-finding]').evaluateAll((buttons) =>
      buttons.map((button) => {
        const command = button.querySelector('code')!.textContent!.slice(0, 320)
        const count = /(\d+) events?\b/.exec(button.querySelector('.figures')!.textContent!)![1]
        const host = button.querySelector('.sentence')!.textContent!.match(/ on (\S+)\s*$/)?.[1]
        return `${count} on ${host ?? null}: ${command}`
      })
    )
    return read.toSorted()
  }

  test('whole file, then replayed', async () => {
    const labels = JSON.parse(await readFile(join(evidence, 'labels-public.json'), 'utf8'))
    await page.locator('[data-picker]').setInputFiles(join(evidence, 'labelled-public.ndjson'))
    await page.locator('[data-finding]').first().waitFor()
    const expected = (labels.whole_file as Label[])
      .filter(({ reported }) => reported)
      .map((label) => `${label['Esql.event_count']} on ${label['host.name']}: ${shown(label['process.command_line'])}`)
    await expect.poll(rows).toEqual(expected.toSorted())

    await page.getByText('As scheduled').click()
    await expect.poll(() => page.locator('[data-finding]').count()).toBe(labels.counts.replay_distinct_groups)
  })
})
