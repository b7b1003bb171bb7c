/**
 * SHA-512 and SHA-384 of a small text, after FIPS 180-4: as SHA-256, in words of 64 bits, for which bigints stand. That
 * costs some 100 microseconds a block; rules hash with SHA-256.
 *
 * In: bytes. Out: lower-case hexadecimal text.
 */
const MASK = (1n << 64n) - 1n
const BLOCK_BYTES = 128

function primes(count: number): bigint[] {
  const found: bigint[] = []
  for (let candidate = 2n; found.length < count; candidate++) {
    if (found.every((prime) => candidate % prime !== 0n)) found.push(candidate)
  }
  return found
}

/** The first 64 bits of the fraction of a root. */
function rootFraction(value: bigint, degree: bigint): bigint {
  const target = value << (64n * degree)
  let low = 0n
  let high = 1n << 80n
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle ** degree <= target) low = middle
    else high = middle
  }
  return low & MASK
}

const FIRST = primes(80)
const CONSTANTS = FIRST.map((prime) => rootFraction(prime, 3n))
const START = {
  sha512: FIRST.slice(0, 8).map((prime) => rootFraction(prime, 2n)),
  sha384: FIRST.slice(8, 16).map((prime) => rootFraction(prime, 2n))
}

const rotate = (word: bigint, count: bigint) => ((word >> count) | (word << (64n - count))) & MASK

/** The digest; SHA-384 starts elsewhere and drops the last two words. */
export function sha512(bytes: Uint8Array, kind: 'sha512' | 'sha384' = 'sha512'): string {
  const view = padded(bytes)
  const state = [...START[kind]]
  for (let at = 0; at < view.byteLength; at += BLOCK_BYTES) addBlock(state, schedule(view, at))
  return state
    .slice(0, kind === 'sha512' ? 8 : 6)
    .map((word) => word.toString(16).padStart(16, '0'))
    .join('')
}

/** The bytes, the mark 0x80, zeros, and the length in bits: whole blocks. */
function padded(bytes: Uint8Array): DataView {
  const view = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 17) / BLOCK_BYTES) * BLOCK_BYTES))
  new Uint8Array(view.buffer).set(bytes)
  view.setUint8(bytes.length, 0x80)
  view.setBigUint64(view.byteLength - 8, BigInt(bytes.length) * 8n)
  return view
}

function schedule(view: DataView, at: number): bigint[] {
  const words = Array.from({ length: 16 }, (_, i) => view.getBigUint64(at + 8 * i))
  for (let i = 16; i < 80; i++) {
    const [near, far] = [words[i - 2]!, words[i - 15]!]
    const mixedNear = rotate(near, 19n) ^ rotate(near, 61n) ^ (near >> 6n)
    const mixedFar = rotate(far, 1n) ^ rotate(far, 8n) ^ (far >> 7n)
    words.push((mixedNear + words[i - 7]! + mixedFar + words[i - 16]!) & MASK)
  }
  return words
}

function addBlock(state: bigint[], words: readonly bigint[]): void {
  let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint]
  for (let i = 0; i < 80; i++) {
    const mixedE = rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n)
    const first = h + mixedE + ((e & f) ^ (~e & MASK & g)) + CONSTANTS[i]! + words[i]!
    const mixedA = rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n)
    const second = mixedA + ((a & b) ^ (a & c) ^ (b & c))
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) & MASK, c, b, a, (first + second) & MASK]
  }
  ;[a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = (state[i]! + word) & MASK))
}
