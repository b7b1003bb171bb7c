import { describe, expect, it } from 'vitest'
import { BUILT_IN_RULE } from '../../../engine/rules/built-in-rule.ts'
import type { HuntReport } from '../../../ui/terminal/engine-port.ts'
import { runTerminal } from '../../../ui/terminal/run-terminal.ts'
import { type FakeAnswers, QueryFailure, fakeHost, inputReport } from './fake-host.ts'

const REPORT: Partial<HuntReport> = {
  columns: [
    { name: 'process.command_line', type: 'keyword' },
    { name: 'n', type: 'long' },
    { name: 'share', type: 'double' }
  ],
  runCount: 3,
  runs: [
    {
      run: '2026-01-01T01:00:00.000Z',
      from: '2025-12-31T23:59:00.000Z',
      to: '2026-01-01T01:00:00.000Z',
      values: [
        ['=sh -c id\u001b[2J', 9007199254740993n, 1],
        [['a', 'b'], null, 0.5]
      ],
      sources: [[{ file: 0, line: 3, event: 3, byte: 20, length: 7 }], []],
      truncated: [true, false]
    }
  ],
  warnings: ['Line 1:2: something']
}
const FILES = {
  'a.ndjson': '{}',
  'r.esql': 'FROM x',
  's.json': '{"type":"esql","query":"FROM y","rule_id":"s","name":"S","max_signals":1}'
}

async function run(line: string, answers: FakeAnswers = { hunt: () => REPORT }, files: Record<string, string> = FILES) {
  const fake = fakeHost(files, answers)
  const status = await runTerminal(line.split(' '), fake.host, '1.2.3')
  return { status, ...fake, output: fake.output() }
}

describe('hunt', () => {
  it('runs the built-in rule when none is named', async () => {
    const { status, asked, output, told } = await run('hunt a.ndjson --format json')
    expect(status).toBe(0)
    expect(asked.hunts).toHaveLength(1)
    expect(asked.hunts[0]).toMatchObject({ rule: BUILT_IN_RULE, mode: 'whole', from: null, nowMillis: null })
    expect(output).toBe(
      `{"rule":{"id":"rarebit-rare-web-server-command","name":"Rare command started by a web server"},"mode":"whole",` +
        `"inputs":[{"name":"a.ndjson","bytes":100,"sha256":null,"events":10,"skipped":[],"skippedTotal":0}],` +
        `"columns":[{"name":"process.command_line","type":"keyword"},{"name":"n","type":"long"},{"name":"share","type":"double"}],` +
        `"runs":[{"run":"2026-01-01T01:00:00.000Z","from":"2025-12-31T23:59:00.000Z","to":"2026-01-01T01:00:00.000Z",` +
        `"values":[["=sh -c id\\u001b[2J",9007199254740993,1.0],[["a","b"],null,0.5]],` +
        `"sources":[[{"file":0,"line":3,"event":3,"byte":20,"length":7}],[]],"truncated":[true,false],"droppedByKibana":null}],` +
        `"warnings":["Line 1:2: something"]}\n`
    )
    expect(told).toEqual(['warning: Line 1:2: something'])
  })

  it('names the built-in rule, a bare query and a rule with an id', async () => {
    for (const name of ['built-in', 'rarebit-rare-web-server-command', '8a7933b4-9d0a-4c1c-bda5-e39fb045ff1d']) {
      expect((await run(`hunt a.ndjson --rule ${name}`)).asked.hunts[0]!.rule).toBe(BUILT_IN_RULE)
    }
    expect((await run('hunt a.ndjson --rule r.esql --format json')).output).toContain('{"rule":{"id":null,"name":"r.esql"},')
    expect((await run('hunt a.ndjson --rule s.json --format json')).output).toContain('"droppedByKibana":1}')
  })

  it('uses the shape of several rules for several, none left out', async () => {
    const answers: FakeAnswers = {
      hunt: ({ rule }) => {
        if (rule.name === 'S') throw new QueryFailure(['line 1:1: no'])
        return { runs: [{ run: null, from: null, to: null, values: [], sources: [], truncated: [] }] }
      }
    }
    const { status, output, told } = await run('hunt a.ndjson --rule r.esql --rule s.json --format json', answers)
    expect(status).toBe(0)
    expect(JSON.parse(output)).toEqual({
      inputs: [{ name: 'a.ndjson', bytes: 100, sha256: null, events: 10, skipped: [], skippedTotal: 0 }],
      rules: [
        {
          rule: { id: null, name: 'r.esql' },
          status: 'ran',
          reason: 'no-match',
          mode: 'whole',
          columns: [],
          runs: [{ run: null, from: null, to: null, values: [], sources: [], truncated: [], droppedByKibana: null }],
          warnings: []
        },
        {
          rule: { id: 's', name: 'S' },
          status: 'refused',
          reason: 'line 1:1: no',
          mode: 'whole',
          columns: [],
          runs: [],
          warnings: []
        }
      ]
    })
    expect(told).toEqual(['Rule [S] cannot run:\n  line 1:1: no'])
  })

  it.each([
    ['hunt a.ndjson', { hunt: () => REPORT }, 0],
    ['hunt a.ndjson --fail-on-findings', { hunt: () => REPORT }, 1],
    ['hunt a.ndjson --fail-on-findings', {}, 0],
    ['hunt missing.ndjson', {}, 3],
    ['hunt a.ndjson', { unreadable: ['a.ndjson'] }, 3],
    ['hunt a.ndjson missing.ndjson', {}, 0],
    ['hunt a.ndjson', { hunt: () => ({ inputs: [inputReport('a.ndjson', { events: 0, skippedTotal: 1 })] }) }, 3],
    ['hunt a.ndjson --rule missing.toml', {}, 2],
    ['hunt a.ndjson --bad', {}, 2],
    [
      'hunt a.ndjson',
      {
        hunt: () => {
          throw new QueryFailure(['line 1:1: no'])
        }
      },
      2
    ],
    [
      'hunt a.ndjson',
      {
        hunt: () => {
          throw new Error('fault')
        }
      },
      70
    ]
  ] as [string, FakeAnswers, number][])('%s exits (case %#)', async (line, answers, status) => {
    expect((await run(line, answers)).status).toBe(status)
  })

  it('says what could not be read, with places', async () => {
    const skipped = Array.from({ length: 7 }, (_, i) => ({ line: i + 1, byte: i * 10, length: 5, reason: 'bad \u202e' }))
    const { told, status } = await run('hunt a.ndjson gone.ndjson', {
      hunt: () => ({ inputs: [inputReport('a.ndjson', { skipped, skippedTotal: 9, notes: ['2 ids are repeated'] })] })
    })
    expect(status).toBe(0)
    expect(told).toEqual([
      'gone.ndjson cannot be read: there is no such file',
      'a.ndjson: 2 ids are repeated',
      'a.ndjson:1 (byte 0) skipped: bad ⟨RLO⟩',
      'a.ndjson:2 (byte 10) skipped: bad ⟨RLO⟩',
      'a.ndjson:3 (byte 20) skipped: bad ⟨RLO⟩',
      'a.ndjson:4 (byte 30) skipped: bad ⟨RLO⟩',
      'a.ndjson:5 (byte 40) skipped: bad ⟨RLO⟩',
      'a.ndjson: 4 more places skipped (all in --format json)'
    ])
  })

  it('hashes the files on disk, archive members by their archive', async () => {
    const { output } = await run('hunt a.ndjson --hash --format json', {
      hunt: () => ({ inputs: [inputReport('a.ndjson'), inputReport('a.ndjson!in!side'), inputReport('other')] })
    })
    expect(JSON.parse(output).inputs.map((input: { sha256: unknown }) => input.sha256)).toEqual([
      'hash of a.ndjson',
      'hash of a.ndjson',
      null
    ])
  })

  it('prints a table in which nothing can move the cursor', async () => {
    const { output } = await run('hunt a.ndjson --replay --rule s.json')
    expect(output).toBe(`S
2 findings in 1 of 3 runs

run 2026-01-01T01:00:00.000Z, events from 2025-12-31T23:59:00.000Z to 2026-01-01T01:00:00.000Z
process.command_line                 n  share  events
────────────────────  ────────────────  ─────  ───────────────────
=sh -c id⟨ESC[2J⟩     9007199254740993      1  a.ndjson:3 and more
[a, b]                                    0.5
Kibana would have dropped the last 1 rows (max_signals 1).
`)
  })

  it('shows people that upstream retired the rule', async () => {
    for (const format of ['table', 'markdown']) {
      const { output } = await run(`hunt a.ndjson --format ${format}`)
      expect(output).toContain('Upstream retired this rule on 2026-07-02')
      expect(output).toContain('Suspicious Command Execution via Web Server')
    }
  })

  it('prints a row a line as NDJSON, formula-safe CSV, inert Markdown', async () => {
    const ndjson = (await run('hunt a.ndjson --replay --rule s.json --format ndjson')).output.trimEnd().split('\n')
    expect(ndjson).toHaveLength(2)
    expect(ndjson[0]).toContain('"row":{"process.command_line":"=sh -c id\\u001b[2J","n":9007199254740993,"share":1.0}')
    expect(JSON.parse(ndjson[1]!)).toMatchObject({
      rule: { id: 's' },
      run: '2026-01-01T01:00:00.000Z',
      truncated: false,
      droppedByKibana: true
    })
    expect((await run('hunt a.ndjson --rule s.json --format csv')).output).toBe(
      'process.command_line,n,share,rarebit.sources,rarebit.dropped_by_kibana\r\n' +
        '"\'=sh -c id\u001b[2J",9007199254740993,1,a.ndjson:3 and more,false\r\n' +
        '"[""a"",""b""]",,0.5,,true\r\n'
    )
    expect((await run('hunt a.ndjson --rule s.json --format markdown')).output).toContain(
      '# S\n\n2 findings in the whole input\n\n| process.command'
    )
  })
})

describe('hunt --rules', () => {
  const files = {
    'a.ndjson': '{}',
    'pack/a.json': '{"type":"esql","query":"FROM x","rule_id":"a","name":"Loud","severity":"high"}',
    'pack/b.json': '{"type":"esql","query":"FROM y","rule_id":"b","name":"Silent"}',
    'pack/c.json': '{"type":"eql","query":"any where true","rule_id":"c","name":"Other"}',
    'pack/d.toml': 'x = ',
    'pack/e.esql': 'FROM z'
  }
  const answers: FakeAnswers = {
    hunt: ({ rule }) => {
      if (rule.name === 'e.esql') throw new QueryFailure(['line 1:1: z is not known'])
      const run = { run: null, from: null, to: null, values: [], sources: [], truncated: [] }
      return rule.name === 'Silent' ? { runs: [run] } : REPORT
    },
    reason: 'source-absent'
  }

  it('runs all rules of a folder and says why none, by reason', async () => {
    const { status, output, told } = await run('hunt a.ndjson --rules pack', answers, files)
    expect(status).toBe(0)
    expect(told).toEqual([
      'pack: 3 ES|QL rules',
      'pack: 1 of type eql not run: Other',
      expect.stringMatching(/^pack\/d\.toml, line 1:\d+: Invalid TOML/)
    ])
    expect(output).toBe(`3 rules over 10 events: 1 found something, 1 found nothing, 1 cannot run

Loud (high)
  2 findings in the whole input
  - process.command_line==sh -c id⟨ESC[2J⟩  n=9007199254740993  share=1
    a.ndjson:3
  - process.command_line=[a, b]  share=0.5

    1  No event is of an index they read
       Silent

    1  Cannot run: z is not known
       e.esql
`)
  })

  it('gives the contract’s JSON with every rule, also for a pack of one', async () => {
    const { output } = await run('hunt a.ndjson --rules pack --format json', answers, files)
    const { rules } = JSON.parse(output) as { rules: { rule: { name: string }; status: string; reason: string | null }[] }
    expect(rules.map(({ rule, status, reason }) => [rule.name, status, reason])).toEqual([
      ['Loud', 'ran', null],
      ['Silent', 'ran', 'source-absent'],
      ['e.esql', 'refused', 'line 1:1: z is not known']
    ])
    const one = await run('hunt a.ndjson --rules pack/a.json --format json', answers, files)
    expect(Object.keys(JSON.parse(one.output))).toEqual(['inputs', 'rules'])
  })

  it('exits with 1 on findings, 2 for a pack without a rule', async () => {
    expect((await run('hunt a.ndjson --rules pack --fail-on-findings', answers, files)).status).toBe(1)
    expect((await run('hunt a.ndjson --rules pack/c.json', answers, files)).status).toBe(2)
    expect((await run('hunt a.ndjson --rules nowhere', answers, files)).status).toBe(2)
  })

  it('prints Markdown with a summary, and rows only of rules that have some as CSV', async () => {
    const { output } = await run('hunt a.ndjson --rules pack --format markdown', answers, files)
    expect(output).toContain('- 1: No event is of an index they read\n  - Silent\n')
    expect(output).not.toContain('# Silent')
    const csv = (await run('hunt a.ndjson --rules pack --format csv', answers, files)).output.trimEnd().split('\r\n')
    expect(csv).toHaveLength(3)
  })
})

describe('help and version', () => {
  it('print to standard output and exit with 0', async () => {
    expect(await run('--version')).toMatchObject({ status: 0, output: 'rarebit 1.2.3\n', told: [] })
    for (const line of ['--help', 'hunt --help', 'query -h', 'esql --help', 'lint --help'])
      expect(await run(line)).toMatchObject({ status: 0, told: [] })
  })
})
