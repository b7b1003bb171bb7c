import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText, invalidUtf8At, PathTree, walkRecord } from '../../../engine/source/flatten.ts'
import type { DocumentShape } from '../../../engine/source/record-reader.ts'
import { sharedPath } from '../../helpers/shared-facts.ts'

const encoder = new TextEncoder()
const kinds = ['string', 'number', 'true', 'false']

function walk(input: string | Uint8Array, shape: DocumentShape = 'plain') {
  const bytes = typeof input === 'string' ? encoder.encode(input) : input
  const values: string[] = []
  const problem = walkRecord(bytes, 0, bytes.length, new PathTree(shape), {
    scalar(node, kind, start, end, escaped) {
      const place = node.inDocument ? '' : '^'
      values.push(`${place}${node.path}=${kind === null ? 'null' : kinds[kind]}:${decodeText(bytes, start, end, escaped)}`)
    }
  })
  return problem ? `${problem.reason} at ${problem.at}` : values
}

describe('walkRecord', () => {
  it('joins nested, dotted and mixed keys, and passes through arrays', () => {
    expect(walk('{"a":{"b.c":1,"d":[{"e":"x"},{"e":["y",null]}]},"a.b":{"c":2.50}, "":{"z":true}, "x":[] , "y":{}}\r\n')).toEqual(
      ['a.b.c=number:1', 'a.d.e=string:x', 'a.d.e=string:y', 'a.d.e=null:null', 'a.b.c=number:2.50', '.z=true:true']
    )
  })

  it('finds the document of a hit and what stands beside it', () => {
    expect(walk('{"_index":"i","_source":{"a":1,"_id":2},"sort":[3]}', 'hit-source')).toEqual([
      '^_index=string:i',
      'a=number:1',
      '_id=number:2',
      '^sort=number:3'
    ])
    expect(walk('{"_id":"x","fields":{"a.b":[1]}}', 'hit-fields')).toEqual(['^_id=string:x', 'a.b=number:1'])
  })

  it('takes hostile keys as names', () => {
    expect(walk('{"__proto__":{"constructor":"x"},"toString":1}')).toEqual([
      '__proto__.constructor=string:x',
      'toString=number:1'
    ])
  })

  it('names what is wrong and where', () => {
    expect(walk('[1]')).toBe('not a JSON object at 0')
    expect(walk('{"a":1')).toBe('incomplete JSON at 6')
    expect(walk('{"a":tru}')).toBe('malformed JSON at 8')
    expect(walk('{"a":1} x')).toBe('malformed JSON at 8')
    expect(walk('{"a":01}')).toBe('malformed JSON at 6')
    expect(walk('{"a":"\t"}')).toBe('malformed JSON at 6')
    expect(walk(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d))).toBe('invalid UTF-8 at 2')
  })

  it('reads 1,000 levels and refuses one more', () => {
    const nested = (depth: number) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)
    expect(walk(nested(1000))).toEqual([`${Array(1000).fill('a').join('.')}=number:1`])
    expect(walk(nested(1001))).toMatch(/^nested deeper than 1,000 levels/)
    expect(walk('{"a":' + '['.repeat(100_000))).toMatch(/^nested deeper than 1,000 levels/)
  })

  it('replaces escaped lone surrogates and keeps a leading U+FEFF', () => {
    expect(walk('{"a":"\\ud800x","b":"\\ud83d\\ude00","c":"\ufeffz"}')).toEqual([
      'a=string:\ufffdx',
      'b=string:😀',
      'c=string:\ufeffz'
    ])
  })

  it('agrees with JSON.parse on random documents', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (document) => {
        const expected: string[] = []
        const visit = (path: string | null, value: unknown): void => {
          if (Array.isArray(value)) for (const item of value) visit(path, item)
          else if (value !== null && typeof value === 'object')
            for (const [key, child] of Object.entries(value)) visit(path === null ? key : `${path}.${key}`, child)
          else {
            const kind = value === null ? 'null' : typeof value === 'boolean' ? String(value) : typeof value
            expected.push(`${path}=${kind}:${String(typeof value === 'number' ? JSON.stringify(value) : value)}`)
          }
        }
        const text = JSON.stringify(document)
        visit(null, JSON.parse(text))
        expect(walk(text)).toEqual(expected)
      }),
      { seed: 20251117, numRuns: 300 }
    )
  })

  const suite = sharedPath('trust/JSONTestSuite/test_parsing')
  it.skipIf(!suite)('gives the verdict of JSON.parse on the JSON test suite (as a field of a record)', () => {
    for (const name of readdirSync(suite!)) {
      const inner = readFileSync(`${suite}/${name}`)
      if (name.startsWith('i_') || inner.length > 50_000) continue
      const bytes = Buffer.concat([Buffer.from('{"v":'), inner, Buffer.from('}')])
      // A byte-order mark inside a record and an empty file are the only two that differ by the wrapping.
      expect([name, typeof walk(bytes) === 'string' ? 'n' : 'y']).toEqual([name, name[0]])
    }
  })
})

describe('invalidUtf8At', () => {
  it('agrees with a fatal TextDecoder', () => {
    const fatal = new TextDecoder('utf-8', { fatal: true })
    const bytes = fc.array(
      fc.oneof(fc.constantFrom(0x41, 0x80, 0xbf, 0xc1, 0xc2, 0xe0, 0xed, 0xa0, 0xf0, 0x90, 0xf4, 0x8f, 0xf5), fc.nat(255)),
      {
        maxLength: 6
      }
    )
    fc.assert(
      fc.property(bytes, (values) => {
        const data = Uint8Array.from(values)
        let valid = true
        try {
          fatal.decode(data)
        } catch {
          valid = false
        }
        expect(invalidUtf8At(data, 0, data.length) < 0).toBe(valid)
      }),
      { seed: 7, numRuns: 3000 }
    )
  })
})
