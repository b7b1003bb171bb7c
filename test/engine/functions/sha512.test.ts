/** SHA-512 and SHA-384: Node's digests for every length around a block. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { sha512 } from '../../../engine/functions/sha512.ts'

test.each(['sha512', 'sha384'] as const)('%s of every length up to two blocks', (kind) => {
  const bytes = Uint8Array.from({ length: 260 }, (_, i) => (i * 151 + 7) & 255)
  for (let length = 0; length <= bytes.length; length++) {
    const piece = bytes.subarray(0, length)
    expect(sha512(piece, kind)).toBe(createHash(kind).update(piece).digest('hex'))
  }
})
