/** `rarebit lint` over files in memory: formats, choice of checks, exit statuses. */
import { describe, expect, it } from 'vitest'
import { runTerminal } from '../../../ui/terminal/run-terminal.ts'
import { fakeHost } from './fake-host.ts'

const ESQL = 'FROM logs-*\n| WHERE event.type == "start"\n| KEEP event.type'
const TOML = `[rule]
name = "Pairs"
rule_id = "r-1"
language = "esql"
from = "now-60m"
interval = "10m"
query = '''
FROM logs-*
| WHERE user.name == NULL
| STATS n = COUNT(*) BY host.id
'''
`
const EXPORT = `${JSON.stringify({ name: 'Exported', rule_id: 'r-2', language: 'esql', query: ESQL, from: 'now-6m' })}\n`
const EQL = '[rule]\nname = "E"\nlanguage = "eql"\ntype = "eql"\nquery = "process where true"\n'
const FILES = { 'a.esql': ESQL, 'rules/p.toml': TOML, 'rules/e.toml': EQL, 'rules/x.ndjson': EXPORT }

async function run(line: string, files: Record<string, string> = FILES, stdin: string[] = []) {
  const { host, told, output } = fakeHost(files, {}, stdin)
  return { status: await runTerminal(line.split(' '), host, '1.2.3'), output: output(), told }
}

describe('rarebit lint', () => {
  it('prints a block a rule, with places in the file', async () => {
    expect(await run('lint a.esql')).toEqual({
      status: 1,
      told: [],
      output: [
        'a.esql: a.esql',
        '  2:9  warning  array-comparison: [event.type] is an array in ECS and the condition takes one value: null for an event with several',
        '       {"event.type":["start","end"]} -> event.type == "start" is null, the event is dropped',
        '       rewrite (true when any of the values fits): MV_CONTAINS(event.type, "start")',
        '',
        '1 finding in 1 of 1 rule (0 errors, 1 warning, 0 notes)',
        ''
      ].join('\n')
    })
  })

  it('takes folders, leaves what is no ES|QL rule in them, and reads standard input', async () => {
    const { status, output, told } = await run('lint rules --severity warning')
    expect({ status, told }).toEqual({ status: 1, told: [] })
    expect(output.split('\n').filter((line) => /^\S/.test(line))).toEqual([
      'rules/p.toml: Pairs',
      'rules/x.ndjson: Exported',
      '4 findings in 2 of 2 rules (1 error, 3 warnings, 0 notes)'
    ])
    expect(output).toContain('  9:9   error    null-comparison: [user.name == NULL] is never true\n')
    expect((await run('lint -', {}, ['FROM a', '| WHERE x == NULL'])).output).toMatch(/^stdin: stdin\n/)
  })

  it('runs only the checks that are wanted', async () => {
    expect((await run('lint rules/p.toml --check null-comparison,window-overlap --ignore window-overlap')).output).toContain(
      '1 finding in 1 of 1 rule (1 error, 0 warnings, 0 notes)'
    )
    expect(await run('lint a.esql --ignore array-comparison')).toMatchObject({ status: 0, output: 'no findings in 1 rule\n' })
  })

  it('says what cannot be done', async () => {
    expect(await run('lint nope.esql')).toMatchObject({
      status: 3,
      told: ['nope.esql cannot be read: there is no such file', 'Nothing could be read: no ES|QL rule in any file.']
    })
    expect(await run('lint rules/e.toml')).toMatchObject({ status: 3, output: '' })
    expect(await run('lint a.esql --check null-comparisom')).toMatchObject({
      status: 2,
      told: ['There is no check null-comparisom, did you mean null-comparison?\nSee rarebit --help.']
    })
  })

  it('explains a check and lists all', async () => {
    const { status, output } = await run('lint --explain null-comparison')
    expect(status).toBe(0)
    expect(output).toContain('null-comparison (error): Comparison with NULL\n\nA comparison with NULL is NULL')
    expect(output).toContain('  rewrite (asks for what was meant): user.name IS NULL\n')
    expect((await run('lint --checks')).output).toMatch(/^syntax +error +The query does not parse\n/)
  })

  it('gives JSON with the place in the file', async () => {
    const { rules } = JSON.parse((await run('lint rules/p.toml --format json --check null-comparison')).output)
    expect(rules).toMatchObject([
      {
        file: 'rules/p.toml',
        rule: { id: 'r-1', name: 'Pairs' },
        findings: [
          { check: 'null-comparison', line: 2, column: 9, region: { startLine: 9, columns: { start: 9, endLine: 9, end: 26 } } }
        ]
      }
    ])
  })

  it('gives SARIF with rules, regions and fixes', async () => {
    const log = JSON.parse(
      (await run('lint rules a.esql --format sarif --check null-comparison --check array-comparison')).output
    )
    expect(log).toMatchObject({ version: '2.1.0', $schema: 'https://json.schemastore.org/sarif-2.1.0.json' })
    const [{ tool, artifacts, results, columnKind }] = log.runs
    expect(columnKind).toBe('utf16CodeUnits')
    expect(tool.driver).toMatchObject({ name: 'rarebit', version: '1.2.3' })
    expect(tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual(['array-comparison', 'null-comparison'])
    expect(artifacts.map((artifact: { location: { uri: string } }) => artifact.location.uri)).toEqual([
      'rules/p.toml',
      'rules/x.ndjson',
      'a.esql'
    ])
    expect(results[0]).toMatchObject({
      ruleId: 'null-comparison',
      ruleIndex: 1,
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'rules/p.toml', index: 0 },
            region: { startLine: 9, startColumn: 9, endLine: 9, endColumn: 26 }
          }
        }
      ],
      fixes: [
        {
          artifactChanges: [
            {
              artifactLocation: { uri: 'rules/p.toml' },
              replacements: [
                {
                  deletedRegion: { startLine: 9, startColumn: 9, endLine: 9, endColumn: 26 },
                  insertedContent: { text: 'user.name IS NULL' }
                }
              ]
            }
          ]
        }
      ]
    })
    // In an export the query is a JSON string: the line is known, a fix could not be written as it is.
    const exported = results.find(
      (one: { locations: { physicalLocation: { artifactLocation: { index: number } } }[] }) =>
        one.locations[0]!.physicalLocation.artifactLocation.index === 1
    )
    expect(exported.locations[0].physicalLocation.region).toEqual({ startLine: 1 })
    expect(exported.fixes).toBeUndefined()
  })
})
