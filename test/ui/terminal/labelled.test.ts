/**
 * The terminal on the shared labelled events: groups and source lines equal the labels, whole and replayed, for the seed
 * rule and the built-in one, in nine file forms; and the guide's queries give the labelled answers.
 */
import { readdirSync, readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { investigationSteps, type StepContext } from '../../../engine/rules/investigation-guide.ts'
import { sharedPath } from '../../helpers/shared-facts.ts'
import { runRarebit } from './engine-host.ts'

type Row = Record<string, unknown>
interface Report {
  columns: { name: string }[]
  runs: { run: string | null; values: unknown[][]; sources: { line: number; event: number }[][] }[]
}

const data = sharedPath('evidence/labelled-public.ndjson')
const formats = sharedPath('evidence/formats')
const labels = data === null ? null : JSON.parse(readFileSync(sharedPath('evidence/labels-public.json')!, 'utf8'))
const seed = sharedPath('esql/corpus/seed.esql')
const cases = sharedPath('esql/corpus/seed_cases.ndjson')

/** Values as sets, names sorted: the order of VALUES and of equal counts is free. */
function group(row: Row): string {
  const entries = Object.entries(row).filter(([name]) => name.includes('.'))
  return JSON.stringify(
    entries.map(([name, value]) => [name, Array.isArray(value) ? [...(value as string[])].sort() : value]).sort()
  )
}

const labelled = (rows: Row[]) => rows.map((row) => `${group(row)} ${JSON.stringify(row['_lines'])}`).sort()

function reported(report: Report, run: Report['runs'][number], place: 'line' | 'event'): string[] {
  return run.values
    .map((values, at) => {
      const row = Object.fromEntries(report.columns.map(({ name }, index) => [name, values[index]]))
      return `${group(row)} ${JSON.stringify(run.sources[at]!.map((source) => source[place]))}`
    })
    .sort()
}

async function hunt(...words: string[]): Promise<Report> {
  const { status, output, told } = await runRarebit(['hunt', ...words, '--format', 'json'])
  expect(status, told.join('\n')).toBe(0)
  return JSON.parse(output) as Report
}

describe.skipIf(data === null)('labelled events', () => {
  const rules = [
    ['the seed', ['--rule', seed!], ['--from', 'now-61m', '--interval', '1h']],
    ['the built-in rule', [], []]
  ] as const

  it.each(rules)('%s finds the labelled groups with their lines, whole and replayed', async (_, rule, schedule) => {
    const whole = await hunt(data!, ...rule)
    expect(reported(whole, whole.runs[0]!, 'line')).toEqual(labelled(labels.whole_file.filter((row: Row) => row['reported'])))
    const replayed = await hunt(data!, ...rule, '--replay', ...schedule)
    const expected = labels.replay.filter((run: { reported: Row[] }) => run.reported.length > 0)
    expect(replayed.runs.map((run) => [run.run, reported(replayed, run, 'line')])).toEqual(
      expected.map((run: { run: string; reported: Row[] }) => [run.run, labelled(run.reported)])
    )
  })

  it.each(formats === null ? [] : readdirSync(formats).sort())('%s gives the same findings', async (name) => {
    const report = await hunt(join(formats!, name))
    expect(reported(report, report.runs[0]!, 'event')).toEqual(labelled(labels.whole_file.filter((row: Row) => row['reported'])))
  })

  it('the guide answers the follow-up questions', async () => {
    const lines = readFileSync(data!, 'utf8').split('\n')
    for (const anchor of labels.investigation) {
      const event = JSON.parse(lines[anchor.anchor_line - 1]!) as LabelledEvent
      const steps = new Map(investigationSteps(contextOf(event)).map((step) => [step.id, step.query]))
      const ask = async (id: string): Promise<Row[]> => {
        const { output, told, status } = await runRarebit(['query', steps.get(id)!, data!, '--format', 'json'])
        expect(status, told.join('\n')).toBe(0)
        const { columns, values } = JSON.parse(output) as { columns: { name: string }[]; values: unknown[][] }
        return values.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])))
      }
      const executed = await ask('same-user')
      expect(executed.reduce((sum, row) => sum + (row['n'] as number), 0)).toBe(
        anchor.q1_exec_events_same_user_and_host_60min_before_to_60min_after.length
      )
      const files = anchor.q2_files_created_or_changed_by_that_user_on_that_host_in_the_60min_before as [number, string][]
      expect((await ask('files-before')).map((row) => row['file.path'])).toEqual(files.map(([, path]) => path))
      const connections = anchor.q3_outbound_connections_by_that_user_on_that_host_from_5min_before_to_60min_after as [
        number,
        string,
        string,
        string
      ][]
      expect(
        (await ask('connections')).map((row) => [row['process.name'], row['destination.ip'], String(row['destination.port'])])
      ).toEqual(connections.map(([, ...rest]) => rest))
      expect((await ask('elsewhere')).map((row) => row['host.name']).sort()).toEqual(
        [...anchor.q4_hosts_with_the_same_command_line].sort()
      )
      for (const [id, query] of steps) if (query !== null) await ask(id)
    }
  })
})

interface LabelledEvent {
  '@timestamp': string
  host: { name: string }
  user: { name: string }
  process: LabelledProcess & {
    parent: LabelledProcess & { executable: string; name: string }
    working_directory: string
    command_line: string
  }
}

interface LabelledProcess {
  entity_id: string
  pid: number
}

function contextOf(event: LabelledEvent): StepContext {
  const { process: child } = event
  return {
    row: new Map(),
    hosts: [event.host.name],
    users: [event.user.name],
    t0: event['@timestamp'],
    t1: event['@timestamp'],
    entityIds: [child.entity_id],
    parentEntityIds: [child.parent.entity_id],
    pids: [child.pid],
    parentPids: [child.parent.pid],
    parentExecutable: child.parent.executable,
    parentName: child.parent.name,
    workingDirectory: child.working_directory,
    commandLine: child.command_line,
    eventCount: 1,
    firstEvent: new Map(),
    matchedBy: null,
    presence: () => null,
    datasets: null
  }
}

describe.skipIf(cases === null)('the cases of the seed rule', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rarebit-cases-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const all =
    cases === null
      ? []
      : readFileSync(cases, 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as { case: string; events: unknown[]; expected: Row[] })
  it.each(all)('$case', async ({ events, expected }) => {
    const path = join(folder, 'events.ndjson')
    writeFileSync(path, events.map((event) => JSON.stringify(event)).join('\n') + '\n')
    for (const rule of [['--rule', seed!], []]) {
      const report = await hunt(path, ...rule)
      const rows = report.runs[0]!.values.map((values) =>
        group(Object.fromEntries(report.columns.map(({ name }, index) => [name, values[index]])))
      )
      expect(rows.sort()).toEqual(expected.map(group).sort())
    }
  })
})
