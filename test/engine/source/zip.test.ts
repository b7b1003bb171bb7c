/** zip: archives made here and the damaged collection; what can be read is read, the rest is named. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { crc32 } from '../../../engine/source/crc32.ts'
import { bytesOf } from '../../../engine/source/hosts/memory-bytes.ts'
import { listZip, openMember } from '../../../engine/source/zip.ts'
import { drain } from '../../helpers/records.ts'
import { sharedPath } from '../../helpers/shared-facts.ts'

interface Listed {
  name: string
  text: string
  problem: string | null
}

/** Every member with its content and what is wrong with it. */
async function unzip(bytes: Uint8Array, nativeFrom?: number): Promise<{ members: Listed[]; notes: string[] } | null> {
  const source = bytesOf('a.zip', bytes)
  const listing = await listZip(source)
  if (!listing) return null
  const members: Listed[] = []
  for (const member of listing.members) {
    if (member.problem !== null) {
      members.push({ name: member.name, text: '', problem: member.problem })
      continue
    }
    const { bytes: content, error } = await drain(openMember(source, member, nativeFrom))
    members.push({ name: member.name, text: content.toString(), problem: error?.message ?? null })
  }
  return { members, notes: listing.notes }
}

const LINES = Array.from({ length: 500 }, (_, i) => `{"n":${i}}\n`).join('')
const ARCHIVE = Buffer.from(zipSync({ 'a.ndjson': strToU8(LINES), 'dir/b.ndjson': [strToU8('{"b":1}\n'), { level: 0 }] }))
const WHOLE: Listed[] = [
  { name: 'a.ndjson', text: LINES, problem: null },
  { name: 'dir/b.ndjson', text: '{"b":1}\n', problem: null }
]

/** A local header, data and (optionally) a data descriptor, as a streaming writer makes them. */
function streamed(name: string, content: string, method: 0 | 8, signed: boolean): Buffer {
  const data = method === 8 ? deflateRawSync(content) : Buffer.from(content)
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(8, 6)
  header.writeUInt16LE(method, 8)
  header.writeUInt16LE(name.length, 26)
  const descriptor = Buffer.alloc(signed ? 16 : 12)
  if (signed) descriptor.writeUInt32LE(0x08074b50, 0)
  const at = signed ? 4 : 0
  descriptor.writeUInt32LE(crc32(0, Buffer.from(content)), at)
  descriptor.writeUInt32LE(data.length, at + 4)
  descriptor.writeUInt32LE(content.length, at + 8)
  return Buffer.concat([header, Buffer.from(name), data, descriptor])
}

describe('zip', () => {
  it('reads members, deflated and stored, with our decoder and the native one', async () => {
    expect(await unzip(ARCHIVE)).toEqual({ members: WHOLE, notes: [] })
    expect(await unzip(ARCHIVE, 0)).toEqual({ members: WHOLE, notes: [] })
  })

  it('reads archives with something before or behind them', async () => {
    expect((await unzip(Buffer.concat([Buffer.from('prefix'.repeat(50)), ARCHIVE])))?.members).toEqual(WHOLE)
    expect((await unzip(Buffer.concat([ARCHIVE, Buffer.alloc(70_000, 0x20)])))?.members).toEqual(WHOLE)
  })

  it('walks the local headers of an archive whose directory is cut off', async () => {
    const result = await unzip(ARCHIVE.subarray(0, ARCHIVE.length - 60))
    expect(result?.members).toEqual(WHOLE)
    expect(result?.notes).toEqual([
      "the archive's directory is missing or damaged (a cut file?); 2 of its files were found by their own headers"
    ])
  })

  it('keeps what precedes a cut inside a member', async () => {
    const result = await unzip(ARCHIVE.subarray(0, 600))
    const [member] = result!.members
    expect(LINES.startsWith(member!.text)).toBe(true)
    expect(member!.text.length).toBeGreaterThan(1000)
    expect(member!.problem).toMatch(/^the compressed data ends too early: the archive is cut; [\d,]+ bytes of content were read$/)
  })

  it('measures members whose sizes stand behind them', async () => {
    for (const signed of [true, false]) {
      const parts = [streamed('a', LINES, 8, signed), streamed('b', 'stored\n', 0, true), streamed('c', 'last\n', 8, signed)]
      const result = await unzip(Buffer.concat(parts))
      expect(result?.members).toEqual([
        { name: 'a', text: LINES, problem: null },
        { name: 'b', text: 'stored\n', problem: null },
        { name: 'c', text: 'last\n', problem: null }
      ])
    }
  })

  it('gives the content before it says that the checksum is wrong', async () => {
    const bytes = Buffer.from(ARCHIVE)
    const directory = bytes.readUInt32LE(bytes.length - 6)
    bytes[directory + 16]! ^= 1
    for (const nativeFrom of [0, 1e12]) {
      const result = await unzip(bytes, nativeFrom)
      expect(result?.members[0]).toEqual({
        name: 'a.ndjson',
        text: LINES,
        problem: `the checksum does not match: the content may be damaged; ${LINES.length.toLocaleString('en-US')} bytes of content were read`
      })
    }
  })

  it('names encrypted members and unknown methods', async () => {
    const bytes = Buffer.from(ARCHIVE)
    const directory = bytes.readUInt32LE(bytes.length - 6)
    bytes[directory + 8]! |= 1
    expect((await unzip(bytes))?.members[0]?.problem).toBe(
      'it is encrypted; unpack the archive with its password and add the file'
    )
    bytes[directory + 8]! &= ~1
    bytes[directory + 10] = 93
    expect((await unzip(bytes))?.members[0]?.problem).toBe(
      'its compression method 93 (Zstandard) is not supported; unpack the archive and add the file'
    )
  })

  it('leaves out directories and what macOS adds', async () => {
    const bytes = zipSync({
      'd/': new Uint8Array(0),
      '__MACOSX/._a': strToU8('x'),
      'd/._a': strToU8('x'),
      'd/.DS_Store': strToU8('x'),
      'd/a': strToU8('y')
    })
    expect((await unzip(bytes))?.members).toEqual([{ name: 'd/a', text: 'y', problem: null }])
  })

  it('is no zip file without any of its marks', async () => {
    expect(await unzip(Buffer.from('{"a":1}\n'))).toBeNull()
    expect(await unzip(new Uint8Array(0))).toBeNull()
  })
})

const folder = sharedPath('trust/made/zip')

describe.skipIf(folder === null)('the damaged collection', () => {
  it('reads every file without hanging or throwing', { timeout: 120_000 }, async () => {
    const totals = new Map<string, number>()
    for (const name of readdirSync(folder!)) {
      const result = await unzip(readFileSync(join(folder!, name)))
      totals.set(name, result ? result.members.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) : -1)
    }
    for (const name of ['ok', 'cd-offset-zero', 'cd-size-lies', 'prefixed', 'suffixed'])
      expect(totals.get(`${name}.zip`), name).toBe(238_653)
    for (const name of ['data-descriptor', 'zip64']) expect(totals.get(`${name}.zip`), name).toBe(237_653)
    expect(totals.get('overlap-1000x1MiB.zip')).toBe(1 << 20)
    expect(totals.get('ten-thousand.zip')).toBe(108_890)
    // The later the cut, the more is recovered.
    const cuts = Array.from({ length: 31 }, (_, i) => totals.get(`cut-${String(i + 1).padStart(2, '0')}.zip`)!)
    for (let i = 1; i < cuts.length; i++) expect(cuts[i]).toBeGreaterThan(cuts[i - 1]!)
    expect(cuts[30]).toBe(233_053)
  })
})
