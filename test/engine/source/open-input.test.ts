/** Opening inputs: layers unfold, problems are told, ranges are read again. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { RandomAccessBytes } from '../../../engine/source/bytes.ts'
import { SourceError } from '../../../engine/source/bytes.ts'
import { bytesOf } from '../../../engine/source/hosts/memory-bytes.ts'
import { openInputs, type OpenedInput } from '../../../engine/source/open-input.ts'
import { drain, readAllRecords } from '../../helpers/records.ts'
import { sharedPath } from '../../helpers/shared-facts.ts'

const LINES = Array.from({ length: 50_000 }, (_, i) => `{"n":${i},"t":"${(i * 7919) % 10007}"}\n`).join('')

async function open(name: string, bytes: Uint8Array | string): Promise<OpenedInput[]> {
  return openInputs([bytesOf(name, typeof bytes === 'string' ? Buffer.from(bytes) : bytes)])
}

function told(inputs: OpenedInput[]): [string, string, string | null][] {
  return inputs.map(({ name, description, problem }) => [name, description, problem])
}

describe('openInputs', () => {
  it('unfolds gzip in gzip, and names the layers', async () => {
    const inputs = await open('a', gzipSync(gzipSync(gzipSync('{"a":1}\n'))))
    expect(told(inputs)).toEqual([['a', 'one JSON document a line, gzip, gzip, gzip', null]])
    expect((await drain(await inputs[0]!.openStream())).bytes.toString()).toBe('{"a":1}\n')
  })

  it('unfolds archives, gzip and archives in them, and keeps the order', async () => {
    const inner = zipSync({ 'x.ndjson': strToU8('{"x":1}\n') })
    const archive = zipSync({ 'b.ndjson.gz': gzipSync('{"b":1}\n'), 'in.zip': inner, 'c.csv': strToU8('a.b,c.d\n1,2\n') })
    const inputs = await openInputs([bytesOf('a.zip', archive), bytesOf('z.json', Buffer.from('[]'))])
    expect(told(inputs)).toEqual([
      ['a.zip!b.ndjson.gz', 'one JSON document a line, zip, gzip', null],
      ['a.zip!in.zip!x.ndjson', 'one JSON document a line, zip, zip', null],
      ['a.zip!c.csv', 'CSV with a header of field names, separated by comma, zip', null],
      ['z.json', 'a JSON array of documents', null]
    ])
    expect((await drain(await inputs[1]!.openStream())).bytes.toString()).toBe('{"x":1}\n')
  })

  it('finds an archive in gzip and one behind a prefix', async () => {
    const archive = zipSync({ 'x.ndjson': strToU8('{"x":1}\n') })
    expect(told(await open('a', gzipSync(archive)))).toEqual([['a!x.ndjson', 'one JSON document a line, gzip, zip', null]])
    expect(told(await open('a', Buffer.concat([Buffer.from('MIME '), archive])))).toEqual([
      ['a!x.ndjson', 'one JSON document a line, zip', null]
    ])
  })

  it('tells members with the same or no name apart', async () => {
    const one = Buffer.from(zipSync({ aa: strToU8('{"a":1}'), ab: strToU8('{"a":2}'), ac: strToU8('{"a":3}') }))
    const bytes = Buffer.from(one.toString('latin1').replaceAll('ab', 'aa'), 'latin1')
    expect((await open('z', bytes)).map(({ name }) => name)).toEqual(['z!aa', 'z!aa (2)', 'z!ac'])
  })

  it('says why something cannot be read', async () => {
    const unfinished = Buffer.from(gzipSync('x').subarray(0, 10))
    expect(told(await open('a', ''))).toEqual([['a', 'empty', 'the file is empty']])
    expect(told(await open('a', Buffer.from('7f454c460201', 'hex')))).toEqual([
      ['a', 'a program (ELF): only event logs are read', 'this is not an event log: a program (ELF): only event logs are read']
    ])
    expect(told(await open('a', unfinished))).toEqual([
      ['a', 'unreadable, gzip', 'it cannot be read: the compressed data ends too early: the file is cut; nothing could be read']
    ])
    expect(told(await open('a', zipSync({})))).toEqual([['a', 'unreadable', 'it cannot be read: the archive holds no files']])
  })

  it('says why a handle cannot be read, and reads the others', async () => {
    const broken: RandomAccessBytes = {
      name: 'folder',
      size: 4096,
      open: () => ({
        read: () => Promise.reject(new SourceError('folder cannot be read: it is a directory')),
        close: () => undefined
      }),
      readRange: () => Promise.reject(new SourceError('folder cannot be read: it is a directory'))
    }
    const inputs = await openInputs([broken, bytesOf('b', Buffer.from('{"b":1}'))])
    expect(told(inputs)).toEqual([
      ['folder', 'unreadable', 'it cannot be read: it is a directory'],
      ['b', 'one JSON document a line', null]
    ])
    await expect(inputs[0]!.openStream()).rejects.toBeInstanceOf(SourceError)
  })

  it('opens a cut file; the cut shows when it is read', async () => {
    const whole = gzipSync(LINES)
    const [input] = await open('a.gz', whole.subarray(0, whole.length / 2))
    expect(input).toMatchObject({
      problem: null,
      description: 'one JSON document a line, gzip',
      byteLength: Math.floor(whole.length / 2),
      contentLength: null
    })
    const { bytes, error } = await drain(await input!.openStream())
    expect(LINES.startsWith(bytes.toString())).toBe(true)
    expect(error?.message).toMatch(/^the compressed data ends too early: the file is cut; [\d,]+ bytes of content were read$/)
  })

  it('notes a bomb', async () => {
    const [input] = await open('a.gz', gzipSync(Buffer.alloc(32 << 20, 0x20)))
    expect(input!.notes).toEqual([])
    await drain(await input!.openStream())
    expect(input!.notes).toEqual(['its content is more than 200 times its compressed size: a decompression bomb?'])
  })

  it.each([
    ['plain', Buffer.from(LINES)],
    ['gzip', gzipSync(LINES)],
    ['zip', Buffer.from(zipSync({ a: strToU8(LINES) }))]
  ])('reads ranges again in the order asked: %s', async (_, bytes) => {
    const [input] = await open('a', bytes)
    const ranges = [
      { byte: 600_000, length: 40 },
      { byte: 0, length: 20 },
      { byte: 262_130, length: 300_000 },
      { byte: 10, length: 5 },
      { byte: LINES.length - 4, length: 100 },
      { byte: LINES.length + 10, length: 5 },
      { byte: 600_010, length: 0 }
    ]
    const answers = await input!.readRanges(ranges)
    expect(answers.map((answer) => Buffer.from(answer).toString())).toEqual(
      ranges.map(({ byte, length }) => LINES.slice(byte, byte + length))
    )
  })
})

describe.each(['gz', 'zip', 'text'])('the damaged collection: %s', (kind) => {
  const folder = sharedPath(`trust/made/${kind}`)

  it.skipIf(folder === null)('every file opens, and reads to its end or a SourceError', { timeout: 120_000 }, async () => {
    for (const name of readdirSync(folder!)) {
      const inputs = await openInputs([bytesOf(name, readFileSync(join(folder!, name)))])
      expect(inputs.length, name).toBeGreaterThan(0)
      for (const input of inputs.slice(0, 20)) {
        if (input.problem !== null) continue
        const { records } = await readAllRecords(await input.openStream(), input.detection!)
        expect(records.length, name).toBeGreaterThan(0)
      }
    }
  })
})
