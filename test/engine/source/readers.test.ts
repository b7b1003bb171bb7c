/** Record readers: every form gives the same events, their places in the original bytes are exact, damage costs itself only. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detect } from '../../../engine/source/detect.ts'
import { MemoryStream, bytesOf } from '../../../engine/source/hosts/memory-bytes.ts'
import { openInputs } from '../../../engine/source/open-input.ts'
import { openRecordReader } from '../../../engine/source/readers/open-record-reader.ts'
import { SkipLog } from '../../../engine/source/record-reader.ts'
import { MAX_RECORD_BYTES } from '../../../engine/source/record-scanner.ts'
import { drain, readAllRecords, readRecords, type ReadRecord } from '../../helpers/records.ts'
import { sharedPath } from '../../helpers/shared-facts.ts'

const DOCS = [
  { '@timestamp': '2026-01-01T00:00:00Z', process: { name: 'sh', args: ['sh', '-c', '{"[]}\\'] } },
  { '@timestamp': '2026-01-01T00:00:01Z', message: 'ünïcode 😀 \u0001 "quoted"', nested: [{ a: [[1]] }, {}] },
  { '@timestamp': '2026-01-01T00:00:02Z', empty: {}, list: [], n: 12345678901234567890n.toString() }
]
const LINES = DOCS.map((doc) => JSON.stringify(doc))
const HITS = LINES.map((line, i) => `{"_index":"logs-a","_id":"${i}","_source":${line}}`)

/** name, text, values the records must have. */
const FORMS: [string, string, unknown[]][] = [
  ['array', `[${LINES.join(',')}]`, DOCS],
  ['array over lines', `[\n${LINES.join(',\n')}\n]\n`, DOCS],
  ['pretty array', JSON.stringify(DOCS, null, 2), DOCS],
  ['two arrays', `[${LINES[0]}]\n[${LINES[1]},${LINES[2]}]`, DOCS],
  ['pretty documents', DOCS.map((doc) => JSON.stringify(doc, null, 2)).join('\n'), DOCS],
  [
    'pretty documents with CRLF',
    DOCS.map((doc) => JSON.stringify(doc, null, 2))
      .join('\n')
      .replaceAll('\n', '\r\n'),
    DOCS
  ],
  ['documents without line ends', `{"x":0}${LINES.join('')}`, [{ x: 0 }, ...DOCS]],
  ['documents with commas', `${LINES.join(',\n')},\n`, DOCS],
  [
    'response',
    `{"took":1,"aggregations":{"t":{"hits":{"hits":[{"_id":"no"}]}}},"hits":{"total":{"value":3},"hits":[${HITS.join(', ')}]}}`,
    HITS.map((hit) => JSON.parse(hit))
  ],
  [
    'wrapped response',
    `{"id":"a","rawResponse":{"hits":{"hits":[${HITS.join(',')}]}},"loaded":1}`,
    HITS.map((hit) => JSON.parse(hit))
  ],
  [
    'responses of a multi search',
    `{"took":1,"responses":[{"hits":{"hits":[${HITS[0]}]}},{"hits":{"hits":[${HITS[1]},${HITS[2]}]}}]}`,
    HITS.map((hit) => JSON.parse(hit))
  ],
  [
    'responses one a line',
    `${HITS.map((hit) => `{"took":1,"hits":{"hits":[${hit}]}}`).join('\n')}\n`,
    HITS.map((hit) => JSON.parse(hit))
  ],
  ['lines', `${LINES.join('\n')}\n\n`, DOCS],
  ['lines with lone CR', LINES.join('\r'), DOCS]
]
const STEPS = [1, 7, 65536]

/** Each record's place holds the same JSON in the original bytes. */
function expectPlaces(bytes: Uint8Array, records: readonly ReadRecord[]): void {
  const { encoding } = detect(bytes)
  const decoder = new TextDecoder(encoding === 'latin-1' ? 'latin1' : encoding)
  for (const { text, byte, length } of records) expect(decoder.decode(bytes.subarray(byte, byte + length))).toBe(text)
}

function linesBefore(bytes: Uint8Array, byte: number, encoding: BufferEncoding, end: string): number {
  return Buffer.from(bytes.subarray(0, byte)).toString(encoding).split(end).length
}

describe.each(FORMS)('%s', (_, text, values) => {
  it.each(STEPS)('the same records in pieces of %i bytes, at exact places', async (step) => {
    const bytes = Buffer.from(text)
    const { records, skipped, error } = await readRecords(bytes, step)
    expect(records.map((record) => JSON.parse(record.text))).toEqual(values)
    expect({ skipped, error }).toEqual({ skipped: [], error: null })
    expectPlaces(bytes, records)
    const lineEnd = text.includes('\n') ? '\n' : '\r'
    for (const { byte, line } of records) expect(line).toBe(linesBefore(bytes, byte, 'utf8', lineEnd))
  })

  it.each(STEPS)('UTF-16 in pieces of %i bytes', async (step) => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
    const { records, skipped } = await readRecords(bytes, step)
    expect(records.map((record) => JSON.parse(record.text))).toEqual(values)
    expect(skipped).toEqual([])
    expectPlaces(bytes, records)
    const bigEndian = Buffer.from(bytes).swap16()
    expect(await readRecords(bigEndian, step)).toEqual({ records, skipped: [], error: null })
  })

  it('with a UTF-8 mark', async () => {
    const bytes = Buffer.from(`\ufeff${text}`)
    const { records } = await readRecords(bytes, 7)
    expect(records.map((record) => JSON.parse(record.text))).toEqual(values)
    expectPlaces(bytes, records)
  })
})

describe('damage in JSON', () => {
  it('an array cut in the middle gives the complete elements and one place for the rest', async () => {
    const text = `[${LINES.join(',')}]`
    const cut = text.slice(0, -15)
    const { records, skipped } = await readRecords(Buffer.from(cut), 7)
    expect(records.map((record) => JSON.parse(record.text))).toEqual(DOCS.slice(0, 2))
    const byte = Buffer.byteLength(`[${LINES[0]},${LINES[1]},`)
    expect(skipped).toEqual([
      { line: 1, byte, length: Buffer.byteLength(cut) - byte, reason: 'the array ends in the middle of an element' }
    ])
  })

  it('an array cut between elements says that it is not closed', async () => {
    const { records, skipped } = await readRecords(Buffer.from(`[${LINES[0]},`))
    expect(records.length).toBe(1)
    expect(skipped.map(({ length, reason }) => [length, reason])).toEqual([[0, 'the array is not closed: the file may be cut']])
  })

  it.each([
    ['garbage between pretty documents', (docs: string[]) => `${docs[0]}\n#### garbage { ####\n${docs[1]}\n${docs[2]}`],
    ['a pretty document without its end', (docs: string[]) => `${docs[0]}\n${docs[1]!.slice(0, 20)}\n${docs[1]}\n${docs[2]}`],
    ['a pretty document cut inside a string', (docs: string[]) => `${docs[0]}\n${docs[1]!.slice(0, 12)}\n${docs[1]}\n${docs[2]}`],
    ['a pretty document that lost a brace', (docs: string[]) => `${docs[0]}\n{\n  "a": {\n    "b": 1\n}\n${docs[1]}\n${docs[2]}`]
  ])('%s costs itself only', async (_, make) => {
    const text = make(DOCS.map((doc) => JSON.stringify(doc, null, 2)))
    for (const step of STEPS) {
      const { records, skipped } = await readRecords(Buffer.from(text), step)
      expect(records.map((record) => JSON.parse(record.text))).toEqual(DOCS)
      expect(skipped.length).toBe(1)
      const { byte, length } = skipped[0]!
      expect(byte).toBe(text.indexOf('\n', JSON.stringify(DOCS[0], null, 2).length) + 1)
      expect(text.slice(byte + length).startsWith('{')).toBe(true)
    }
  })

  it('an element that lost a brace in a minified array costs itself only', async () => {
    const text = `[${LINES[0]},{"@timestamp":"x","a":{"b":1},${LINES[1]},${LINES[2]}]`
    const { records, skipped } = await readRecords(Buffer.from(text), 7)
    expect(records.map((record) => JSON.parse(record.text))).toEqual(DOCS)
    expect(skipped.length).toBe(1)
  })

  it('an element that lost a quote in a minified array costs itself only', async () => {
    const text = `[${LINES[0]},{"@timestamp":"x","a":b","c":"d"},${LINES[1]},${LINES[2]}]`
    const { records, skipped } = await readRecords(Buffer.from(text))
    expect(records.map((record) => JSON.parse(record.text))).toEqual(DOCS)
    expect(skipped.map(({ reason }) => reason)).toEqual(['damaged JSON: a quote where no string can begin'])
  })

  it('a record nested too deeply or too long is skipped and named, the next is read', async () => {
    const deep = `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`
    const long = `{"a":"${'x'.repeat(MAX_RECORD_BYTES)}"}`
    const text = `[${LINES[0]},${deep},${long},${LINES[1]}]`
    const { records, skipped } = await readRecords(Buffer.from(text), 65536)
    expect(records.map((record) => JSON.parse(record.text))).toEqual(DOCS.slice(0, 2))
    const deepAt = Buffer.byteLength(`[${LINES[0]},`)
    expect(skipped).toEqual([
      { line: 1, byte: deepAt, length: deep.length, reason: 'nested deeper than 1000 levels' },
      { line: 1, byte: deepAt + deep.length + 1, length: long.length, reason: 'longer than 16 MiB' }
    ])
  })

  // Quadratic work would not end within the test's time limit.
  it('hostile repetition is read through', { timeout: 60_000 }, async () => {
    const detection = detect(Buffer.from('[{}]'))
    for (const piece of ['{"a":[\n', '{\n', '{"a":"\n', '}{', '{"a":{"a":', '[{"', '{"a":{},\n']) {
      const bytes = Buffer.from(piece.repeat(400_000 / piece.length))
      const reader = openRecordReader(new MemoryStream(bytes), detection, new SkipLog())
      let end = 0
      for (let chunk = await reader.next(); chunk; chunk = await reader.next()) end = chunk.originByte[chunk.count - 1]!
      expect(end).toBeLessThan(bytes.length)
    }
  })

  it('a response without hits is named', async () => {
    const { records, skipped } = await readRecords(Buffer.from('{"took":1,"timed_out":false,"aggregations":{}}'))
    expect(records).toEqual([])
    expect(skipped.map(({ reason }) => reason)).toEqual(['the search response holds no hits'])
  })

  it('any bytes end in records and skipped places, whatever the pieces', async () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ',',
      ':',
      '\\',
      '\n',
      ' ',
      'a',
      '{"a":1}',
      '\n{"a":1}',
      '{"hits":{"hits":['
    )
    const property = fc.asyncProperty(
      fc.array(piece, { maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      async (pieces, step) => {
        const bytes = Buffer.from(pieces.join(''))
        for (const head of ['[', '{\n}', '{"hits":{"hits":[', '{"index":{}}\n{}']) {
          const detection = detect(Buffer.from(head))
          const whole = await readRecords(bytes, Number.MAX_SAFE_INTEGER, detection)
          expect(await readRecords(bytes, step, detection)).toEqual(whole)
        }
      }
    )
    await fc.assert(property, { seed: 20261124, numRuns: 400 })
  })
})

describe('bulk', () => {
  const text = [
    '{"create":{"_index":"logs-\\"a","_id":"1"}}',
    LINES[0],
    '{"delete":{"_index":"logs-a","_id":"9"}}',
    '{ "index" : { } }',
    LINES[1],
    '{"update":{"_id":"3"}}',
    '{"doc":{"a":1}}',
    'garbage',
    '{"create":{"_index":"lost"}}',
    '{"create":{"_index":"b"}}',
    LINES[2],
    '{"a":1},"_source":{"b":2}}',
    '{"create":{"_index":"c"}}'
  ].join('\n')

  it.each(STEPS)('in pieces of %i bytes', async (step) => {
    const bytes = Buffer.from(text)
    const { records, skipped } = await readRecords(bytes, step)
    expect(records.map((record) => JSON.parse(record.text))).toEqual([
      { _index: 'logs-"a', _id: '1', _source: DOCS[0] },
      { _source: DOCS[1] },
      { _index: 'b', _source: DOCS[2] }
    ])
    for (const { text: json, byte, length } of records)
      expect(json.endsWith(`"_source":${bytes.subarray(byte, byte + length).toString()}}`)).toBe(true)
    expect(records.map(({ line }) => line)).toEqual([2, 5, 11])
    expect(skipped.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'a delete action carries no document'],
      [7, 'an update action carries only a part of a document'],
      [8, 'neither a bulk action nor a JSON document'],
      [9, 'no document follows this action'],
      [12, 'neither a bulk action nor a JSON document'],
      [13, 'no document follows this action']
    ])
  })
})

describe('csv', () => {
  const rows = [
    '@timestamp,process.pid,process.args,event.category,process.interactive,message',
    '"Nov 7, 2025 @ 00:00:07.123",33,"[""sh"", ""-c""]","process, file",True,plain',
    '2026-01-01T00:00:00Z,,"[not json]",process,false,"two\nlines, and a ""quote"""',
    '',
    '2026-01-01T00:00:01Z,1e5,-7,007,truex,"tab\tend"'
  ].join('\n')
  const expected = [
    {
      '@timestamp': '2025-11-07T00:00:07.123Z',
      'process.pid': 33,
      'process.args': ['sh', '-c'],
      'event.category': ['process', 'file'],
      'process.interactive': true,
      message: 'plain'
    },
    {
      '@timestamp': '2026-01-01T00:00:00Z',
      'process.args': '[not json]',
      'event.category': 'process',
      'process.interactive': false,
      message: 'two\nlines, and a "quote"'
    },
    {
      '@timestamp': '2026-01-01T00:00:01Z',
      'process.pid': 1e5,
      'process.args': -7,
      'event.category': '007',
      'process.interactive': 'truex',
      message: 'tab\tend'
    }
  ]
  const options = { isArrayField: (name: string) => name === 'event.category' }

  it.each(STEPS)('in pieces of %i bytes', async (step) => {
    const bytes = Buffer.from(rows)
    const { records, skipped } = await readRecords(bytes, step, detect(bytes), options)
    expect(records.map((record) => JSON.parse(record.text))).toEqual(expected)
    expect(skipped).toEqual([])
    expect(records.map(({ line }) => line)).toEqual([2, 3, 6])
    expect(records.map(({ byte, length }) => bytes.subarray(byte, byte + length).toString())).toEqual([
      rows.split('\n')[1],
      rows.split('\n').slice(2, 4).join('\n'),
      rows.split('\n')[5]
    ])
  })

  it.each([
    ['CRLF', rows.replaceAll('\n', '\r\n')],
    ['a mark', `\ufeff${rows}`],
    ['a separator line', `sep=,\r\n${rows}`]
  ])('with %s', async (_, text) => {
    const { records } = await readRecords(Buffer.from(text), 7, detect(Buffer.from(text)), options)
    expect(records.map((record) => JSON.parse(record.text.replaceAll('\\u000d', '')))).toEqual(expected)
  })

  it('in UTF-16, separated by tabs', async () => {
    const bytes = Buffer.from('\ufeff@timestamp\tuser.name\n1\tä😀\n2\tb\n', 'utf16le')
    const { records } = await readRecords(bytes, 3)
    expect(records.map((record) => JSON.parse(record.text))).toEqual([
      { '@timestamp': 1, 'user.name': 'ä😀' },
      { '@timestamp': 2, 'user.name': 'b' }
    ])
    expect(records.map(({ byte, length }) => bytes.subarray(byte, byte + length).toString('utf16le'))).toEqual(['1\tä😀', '2\tb'])
  })

  it('keeps digits, merges nothing and names cells beyond the header', async () => {
    const { records } = await readRecords(Buffer.from('a.b,a.b,,__proto__\n10000000000000000999,x,y,z,more\n'))
    expect(records[0]!.text).toBe('{"a.b":10000000000000000999,"a.b":"x","column 3":"y","__proto__":"z","column 5":"more"}')
  })

  it('a stray quote costs its own line only', async () => {
    const text = 'a.b,c.d,e.f\n1,"stray,2\n3,4,5\n6,"7",8\n9,10,11\n12,"open\n13,14,15\n'
    for (const step of STEPS) {
      const { records, skipped } = await readRecords(Buffer.from(text), step)
      expect(records.map((record) => JSON.parse(record.text))).toEqual([
        { 'a.b': 3, 'c.d': 4, 'e.f': 5 },
        { 'a.b': 6, 'c.d': 7, 'e.f': 8 },
        { 'a.b': 9, 'c.d': 10, 'e.f': 11 },
        { 'a.b': 13, 'c.d': 14, 'e.f': 15 }
      ])
      expect(skipped).toEqual([
        { line: 2, byte: 12, length: 10, reason: 'a quote that is not closed in its row (3 cells expected)' },
        { line: 6, byte: 45, length: 8, reason: 'the file ends inside a quoted cell' }
      ])
    }
  })
})

const formats = sharedPath('evidence/formats')

describe.skipIf(formats === null)('one set of events in nine forms', () => {
  it('gives the same 142 events in the same order', { timeout: 120_000 }, async () => {
    const ids = new Map<string, string>()
    for (const name of readdirSync(formats!)) {
      const [input] = await openInputs([bytesOf(name, readFileSync(join(formats!, name)))])
      expect(input!.problem, name).toBeNull()
      for (const step of STEPS.slice(1)) {
        const bytes = (await drain(await input!.openStream())).bytes
        const { records, skipped, error } = await readRecords(bytes, step, input!.detection!)
        expect({ name, count: records.length, skipped, error }).toEqual({ name, count: 142, skipped: [], error: null })
        const list = records.map(({ text }) => {
          const value = JSON.parse(text)
          const source = value._source ?? value
          return String(source.event?.id ?? source['event.id'])
        })
        ids.set(`${name} ${step}`, list.join())
      }
    }
    expect(ids.size).toBe(18)
    expect(new Set(ids.values()).size).toBe(1)
  })
})

const texts = sharedPath('trust/made/text')

describe.skipIf(texts === null)('the text collection', () => {
  it('reads every file and finds as many records as it holds', { timeout: 120_000 }, async () => {
    const counts = new Map<string, number>()
    for (const name of readdirSync(texts!)) {
      const [input] = await openInputs([bytesOf(name, readFileSync(join(texts!, name)))])
      const { records } = await readAllRecords(await input!.openStream(), input!.detection!)
      counts.set(name, records.length)
    }
    const of = (...names: string[]): (number | undefined)[] => names.map((name) => counts.get(name))
    const whole = ['array.json', 'blank-lines.ndjson', 'bom.ndjson', 'cr.ndjson', 'crlf.ndjson', 'no-final-newline.ndjson']
    expect(of(...whole, 'utf16be-bom.ndjson', 'utf16le-bom.ndjson')).toEqual(Array(8).fill(168))
    expect(of('array-cut.json', 'es-response.json', 'pretty-concat.json', 'one-line-4MiB.ndjson')).toEqual([166, 50, 50, 169])
  })
})
