/** Redaction over a session: the preview of a case, the reduced data that gives the same findings, and nothing left in it. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Session } from '../../../engine/session/session.ts'
import type { RedactionChoice, RunResult } from '../../../engine/session/types.ts'
import { REDACTION_CLASSES } from '../../../engine/redaction/redaction.ts'
import { bytesOf } from '../../../engine/source/hosts/memory-bytes.ts'
import { instantiateKernels } from '../../../wasm/host/kernels.ts'
import { compileTestModule } from '../../helpers/kernels.ts'
import { sharedPath } from '../../helpers/shared-facts.ts'

const module = await compileTestModule()
const quiet = { progress: () => undefined }
const ignore = () => undefined
const KEY = '0f'.repeat(16)
const EVERYTHING: RedactionChoice = { key: KEY, classes: [...REDACTION_CLASSES], kept: [] }

async function open(name: string, bytes: Uint8Array): Promise<Session> {
  const session = new Session({ createKernels: () => instantiateKernels(module) })
  await session.addInputs([bytesOf(name, bytes)])
  return session
}

async function run(session: Session, ruleKey = 'built-in', mode: 'whole' | 'replay' = 'whole'): Promise<RunResult> {
  return session.run({ ruleKey, mode }, quiet)
}

const idsOf = (result: RunResult) => result.findings.map(({ id }) => id)
const previewOf = (session: Session, result: RunResult, texts: string[] = []) =>
  session.handOver.preview({ key: KEY, runKey: result.runKey, findingIds: idsOf(result), texts, harmless: [] }, ignore)

const sample = (name: string) => readFileSync(new URL(`../../../ui/samples/${name}`, import.meta.url))

describe.each(['web-shell.ndjson', 'web-shell.audit.log', 'quiet-day.ndjson', 'many-hosts.csv'])('%s', (name) => {
  test('the reduced data gives the same findings, as they are and redacted, whole and replayed', async () => {
    const session = await open(name, sample(name))
    for (const mode of ['whole', 'replay'] as const) {
      const first = await run(session, 'built-in', mode)
      expect(first.findings.length).toBeGreaterThan(0)
      const { replacements } = await previewOf(session, first)
      expect(replacements.length).toBeGreaterThan(0)
      for (const choice of [null, EVERYTHING]) {
        const reduced = await session.handOver.reducedData({ runKey: first.runKey, findingIds: idsOf(first), choice }, ignore)
        const wanted = first.findings.length
        expect(reduced.check).toEqual({ wanted, found: wanted, same: wanted })
        const again = await run(await open('reduced.ndjson', reduced.bytes), 'built-in', mode)
        expect(counts(again)).toEqual(counts(first))
        expect(reduced.events).toBe(again.inputs[0]!.events)
        if (choice) expectNothingLeft(new TextDecoder().decode(reduced.bytes), replacements)
      }
    }
  })
})

const counts = (result: RunResult) => result.findings.map(({ eventCount }) => eventCount).toSorted((a, b) => a - b)

/** Of what the preview names: everything long enough to be unmistakable. */
function expectNothingLeft(text: string, replacements: readonly { original: string }[]): void {
  for (const { original } of replacements) if (original.length > 4) expect(text).not.toContain(original)
}

const EVENT = {
  '@timestamp': '2026-01-01T10:00:00Z',
  event: { type: ['start'], action: 'exec' },
  agent: { id: 'b8c1d7d4-0000-4000-8000-00000000000a', name: 'web-7' },
  host: { name: 'web-7', os: { type: 'linux' } },
  user: { name: 'dora' }
}

describe('documents', () => {
  const RULE = 'FROM * | WHERE process.name == "sh" | STATS n = COUNT(*) BY process.command_line, process.pid'

  test('numbers keep all digits, keys stay, blanks go, hits become documents', async () => {
    const source = `{"@timestamp" : "2026-01-01T10:00:00Z", "process" : {"name":"sh","pid": 9223372036854775807, "command_line":"ls /home/dora","dora":1.10}}`
    const hit = `{"_index":"logs-a-b","_id":"x1","_source":${source}}`
    for (const text of [source, hit, `[${source}]`]) {
      const session = await open('a.json', new TextEncoder().encode(text))
      const [rule] = session.rules.addFile('r.esql', RULE)
      const first = await run(session, rule!.key)
      await previewOf(session, first)
      const { bytes, check } = await session.handOver.reducedData(
        { runKey: first.runKey, findingIds: idsOf(first), choice: EVERYTHING },
        ignore
      )
      const line = new TextDecoder().decode(bytes)
      expect(check).toEqual({ wanted: 1, found: 1, same: 1 })
      expect(line).toContain('"pid":9223372036854775807,"command_line":"ls /home/user-1","dora":1.10')
      if (text === hit) expect(line).toMatch(/^\{"_index":"logs-a-b","_id":"x1","@timestamp":/)
    }
  })

  test('a rule that names what is redacted finds nothing more, and that is said', async () => {
    const session = await open('a.ndjson', new TextEncoder().encode(JSON.stringify(EVENT)))
    const [rule] = session.rules.addFile('r.esql', 'FROM * | WHERE host.name == "web-7" | KEEP host.name')
    const first = await run(session, rule!.key)
    await previewOf(session, first)
    const request = { runKey: first.runKey, findingIds: idsOf(first) }
    expect((await session.handOver.reducedData({ ...request, choice: EVERYTHING }, ignore)).check).toEqual({
      wanted: 1,
      found: 0,
      same: 0
    })
    expect((await session.handOver.reducedData({ ...request, choice: null }, ignore)).check.same).toBe(1)
  })

  test('texts have the pseudonyms of the data', async () => {
    const session = await open('a.ndjson', new TextEncoder().encode(JSON.stringify(EVENT)))
    const [rule] = session.rules.addFile('r.esql', 'FROM * | KEEP host.name')
    const first = await run(session, rule!.key)
    const { replacements, events } = await previewOf(session, first, ['dora told mila@acme.com'])
    expect(events).toBe(1)
    expect(replacements.map(({ class: cls, original }) => [cls, original])).toEqual([
      ['host', 'web-7'],
      ['host', 'b8c1d7d4-0000-4000-8000-00000000000a'],
      ['user', 'dora'],
      ['email', 'mila@acme.com']
    ])
    expect(session.handOver.redactTexts(['dora on web-7', 'mila@acme.com'], EVERYTHING)).toEqual([
      'user-1 on host-1',
      'mail-1@mail.example'
    ])
    expect(() => session.handOver.redactTexts([], { ...EVERYTHING, key: 'other' })).toThrow('no such redaction')
  })

  test('cancel ends it', async () => {
    const session = await open('a.ndjson', new TextEncoder().encode(`${JSON.stringify(EVENT)}\n`.repeat(500)))
    const [rule] = session.rules.addFile('r.esql', 'FROM * | KEEP host.name')
    const first = await run(session, rule!.key)
    const pending = previewOf(session, first)
    session.cancel()
    await expect(pending).rejects.toThrow('Cancelled')
  })
})

describe('labelled events', () => {
  const path = sharedPath('evidence/labelled-public.ndjson')
  test.skipIf(!path)('the reduced data gives the same findings', async () => {
    const session = await open('labelled.ndjson', readFileSync(path!))
    for (const mode of ['whole', 'replay'] as const) {
      const first = await run(session, 'built-in', mode)
      await previewOf(session, first)
      const reduced = await session.handOver.reducedData(
        { runKey: first.runKey, findingIds: idsOf(first), choice: EVERYTHING },
        ignore
      )
      expect(reduced.check).toEqual({ wanted: first.findings.length, found: first.findings.length, same: first.findings.length })
      const again = await run(await open('reduced.ndjson', reduced.bytes), 'built-in', mode)
      expect(counts(again)).toEqual(counts(first))
    }
  })
})
