/** The labelled public events (RAREBIT_SHARED): the rows a page must show for them, and a reader of the rows it shows. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const evidence = join(process.env['RAREBIT_SHARED'] ?? '../shared', 'evidence')

export const LABELLED = join(evidence, 'labelled-public.ndjson')
/** False, with one loud line, where the data is absent. */
export const labelledPresent = existsSync(join(evidence, 'labels-public.json'))
if (!labelledPresent) console.warn(`labelled events skipped: ${evidence} is absent (set RAREBIT_SHARED)`)

interface Label {
  reported: boolean
  'process.command_line': string
  'host.name': string | null
  'Esql.event_count': number
}

/** What the labels say: a row for each reported group, and how many groups a replay reports. */
export function expectedFindings(): { rows: string[]; replayed: number } {
  const labels = JSON.parse(readFileSync(join(evidence, 'labels-public.json'), 'utf8')) as {
    whole_file: Label[]
    counts: { replay_distinct_groups: number }
  }
  const rows = labels.whole_file
    .filter(({ reported }) => reported)
    .map((label) => `${label['Esql.event_count']} on ${label['host.name']}: ${shown(label['process.command_line'])}`)
  return { rows: rows.toSorted(), replayed: labels.counts.replay_distinct_groups }
}

/** A command as a row has it: every character, cut at the row's length. */
function shown(command: string): string {
  return command.slice(0, 320)
}

/** Runs in the page: its rows in the same form. */
export function readRows(): string[] {
  const rows = Array.from(document.querySelectorAll('[data-finding]'), (button) => {
    const command = button.querySelector('code')!.textContent!.slice(0, 320)
    const count = /(\d+) events?\b/.exec(button.querySelector('.figures')!.textContent!)![1]
    const host = button.querySelector('.sentence')!.textContent!.match(/ on (\S+)\s*$/)?.[1]
    return `${count} on ${host ?? null}: ${command}`
  })
  return rows.sort()
}
