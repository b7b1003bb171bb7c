/** SHA-256 in pieces: the standard's own examples, and Node's digest for every length around a block and any cut. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { Sha256 } from '../../../engine/functions/sha256.ts'

const hexOf = (text: string) => new Sha256().update(new TextEncoder().encode(text)).hex()

test('the examples of FIPS 180-4', () => {
  expect(hexOf('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(hexOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(hexOf('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'
  )
})

test('every length up to three blocks, cut at every place', () => {
  const bytes = Uint8Array.from({ length: 200 }, (_, i) => (i * 151 + 7) & 255)
  for (let length = 0; length <= bytes.length; length++) {
    const piece = bytes.subarray(0, length)
    const expected = createHash('sha256').update(piece).digest('hex')
    for (let cut = 0; cut <= length; cut += 13) {
      expect(new Sha256().update(piece.subarray(0, cut)).update(piece.subarray(cut)).hex()).toBe(expected)
    }
  }
})
