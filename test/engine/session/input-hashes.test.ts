/** Hashes of opened files: as on disk, archives once, resumed after a pause, told when a file cannot be read. */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { InputHashes } from '../../../engine/session/input-hashes.ts'
import { SourceError, type RandomAccessBytes } from '../../../engine/source/bytes.ts'
import { bytesOf, MemoryStream } from '../../../engine/source/hosts/memory-bytes.ts'
import { Session } from '../../../engine/session/session.ts'
import { instantiateKernels } from '../../../wasm/host/kernels.ts'
import { compileTestModule } from '../../helpers/kernels.ts'

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const data = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 9)) & 255)

test('a session: one entry a file in order, gzip as it is on disk, nothing after clearing', async () => {
  const module = await compileTestModule()
  const session = new Session({ createKernels: () => instantiateKernels(module) })
  const plain = new TextEncoder().encode('{"a":1}\n{"a":2}\n')
  const packed = gzipSync(plain)
  await session.addInputs([bytesOf('one.ndjson', plain)])
  await session.addInputs([bytesOf('two.ndjson.gz', packed), bytesOf('one.ndjson', plain)])
  expect(await session.hashes.run(() => undefined)).toEqual([
    { name: 'one.ndjson', byteLength: plain.length, inputs: [0], sha256: sha(plain), problem: null },
    { name: 'two.ndjson.gz', byteLength: packed.length, inputs: [1], sha256: sha(packed), problem: null },
    { name: 'one.ndjson', byteLength: plain.length, inputs: [2], sha256: sha(plain), problem: null }
  ])
  session.clearInputs()
  expect(await session.hashes.run(() => undefined)).toEqual([])
})

test('pausing keeps what is done; progress never goes back', async () => {
  const hashes = new InputHashes(() => [])
  const bytes = data((5 << 20) + 17)
  hashes.add(bytesOf('large', bytes), [])
  const seen: number[] = []
  const told = ({ bytesRead }: { bytesRead: number }) => {
    seen.push(bytesRead)
    hashes.pause()
  }
  let calls = 0
  let answer = await hashes.run(told)
  while (answer[0]!.sha256 === null && calls++ < 20) answer = await hashes.run(told)
  expect(answer[0]!.sha256).toBe(sha(bytes))
  expect(calls).toBeGreaterThan(3)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(seen.at(-1)).toBe(bytes.length)
})

test('a file that cannot be read any further says so and costs the others nothing', async () => {
  const hashes = new InputHashes(() => [])
  const broken: RandomAccessBytes = {
    ...bytesOf('gone', data(10)),
    open: () => ({
      read: () => Promise.reject(new SourceError('gone cannot be read: moved')),
      close: () => undefined
    })
  }
  hashes.add(broken, [])
  hashes.add({ ...bytesOf('slow', data(1000)), open: (start) => new MemoryStream(data(1000).subarray(start), 7) }, [])
  const [gone, slow] = await hashes.run(() => undefined)
  expect(gone).toMatchObject({ sha256: null, problem: 'gone cannot be read: moved' })
  expect(slow).toMatchObject({ sha256: sha(data(1000)), problem: null })
})
