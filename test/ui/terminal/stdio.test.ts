import { describe, expect, it } from 'vitest'
import { linesOf } from '../../../ui/terminal/lines-of.ts'
import { runTerminal } from '../../../ui/terminal/run-terminal.ts'
import { QueryFailure, fakeHost } from './fake-host.ts'

async function answers(...lines: string[]) {
  const fake = fakeHost(
    { '/a.ndjson': '{}' },
    {
      esql: ({ query }) => {
        if (query === 'bad') throw new QueryFailure(['line 1:1: Unknown column [x]'])
        return {
          columns: [
            { name: 'n', type: 'long' },
            { name: 'd', type: 'double' }
          ],
          values: [
            [9223372036854775807n, 2],
            [[-1n, 5n], -0]
          ],
          warnings: ['Line 1:1: w']
        }
      }
    },
    lines
  )
  const status = await runTerminal(['esql', '--stdio'], fake.host, '1')
  return { status, asked: fake.asked, lines: fake.output().split('\n').slice(0, -1) }
}

describe('esql --stdio', () => {
  it('answers a line with a line, exact', async () => {
    const request = {
      id: 7,
      query: 'FROM a',
      indices: { a: { mapping: { n: 'long' }, file: '/a.ndjson' }, b: { mapping: {}, file: '/a.ndjson', mode: 'lookup' } }
    }
    const { status, lines, asked } = await answers(JSON.stringify(request), '', '{"id":8,"query":"ROW n = 1"}')
    expect(status).toBe(0)
    const rest =
      '"columns":[{"name":"n","type":"long"},{"name":"d","type":"double"}],"values":[[9223372036854775807,2.0],[[-1,5],-0.0]],"warnings":["Line 1:1: w"]}'
    expect(lines).toEqual([`{"id":7,${rest}`, `{"id":8,${rest}`])
    expect(asked.esql[0]!.nowMillis).toBe(Date.UTC(2026, 0, 1))
    expect([...asked.esql[0]!.indices].map(([name, index]) => [name, [...index.mapping], index.file.name, index.mode])).toEqual([
      ['a', [['n', 'long']], '/a.ndjson', 'standard'],
      ['b', [], '/a.ndjson', 'lookup']
    ])
  })
  it('a bad request costs its own answer only', async () => {
    const { lines } = await answers(
      'not json',
      '[]',
      '{"id":1}',
      '{"id":2,"query":"bad"}',
      '{"id":3,"query":"x","indices":[]}',
      '{"id":4,"query":"x","indices":{"a":{}}}',
      '{"id":5,"query":"x","indices":{"a":{"file":"/a.ndjson","mapping":{"__proto__":1}}}}',
      '{"id":6,"query":"x","indices":{"a":{"file":"/gone"}}}'
    )
    const messages = lines
      .map((line) => JSON.parse(line) as { id: unknown; error: { message: string } })
      .map(({ id, error }) => [id, error.message])
    expect(messages.slice(1)).toEqual([
      [null, 'The request has no query'],
      [1, 'The request has no query'],
      [2, 'line 1:1: Unknown column [x]'],
      [3, 'indices is no object'],
      [4, 'Index [a] names no file'],
      [5, 'The type of [__proto__] in [a] is no text'],
      [6, '/gone cannot be read: there is no such file']
    ])
    expect(messages[0]![0]).toBeNull()
  })
})

describe('linesOf', () => {
  const read = async (...chunks: (string | Uint8Array)[]) => {
    const bytes = chunks.map((chunk) => (typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk))
    const lines: string[] = []
    for await (const line of linesOf(
      (async function* () {
        yield* bytes
      })()
    ))
      lines.push(line)
    return lines
  }
  it('parts at LF only, whatever the chunks', async () => {
    expect(await read('a\u2028b\r\n', 'c', 'd\n\ne', '')).toEqual(['a\u2028b', 'cd', '', 'e'])
    const bytes = new TextEncoder().encode('é😀\nz')
    expect(await read(bytes.slice(0, 1), bytes.slice(1, 4), bytes.slice(4))).toEqual(['é😀', 'z'])
    expect(await read()).toEqual([])
  })
})
