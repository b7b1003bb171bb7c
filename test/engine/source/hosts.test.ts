/** The hosts' bytes: blobs with their readers, files of the terminal. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { blobBytes } from '../../../engine/source/hosts/blob-bytes.ts'
import { bytesOf } from '../../../engine/source/hosts/memory-bytes.ts'
import { openNodeFile } from '../../../ui/terminal/node-bytes.ts'
import { drain } from '../../helpers/records.ts'

const CONTENT = Buffer.from(Array.from({ length: 1_000_000 }, (_, i) => `${i}\n`).join(''))
const folder = mkdtempSync(join(tmpdir(), 'rarebit-hosts-'))
const path = join(folder, 'content')
writeFileSync(path, CONTENT)

afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.useRealTimers())

const HOSTS = [
  { name: 'memory', bytes: bytesOf('x', CONTENT) },
  { name: 'blob', bytes: blobBytes('x', new Blob([CONTENT])) },
  { name: 'file', bytes: openNodeFile(path, 'x') }
]

describe.each(HOSTS)('$name', ({ bytes }) => {
  it('streams whole and in part', async () => {
    expect(bytes.size).toBe(CONTENT.length)
    for (const [start, end] of [
      [0, CONTENT.length],
      [5, 5_000_005],
      [CONTENT.length - 3, CONTENT.length],
      [7, 7]
    ] as const) {
      const { bytes: got, error } = await drain(bytes.open(start, end), 100_003)
      expect(error).toBeNull()
      expect(got.equals(CONTENT.subarray(start, end))).toBe(true)
    }
    expect((await drain(bytes.open())).bytes.equals(CONTENT)).toBe(true)
  })

  it('reads ranges, short at the end', async () => {
    expect(Buffer.from(await bytes.readRange(10, 8)).toString()).toBe(CONTENT.subarray(10, 18).toString())
    expect((await bytes.readRange(CONTENT.length - 2, 10)).length).toBe(2)
    expect((await bytes.readRange(CONTENT.length + 2, 10)).length).toBe(0)
  })

  it('can be closed early and twice', async () => {
    const stream = bytes.open()
    await stream.read(new Uint8Array(10))
    stream.close()
    stream.close()
    expect(await stream.read(new Uint8Array(10))).toBe(0)
  })
})

/** A blob whose streams give `pieces` one after another; `null` never answers. */
function scripted(size: number, scripts: ((string | null)[] | Error)[]): { blob: Blob; opened: number[] } {
  const opened: number[] = []
  const slice = (start: number): unknown => {
    opened.push(start)
    const script = scripts.shift() ?? []
    return {
      stream: () =>
        new ReadableStream({
          type: 'bytes',
          pull(controller) {
            if (script instanceof Error) return controller.error(script)
            const piece = script.shift()
            if (piece === null) return new Promise<void>(() => undefined)
            if (piece === undefined) {
              controller.close()
              controller.byobRequest?.respond(0)
            } else controller.enqueue(new TextEncoder().encode(piece))
            return undefined
          }
        })
    }
  }
  return { blob: { size, slice } as unknown as Blob, opened }
}

describe('blob, when reading goes wrong', () => {
  it('opens the file again at its place when a read stalls', async () => {
    vi.useFakeTimers()
    const { blob, opened } = scripted(6, [['abc', null], ['def']])
    const result = drain(blobBytes('x', blob).open())
    await vi.advanceTimersByTimeAsync(6000)
    expect((await result).bytes.toString()).toBe('abcdef')
    expect(opened).toEqual([0, 3])
  })

  it('gives up when nothing comes at all', async () => {
    vi.useFakeTimers()
    const { blob } = scripted(6, [[null], [null], [null], [null], [null]])
    const result = drain(blobBytes('x', blob).open())
    await vi.advanceTimersByTimeAsync(30_000)
    expect((await result).error?.message).toMatch(/^x cannot be read: no data for 20 seconds \(/)
  })

  it('says what the platform says of a folder or a file that is gone', async () => {
    const { blob } = scripted(6, [new Error('A requested file or directory could not be found')])
    expect((await drain(blobBytes('x', blob).open())).error?.message).toBe(
      'x cannot be read: A requested file or directory could not be found (a folder, or the file was moved or changed after it was chosen; choose it again)'
    )
  })
})

describe('file, when it cannot be read', () => {
  it('says why', () => {
    expect(() => openNodeFile(join(folder, 'none'), 'none')).toThrow('none cannot be read: there is no such file')
    expect(() => openNodeFile(folder, 'folder')).toThrow('folder cannot be read: it is a directory; name the files in it')
  })
})
