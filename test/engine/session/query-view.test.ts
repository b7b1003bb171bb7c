/** What the query view asks of a session: held rows by page, sorted, with their events; problems with fixes; completion facts. */
import { beforeEach, describe, expect, test } from 'vitest'
import { CancelledError } from '../../../engine/session/cancelled.ts'
import { Session } from '../../../engine/session/session.ts'
import { describeLanguage } from '../../../engine/session/language-description.ts'
import { bytesOf } from '../../../engine/source/hosts/memory-bytes.ts'
import { parseQuery } from '../../../engine/language/parser.ts'
import { instantiateKernels } from '../../../wasm/host/kernels.ts'
import { compileTestModule } from '../../helpers/kernels.ts'

const EVENTS = [
  { _index: 'logs-a-default', 'process.name': 'sh', 'process.args': ['sh', '-c', 'id'], n: 3 },
  { _index: 'logs-a-default', 'process.name': 'bash', 'process.args': 'bash', n: 1 },
  { _index: 'logs-b-default', 'process.name': 'sh', n: 2, 'user.name': 'x'.repeat(3000) }
]
const quiet = { progress: () => undefined }
const kernelModule = await compileTestModule()
const createKernels = () => instantiateKernels(kernelModule)
let session: Session

beforeEach(async () => {
  session = new Session({ createKernels })
  await session.addInputs([
    bytesOf('events.ndjson', new TextEncoder().encode(EVENTS.map((event) => JSON.stringify(event)).join('\n')))
  ])
})

const hold = (text: string, limited = true) => session.hold(text, { limited }, quiet)

describe('a held result', () => {
  test('answers pages, whole cells, events, and sorts', async () => {
    const result = await hold('FROM * | KEEP process.name, n, user.name, process.args')
    expect(result.columns).toEqual([
      { name: 'process.name', type: 'keyword', multi: false },
      { name: 'n', type: 'long', multi: false },
      { name: 'user.name', type: 'keyword', multi: false },
      { name: 'process.args', type: 'keyword', multi: true }
    ])
    expect([result.rowCount, result.cut, result.warnings]).toEqual([
      3,
      null,
      ['No limit defined, adding default limit of [1000]']
    ])
    const { resultKey } = result
    const page = session.results.page(resultKey, 1, 99)
    expect(page).toEqual({
      first: 1,
      rows: [
        ['bash', 1n, null, 'bash'],
        ['sh', 2n, 'x'.repeat(1000), null]
      ],
      shortened: [6]
    })
    expect(session.results.cell(resultKey, 2, 2)).toBe('x'.repeat(3000))
    session.results.sort(resultKey, { column: 1, descending: true })
    expect(session.results.page(resultKey, 0, 3).rows.map((row) => row[1])).toEqual([3n, 2n, 1n])
    const { sources } = session.results.sources(resultKey, 1)
    expect(sources.map(({ line }) => line)).toEqual([3])
    expect((await session.readEvents(sources))[0]!.text).toBe(JSON.stringify(EVENTS[2]))
  })

  test('groups keep their events; a newer result takes the place of an older one', async () => {
    const first = await hold('FROM * | STATS n = COUNT(*) BY process.name | SORT n DESC')
    expect(session.results.page(first.resultKey, 0, 1).rows).toEqual([[2n, 'sh']])
    expect(session.results.sources(first.resultKey, 0)).toMatchObject({ eventCount: 2, truncated: false })
    await hold('ROW a = 1')
    expect(() => session.results.page(first.resultKey, 0, 1)).toThrow('This result is no longer held: run the query again')
  })

  test('stops at what is held at once and says so', async () => {
    const small = new Session({ createKernels, heldLimits: { rows: 2, bytes: 1e9 } })
    await small.addInputs([bytesOf('e.ndjson', new TextEncoder().encode('{"n":1}\n{"n":2}\n{"n":3}'))])
    const result = await small.hold('FROM * | KEEP n', { limited: false }, quiet)
    expect([result.rowCount, result.cut]).toEqual([2, { by: 'rows', limit: 2 }])
  })

  test('is not kept when it was cancelled', async () => {
    const running = hold('FROM * | KEEP n')
    session.cancel()
    // The data is small: either it was done before, or it was cancelled as a whole.
    await running.catch((error) => expect(error).toBeInstanceOf(CancelledError))
  })
})

describe('problems', () => {
  test('a misspelt field that the data has nearly: a note with the edit', async () => {
    const text = 'FROM * | WHERE proces.name == "sh"'
    expect(await session.help.check(text)).toMatchObject([
      {
        severity: 'note',
        code: 'absent-field',
        fixes: [{ label: 'process.name', edits: [{ start: 15, end: 26, text: 'process.name' }] }]
      }
    ])
  })
  test('a misspelt function: the edit replaces its name and leaves its arguments', async () => {
    const text = 'FROM * | EVAL l = LENGHT(process.name)'
    const [problem] = await session.help.check(text)
    const { start, end, text: put } = problem!.fixes[0]!.edits[0]!
    expect(text.slice(0, start) + put + text.slice(end)).toBe('FROM * | EVAL l = LENGTH(process.name)')
  })
  test('a misspelt command', async () => {
    const text = 'FROM * | WHRE process.name == "sh"'
    const [problem] = await session.help.check(text)
    expect(problem).toMatchObject({ severity: 'error', start: 9, end: 13 })
    expect(problem!.fixes[0]?.edits[0]).toMatchObject({ start: 9, end: 13 })
  })
  test('none in a query that runs; all slips of one that does not', async () => {
    expect(await session.help.check('FROM * | STATS n = COUNT(*) BY process.name')).toEqual([])
    expect((await session.help.check('FROM * | WHERE | KEEP ,')).length).toBe(2)
  })
})

test('fields of the data with how often they occur; columns behind a pipe', async () => {
  const { fields, events, complete, indexNames } = await session.help.describeData()
  expect([events, complete, indexNames]).toEqual([3, true, ['logs-a-default', 'logs-b-default']])
  expect(fields.find(({ name }) => name === 'process.args')).toEqual({
    name: 'process.args',
    type: 'keyword',
    seen: 2,
    array: true
  })
  expect(await session.help.columnsBehind('FROM * | STATS c = COUNT(*) BY process.name')).toEqual([
    { name: 'c', type: 'long' },
    { name: 'process.name', type: 'keyword' }
  ])
  expect(await session.help.columnsBehind('FROM * | WHERE')).toBe(null)
})

test('the commonest values of a field', async () => {
  expect(await session.help.topValues('process.name')).toEqual({
    values: [
      { value: 'sh', count: 2 },
      { value: 'bash', count: 1 }
    ],
    events: 3,
    complete: true
  })
})

describe('the language as data', () => {
  const { commands, functions } = describeLanguage()
  test('every command and function has a line and an example that parses', () => {
    expect(commands.map(({ name }) => name)).toEqual(expect.arrayContaining(['FROM', 'WHERE', 'STATS', 'KEEP', 'SORT', 'LIMIT']))
    for (const { name, place, doc, example } of commands) {
      expect(doc, name).toMatch(/\.$/)
      expect(parseQuery(place === 'source' ? example : `FROM * | ${example}`).diagnostics, example).toEqual([])
    }
    for (const { name, kind, doc, example } of functions) {
      expect(doc, name).not.toBe('')
      expect(parseQuery(kind === 'scalar' ? `ROW a = ${example}` : `FROM * | STATS ${example}`).diagnostics, example).toEqual([])
    }
  })
  test('signatures read as people write them', () => {
    const signatures = (name: string) => functions.find((each) => each.name === name)!.signatures
    expect(signatures('LENGTH')).toEqual(['LENGTH(string) → integer'])
    expect(signatures('AVG')).toEqual(['AVG(numeric) → double'])
  })
})
