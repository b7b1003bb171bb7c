/**
 * MD5, SHA-1, SHA-256, SHA-384 and SHA-512 of small texts, synchronously (the platform's digests are asynchronous, and functions are not).
 * Written after RFC 1321 and FIPS 180-4; SHA-256 stands in a file
 * of its own because files are hashed with it, too. In: bytes. Out: lower-case hexadecimal text.
 */
import { Sha256 } from './sha256.ts'
import { sha512 } from './sha512.ts'

export type DigestName = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** The bytes, the mark 0x80, zeros, and the length in bits as 64 bits: whole blocks of 64 bytes. */
function padded(bytes: Uint8Array, littleEndian: boolean): DataView {
  const view = new DataView(new ArrayBuffer((((bytes.length + 8) >> 6) << 6) + 64))
  new Uint8Array(view.buffer).set(bytes)
  view.setUint8(bytes.length, 0x80)
  const end = view.byteLength - 8
  const [low, high] = [(bytes.length << 3) >>> 0, Math.floor(bytes.length / 0x20000000)]
  view.setUint32(end, littleEndian ? low : high, littleEndian)
  view.setUint32(end + 4, littleEndian ? high : low, littleEndian)
  return view
}

function toHex(state: Uint32Array, littleEndian: boolean): string {
  const view = new DataView(new ArrayBuffer(state.length * 4))
  state.forEach((word, i) => view.setUint32(4 * i, word, littleEndian))
  return Array.from(new Uint8Array(view.buffer), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const rotateLeft = (word: number, count: number) => (word << count) | (word >>> (32 - count))

const MD5_SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const MD5_SINES = Uint32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32))

function md5(bytes: Uint8Array): string {
  const view = padded(bytes, true)
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476)
  for (let block = 0; block < view.byteLength; block += 64) {
    let [a, b, c, d] = state as unknown as [number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const round = i >> 4
      const mixed = round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c) : round === 2 ? b ^ c ^ d : c ^ (b | ~d)
      const word = round === 0 ? i : round === 1 ? 5 * i + 1 : round === 2 ? 3 * i + 5 : 7 * i
      const sum = (a + mixed + MD5_SINES[i]! + view.getUint32(block + 4 * (word & 15), true)) | 0
      ;[a, d, c, b] = [d, c, b, (b + rotateLeft(sum, MD5_SHIFTS[4 * round + (i & 3)]!)) | 0]
    }
    addTo(state, [a, b, c, d])
  }
  return toHex(state, true)
}

function addTo(state: Uint32Array, words: readonly number[]): void {
  words.forEach((word, i) => (state[i] = state[i]! + word))
}

const SHA1_CONSTANTS = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6]

function sha1(bytes: Uint8Array): string {
  const view = padded(bytes, false)
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0)
  const words = new Int32Array(80)
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 16; i++) words[i] = view.getInt32(block + 4 * i)
    for (let i = 16; i < 80; i++) words[i] = rotateLeft(words[i - 3]! ^ words[i - 8]! ^ words[i - 14]! ^ words[i - 16]!, 1)
    let [a, b, c, d, e] = state as unknown as [number, number, number, number, number]
    for (let i = 0; i < 80; i++) {
      const round = Math.floor(i / 20)
      const mixed = round === 0 ? (b & c) | (~b & d) : round === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d
      const next = (rotateLeft(a, 5) + mixed + e + SHA1_CONSTANTS[round]! + words[i]!) | 0
      ;[e, d, c, b, a] = [d, c, rotateLeft(b, 30), a, next]
    }
    addTo(state, [a, b, c, d, e])
  }
  return toHex(state, false)
}

const DIGESTS: Record<DigestName, (bytes: Uint8Array) => string> = {
  md5,
  sha1,
  sha256: (bytes) => new Sha256().update(bytes).hex(),
  sha384: (bytes) => sha512(bytes, 'sha384'),
  sha512: (bytes) => sha512(bytes)
}
const encoder = new TextEncoder()

/** Digest of the UTF-8 bytes of a text. */
export function digest(name: DigestName, text: string): string {
  return DIGESTS[name](encoder.encode(text))
}

/** The digest meant by an algorithm name such as `SHA-256`, or null. */
export function digestNamed(algorithm: string): DigestName | null {
  const name = algorithm.toLowerCase().replace('-', '')
  return name in DIGESTS && Object.hasOwn(DIGESTS, name) ? (name as DigestName) : null
}
