/** Edits of a query by a value: what is put in means the value, and the rest of the query stays what it was. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseQuery } from '../../../engine/language/parser.ts'
import { quotedName } from '../../../engine/language/token.ts'
import { Session } from '../../../engine/session/session.ts'
import { bytesOf } from '../../../engine/source/hosts/memory-bytes.ts'
import { conditionOf, hasLimit, withCondition, withStack } from '../../../ui/format/query-edit.ts'
import { instantiateKernels } from '../../../wasm/host/kernels.ts'
import { compileTestModule } from '../../helpers/kernels.ts'

const column = (name: string, type: string, multi = false) => ({ name, type, multi })

describe('where a condition goes', () => {
  test.each([
    ['FROM a', 'FROM a | WHERE c'],
    ['FROM a // the end', 'FROM a | WHERE c // the end'],
    ['FROM a\n| KEEP b\n', 'FROM a\n| KEEP b\n| WHERE c\n'],
    ['FROM a\n| SORT b DESC\n| LIMIT 10', 'FROM a\n| WHERE c\n| SORT b DESC\n| LIMIT 10'],
    ['FROM a | LIMIT 5 | KEEP b', 'FROM a | LIMIT 5 | KEEP b | WHERE c'],
    ['FROM a | WHERE x == "a | b" |', 'FROM a | WHERE x == "a | b" | WHERE c'],
    ['FROM a | SORT b |', 'FROM a | WHERE c | SORT b'],
    ['ROW a = 1', 'ROW a = 1 | WHERE c']
  ])('%j', (query, expected) => expect(withCondition(query, 'c')).toBe(expected))

  test('not into a text whose strings are open, nor into nothing', () => {
    expect(withCondition('FROM a | WHERE b == "x', 'c')).toBe(null)
    expect(withCondition('  ', 'c')).toBe(null)
  })
})

describe('a count by a column', () => {
  test.each([
    ['FROM a', 'FROM a | STATS count = COUNT(*) BY host.name | SORT count'],
    ['FROM a\n| SORT x\n| LIMIT 3 // few', 'FROM a\n| STATS count = COUNT(*) BY host.name\n| SORT count // few']
  ])('%j', (query, expected) => expect(withStack(query, 'host.name')).toBe(expected))
  test('a column of that name is counted under another', () => {
    expect(withStack('FROM a', 'count')).toBe('FROM a | STATS rows = COUNT(*) BY count | SORT rows')
  })
})

test('a limit is one of the query, not of its strings and comments', () => {
  expect([hasLimit('FROM a | LIMIT 5'), hasLimit('FROM a | WHERE b == "| LIMIT 5" // | LIMIT 5')]).toEqual([true, false])
})

describe('conditions', () => {
  test.each([
    [column('a.b', 'keyword'), 'x"\\\n', true, 'a.b == "x\\"\\\\\\n"'],
    [column('a.b', 'keyword'), 'x', false, 'a.b != "x" OR a.b IS NULL'],
    [column('n', 'double'), 5, true, 'n == 5.0'],
    [column('n', 'long'), 9007199254740993n, true, 'n == 9007199254740993'],
    [column('ok', 'boolean'), false, true, 'ok == false'],
    [column('a', 'keyword'), null, true, 'a IS NULL'],
    [column('a', 'keyword'), null, false, 'a IS NOT NULL'],
    [column('a', 'keyword', true), 'x', true, 'MV_CONTAINS(a, "x")'],
    [column('a', 'keyword', true), ['x', 'y'], false, 'NOT MV_CONTAINS(a, ["x", "y"])'],
    [column('a', 'ip', true), '::1', true, 'MV_CONTAINS(a, TO_IP("::1"))'],
    [column('COUNT(*)', 'long'), 1n, true, '`COUNT(*)` == 1'],
    [column('by', 'keyword'), 'x', true, '`by` == "x"'],
    [column('_source', '_source'), '{}', true, null]
  ] as const)('%#', (field, cell, keep, expected) => expect(conditionOf(field, cell, keep)).toBe(expected))

  test('any name and any text parse as one comparison', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary' }), (name, value) => {
        fc.pre(!/[\r\n]/.test(name))
        const query = withCondition('FROM a', conditionOf(column(name, 'keyword'), value, true)!)!
        const { query: tree, diagnostics } = parseQuery(query)
        expect([query, diagnostics]).toEqual([query, []])
        expect(tree!.commands.length).toBe(2)
      }),
      { seed: 3, numRuns: 500 }
    )
  })
})

// ---- against the engine: the rows that a condition keeps are the rows that hold the value ----

const EVENTS = [
  { k: 'a', n: 1, f: 0.5, 'source.ip': '10.0.0.1', '@timestamp': '2026-03-02T10:00:00.000Z', ok: true },
  {
    k: ['a', 'b'],
    n: [1, 2],
    f: [0.5, 2],
    'source.ip': ['10.0.0.1', '::1'],
    '@timestamp': '2026-03-02T10:00:01.000Z',
    ok: false
  },
  { k: 'b', n: 2, f: 2, 'source.ip': '::1', '@timestamp': '2026-03-02T10:00:02.000Z', ok: true },
  { n: 9007199254740993 }
]

describe('the engine agrees', async () => {
  const module = await compileTestModule()
  const session = new Session({ createKernels: () => instantiateKernels(module) })
  const text = EVENTS.map((event) => JSON.stringify(event)).join('\n')
  await session.addInputs([bytesOf('e.ndjson', new TextEncoder().encode(text))])
  const rows = async (query: string) => {
    const { columns, rowCount, resultKey } = await session.hold(query, { limited: false }, { progress: () => undefined })
    return { columns, values: session.results.page(resultKey, 0, rowCount).rows }
  }
  const all = await rows('FROM *')

  test.each(all.columns)('$name: every value keeps and drops the rows that hold it', async (field) => {
    const at = all.columns.indexOf(field)
    const holds = (row: readonly unknown[], cell: unknown) => {
      const values = (value: unknown) => (value === null ? [] : Array.isArray(value) ? value : [value])
      return cell === null ? row[at] === null : values(cell).every((value) => values(row[at]).includes(value))
    }
    for (const { [at]: cell = null } of all.values) {
      for (const keep of [true, false]) {
        const query = withCondition('FROM *', conditionOf(field, cell, keep)!)!
        const found = await rows(query)
        expect([query, found.values]).toEqual([query, all.values.filter((row) => holds(row, cell) === keep)])
      }
      const stacked = await rows(withStack('FROM * | SORT n | LIMIT 1', field.name)!)
      expect(stacked.columns.map(({ name }) => name)).toEqual(['count', field.name])
    }
  })
})

test('names are quoted where they must be', () => {
  expect(['host.name', '@timestamp', '_id', 'a.by', 'a-b', '1a', 'a b', '`'].map(quotedName)).toEqual(
    ['host.name', '@timestamp', '_id', '`a.by`', '`a-b`', '`1a`', '`a b`', '````'] // prettier-ignore
  )
})
