/** All rules at once: an outcome for each, none left out, one's failure costs itself only; then the corpus over real recordings. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { RuleOutcome, RunResult } from '../../../engine/session/types.ts'
import { Session } from '../../../engine/session/session.ts'
import { bytesOf } from '../../../engine/source/hosts/memory-bytes.ts'
import { instantiateKernels } from '../../../wasm/host/kernels.ts'
import { compileTestModule } from '../../helpers/kernels.ts'
import { sharedPath } from '../../helpers/shared-facts.ts'

const module = await compileTestModule()
const quiet = { progress: () => undefined }

const EVENTS = [
  { '@timestamp': '2026-01-01T10:00:00Z', _index: 'logs-app-default', process: { name: 'sh', pid: 1 }, host: { name: 'a' } },
  { '@timestamp': '2026-01-01T10:05:00Z', _index: 'logs-app-default', process: { name: 'sh', pid: 2 }, host: { name: 'b' } },
  { '@timestamp': '2026-01-01T10:10:00Z', _index: 'logs-web-default', process: { name: 'curl', pid: 3 }, host: { name: 'b' } }
]

async function openSession(events: readonly object[] = EVENTS): Promise<Session> {
  const session = new Session({ createKernels: () => instantiateKernels(module) })
  const text = events.map((event) => JSON.stringify(event)).join('\n')
  await session.addInputs([bytesOf('a.ndjson', new TextEncoder().encode(text))])
  return session
}

const lineOf = (name: string, query: string) => JSON.stringify({ name, query, language: 'esql', rule_id: name, type: 'esql' })

function packOf(session: Session, queries: Readonly<Record<string, string>>): string[] {
  const text = Object.entries(queries).map(([name, query]) => lineOf(name, query))
  return session.rules.addPack([{ name: 'pack.ndjson', text: text.join('\n') }]).rules.map(({ key }) => key)
}

const SILENT = new Set(['fields-missing', 'source-absent', 'needs-alerts', 'no-match'])

/** What must not depend on who shared the scan: its own count of conditions goes. */
const comparable = (result: RunResult) => ({
  ...result,
  runKey: '',
  elapsedMillis: 0,
  inputs: result.inputs.map((input) => ({ ...input, multiValueDrops: [] }))
})

const brief = ({ status, reason, findingCount }: RuleOutcome) => [status, reason, findingCount]

describe('all rules at once', () => {
  it('give each rule its outcome, in the order asked', async () => {
    const session = await openSession()
    const ruleKeys = packOf(session, {
      found: 'FROM logs-app-* | WHERE process.name == "sh" | STATS n = COUNT(*) BY host.name',
      nothing: 'FROM logs-* | WHERE process.name == "bash"',
      elsewhere: 'FROM logs-okta.* | WHERE process.name == "sh"',
      alerts: 'FROM .alerts-security.* | STATS n = COUNT(*) BY host.name',
      missing: 'FROM logs-* | WHERE process.name == "sh" AND process.parent.name == "nginx"',
      broken: 'FROM logs-* | WHERE process.name ==',
      refused: 'FROM logs-* | FORK (WHERE true) (WHERE false)',
      again: 'FROM logs-web-* | KEEP process.name'
    })
    const { outcomes, events, cancelled } = await session.runRules({ ruleKeys, mode: 'whole' }, quiet)
    expect(outcomes.map(({ ruleKey }) => ruleKey)).toEqual(ruleKeys)
    expect(outcomes.slice(0, 5).map(brief)).toEqual([
      ['ran', null, 2],
      ['ran', 'no-match', 0],
      ['ran', 'source-absent', 0],
      ['ran', 'needs-alerts', 0],
      ['ran', 'fields-missing', 0]
    ])
    expect(outcomes.slice(5, 7).map(({ status, runKey }) => [status, runKey])).toEqual([
      ['refused', null],
      ['refused', null]
    ])
    expect(outcomes[6]!.reason).toContain('FORK')
    expect(brief(outcomes[7]!)).toEqual(['ran', null, 1])
    expect(outcomes[4]!.missing!.cannotFire!.message).toBe(
      '[process.parent.name == "nginx"] can never hold: `process.parent.name` is in none of 3 events'
    )
    expect([events, cancelled]).toEqual([3, false])
  })

  it('keep the runs that found something, for the questions a run of one rule answers', async () => {
    const session = await openSession()
    const ruleKeys = packOf(session, { found: 'FROM logs-app-* | WHERE process.name == "sh" | STATS n = COUNT(*) BY host.name' })
    const { outcomes } = await session.runRules({ ruleKeys, mode: 'whole' }, quiet)
    const { runKey, top } = outcomes[0]!
    const alone = await session.run({ ruleKey: ruleKeys[0]!, mode: 'whole' }, quiet)
    const kept = session.result(runKey!)
    expect(comparable(kept)).toEqual(comparable(alone))
    expect(await session.explain(runKey!, top[0]!.sources[0]!)).toEqual(await session.explain(alone.runKey, top[0]!.sources[0]!))
  })

  it('take events that name no index for every rule, and alerts for alerts', async () => {
    const plain = await openSession([{ process: { name: 'sh' } }])
    const ruleKeys = packOf(plain, { any: 'FROM logs-okta.* | WHERE process.name == "sh"' })
    expect((await plain.runRules({ ruleKeys, mode: 'whole' }, quiet)).outcomes.map(brief)).toEqual([['ran', null, 1]])
    const alerts = await openSession([
      { _index: '.internal.alerts-security.alerts-default-000001', kibana: { alert: { uuid: '1' } } }
    ])
    const keys = packOf(alerts, { none: 'FROM .alerts-security.* | WHERE kibana.alert.uuid == "2"' })
    expect((await alerts.runRules({ ruleKeys: keys, mode: 'whole' }, quiet)).outcomes.map(brief)).toEqual([
      ['ran', 'no-match', 0]
    ])
  })

  it('end when they are cancelled, and say so', async () => {
    const session = await openSession()
    const ruleKeys = packOf(session, { any: 'FROM *' })
    const running = session.runRules({ ruleKeys, mode: 'whole' }, quiet)
    session.cancel()
    const { cancelled, outcomes } = await running
    expect(cancelled).toBe(true)
    expect(outcomes).toHaveLength(1)
  })

  it('renew a rule whose id is known, count other languages, name what cannot be read', async () => {
    const session = await openSession()
    const [key] = packOf(session, { one: 'FROM a' })
    const eql = JSON.stringify({ name: 'E', query: 'any where true', language: 'eql', type: 'eql', rule_id: 'e' })
    const report = session.rules.addPack([
      { name: 'b.ndjson', text: `${lineOf('one', 'FROM b')}\n${eql}\n{"broken` },
      { name: 'c.toml', text: 'nothing = 1' }
    ])
    expect(report.rules.map((rule) => [rule.key, rule.query])).toEqual([[key, 'FROM b']])
    expect(report.otherLanguages).toEqual([{ file: 'b.ndjson', name: 'E', language: 'eql' }])
    expect(report.problems.map(({ file }) => file)).toEqual(['b.ndjson', 'c.toml'])
  })
})

describe('the corpus', () => {
  const corpus = sharedPath('esql/corpus/rules.ndjson')
  const data = sharedPath('evidence/labelled-public.ndjson')

  it.runIf(corpus && data)(
    'has an outcome for each of 212 rules, that of the seed rule as when it runs alone',
    { timeout: 240_000 },
    async () => {
      const session = new Session({ createKernels: () => instantiateKernels(module) })
      await session.addInputs([bytesOf('labelled.ndjson', new Uint8Array(readFileSync(data!)))])
      const pack = session.rules.addPack([{ name: 'rules.ndjson', text: readFileSync(corpus!, 'utf8') }])
      expect([pack.rules.length, pack.otherLanguages, pack.problems]).toEqual([212, [], []])
      const ruleKeys = pack.rules.map(({ key }) => key)
      const { outcomes } = await session.runRules({ ruleKeys, mode: 'whole' }, quiet)
      expect(outcomes.map(({ ruleKey }) => ruleKey)).toEqual(ruleKeys)
      const faults = outcomes.filter(({ reason }) => reason?.startsWith('Stopped: '))
      expect(faults).toEqual([])
      for (const { status, reason, findingCount } of outcomes)
        expect(findingCount > 0).toBe(status !== 'refused' && !SILENT.has(reason!))
      const seed =
        outcomes[pack.rules.findIndex(({ name }) => name.endsWith('Unusual Command Execution from Web Server Parent'))]!
      const alone = await session.run({ ruleKey: seed.ruleKey, mode: 'whole' }, quiet)
      expect(seed.findingCount).toBe(40)
      expect(session.result(seed.runKey!).findings).toEqual(alone.findings)
    }
  )
})
