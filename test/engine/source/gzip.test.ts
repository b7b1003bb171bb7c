/** gzip: good and damaged data, against zlib and, where it is installed, gzip(1) itself. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32 } from '../../../engine/source/crc32.ts'
import { openGunzip } from '../../../engine/source/decompress.ts'
import { GzipStream } from '../../../engine/source/gzip.ts'
import { MemoryStream } from '../../../engine/source/hosts/memory-bytes.ts'
import { drain } from '../../helpers/records.ts'
import { sharedPath } from '../../helpers/shared-facts.ts'

const TEXT = Buffer.from(Array.from({ length: 3000 }, (_, i) => `{"n":${i},"text":"line ${(i * 7919) % 1000}"}\n`).join(''))

function own(bytes: Uint8Array, step?: number): Promise<{ bytes: Buffer; error: Error | null }> {
  return drain(new GzipStream(new MemoryStream(bytes, step)))
}

function nativeFirst(bytes: Uint8Array): Promise<{ bytes: Buffer; error: Error | null }> {
  const source = { open: () => new MemoryStream(bytes), size: bytes.length, lastBytes: async () => bytes.slice(-4) }
  return drain(openGunzip(source, 0))
}

/** Content by its digest: element-wise comparison of large buffers is slow. */
function digest({ bytes, error }: { bytes: Buffer; error: Error | null }): {
  length: number
  sha256: string
  error: string | null
} {
  return { length: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), error: error?.message ?? null }
}

function content(bytes: Buffer): ReturnType<typeof digest> {
  return digest({ bytes, error: null })
}

const READERS = [
  { name: 'own decoder', read: own },
  { name: 'own decoder, 1 byte a read', read: (bytes: Uint8Array) => own(bytes, 1) },
  { name: 'native first', read: nativeFirst }
]

describe('crc32', () => {
  it('gives the check value of its definition, in one piece and in two', () => {
    const bytes = Buffer.from('123456789')
    expect(crc32(0, bytes)).toBe(0xcbf43926)
    expect(crc32(crc32(0, bytes, 0, 4), bytes, 4, 9)).toBe(0xcbf43926)
  })
})

for (const { name, read } of READERS) {
  describe(`gzip, ${name}`, () => {
    it('reads every level, strategy and block kind', async () => {
      for (const level of [0, 1, 6, 9])
        for (const strategy of [0, 2, 3, 4])
          expect(digest(await read(gzipSync(TEXT, { level, strategy })))).toEqual(content(TEXT))
    })

    it('joins members, empty ones too, and passes over zeros at the end', async () => {
      const parts = [gzipSync('a\n'), gzipSync(''), gzipSync('a\n'), gzipSync(TEXT), Buffer.alloc(512)]
      expect(digest(await read(Buffer.concat(parts)))).toEqual(content(Buffer.concat([Buffer.from('a\na\n'), TEXT])))
    })

    it('finds a second member of the same size as the first', async () => {
      const member = gzipSync(TEXT)
      expect((await read(Buffer.concat([member, member]))).bytes.length).toBe(2 * TEXT.length)
    })

    it('finds a second member that begins where a read ends', async () => {
      const padding = Buffer.alloc(65536 - gzipSync(TEXT).length - 2, 0x41)
      const plain = gzipSync(TEXT)
      const size = Buffer.from([padding.length & 255, padding.length >> 8])
      const member = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 4]), plain.subarray(4, 10), size, padding, plain.subarray(10)])
      expect(member.length).toBe(65536)
      expect(digest(await read(Buffer.concat([member, member])))).toEqual(content(Buffer.concat([TEXT, TEXT])))
    })

    it('keeps what precedes a cut and names the place', async () => {
      const whole = gzipSync(TEXT)
      const { bytes, error } = await read(whole.subarray(0, 5000))
      expect(bytes.length).toBeGreaterThan(5000)
      expect(TEXT.subarray(0, bytes.length).equals(bytes)).toBe(true)
      expect(error).toMatchObject({ byte: 5000 })
      expect(error?.message).toBe(
        `the compressed data ends too early: the file is cut; ${bytes.length.toLocaleString('en-US')} bytes of content were read`
      )
    })

    it('gives all content before it says that the checksum is wrong, later members included', async () => {
      const broken = gzipSync('first\n')
      broken[broken.length - 8]! ^= 1
      const { bytes, error } = await read(Buffer.concat([broken, gzipSync('second\n')]))
      expect(bytes.toString()).toBe('first\nsecond\n')
      expect(error?.message).toBe('the checksum does not match: its content may be damaged; 13 bytes of content were read')
    })

    it('names something else behind the end', async () => {
      const { bytes, error } = await read(Buffer.concat([gzipSync('a\n'), Buffer.from('junk')]))
      expect(bytes.toString()).toBe('a\n')
      expect(error?.message).toBe(
        'something that is not gzip follows the compressed data at byte 22; 2 bytes of content were read'
      )
    })
  })
}

describe('gzip, properties', () => {
  it('gives back any bytes whatever the pieces they come in', async () => {
    const property = fc.asyncProperty(
      fc.uint8Array({ maxLength: 5000 }),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 1, max: 300 }),
      async (bytes, level, step) => {
        const doubled = Buffer.concat([bytes, bytes])
        expect(digest(await own(gzipSync(doubled, { level }), step))).toEqual(content(doubled))
      }
    )
    await fc.assert(property, { seed: 20261124, numRuns: 150 })
  })

  it('never hangs and never throws anything but a SourceError on damaged data', async () => {
    const good = gzipSync(TEXT)
    const property = fc.asyncProperty(
      fc.integer({ min: 0, max: good.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      async (at, mask) => {
        const bytes = Buffer.from(good)
        bytes[at]! ^= mask
        expect(digest(await nativeFirst(bytes))).toEqual(digest(await own(bytes)))
      }
    )
    await fc.assert(property, { seed: 20261124, numRuns: 150 })
  })

  it('refuses a distance that reaches into the member before', async () => {
    // A hand-made fixed block: length 3, distance 1 as its first symbol.
    const raw = Buffer.from([0x03, 0x02, 0x00])
    const member = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), raw, Buffer.alloc(8)])
    const { bytes, error } = await own(Buffer.concat([gzipSync('secret'), member]))
    expect(bytes.toString()).toBe('secret')
    expect(error?.message).toMatch(/^the compressed data is damaged near byte \d+: /)
  })
})

const folder = sharedPath('trust/made/gz')

describe.skipIf(folder === null)('the damaged collection', () => {
  it('recovers at least what gzip(1) does, byte for byte, and errs where it errs', { timeout: 120_000 }, async () => {
    const program = spawnSync('gzip', ['--version']).status === 0
    let recovered = 0
    for (const name of readdirSync(folder!).filter((file) => file.endsWith('.gz') && !file.startsWith('bomb'))) {
      const bytes = readFileSync(join(folder!, name))
      const mine = await own(bytes)
      expect(digest(await nativeFirst(bytes)), name).toEqual(digest(mine))
      recovered += mine.bytes.length
      if (!program) continue
      const theirs = spawnSync('gzip', ['-dc'], { input: bytes, maxBuffer: 1 << 30 })
      expect(mine.bytes.subarray(0, theirs.stdout.length).equals(theirs.stdout), name).toBe(true)
      expect(mine.error !== null, name).toBe(theirs.status !== 0)
    }
    expect(recovered).toBeGreaterThanOrEqual(13_635_424)
    expect(recovered).toBe(13_873_087)
  })

  it('passes a bomb through in flat memory', { timeout: 60_000 }, async () => {
    const path = join(folder!, 'bomb-64MiB.gz')
    expect(existsSync(path)).toBe(true)
    const bytes = readFileSync(path)
    for (const nativeFrom of [0, 1e12]) {
      const stream = openGunzip(
        { open: () => new MemoryStream(bytes), size: bytes.length, lastBytes: async () => bytes.slice(-4) },
        nativeFrom
      )
      const scratch = new Uint8Array(65536)
      let total = 0
      for (let count = await stream.read(scratch); count > 0; count = await stream.read(scratch)) total += count
      expect(total).toBe(64 << 20)
    }
  })
})
