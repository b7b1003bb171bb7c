/**
 * SHA-256 of bytes that come in pieces, after FIPS 180-4 (the platform's digest wants all of them at once).
 *
 * In:   pieces of any length. Out: lower-case hexadecimal text.
 * Holds: nothing is kept of a piece but the bytes of an unfinished block; sizes up to 2^53 bytes.
 */
const BLOCK_BYTES = 64

function primes(count: number): number[] {
  const found: number[] = []
  for (let candidate = 2; found.length < count; candidate++) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate)
  }
  return found
}

/** The first 32 bits of the fractions of the roots of the first primes, exact through bigint roots. */
function rootFractions(count: number, degree: bigint): Int32Array {
  return Int32Array.from(primes(count), (prime) => {
    const target = BigInt(prime) << (32n * degree)
    let low = 0n
    let high = 1n << 40n
    while (high - low > 1n) {
      const middle = (low + high) >> 1n
      if (middle ** degree <= target) low = middle
      else high = middle
    }
    return Number(BigInt.asIntN(32, low))
  })
}

const START = rootFractions(8, 2n)
const CONSTANTS = rootFractions(64, 3n)
/** The message schedule of the block at hand; blocks are never worked on side by side. */
const words = new Int32Array(64)

export class Sha256 {
  private readonly state = START.slice()
  private readonly open = new Uint8Array(BLOCK_BYTES)
  private length = 0

  /** Takes the next piece in. */
  update(bytes: Uint8Array): this {
    let at = 0
    const held = this.length % BLOCK_BYTES
    this.length += bytes.length
    if (held > 0) {
      at = Math.min(BLOCK_BYTES - held, bytes.length)
      this.open.set(bytes.subarray(0, at), held)
      if (held + at < BLOCK_BYTES) return this
      this.block(this.open, 0)
    }
    for (; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) this.block(bytes, at)
    this.open.set(bytes.subarray(at), 0)
    return this
  }

  /** The digest of everything taken in; nothing may follow. */
  hex(): string {
    const { length } = this
    const tail = new Uint8Array((length % BLOCK_BYTES < BLOCK_BYTES - 8 ? BLOCK_BYTES : 2 * BLOCK_BYTES) - (length % BLOCK_BYTES))
    tail[0] = 0x80
    const view = new DataView(tail.buffer)
    view.setUint32(tail.length - 8, Math.floor(length / 0x20000000))
    view.setUint32(tail.length - 4, (length << 3) >>> 0)
    this.update(tail)
    return Array.from(this.state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
  }

  private block(bytes: Uint8Array, at: number): void {
    for (let i = 0, byte = at; i < 16; i++, byte += 4) {
      words[i] = (bytes[byte]! << 24) | (bytes[byte + 1]! << 16) | (bytes[byte + 2]! << 8) | bytes[byte + 3]!
    }
    for (let i = 16; i < 64; i++) {
      const early = words[i - 15]!
      const late = words[i - 2]!
      const small = ((early >>> 7) | (early << 25)) ^ ((early >>> 18) | (early << 14)) ^ (early >>> 3)
      const large = ((late >>> 17) | (late << 15)) ^ ((late >>> 19) | (late << 13)) ^ (late >>> 10)
      words[i] = (words[i - 16]! + small + words[i - 7]! + large) | 0
    }
    const { state } = this
    let a = state[0]!
    let b = state[1]!
    let c = state[2]!
    let d = state[3]!
    let e = state[4]!
    let f = state[5]!
    let g = state[6]!
    let h = state[7]!
    // Plain variables, moved by hand: a tuple swapped each round took four times as long.
    for (let i = 0; i < 64; i++) {
      const turnedE = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
      const first = (h + turnedE + ((e & f) ^ (~e & g)) + CONSTANTS[i]! + words[i]!) | 0
      const turnedA = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
      const second = (turnedA + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + first) | 0
      d = c
      c = b
      b = a
      a = (first + second) | 0
    }
    state[0] = state[0]! + a
    state[1] = state[1]! + b
    state[2] = state[2]! + c
    state[3] = state[3]! + d
    state[4] = state[4]! + e
    state[5] = state[5]! + f
    state[6] = state[6]! + g
    state[7] = state[7]! + h
  }
}
