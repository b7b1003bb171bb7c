/**
 * The labelled events through the built terminal program, rule by rule and form by form, against the answers that were
 * worked out for them by hand: whole file and replay as scheduled, group by group, with the lines each group came from.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { sharedPath } from '../helpers/shared-facts.ts'
import { type HuntJson, huntJson } from '../helpers/terminal.ts'

type Label = Record<string, unknown> & { _lines?: number[]; reported?: boolean }
interface Labels {
  whole_file: Label[]
  replay: { run: string; from: string; reported: Label[] }[]
}
/** One row with its cells by column, sets where order means nothing, and the events behind it. */
type Row = Record<string, unknown>

const evidence = sharedPath('evidence/labels-public.json')
const labels = evidence ? (JSON.parse(readFileSync(evidence, 'utf8')) as Labels) : null
const seed = sharedPath('esql/corpus/seed.esql') ?? ''
const labelled = sharedPath('evidence/labelled-public.ndjson') ?? ''
const casesFile = sharedPath('esql/corpus/seed_cases.ndjson')
const REPLAY = ['--replay', '--from', 'now-61m', '--interval', '1h']

const RULES = [
  { name: 'seed.esql', arguments: ['--rule', seed] },
  { name: 'the built-in rule', arguments: [] }
]

/** `line`: physical lines can be compared; the others have their events on other lines than the original. */
const FORMS: readonly { file: string; place: 'line' | 'event' }[] = [
  { file: 'array.json', place: 'event' },
  { file: 'bulk.ndjson', place: 'event' },
  { file: 'concatenated-pretty.json', place: 'event' },
  { file: 'crlf-bom.ndjson', place: 'line' },
  { file: 'flat.csv', place: 'event' },
  { file: 'hits.ndjson', place: 'line' },
  { file: 'labelled-public.ndjson.gz', place: 'line' },
  { file: 'labelled-public.zip', place: 'line' },
  { file: 'search-response.json', place: 'event' }
]

describe.skipIf(!labels)('labelled events', () => {
  const whole = labels?.whole_file.filter(({ reported }) => reported) ?? []

  test('the labels hold what this test takes from them', () => {
    expect(whole).toHaveLength(40)
    expect(labels!.replay.flatMap(({ reported }) => reported)).toHaveLength(57)
  })

  for (const rule of RULES) {
    test(`${rule.name}, whole file: every group with the lines of its events`, async () => {
      const found = await huntJson(labelled, ...rule.arguments)
      expect(rowsOf(found, found.runs[0]!, 'line')).toEqual(expectedRows(whole))
      expect(found.runs).toHaveLength(1)
      expect(found.inputs.map(({ events, skippedTotal }) => ({ events, skippedTotal }))).toEqual([
        { events: 142, skippedTotal: 0 }
      ])
    })

    test(`${rule.name}, replayed each hour: every run with rows, its window and its groups`, async () => {
      const found = await huntJson(labelled, ...rule.arguments, ...REPLAY)
      const runs = found.runs.map((run) => ({ run: run.run, from: run.from, rows: rowsOf(found, run, 'line') }))
      const expected = labels!.replay
        .filter(({ reported }) => reported.length > 0)
        .map(({ run, from, reported }) => ({ run, from, rows: expectedRows(reported) }))
      expect(runs).toEqual(expected)
      expect(found.runs.every(({ run, to }) => run === to)).toBe(true)
    })
  }

  for (const { file, place } of FORMS) {
    test(`${file} gives the same findings, whole and replayed`, async () => {
      const path = sharedPath(`evidence/formats/${file}`)!
      const found = await huntJson(path, '--rule', seed)
      expect(rowsOf(found, found.runs[0]!, 'event')).toEqual(expectedRows(whole))
      if (place === 'line') expect(rowsOf(found, found.runs[0]!, 'line')).toEqual(expectedRows(whole))
      const replayed = await huntJson(path, '--rule', seed, ...REPLAY)
      const expected = labels!.replay.filter(({ reported }) => reported.length > 0)
      expect(replayed.runs.map(({ run }) => run)).toEqual(expected.map(({ run }) => run))
      expect(replayed.runs.map((run) => rowsOf(replayed, run, 'event'))).toEqual(
        expected.map(({ reported }) => expectedRows(reported))
      )
    })
  }

  test('all nine forms in one run: one input each, and nothing is rare any more', async () => {
    const paths = FORMS.map(({ file }) => sharedPath(`evidence/formats/${file}`)!)
    const found = await huntJson(...paths, '--rule', seed)
    expect(found.inputs.map(({ events }) => events)).toEqual(FORMS.map(() => 142))
    expect(found.runs[0]!.values).toEqual([])
  })

  test('a reference is the place of its record in the bytes', async () => {
    const found = await huntJson(labelled, '--rule', seed)
    const bytes = readFileSync(labelled)
    const lines = bytes.toString('utf8').split('\n')
    for (const source of found.runs[0]!.sources.flat())
      expect(bytes.subarray(source.byte, source.byte + source.length).toString('utf8')).toBe(lines[source.line - 1])
  })
})

describe.skipIf(!casesFile)('event sets with the rows the seed rule gives', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rarebit-cases-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const cases = casesFile
    ? readFileSync(casesFile, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { case: string; events: unknown[]; expected: Label[] })
    : []

  test('there are seventeen', () => expect(cases).toHaveLength(17))

  for (const [index, { case: title, events, expected }] of cases.entries()) {
    test(title, async () => {
      const file = join(folder, `${index}.ndjson`)
      writeFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''))
      const found = await huntJson(file, '--rule', seed)
      expect(rowsOf(found, found.runs[0]!, null)).toEqual(expectedRows(expected))
    })
  }
})

function rowsOf(found: HuntJson, run: HuntJson['runs'][number], place: 'line' | 'event' | null): Row[] {
  const rows = run.values.map((cells, index) => {
    const row = comparable(Object.fromEntries(found.columns.map(({ name }, at) => [name, cells[at]])))
    return place ? { ...row, _lines: run.sources[index]!.map((source) => source[place]) } : row
  })
  return sorted(rows)
}

function expectedRows(labelled: readonly Label[]): Row[] {
  const columns = (label: Label) => Object.entries(label).filter(([name]) => !['reported', 'reason', 'verdicts'].includes(name))
  return sorted(labelled.map((label) => comparable(Object.fromEntries(columns(label)))))
}

/** What VALUES collects has no order: a sorted array, whether it came as one value or as several. */
function comparable(row: Row): Row {
  const asSet = (value: unknown) => [value ?? []].flat().toSorted()
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, name.endsWith('_values') ? asSet(value) : value]))
}

function sorted(rows: Row[]): Row[] {
  const key = (row: Row) =>
    ['process.command_line', 'process.working_directory', 'process.parent.executable'].map((name) => row[name]).join('\0')
  return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}
