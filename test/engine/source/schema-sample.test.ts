import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openRecordReader } from '../../../engine/source/readers/open-record-reader.ts'
import type { DocumentShape } from '../../../engine/source/record-reader.ts'
import { fieldPresence, sampleInputs, sampleSchema, type SchemaSample } from '../../../engine/source/schema-sample.ts'
import type { ScanInput } from '../../../engine/source/scan-source.ts'
import { memoryStream, NDJSON } from '../../helpers/scan-rows.ts'
import { sharedPath } from '../../helpers/shared-facts.ts'

function sample(records: string[], shape: DocumentShape = 'plain'): SchemaSample {
  const encoded = records.map((record) => new TextEncoder().encode(record))
  const bytes = Buffer.concat(encoded)
  let at = 0
  const starts = Uint32Array.from(encoded, ({ length }) => (at += length) - length)
  const ends = Uint32Array.from(encoded, ({ length }, i) => starts[i]! + length)
  return sampleSchema({ bytes, starts, ends, count: records.length }, shape)
}

const types = ({ fields }: SchemaSample) =>
  Array.from(fields, ([name, { type, seen, array }]) => `${name}: ${type} ${seen}${array ? ' array' : ''}`)

const input = (bytes: Uint8Array, extra: Partial<ScanInput> = {}): ScanInput => ({
  name: 'x',
  detection: NDJSON,
  openStream: () => memoryStream(bytes, 1 << 16),
  ...extra
})

describe('sampleSchema', () => {
  it('decides types of fields the table does not know, and keeps the table for the rest', () => {
    const result = sample([
      '{"s":"x","i":1,"f":1.5,"e":1e3,"b":true,"m":1,"n":null,"user":{"id":33},"process":{"pid":"7"},"big":18446744073709551615}',
      '{"s":"y","i":-9223372036854775808,"f":2,"b":false,"m":"1","o":{"p":[1,2]},"dll":{"pe":{"imports":{"k":1},"sections":{"name":"x"}}}}'
    ])
    expect(types(result)).toEqual([
      's: keyword 2',
      'i: long 2',
      'f: double 2',
      'e: double 1',
      'b: boolean 2',
      'm: keyword 2',
      'user.id: keyword 1',
      'process.pid: long 1',
      'big: keyword 1',
      'o.p: long 1 array',
      'dll.pe.imports.k: keyword 1',
      'dll.pe.sections.name: unsupported 1'
    ])
    expect(result.events).toBe(2)
    expect(result.notes).toEqual(['Values of different kinds stand in [m, big]; read as keyword.'])
    expect(result.objects).toEqual(new Set(['user', 'process', 'o', 'dll', 'dll.pe', 'dll.pe.sections', 'dll.pe.imports']))
  })

  it('notices repeated fields, however they are written', () => {
    const result = sample(['{"a":{"b":1},"a.b":2}', '{"c":1,"c":2}', '{"d":[{"e":1},{"e":2}]}', '{"a.b":1}'])
    expect(result.notes).toEqual(['2 events repeat a field ([a.b, c]); all its values are kept as one multi-value.'])
    expect(types(result)).toEqual(['a.b: long 2 array', 'c: long 1 array', 'd.e: long 1 array'])
  })

  it('names the indexes and counts repeated ids', () => {
    const hits = sample(
      [
        '{"_index":"i-1","_id":"1","_source":{"a":1,"_id":"x"}}',
        '{"_index":"i-1","_id":"1","_source":{}}',
        '{"_source":{"data_stream":{"type":"logs","dataset":"d","namespace":"n"}}}'
      ],
      'hit-source'
    )
    expect([hits.indexNames, hits.repeatedIds]).toEqual([['i-1', 'logs-d-n'], 1])
    expect(types(hits)).toContain('a: long 1')
    expect(hits.fields.has('_id')).toBe(false)
    expect(sample(['{"_id":"1","data_stream.type":"logs"}', '{"_id":"1"}'])).toMatchObject({ indexNames: [], repeatedIds: 1 })
  })

  it('counts no broken record and takes no harm from hostile names', () => {
    const result = sample(['{"a":1', '{"__proto__":{"x":1},"constructor":2}', '{"a":1}'])
    expect(result.events).toBe(2)
    expect(types(result)).toEqual(['a: long 2', '__proto__.x: long 1', 'constructor: long 1'])
  })

  it('bounds the number of fields', () => {
    const result = sample(
      Array.from({ length: 60 }, (_, i) => `{${Array.from({ length: 1000 }, (_, j) => `"f${i * 1000 + j}":1`).join()}}`)
    )
    expect(result.fields.size).toBe(50_000)
    expect(result.notes).toEqual(['The data has more than 50,000 different fields; the rest is not listed.'])
  })
})

describe('sampleInputs and fieldPresence', () => {
  const lines = (count: number, of: (i: number) => string) =>
    new TextEncoder().encode(Array.from({ length: count }, (_, i) => of(i)).join('\n'))

  it('sample a share of each input; presence reads all', async () => {
    const first = input(lines(20_000, (i) => `{"a":${i},"pad":"${'x'.repeat(500)}"}`))
    const second = input(lines(3, () => '{"b":"y"}'))
    const unreadable = input(new Uint8Array(0), { detection: null })
    const deps = { openRecordReader, signal: { aborted: false } }
    const sampled = await sampleInputs([first, unreadable, second], deps)
    expect(sampled.events).toBeGreaterThan(5_000)
    expect(sampled.events).toBeLessThan(6_000)
    expect(sampled.fields.get('b')).toEqual({ type: 'keyword', seen: 3, array: false })
    const all = await fieldPresence([first, second], deps)
    expect([all.events, all.fields.get('a')!.seen, all.fields.get('b')!.seen]).toEqual([20_003, 20_000, 3])
  })

  it('stop when they are cancelled, and keep what stands before a break', async () => {
    const bytes = lines(100_000, (i) => `{"a":${i}}`)
    const signal = { aborted: false }
    setTimeout(() => (signal.aborted = true), 10)
    const cancelled = await fieldPresence(
      Array.from({ length: 100 }, () => input(bytes)),
      { openRecordReader, signal }
    )
    expect(cancelled.events).toBeLessThan(10_000_000)
    const broken = await fieldPresence([input(bytes, { openStream: () => memoryStream(bytes, 100, 1000) })], {
      openRecordReader,
      signal: { aborted: false }
    })
    expect(broken.events).toBeGreaterThan(80)
  })

  const file = sharedPath('evidence/labelled-public.ndjson')
  it.skipIf(!file)('types the labelled events by the table', async () => {
    const result = await fieldPresence([input(readFileSync(file!))], { openRecordReader, signal: { aborted: false } })
    expect(result.events).toBe(142)
    expect(result.fields.get('@timestamp')).toEqual({ type: 'date', seen: 142, array: false })
    expect(result.fields.get('process.args')).toMatchObject({ type: 'keyword', array: true })
    expect(result.fields.get('user.id')!.type).toBe('keyword')
    expect(result.fields.get('host.ip')!.type).toBe('ip')
    expect(result.notes).toEqual([])
    expect(result.objects.has('process.parent')).toBe(true)
  })
})
