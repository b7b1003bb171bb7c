import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRules } from '../../../engine/rules/rule-pack.ts'

const QUERY = 'FROM logs-* | STATS n = COUNT(*) BY host.name | WHERE n < 5'

describe('readRules', () => {
  it('reads detection-rules TOML with metadata, threat and schedule', () => {
    const toml = `[metadata]
creation_date = "2025/03/04"
deprecation_date = "2026/07/02"
deprecated_reason = "too broad"
maturity = "deprecated"

[rule]
author = ["A"]
description = "What it finds"
from = "now-61m"
interval = "1h"
language = "esql"
name = "Rare command"
risk_score = 21
rule_id = "11111111-2222-4333-8444-555555555555"
severity = "low"
tags = ["OS: Linux"]
timestamp_override = "event.ingested"
type = "esql"
query = '''
${QUERY}
'''

[[rule.threat]]
framework = "MITRE ATT&CK"
[[rule.threat.technique]]
id = "T1505"
name = "Server Software Component"
[[rule.threat.technique.subtechnique]]
id = "T1505.003"
name = "Web Shell"
[rule.threat.tactic]
id = "TA0003"
name = "Persistence"

[rule.alert_suppression]
group_by = ["host.name"]
missing_fields_strategy = "suppress"
[rule.alert_suppression.duration]
unit = "h"
value = 6
`
    expect(readRules('dir/rule.toml', toml)).toEqual({
      problems: [],
      rules: [
        {
          id: '11111111-2222-4333-8444-555555555555',
          name: 'Rare command',
          description: 'What it finds',
          query: `${QUERY}\n`,
          severity: 'low',
          riskScore: 21,
          from: 'now-61m',
          interval: '1h',
          maxSignals: 100,
          techniques: ['T1505.003'],
          threat: [
            {
              tactic: { id: 'TA0003', name: 'Persistence' },
              techniques: [
                { id: 'T1505', name: 'Server Software Component' },
                { id: 'T1505.003', name: 'Web Shell' }
              ]
            }
          ],
          timestampOverride: 'event.ingested',
          note: '',
          falsePositives: [],
          references: [],
          tags: ['OS: Linux'],
          author: ['A'],
          license: null,
          version: null,
          buildingBlock: false,
          suppression: { groupBy: ['host.name'], duration: '6h', missingFields: 'suppress' },
          retired: { date: '2026-07-02', reason: 'too broad', successors: [] },
          notes: []
        }
      ]
    })
  })

  it('reads a Kibana export: rules, refused rules, other parts; the summary is no problem', () => {
    const lines = [
      { rule_id: 'r1', name: 'One', type: 'esql', language: 'esql', query: QUERY, from: 'now-9m', max_signals: 5 },
      { rule_id: 'r2', name: 'Two', type: 'query', language: 'kuery', query: 'host.name: *' },
      { rule_id: 'r3', name: 'Three', type: 'machine_learning' },
      { list_id: 'l', type: 'rule_default', name: 'exceptions' },
      { list_id: 'l', item_id: 'i', name: 'exception' },
      { exported_count: 5, exported_rules_count: 3 }
    ]
    const pack = readRules('export.ndjson', lines.map((line) => JSON.stringify(line)).join('\n') + '\n')
    expect(pack.rules.map(({ id, name, from, interval, maxSignals }) => ({ id, name, from, interval, maxSignals }))).toEqual([
      { id: 'r1', name: 'One', from: 'now-9m', interval: '5m', maxSignals: 5 }
    ])
    expect(pack.problems).toEqual([
      {
        message: 'Rule [Two] is of type [query], which is not ES|QL: not run',
        place: 'line 2',
        otherLanguage: { name: 'Two', language: 'query' }
      },
      {
        message: 'Rule [Three] is of type [machine_learning], which is not ES|QL: not run',
        place: 'line 3',
        otherLanguage: { name: 'Three', language: 'machine_learning' }
      },
      { message: 'Exception list: not read with the rules', place: 'line 4' },
      { message: 'Exception item: not read with the rules', place: 'line 5' }
    ])
  })

  it.each([
    ['rare.esql', QUERY],
    ['rare.txt', `// what it does\n/* more */ ${QUERY}`],
    ['rare.toml', `\n\n from logs-*`],
    ['C:\\rules\\rare.esql', 'syntax error from the start']
  ])('takes %s for a bare query named after its file', (name, text) => {
    const { rules, problems } = readRules(name, text)
    expect(problems).toEqual([])
    expect(rules).toHaveLength(1)
    expect([rules[0]!.id, rules[0]!.name, rules[0]!.query, rules[0]!.from, rules[0]!.interval]).toEqual([
      null,
      name.split('\\').at(-1),
      text,
      'now-6m',
      '5m'
    ])
  })

  it('goes by the content, not by the name', () => {
    const json = JSON.stringify({ name: 'J', language: 'ESQL', query: QUERY }, null, 2)
    expect(readRules('x.esql', json).rules.map((rule) => rule.name)).toEqual(['J'])
    expect(readRules('x.json', `\ufeff[${json},${json}]`).rules).toHaveLength(2)
    expect(readRules('x.ndjson', `[rule]\nname = "T"\nlanguage = "esql"\nquery = "${QUERY}"`).rules[0]!.name).toBe('T')
    expect(readRules('x', `# comment\nname = "T"\n[rule]\ntype = "esql"\nquery = "${QUERY}"`).rules[0]!.name).toBe('x')
  })

  it('finds rules inside of saved objects, hits and API answers', () => {
    const rule = { rule_id: 'r', name: 'R', type: 'esql', query: QUERY }
    for (const wrapped of [
      { data: [rule] },
      { hits: { hits: [{ _source: rule }] } },
      { attributes: { name: 'R', params: { ...rule, name: undefined } } }
    ]) {
      expect(readRules('x.json', JSON.stringify(wrapped)).rules.map(({ id, name }) => [id, name])).toEqual([['r', 'R']])
    }
  })

  it.each([
    ['', 'Empty rule file', 'line 1'],
    ['from x\n\0', 'Not a text file: it holds NUL characters', 'line 2:1'],
    ['{"name": "x"}', 'Rule [x] names neither language nor type "esql": not read as ES|QL', 'line 1'],
    ['{"type": "esql", "name": 5}', 'Rule [f] has no query', 'line 1.query'],
    ['{"type": "esql", "query": ["from x"]}', 'Rule [f]: query is a list, expected text', 'line 1.query'],
    ['{"type": "esql", "query": "  "}', 'Rule [f] has an empty query', 'line 1.query'],
    ['[1, 2]', 'Expected a rule, found a number', 'rule[0]'],
    ['[]', 'Empty list: no rule in it', 'rule'],
    ['[metadata]\nmaturity = "x"', 'TOML without a [rule] table: no rule in it', 'file'],
    ['[rule]\nname = "a"\nquery = """from', 'Invalid TOML: unfinished string', 'line 3:9'],
    ['[rule]\nrule = x', 'Invalid TOML: invalid value', 'line 2:8'],
    ['{"type":"esql","query":"from x"}\n{"type":', 'Invalid JSON: Unexpected end of JSON input', 'line 2:9']
  ])('%j: %s at %s', (text, message, place) => {
    expect(readRules('f', text).problems.slice(0, 1)).toEqual([{ message, place }])
  })

  it('replaces wrong types by defaults and says so', () => {
    const rule = {
      type: 'esql',
      query: QUERY,
      from: 'yesterday',
      interval: 5,
      max_signals: -1,
      threat: 'T1',
      severity: {},
      tags: [1, 'a'],
      note: 3
    }
    const [read] = readRules('f.json', JSON.stringify(rule)).rules
    expect([read!.from, read!.interval, read!.maxSignals, read!.threat, read!.severity, read!.tags, read!.note]).toEqual([
      'now-6m',
      '5m',
      100,
      [],
      null,
      ['a'],
      ''
    ])
    expect(read!.notes).toEqual([
      'threat is text, expected a list: left out',
      'from is [yesterday], which cannot be read: now-6m is used',
      'interval is a number, which cannot be read: 5m is used',
      'max_signals is -1, expected a positive whole number: 100 is used'
    ])
  })

  it('decides fast on texts made to make it slow', () => {
    const started = performance.now()
    for (const text of [
      `[${'a.'.repeat(50_000)}!`,
      '\n'.repeat(500_000) + '[',
      '/*'.repeat(50_000),
      `${' \t'.repeat(200_000)}=`,
      '#\n'.repeat(200_000)
    ]) {
      readRules('f', text)
    }
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('is not fooled by __proto__ and survives depth', () => {
    const polluted = `{"type":"esql","__proto__":{"query":"from x","name":"evil"}}`
    expect(readRules('f', polluted).problems).toEqual([{ message: 'Rule [f] has no query', place: 'line 1.query' }])
    expect(({} as Record<string, unknown>)['query']).toBeUndefined()
    const toml = readRules('f.toml', '[__proto__]\nquery = "from x"\n[rule]\nlanguage = "esql"')
    expect(toml.rules).toEqual([])
    expect(toml.problems).toHaveLength(1)
    const deep = '['.repeat(100_000)
    expect(readRules('f.json', deep).rules).toEqual([])
    expect(readRules('f.json', deep).problems).toHaveLength(1)
    const nested = `{"type":"esql","query":"from x","threat":${'['.repeat(5000)}${']'.repeat(5000)}}`
    expect(readRules('f.json', nested).rules).toHaveLength(1)
    expect(readRules('f.toml', `[rule]\nx = ${'['.repeat(50_000)}`).problems).toHaveLength(1)
  })
})

const SHARED = process.env['RAREBIT_SHARED'] ?? '../shared'
const CORPUS = join(SHARED, 'esql/corpus')
const present = existsSync(CORPUS)
if (!present) console.warn(`rule-pack.test: ${CORPUS} is absent, the corpus is not read (set RAREBIT_SHARED)`)

describe.skipIf(!present)('the shared corpus', () => {
  it('reads all 212 rules of the corpus file', () => {
    const { rules, problems } = readRules('rules.ndjson', readFileSync(join(CORPUS, 'rules.ndjson'), 'utf8'))
    expect(problems).toEqual([])
    expect(rules).toHaveLength(212)
    expect(rules.flatMap((rule) => rule.notes)).toEqual([])
    expect(rules.every((rule) => rule.id !== null)).toBe(true)
    expect(rules.filter((rule) => rule.from === 'now-61m' && rule.interval === '1h')).toHaveLength(9)
    expect(rules.filter((rule) => rule.retired)).toHaveLength(3)
    expect(rules.filter((rule) => rule.suppression)).toHaveLength(17)
  })
  it('reads the seed as a bare query', () => {
    const text = readFileSync(join(CORPUS, 'seed.esql'), 'utf8')
    const { rules } = readRules(join(CORPUS, 'seed.esql'), text)
    expect(rules.map(({ id, name, query }) => ({ id, name, query }))).toEqual([{ id: null, name: 'seed.esql', query: text }])
  })
  it('reads a real rule export', () => {
    const path = join(SHARED, 'kibana/fixtures/18-rules-export.ndjson')
    const { rules, problems } = readRules('18-rules-export.ndjson', readFileSync(path, 'utf8'))
    expect(rules.map((rule) => [rule.id, rule.name])).toEqual([
      ['11111111-2222-4333-8444-555555555555', 'Example: rare shell from web server parent']
    ])
    expect(problems.map((problem) => problem.place)).toEqual(['line 2', 'line 3'])
  })
})
