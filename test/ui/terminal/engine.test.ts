/** The terminal over the real engine, on small files of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { runRarebit } from './engine-host.ts'

const folder = mkdtempSync(join(tmpdir(), 'rarebit-terminal-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function shell(time: string, command: string, change: Record<string, unknown> = {}): string {
  return JSON.stringify({
    '@timestamp': time,
    host: { os: { type: 'linux' }, name: 'web-1' },
    agent: { id: 'a1' },
    event: { type: ['start'], action: ['fork', 'exec'], dataset: 'endpoint.events.process' },
    data_stream: { type: 'logs', dataset: 'endpoint.events.process', namespace: 'default' },
    user: { name: 'www-data', id: 33 },
    process: {
      name: 'sh',
      command_line: command,
      working_directory: '/srv/app',
      parent: { name: 'nginx', executable: '/usr/sbin/nginx' }
    },
    ...change
  })
}

const LINES = [
  shell('2026-01-01T00:10:00Z', 'sh -c id'),
  'not json',
  shell('2026-01-01T00:20:00Z', 'sh -c whoami'),
  ...Array.from({ length: 5 }, (_, i) => shell(`2026-01-01T00:3${i}:00Z`, 'sh -c often')),
  shell('2026-01-01T00:59:30Z', 'sh -c edge')
]
const log = file('log.ndjson', LINES.join('\n') + '\n')

describe('hunt with the built-in rule', () => {
  it('finds the rare commands with their lines; the frequent one is left out; a bad line costs itself', async () => {
    const { status, output, told } = await runRarebit(['hunt', log, '--format', 'json', '--hash'])
    expect(status).toBe(0)
    const report = JSON.parse(output)
    expect(report.inputs[0]).toMatchObject({ name: log, events: 8, skippedTotal: 1, skipped: [{ line: 2 }] })
    expect(report.inputs[0].sha256).toMatch(/^[0-9a-f]{64}$/)
    const command = report.columns.findIndex((column: { name: string }) => column.name === 'process.command_line')
    const found = report.runs[0].values.map((row: unknown[], at: number) => [
      row[command],
      report.runs[0].sources[at].map((source: { line: number }) => source.line)
    ])
    expect(found.sort()).toEqual([
      ['sh -c edge', [9]],
      ['sh -c id', [1]],
      ['sh -c whoami', [3]]
    ])
    expect(told.some((line) => line.includes(':2 (byte'))).toBe(true)
  })

  it('replays the schedule: the event in the overlap is seen by two runs', async () => {
    // An event of the next hour makes a second run.
    const replayed = file('replayed.ndjson', [LINES[0]!, LINES.at(-1)!, shell('2026-01-01T01:30:00Z', 'sh -c later')].join('\n'))
    const { output, status } = await runRarebit(['hunt', replayed, '--replay', '--format', 'ndjson', '--fail-on-findings'])
    expect(status).toBe(1)
    const rows = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { run: string; from: string; to: string; row: Record<string, string> })
    expect(rows.map(({ run, from, to, row }) => [run, from, to, row['process.command_line']]).sort()).toEqual([
      ['2026-01-01T01:00:00Z', '2025-12-31T23:59:00Z', '2026-01-01T01:00:00Z', 'sh -c edge'],
      ['2026-01-01T01:00:00Z', '2025-12-31T23:59:00Z', '2026-01-01T01:00:00Z', 'sh -c id'],
      ['2026-01-01T02:00:00Z', '2026-01-01T00:59:00Z', '2026-01-01T02:00:00Z', 'sh -c edge'],
      ['2026-01-01T02:00:00Z', '2026-01-01T00:59:00Z', '2026-01-01T02:00:00Z', 'sh -c later']
    ])
  })

  it('reads gzip, standard input and several files as one run, within times', async () => {
    const packed = file('log.ndjson.gz', gzipSync(LINES.join('\n')))
    const stdin = shell('2026-01-01T00:40:00Z', 'sh -c piped')
    const { output } = await runRarebit(['hunt', packed, '-', '--from-time', '2026-01-01T00:39:00Z', '--format', 'json'], stdin)
    const report = JSON.parse(output)
    expect(report.inputs.map((input: { name: string; events: number }) => [input.name, input.events])).toEqual([
      [packed, 8],
      ['stdin', 1]
    ])
    expect(
      report.runs[0].sources.map(([source]: { file: number; line: number }[]) => [source!.file, source!.line]).sort()
    ).toEqual([
      [0, 9],
      [1, 1]
    ])
  })

  it('runs several rules, those that cannot run included', async () => {
    const rules = file(
      'rules.ndjson',
      ['FROM * | STATS n = COUNT(*)', 'FROM * | WHERE', 'FROM * | COMPLETION a WITH {"inference_id": "x"}']
        .map((query, i) => JSON.stringify({ type: 'esql', name: `r${i}`, rule_id: `${i}`, query }))
        .join('\n')
    )
    const { status, output } = await runRarebit(['hunt', log, '--rule', rules, '--format', 'json'])
    expect(status).toBe(0)
    expect(
      JSON.parse(output).rules.map((rule: { status: string; reason: string; runs: { values: unknown[] }[] }) => [
        rule.status,
        rule.status === 'refused' ? null : rule.reason,
        rule.runs[0]?.values.length ?? null
      ])
    ).toEqual([
      ['ran', null, 1],
      ['refused', null, null],
      ['needs-model', 'COMPLETION was not run and nothing was sent; the prompts are in column [a]', 8]
    ])
  })

  it('joins the files of --lookup', async () => {
    const users = file('users.csv', 'user.id,team\n33,web\n0,root\n')
    const join = 'FROM * | LOOKUP JOIN users ON user.id | STATS n = COUNT(*) BY team | SORT team'
    const joined = await runRarebit(['query', join, log, '--lookup', `users=${users}`, '--format', 'csv'])
    const enrich = 'FROM * | ENRICH people ON user.id WITH team | STATS n = COUNT(*) BY team | SORT team'
    const enriched = await runRarebit(['query', enrich, log, '--lookup', `people:user.id=${users}`, '--format', 'csv'])
    expect(joined.output).toBe(enriched.output)
    expect(joined.output).toMatch(/^n,team\r?\n/)
    const wrong = await runRarebit(['query', enrich, log, '--lookup', `people:id=${users}`])
    expect([wrong.status, wrong.told.some((line) => line.includes('has no column [id] to match with'))]).toEqual([2, true])
  })
})

describe('query', () => {
  it('answers in the shape of _query, with the implicit limit said', async () => {
    const { status, output } = await runRarebit([
      'query',
      'FROM logs-* | STATS n = COUNT(*) BY user.id | EVAL share = n / 8.0',
      log,
      '--format',
      'json'
    ])
    expect(status).toBe(0)
    expect(JSON.parse(output)).toEqual({
      columns: [
        { name: 'n', type: 'long' },
        { name: 'user.id', type: 'keyword' },
        { name: 'share', type: 'double' }
      ],
      values: [[8, '33', 1]],
      warnings: ['No limit defined, adding default limit of [1000]']
    })
  })
  it('keeps 64 bits, takes --now, needs no file for ROW', async () => {
    const { output } = await runRarebit([
      'query',
      'ROW a = 9223372036854775807, b = NOW() | LIMIT 1',
      '--now',
      '2026-02-03T04:05:06Z',
      '--format',
      'csv'
    ])
    expect(output).toBe('a,b\r\n9223372036854775807,2026-02-03T04:05:06.000Z\r\n')
  })
  it('tells of bad lines', async () => {
    const { status, told } = await runRarebit(['query', 'FROM * | LIMIT 1', log])
    expect(status).toBe(0)
    // LIMIT may end the reading before the bad line; without it every line is read.
    const { told: all } = await runRarebit(['query', 'FROM * | STATS n = COUNT(*) | LIMIT 1', log])
    expect(all.filter((line) => line.includes(':2 (byte'))).toHaveLength(1)
    expect(told.every((line) => !line.startsWith('warning'))).toBe(true)
  })
  it('refuses a query with position and reason', async () => {
    const { status, output, told } = await runRarebit(['query', 'FROM * | WHERE ', log])
    expect([status, output]).toEqual([2, ''])
    expect(told[0]).toMatch(/^line 1:\d+: /)
  })
})

describe('bad input', () => {
  it.each([
    ['nothing', () => file('empty.ndjson', '')],
    [
      'a binary file',
      () =>
        file(
          'binary',
          new Uint8Array(4096).map((_, i) => (i * 197) % 256)
        )
    ],
    ['a directory', () => folder],
    ['a missing file', () => join(folder, 'gone')],
    ['a truncated gzip', () => file('cut.gz', gzipSync('x'.repeat(1000)).subarray(0, 12))]
  ])('%s: a message, exit status 3', async (_, path) => {
    const { status, told } = await runRarebit(['hunt', path()])
    expect(status).toBe(3)
    expect(told.join('\n').length).toBeGreaterThan(20)
  })
})

describe('esql --stdio', () => {
  it('answers over a mapping', async () => {
    const data = file('index.ndjson', '{"a":3,"b":["y","x","y"]}\n{"a":9007199254740993}\n')
    const requests = [
      { id: 1, query: 'FROM i | SORT a DESC', indices: { i: { mapping: { a: 'long', b: 'keyword' }, file: data } } },
      { id: 2, query: 'FROM i | KEEP nope', indices: { i: { mapping: { a: 'long' }, file: data } } }
    ]
    const { output } = await runRarebit(['esql', '--stdio'], requests.map((request) => JSON.stringify(request)).join('\n'))
    const [first, second] = output.trimEnd().split('\n')
    expect(first).toBe(
      '{"id":1,"columns":[{"name":"a","type":"long"},{"name":"b","type":"keyword"}],"values":[[9007199254740993,null],[3,["x","y"]]],"warnings":["No limit defined, adding default limit of [1000]"]}'
    )
    expect(JSON.parse(second!)).toMatchObject({ id: 2, error: { message: expect.stringContaining('Unknown column [nope]') } })
  })
})
