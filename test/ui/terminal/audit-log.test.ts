/**
 * Genuine recordings of auditd: every process start equals the reference conversion, parents included, and the seed rule
 * reports what it reports on that. From a file, from standard input, compressed.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readAudit } from '../../helpers/audit-events.ts'
import { sharedPath } from '../../helpers/shared-facts.ts'
import { runRarebit } from './engine-host.ts'

const folder = sharedPath('evidence/data/lab-audit')
const seed = sharedPath('esql/corpus/seed.esql')
const RUNS = [
  ['audit-run1.raw', 'run1.raw', 151],
  ['audit-run2.enriched', 'run2.enriched', 132],
  ['audit-run3.raw', 'run3.raw', 23]
] as const

interface Started {
  '@timestamp': string
  event: { action: string; sequence: number }
  user: { id: string }
  labels: { parent_from: string }
  process: Record<string, unknown> & { parent: Record<string, unknown> }
}

/** What both say of a process start. */
function facts({ user, labels, process, ...event }: Started) {
  const { parent, ...own } = process
  const picked = ['pid', 'executable', 'name', 'args', 'args_count', 'command_line', 'working_directory']
  const pick = (of: Record<string, unknown>) => Object.fromEntries(picked.map((name) => [name, of[name]]))
  const { args_count: _, ...parentFacts } = pick(parent)
  return {
    key: `${event['@timestamp']} ${event.event.sequence}`,
    user: user.id,
    from: labels.parent_from,
    own: pick(own),
    parent: parentFacts
  }
}

const sample = (name: string) => readFileSync(new URL(`../../../ui/samples/${name}`, import.meta.url), 'utf8')

describe('the sample', () => {
  const commands = async (words: string[], stdin?: string) => {
    const { status, output, told } = await runRarebit(['hunt', ...words, '--format', 'json'], stdin)
    expect(status).toBe(0)
    const { columns, runs, inputs } = JSON.parse(output)
    const at = columns.findIndex(({ name }: { name: string }) => name === 'process.command_line')
    return { commands: runs[0].values.map((row: unknown[]) => row[at]).sort() as string[], told, inputs, runs }
  }

  it('gives the findings of the same events in JSON, from standard input, with what was filled in told once', async () => {
    const audit = await commands(['-'], sample('web-shell.audit.log'))
    const json = await commands(['-'], sample('web-shell.ndjson'))
    expect(audit.commands).toHaveLength(7)
    expect(audit.commands).toEqual(json.commands)
    expect(audit.inputs[0].skippedTotal).toBe(0)
    expect(audit.told.filter((line) => line.includes('labels.parent_from'))).toHaveLength(1)
    const [source] = audit.runs[0].sources[0]
    const text = sample('web-shell.audit.log')
    expect(text.slice(0, source.byte).split('\n')).toHaveLength(source.line)
    expect(text.slice(source.byte).startsWith('node=web-03 type=SYSCALL')).toBe(true)
  })
})

const isStart = (event: Started) => event.event.action === 'exec'

describe.skipIf(folder === null)('recordings', () => {
  it.each(RUNS)('%s: every start equals the reference', async (log, golden, count) => {
    const { events, skipped } = await readAudit(readFileSync(`${folder}/${log}.log`))
    const mine = events.map((event) => JSON.parse(event) as Started).filter(isStart)
    const reference = readFileSync(`${folder}/golden-${golden}.ecs.ndjson`, 'utf8').trim().split('\n')
    const expected = reference.map((line) => JSON.parse(line) as Started).filter(isStart)
    expect(skipped).toEqual([])
    expect(expected).toHaveLength(count)
    const byKey = (a: { key: string }, b: { key: string }) => a.key.localeCompare(b.key)
    expect(mine.map(facts).sort(byKey)).toEqual(expected.map(facts).sort(byKey))
  })

  it.each(RUNS)('%s: the seed rule reports what it reports on the reference', async (log, golden) => {
    const { status, output } = await runRarebit(['hunt', `${folder}/${log}.log`, '--rule', seed!, '--format', 'json'])
    expect(status).toBe(0)
    const { columns, runs } = JSON.parse(output) as { columns: { name: string }[]; runs: { values: unknown[][] }[] }
    const at = ['process.command_line', 'process.working_directory', 'process.parent.executable'].map((name) =>
      columns.findIndex((column) => column.name === name)
    )
    const rows = runs[0]!.values.map((row) => JSON.stringify(at.map((i) => row[i])))
    const expected = readFileSync(`${folder}/golden-${golden}.seedrule.txt`, 'utf8')
      .split('\n')
      .filter((line) => /^\d+ \[/.test(line))
    expect(rows.sort()).toEqual(expected.map((line) => JSON.stringify(groupOf(line))).sort())
  })

  it('gives the same rows for the reference documents and for the log itself', async () => {
    const reports = [`${folder}/audit-run2.enriched.log`, `${folder}/golden-run2.enriched.ecs.ndjson`].map(async (file) => {
      const query =
        'FROM * | WHERE event.action == "exec" | STATS n = COUNT(*) BY process.name, process.parent.executable, user.name, host.name | SORT process.name, process.parent.executable, user.name'
      const { output } = await runRarebit(['query', query, file, '--format', 'csv'])
      return output
    })
    const [log, reference] = await Promise.all(reports)
    expect(log!.split('\n').length).toBeGreaterThan(20)
    expect(log).toBe(reference)
  })
})

/** The group of a line `1 ['host'] ('command', 'directory', 'program')` as Python prints it. */
function groupOf(line: string): string[] {
  const group = line.slice(line.indexOf('] (') + 2)
  return [...group.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map(([, single, double]) =>
    (single ?? double)!.replace(/\\(.)/g, (_, escaped: string) => ({ n: '\n', t: '\t', r: '\r' })[escaped] ?? escaped)
  )
}
