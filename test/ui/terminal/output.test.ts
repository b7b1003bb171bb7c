import { describe, expect, it } from 'vitest'
import type { TableReport } from '../../../ui/terminal/engine-port.ts'
import { queryOutput } from '../../../ui/terminal/output/query-output.ts'
import { fitWidths, tableLines } from '../../../ui/terminal/output/table.ts'
import { openProgressLine, progressText } from '../../../ui/terminal/progress.ts'

const REPORT: TableReport = {
  columns: [
    { name: 'host.name', type: 'keyword' },
    { name: '__proto__', type: 'long' }
  ],
  values: [
    ['h1', 1n],
    [null, 20n]
  ],
  warnings: ['w'],
  notes: []
}
const output = (format: Parameters<typeof queryOutput>[0]) => [...queryOutput(format, REPORT, null)].join('')

describe('query output', () => {
  it.each([
    [
      'json',
      '{"columns":[{"name":"host.name","type":"keyword"},{"name":"__proto__","type":"long"}],"values":[["h1",1],[null,20]],"warnings":["w"]}\n'
    ],
    ['ndjson', '{"host.name":"h1","__proto__":1}\n{"__proto__":20}\n'],
    ['csv', 'host.name,__proto__\r\nh1,1\r\n,20\r\n'],
    ['markdown', '| host.name | \\_\\_proto\\_\\_ |\n| --- | --- |\n| h1 | 1 |\n|  | 20 |\n'],
    ['table', 'host.name  __proto__\n─────────  ─────────\nh1                 1\n                  20\n2 rows\n']
  ] as const)('%s', (format, text) => {
    expect(output(format)).toBe(text)
  })
})

describe('table widths', () => {
  it('the widest columns give first', () => {
    expect(fitWidths([5, 40, 100], 80)).toEqual([5, 37, 37])
    expect(fitWidths([5, 10], 80)).toEqual([5, 10])
    expect(fitWidths([50, 50], 4)).toEqual([8, 8])
  })
  it('a cut value says so', () => {
    const lines = tableLines([{ name: 'a', type: 'keyword' }], [['x'.repeat(30)]], 24)
    expect(lines).toEqual(['a', '─'.repeat(24), `${'x'.repeat(23)}…`])
  })
  it('too narrow for columns: a block a row, nothing cut, empty values left out', () => {
    const columns = [
      { name: 'command', type: 'keyword' },
      { name: 'directory', type: 'keyword' },
      { name: 'n', type: 'long' }
    ] as const
    expect(
      tableLines(
        columns,
        [
          ['sh -c ' + 'x'.repeat(20), '/var/www/html/uploads/a', 1n],
          ['id', null, 2n]
        ],
        30
      )
    ).toEqual([
      '─ 1 ──────────────────────────',
      'command    sh -c xxxxxxxxxxxxx',
      '           xxxxxxx',
      'directory  /var/www/html/uploa',
      '           ds/a',
      'n          1',
      '─ 2 ──────────────────────────',
      'command    id',
      'n          2'
    ])
  })
})

describe('progress', () => {
  const at = {
    stage: 'reading',
    bytesRead: 120_300_000,
    bytesTotal: 267_000_000,
    events: 1_234_567,
    rows: 12,
    elapsedMillis: 600
  }
  it('tells bytes, events and rate', () => {
    expect(progressText(at)).toBe('reading  45 %  120.3 of 267.0 MB  1,234,567 events  2.1 M events/s  12 rows')
    expect(progressText({ ...at, bytesTotal: null, elapsedMillis: 0 })).toBe('reading  120.3 MB  1,234,567 events  12 rows')
  })
  it('is shown at most ten times a second, fits its line and is wiped', () => {
    const written: string[] = []
    let now = 1000
    const line = openProgressLine({ progress: { write: (text) => void written.push(text), columns: 20 }, nowMillis: () => now })
    line.show(at)
    now += 50
    line.show(at)
    now += 50
    line.show(at)
    line.clear()
    line.clear()
    expect(written).toEqual(['\r\u001b[2Kreading  45 %  120.', '\r\u001b[2Kreading  45 %  120.', '\r\u001b[2K'])
  })
})
