/** Rules that share a scan against the same rules run one by one: same rows, events, warnings, stages, whatever the data. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MULTI_VALUE_TEXT } from '../../../engine/functions/definition.ts'
import { type Rule, toRule } from '../../../engine/rules/rule.ts'
import { cellRows } from '../../../engine/session/cells.ts'
import { sourcesOf } from '../../../engine/session/findings.ts'
import type { QueryError } from '../../../engine/session/prepare.ts'
import type { RuleRun } from '../../../engine/session/rule-run.ts'
import { Session } from '../../../engine/session/session.ts'
import { bytesOf } from '../../../engine/source/hosts/memory-bytes.ts'
import { instantiateKernels } from '../../../wasm/host/kernels.ts'
import { compileTestModule } from '../../helpers/kernels.ts'

const module = await compileTestModule()

/** Everything a run says, as plain values. */
function said(run: RuleRun) {
  const runs = run.runs.map(({ run: window, rows }) => ({
    window,
    values: cellRows(rows),
    sources: Array.from({ length: rows.rowCount }, (_, row) => sourcesOf(rows.lineage, row)),
    truncated: Array.from({ length: rows.rowCount }, (_, row) => rows.lineage?.truncated(row) ?? false)
  }))
  return { schema: run.schema, runs, warnings: otherWarnings(run.warnings), stages: run.stages }
}

/**
 * Warnings but those of several values under one condition: a scan of its own also counts them for events that FROM or a
 * condition further on in the document would have dropped.
 */
function otherWarnings(warnings: readonly string[]): string[] {
  const places = new Set(warnings.filter((line) => line.includes(MULTI_VALUE_TEXT)).map(placeOf))
  return warnings.filter((line) => !places.has(placeOf(line))).toSorted()
}

const placeOf = (warning: string) => warning.split(': ', 1)[0]!

function ruleOf(query: string, name: string): Rule {
  const made = toRule({ rule: { query, language: 'esql', from: 'now-90m', interval: '1h' }, fallbackName: name, place: 'test' })
  if ('problem' in made) throw new Error(made.problem.message)
  return made.rule
}

async function openSession(text: string): Promise<Session> {
  const session = new Session({ createKernels: () => instantiateKernels(module) })
  await session.addInputs([bytesOf('a.ndjson', new TextEncoder().encode(text))])
  return session
}

// ---- random events ----

const word = fc.constantFrom('sh', 'bash', 'curl', 'a', 'b', '/tmp/x', '')
const several = <T>(item: fc.Arbitrary<T>) => fc.oneof({ arbitrary: item, weight: 5 }, fc.array(item, { maxLength: 3 }))
const event = fc
  .record(
    {
      '@timestamp': fc.integer({ min: 0, max: 6 * 60 }).map((minute) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()),
      _index: fc.constantFrom('.ds-logs-endpoint.events.process-default-2026.01.01-000001', 'logs-okta.system-default', 'other'),
      data_stream: fc.record({
        type: fc.constant('logs'),
        dataset: several(fc.constantFrom('endpoint.events.process', 'okta.system')),
        namespace: fc.constant('default')
      }),
      process: fc.record(
        { name: several(word), command_line: word, pid: several(fc.integer({ min: 0, max: 5 })), args: several(word) },
        { requiredKeys: [] }
      ),
      'host.name': fc.constantFrom('h1', 'h2'),
      'user.name': several(word),
      'source.ip': several(fc.constantFrom('10.0.0.1', '10.0.0.2', 'none')),
      message: word,
      made: fc.record({ up: several(fc.oneof(word, fc.integer(), fc.boolean())) })
    },
    { requiredKeys: [] }
  )
  .map((document) => JSON.stringify(document))
const line = fc.oneof({ arbitrary: event, weight: 20 }, fc.constantFrom('{"process": {"name": "sh"', ''))

// ---- random rules ----

const keyword = fc.constantFrom('process.name', 'process.command_line', 'process.args', 'user.name', 'host.name', 'made.up')
const text = word.map((value) => JSON.stringify(value))
const condition = fc.oneof(
  fc.tuple(keyword, fc.constantFrom('==', '!='), text).map(([name, operator, value]) => `${name} ${operator} ${value}`),
  fc.tuple(keyword, fc.array(text, { minLength: 1, maxLength: 3 })).map(([name, values]) => `${name} IN (${values.join(', ')})`),
  fc.tuple(keyword, fc.constantFrom('"*s*"', '"/tmp/*"', '"?"')).map(([name, pattern]) => `${name} LIKE ${pattern}`),
  keyword.map((name) => `${name} IS NOT NULL`),
  fc.integer({ min: 0, max: 5 }).map((pid) => `process.pid > ${pid}`),
  fc.constant('source.ip == "10.0.0.1"'),
  fc.constant('nowhere.field == "x"'),
  fc.constant('@timestamp > NOW() - 2 hours')
)
const where = fc
  .array(condition, { minLength: 1, maxLength: 3 })
  .chain((parts) => fc.constantFrom(' AND ', ' OR ').map((joint) => `WHERE ${parts.join(joint)}`))
const from = fc
  .constantFrom('*', 'logs-endpoint.events.process-*', 'logs-okta*', 'other', 'logs-*, -logs-okta*', 'absent-*')
  .map((patterns) => `FROM ${patterns}`)
const middle = fc.oneof(
  { arbitrary: where, weight: 4 },
  keyword.map((name) => `MV_EXPAND ${name}`),
  keyword.map((name) => `EVAL size = LENGTH(${name}), up = TO_UPPER(${name})`)
)
const tail = fc.oneof(
  keyword.map((name) => `STATS n = COUNT(*), hosts = COUNT_DISTINCT(host.name) BY ${name}`),
  keyword.map((name) => `STATS n = COUNT(${name}), least = MIN(process.pid)`),
  keyword.map((name) => `STATS n = COUNT(*) BY ${name} | WHERE n < 3 | SORT n DESC, ${name}`),
  fc.constant('KEEP @timestamp, process.*, user.name'),
  fc.constant('KEEP host.name, process.pid | SORT process.pid, host.name | LIMIT 3')
)
const query = fc
  .tuple(from, fc.array(middle, { maxLength: 3 }), tail)
  .map(([first, rest, last]) => [first, ...rest, last].join('\n| '))

describe('rules that share a scan', () => {
  it.each(['whole', 'replay'] as const)('say what each says alone (%s)', { timeout: 240_000 }, async (mode) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 40 }),
        fc.array(query, { minLength: 1, maxLength: 6 }),
        async (lines, queries) => {
          const session = await openSession(lines.join('\n'))
          const rules = queries.map((each, at) => ruleOf(each, `rule ${at}`))
          const shared = await session.runRulesRows(rules, { mode }, () => undefined)
          expect(shared.answers.map(({ rule }) => rule)).toEqual(rules)
          for (const answer of shared.answers) {
            const ruleKey = session.rules.add(answer.rule)
            const alone = await session.runRows({ ruleKey, mode }, { progress: () => undefined }).catch((error: Error) => error)
            if (alone instanceof Error) {
              expect([answer.status, answer.reason]).toEqual(['refused', (alone as QueryError).diagnostics.join('\n')])
              continue
            }
            const { run } = alone
            expect({ query: answer.rule.query, status: answer.status, ...said(answer.run!) }).toEqual({
              query: answer.rule.query,
              status: 'ran',
              ...said(run)
            })
            const found = run.runs.some(({ rows }) => rows.rowCount > 0)
            expect([answer.rule.query, answer.reason === null]).toEqual([answer.rule.query, found])
          }
        }
      ),
      { seed: 20261124, numRuns: 60, endOnFailure: true }
    )
  })
})
