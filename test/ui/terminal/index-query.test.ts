/**
 * Queries over indices with given mappings: every type a mapping may name, several indices at once, and the types that two of
 * them do not share.
 */
import { describe, expect, test } from 'vitest'
import { blobBytes } from '../../../engine/source/hosts/blob-bytes.ts'
import { createReferenceKernels } from '../../../wasm/reference/kernels.ts'
import { queryIndices } from '../../../ui/terminal/index-query.ts'

const DOCUMENTS: Record<string, object[]> = {
  types: [
    {
      byte: 7,
      short: -300,
      integer: 2_147_483_647,
      half: 1.1,
      float: 1.1,
      scaled: 1.119,
      double: 1.1,
      boolean: 'true',
      date: '2024-05-10T08:00:00.123456Z',
      nanos: '2024-05-10T08:00:00.123456789Z',
      ip: '2001:0DB8::1',
      version: '1.10.0',
      keyword: ['b', 'a', 'b'],
      text: ['b', 'a', 'b'],
      point: 'POINT (12.5 55.25)',
      numbers: [3, 1, 3]
    },
    { byte: 200, integer: 3_000_000_000, ip: 'none', date: 'soon' }
  ],
  logs: [
    { ip: '10.0.0.1', status: 200, n: 1 },
    { ip: '10.0.0.2', status: 404, n: 2 }
  ],
  'logs-old': [
    { ip: '10.0.0.2', status: '500', n: 3 },
    { ip: 'unknown', n: 4 }
  ],
  other: [{ n: 99 }]
}

const MAPPINGS: Record<string, Record<string, string>> = {
  types: {
    byte: 'byte',
    short: 'short',
    integer: 'integer',
    half: 'half_float',
    float: 'float',
    scaled: 'scaled_float',
    double: 'double',
    boolean: 'boolean',
    date: 'date',
    nanos: 'date_nanos',
    ip: 'ip',
    version: 'version',
    keyword: 'keyword',
    text: 'text',
    point: 'geo_point',
    numbers: 'long'
  },
  logs: { ip: 'ip', status: 'integer', n: 'long' },
  'logs-old': { ip: 'keyword', status: 'keyword', n: 'integer' },
  other: { n: 'long' },
  unsigned: { id: 'integer', big: 'unsigned_long' }
}

/** Numbers beyond what JavaScript's hold exactly are written as they are. */
const UNSIGNED = ['0', '18446744073709551615', '9223372036854775808'].map((number, i) => `{"id": ${i}, "big": ${number}}`)

function fileOf(name: string) {
  const lines = name === 'unsigned' ? UNSIGNED : DOCUMENTS[name]!.map((document) => JSON.stringify(document))
  return blobBytes(`${name}.ndjson`, new Blob([`${lines.join('\n')}\n`]))
}

async function ask(query: string, ...names: string[]) {
  const indexOf = (name: string) => ({
    mapping: new Map(Object.entries(MAPPINGS[name]!)),
    file: fileOf(name),
    mode: 'standard' as const
  })
  const indices = new Map(names.map((name) => [name, indexOf(name)]))
  const request = { query, indices, nowMillis: 0 }
  const { columns, values, warnings } = await queryIndices(request, createReferenceKernels)
  return {
    columns: columns.map(({ name, type }) => `${name}:${type}`).join(' '),
    values: values as unknown[][],
    warnings: warnings.filter((text) => !text.startsWith('No limit'))
  }
}

describe('types of a mapping', () => {
  test('small whole numbers are integers, floats are rounded to what they hold and then doubles', async () => {
    const { columns, values } = await ask(
      'FROM types | KEEP byte, short, integer, half, float, scaled, double | LIMIT 2',
      'types'
    )
    expect(columns).toBe('byte:integer short:integer integer:integer half:double float:double scaled:double double:double')
    expect(values).toEqual([
      [7, -300, 2147483647, 1.099609375, 1.100000023841858, 1.12, 1.1],
      [null, null, null, null, null, null, null]
    ])
  })

  test('dates are cut to their precision; addresses are canonical; what does not fit is null', async () => {
    const query = 'FROM types | EVAL d = date::string, s = nanos::string | KEEP boolean, d, s, ip, version, point'
    const { columns, values } = await ask(`${query} | LIMIT 2`, 'types')
    expect(columns).toBe('boolean:boolean d:keyword s:keyword ip:ip version:version point:geo_point')
    expect(values[0]).toEqual([
      true,
      '2024-05-10T08:00:00.123Z',
      '2024-05-10T08:00:00.123456789Z',
      '2001:db8::1',
      '1.10.0',
      expect.stringMatching(/^POINT \(12\.\d+ 55\.\d+\)$/)
    ])
    expect(values[1]).toEqual([null, null, null, null, null, null])
  })

  test('keywords are a sorted set, numbers are sorted, a text keeps its order', async () => {
    const { values } = await ask('FROM types | KEEP keyword, numbers, text | LIMIT 1', 'types')
    expect(values).toEqual([
      [
        ['a', 'b'],
        [1n, 3n, 3n],
        ['b', 'a', 'b']
      ]
    ])
  })

  test('numbers without sign keep all their digits and order by them', async () => {
    const query = 'FROM unsigned | WHERE big > TO_UL("9223372036854775807") | SORT big DESC | KEEP big'
    const { columns, values } = await ask(query, 'unsigned')
    expect(columns).toBe('big:unsigned_long')
    expect(values).toEqual([[18446744073709551615n], [9223372036854775808n]])
  })
})

describe('several indices', () => {
  test('only those that FROM names are read, whatever the request brings along', async () => {
    expect((await ask('FROM logs | STATS c = COUNT(*)', 'logs', 'logs-old', 'other')).values).toEqual([[2n]])
    expect((await ask('FROM logs*, -logs-old | STATS c = COUNT(*)', 'logs', 'logs-old', 'other')).values).toEqual([[2n]])
    expect((await ask('FROM logs*, other | STATS s = SUM(n::long)', 'logs', 'logs-old', 'other')).values).toEqual([[109n]])
  })

  test('a field of two types is refused, named with its types and indices', async () => {
    await expect(ask('FROM logs* | WHERE ip == "10.0.0.2" | LIMIT 1', 'logs', 'logs-old')).rejects.toThrow(
      'Cannot use field [ip] due to ambiguities being mapped as [2] incompatible types: [ip] in [logs], [keyword] in [logs-old]'
    )
  })

  test('until it is converted: each index from its own type, with its own failures', async () => {
    const query = 'FROM logs* | EVAL ip = TO_IP(ip) | STATS c = COUNT(*) BY ip | SORT ip'
    const { columns, values, warnings } = await ask(query, 'logs', 'logs-old')
    expect(columns).toBe('c:long ip:ip')
    expect(values).toEqual([
      [1n, '10.0.0.1'],
      [2n, '10.0.0.2'],
      [1n, null]
    ])
    expect(warnings.at(-1)).toBe("Line 1:24: java.lang.IllegalArgumentException: 'unknown' is not an IP string literal.")
  })

  test('a conversion may stand anywhere: in WHERE, as a key, as an argument', async () => {
    const query =
      'FROM logs* | WHERE status::integer >= 404 | STATS m = MAX(status::long), n = SUM(n::long) BY k = ip::string | SORT k'
    expect((await ask(query, 'logs', 'logs-old')).values).toEqual([[500n, 5n, '10.0.0.2']])
  })

  test('kept unconverted it is a column without values', async () => {
    const { columns, values } = await ask('FROM logs* | KEEP ip | LIMIT 1', 'logs', 'logs-old')
    expect([columns, values]).toEqual(['ip:unsupported', [[null]]])
  })
})
