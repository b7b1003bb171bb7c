/** A report in which every place that takes a value of the data holds one of the given strings. */
import type { CellValue, Field } from '../../engine/worker/api.ts'
import { buildReport } from '../../ui/report/build.ts'
import type { ReportModel } from '../../ui/report/model.ts'

/** One finding a string; the string stands in each of its places, and in those of the report as a whole by turns. */
export function reportOf(strings: readonly string[]): ReportModel {
  const columns: Field[] = [
    { name: 'process.command_line', type: 'keyword' },
    { name: strings[0] ?? 'x', type: 'keyword' },
    { name: 'count', type: 'long' }
  ]
  const at = '2026-03-02T10:00:00.000Z'
  const findings = strings.map((value, index) => ({
    id: `f${index}`,
    row: [value, [value, 'b'], 2n ** 62n] as CellValue[],
    keys: [{ name: 'process.command_line', value }],
    runs: [0],
    eventCount: 1,
    firstSeen: at,
    lastSeen: at,
    hosts: [value],
    users: [value],
    sources: [{ file: 0, line: index + 1, event: index + 1, byte: 100 * index, length: 90 }],
    truncated: false,
    droppedByKibana: false,
    thresholds: [{ column: value, operator: '<', limit: 5, value: 1, text: `1 of fewer than 5 ${value}` }]
  }))
  const map = <Value>(make: (value: string, index: number) => Value) =>
    new Map(strings.map((value, index) => [`f${index}`, make(value, index)]))
  return buildReport({
    rule: {
      id: strings[1] ?? null,
      name: strings[2] ?? 'rule',
      description: strings[3] ?? '',
      query: strings[4] ?? 'FROM x',
      retired: { date: strings[5] ?? '', reason: '', successors: [] }
    },
    result: {
      runKey: 'r',
      ruleKey: 'k',
      mode: 'whole',
      columns,
      findings,
      runs: [{ run: null, from: null, to: null, rows: 1, droppedByKibana: null }],
      runCount: 1,
      inputs: strings.slice(0, 100).map((name) => ({
        name,
        bytes: 10,
        events: 1,
        skipped: [{ line: 1, byte: 0, length: 3, reason: name }],
        skippedTotal: 1,
        notes: [name]
      })),
      warnings: [...strings],
      notes: [...strings],
      stages: [],
      elapsedMillis: 1,
      cancelled: false
    },
    rarity: map((value, index) => ({ findingId: `f${index}`, n: 1, total: 1024, bits: 10, basis: value })),
    why: map((value) => ({
      summary: value,
      conditions: [
        {
          text: value,
          held: true,
          alternatives: [
            { text: value, held: true },
            { text: 'x', held: false }
          ]
        }
      ]
    })),
    events: map((value, index) => [
      { source: findings[index]!.sources[0]!, text: value, fields: index % 7 === 0 ? [] : [{ name: value, value: [value, 'c'] }] }
    ]),
    steps: map((value) => [
      {
        title: value,
        done: true,
        note: value,
        query: value,
        answer: { columns: [{ name: value, type: 'keyword' as const }], rows: [[value]], total: 1 }
      }
    ]),
    marks: map((value) => ({ star: true, tags: [value], note: value })),
    eventMarks: new Map(
      findings.map(({ sources }, index) => [`0:${sources[0]!.byte}`, { star: false, tags: [], note: strings[index]! }])
    ),
    nearMisses: strings.slice(0, 50).map((value) => ({
      condition: value,
      reasons: { missing: 1, multiValue: 0, different: 0 },
      count: 1,
      events: [{ source: findings[0]!.sources[0]!, time: at, host: value, commandLine: value, values: [{ name: value, value }] }]
    })),
    timeRange: { start: at, end: '2026-03-02T11:00:00.000Z' },
    tool: { version: '1', build: 'abc' },
    createdAt: at
  })
}
