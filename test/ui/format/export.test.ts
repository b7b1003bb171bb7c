import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CellValue, Finding, RuleInfo, RunResult } from '../../../engine/worker/api.ts'
import { csvCell, exportFindings, inertMarkdown, toCsv, toJson, toMarkdown } from '../../../ui/format/export.ts'

describe('toJson', () => {
  it('keeps 64-bit integers exact and bare', () => {
    expect(toJson({ n: 9223372036854775807n, list: [-9223372036854775808n, null] })).toBe(
      '{"n":9223372036854775807,"list":[-9223372036854775808,null]}'
    )
  })
  it('agrees with JSON.stringify on plain data, compact and indented', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(toJson(value)).toBe(JSON.stringify(value))
        expect(toJson(value, 2)).toBe(JSON.stringify(value, null, 2))
      }),
      { seed: 11 }
    )
  })
  it('writes a member called __proto__', () => {
    expect(toJson(JSON.parse('{"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1}}')
  })
  it('writes null for what is no number and leaves undefined members out', () => {
    expect(toJson({ a: NaN, b: undefined, c: [undefined, Infinity] })).toBe('{"a":null,"c":[null,null]}')
  })
})

describe('toCsv', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+cmd', "'+cmd"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1', "'＝1"],
    ['\tx', '"\'\tx"'],
    ['\r=1', '"\'\r=1"'],
    ['  =1', '"\'  =1"'],
    ['\u200b=1', "'\u200b=1"],
    ['a=1', 'a=1'],
    ['say "hi", now', '"say ""hi"", now"'],
    ['a;=1', '"a;=1"'],
    ['line\nend', '"line\nend"'],
    [-5, '-5'],
    [9007199254740993n, '9007199254740993'],
    [true, 'true'],
    [null, ''],
    ['', ''],
    [['a', 'b'], '"[""a"",""b""]"'],
    [[1n, 2n], '"[1,2]"']
  ] as [CellValue, string][])('case %#: %s', (cell, text) => {
    expect(csvCell(cell)).toBe(text)
  })
  it('ends lines with CRLF and quotes names', () => {
    expect(toCsv(['a', '=b'], [[1, 'x']])).toBe("a,'=b\r\n1,x\r\n")
  })
})

describe('toMarkdown', () => {
  it.each([
    ['a|b', '`a`&#124;`b`'],
    ['\\|x', '`\\`&#124;`x`'],
    ['`id`', '`` `id` ``'],
    ['a``b', '```a``b```'],
    [' x ', '`  x  `'],
    ['<img src=x onerror=alert(1)>', '`<img src=x onerror=alert(1)>`'],
    ['[a](javascript:x)', '`[a](javascript:x)`'],
    ['one\r\ntwo', '`one␍␊two`'],
    ['\u202egnp', '`‹U+202E›gnp`'],
    ['\u001b[2J', '`␛[2J`'],
    ['', '']
  ])('%j is shown as %s', (text, markdown) => {
    expect(inertMarkdown(text)).toBe(markdown)
  })
  it('never lets a value end its row, its cell or its span', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('`', '|', '\\', '\n', '\r', 'a', '*', ' ', '<', '\u2028') }), {
          minLength: 2,
          maxLength: 2
        }),
        (row) => {
          const table = toMarkdown(['a', 'b'], [row])
          const lines = table.split('\n')
          expect(lines).toHaveLength(4)
          expect(lines[2]!.split('|')).toHaveLength(4)
          // Outside of code spans only blanks and the character reference are left.
          for (const cell of lines[2]!.split('|').slice(1, 3)) expect(outsideSpans(cell)).toMatch(/^( |&#124;)*$/)
        }
      ),
      { seed: 12, numRuns: 500 }
    )
  })
})

/** What CommonMark leaves outside of code spans. */
function outsideSpans(text: string): string {
  let rest = ''
  for (let at = 0; at < text.length;) {
    const run = /^`+/.exec(text.slice(at))?.[0]
    if (run === undefined) {
      rest += text[at++]
      continue
    }
    const close = new RegExp(`(?<!\`)${run}(?!\`)`, 'g')
    close.lastIndex = at + run.length
    const found = close.exec(text)
    if (found === null) {
      rest += run
      at += run.length
    } else at = found.index + run.length
  }
  return rest
}

const RULE: RuleInfo = {
  key: 'k',
  id: 'r1',
  name: 'Rare | shell',
  builtIn: false,
  description: '',
  query: 'FROM *',
  severity: 'low',
  from: 'now-61m',
  interval: '1h',
  maxSignals: 100,
  techniques: ['T1505.003'],
  retired: { date: '2026-07-02', reason: 'misses', successors: ['next'] },
  problems: []
}
const FINDING: Finding = {
  id: 'f1',
  row: ['=sh -c id', 4611686018427387905n],
  keys: [{ name: 'process.command_line', value: '=sh -c id' }],
  runs: [0],
  eventCount: 1,
  firstSeen: '2026-01-01T00:00:00.000Z',
  lastSeen: '2026-01-01T00:00:00.000Z',
  hosts: ['h1'],
  users: ['www-data', 'root'],
  sources: [{ file: 0, line: 7, event: 7, byte: 100, length: 20 }],
  truncated: false,
  droppedByKibana: true,
  thresholds: [{ column: 'n', operator: '<', limit: 5, value: 1, text: '1 of fewer than 5' }]
}
const RESULT: RunResult = {
  runKey: 'run',
  ruleKey: 'k',
  mode: 'replay',
  columns: [
    { name: 'process.command_line', type: 'keyword' },
    { name: 'n', type: 'long' }
  ],
  findings: [FINDING],
  runs: [{ run: '2026-01-01T01:00:00.000Z', from: null, to: null, rows: 1, droppedByKibana: 0 }],
  runCount: 24,
  inputs: [{ name: 'a.ndjson', bytes: 10, events: 1, skipped: [], skippedTotal: 0, notes: [] }],
  warnings: [],
  notes: [],
  stages: [],
  elapsedMillis: 1,
  cancelled: false
}

describe('exportFindings', () => {
  it('writes CSV with the facts behind the columns of the query', () => {
    expect(exportFindings('csv', RULE, RESULT, { rarity: [{ findingId: 'f1', n: 1, total: 8, bits: 3, basis: 'all' }] })).toBe(
      'process.command_line,n,rarebit.event_count,rarebit.first_seen,rarebit.last_seen,rarebit.hosts,rarebit.users,rarebit.runs,rarebit.rarity_bits,rarebit.thresholds,rarebit.dropped_by_kibana,rarebit.sources\r\n' +
        '\'=sh -c id,4611686018427387905,1,2026-01-01T00:00:00.000Z,2026-01-01T00:00:00.000Z,h1,"[""www-data"",""root""]",2026-01-01T01:00:00.000Z,3,1 of fewer than 5,true,a.ndjson:7\r\n'
    )
  })
  it('writes Markdown', () => {
    const annotations = [{ findingId: 'f1', steps: [{ title: 'Process tree', done: true, note: 'seen *it*' }] }]
    expect(exportFindings('markdown', RULE, RESULT, { annotations })).toBe(`# Findings of \`Rare \`&#124;\` shell\`

- Rule id: \`r1\`
- Mode: replay of 24 scheduled runs
- Findings: 1
- Input: \`a.ndjson\`, 1 events, 10 bytes, 0 places skipped
- Retired upstream on 2026-07-02: \`misses\`
- Successors: \`next\`

## Finding 1

| column | value |
| --- | --- |
| \`process.command_line\` | \`=sh -c id\` |
| \`n\` | 4611686018427387905 |

- Events: 1, first seen 2026-01-01T00:00:00.000Z, last seen 2026-01-01T00:00:00.000Z
- Passed by: \`1 of fewer than 5\`
- Runs: 2026-01-01T01:00:00.000Z
- Kibana would have dropped this row (beyond max_signals).
- Sources: \`a.ndjson:7\`
- [x] \`Process tree\`: \`seen *it*\`
`)
  })
  it('writes JSON that keeps the integer and the event places', () => {
    const text = exportFindings('json', RULE, RESULT)
    expect(text).toContain('4611686018427387905')
    const parsed = JSON.parse(text)
    expect(parsed.findings[0].sources).toEqual([{ file: 0, line: 7, event: 7, byte: 100, length: 20 }])
    expect(Object.keys(parsed)).toEqual([
      'rule',
      'mode',
      'complete',
      'inputs',
      'columns',
      'runs',
      'findings',
      'warnings',
      'notes'
    ])
  })
})
