/**
 * Inflater: our own DEFLATE decoder (RFC 1951), for what the platform's cannot do: members one after another, data behind
 * the end, and damage, where every byte before it must be kept and its place named.
 *
 * In:   CompressedInput, a buffer over a ByteStream that knows its place. Out: bytes in a sliding window, taken with take().
 * Owns: one 32 KiB history plus 128 KiB of output; memory does not depend on what the data claims.
 * Holds: a symbol is decoded whole or not at all: when input runs short the state is as before the symbol, so decoding
 *        goes on after the next fill, and at the end of the input everything decodable has been given out.
 */
import type { ByteStream } from './bytes.ts'
import { FAST_BITS, buildHuffmanCode, decodeLong, makeHuffmanCode, type HuffmanCode } from './huffman.ts'

const HISTORY = 32768
/** Buffers begin small (an archive may hold ten thousand tiny files) and grow to these. */
const FULL_OUTPUT = HISTORY + 131072
const FULL_INPUT = 65536
const FIRST_OUTPUT = 16384
const FIRST_INPUT = 4096
const LONGEST_MATCH = 258
/** Bytes the bit buffer may have taken ahead and can put back; they stay in the input buffer. */
const READ_AHEAD = 8
const FAST_MASK = (1 << FAST_BITS) - 1

/** Damage found while decoding; `reason` is for the analyst. */
export class InflateDamage extends Error {}

/** A compressed stream with the bytes read ahead and their place. */
export class CompressedInput {
  bytes = new Uint8Array(FIRST_INPUT)
  pos = 0
  end = 0
  /** Offset of bytes[0] in the compressed stream. */
  base = 0
  ended = false

  constructor(private readonly stream: ByteStream) {}

  /** Offset of the next byte. */
  get offset(): number {
    return this.base + this.pos
  }

  /** Reads more behind what is left; false at the end of the stream. */
  async fill(): Promise<boolean> {
    if (this.ended) return false
    const dropped = Math.max(0, this.pos - READ_AHEAD)
    this.bytes.copyWithin(0, dropped, this.end)
    this.base += dropped
    this.end -= dropped
    this.pos -= dropped
    if (this.base > 0 || this.end === this.bytes.length) this.grow()
    const count = await this.stream.read(this.bytes.subarray(this.end))
    this.end += count
    if (count === 0) this.ended = true
    return count > 0
  }

  private grow(): void {
    if (this.bytes.length === FULL_INPUT) return
    const bytes = new Uint8Array(FULL_INPUT)
    bytes.set(this.bytes.subarray(0, this.end))
    this.bytes = bytes
  }

  /** Waits until `count` bytes (at most 4,000) are there; false when the stream ends before. */
  async need(count: number): Promise<boolean> {
    while (this.end - this.pos < count) if (!(await this.fill())) return false
    return true
  }

  close(): void {
    this.stream.close()
  }
}

export type InflateState = 'need-input' | 'output-full' | 'done'

const LENGTH_BASE = new Uint16Array([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258, 0, 0
])
const LENGTH_EXTRA = new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0, 0, 0])
const DISTANCE_BASE = new Uint16Array([
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289,
  16385, 24577, 0, 0
])
const DISTANCE_EXTRA = new Uint8Array([
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 0, 0
])
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

const FIXED = makeFixedCodes()

function makeFixedCodes(): { literals: HuffmanCode; distances: HuffmanCode } {
  const lengths = new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280)
  const literals = makeHuffmanCode(288)
  buildHuffmanCode(literals, lengths, 0, 288)
  const distances = makeHuffmanCode(32)
  buildHuffmanCode(distances, new Uint8Array(32).fill(5), 0, 32)
  return { literals, distances }
}

export class Inflater {
  private out = new Uint8Array(FIRST_OUTPUT)
  private outPos = 0
  private taken = 0
  /** Index of the first byte of the present member that is still in `out`; distances may not reach before it. */
  private historyStart = 0
  private hold = 0
  private bits = 0
  private mode: 'block' | 'stored' | 'codes' | 'done' = 'block'
  private lastBlock = false
  private storedLeft = 0
  private literals = FIXED.literals
  private distances = FIXED.distances
  private readonly ownLiterals = makeHuffmanCode(288)
  private readonly ownDistances = makeHuffmanCode(32)
  private readonly lengthCode = makeHuffmanCode(19)
  private readonly lengths = new Uint8Array(320)

  constructor(private readonly input: CompressedInput) {}

  /** Begins a new DEFLATE stream at the input's present place. */
  begin(): void {
    this.hold = 0
    this.bits = 0
    this.mode = 'block'
    this.lastBlock = false
    this.historyStart = this.outPos
  }

  /** Bytes decoded and not yet taken. */
  get pending(): number {
    return this.outPos - this.taken
  }

  /** Moves decoded bytes into `into` and returns how many. */
  take(into: Uint8Array): number {
    const count = Math.min(into.length, this.pending)
    into.set(this.out.subarray(this.taken, this.taken + count))
    this.taken += count
    return count
  }

  /** Decodes as far as input and room allow. Throws InflateDamage; what was decoded before stays to be taken. */
  decode(): InflateState {
    this.makeRoom()
    for (;;) {
      if (this.mode === 'done') return 'done'
      const state = this.mode === 'block' ? this.readBlockHeader() : this.mode === 'stored' ? this.copyStored() : this.readCodes()
      if (state) return state
    }
  }

  /** Room for more output: a larger buffer until it has its full size, then the history moves to the front. */
  private makeRoom(): void {
    if (this.outPos <= this.out.length - LONGEST_MATCH) return
    if (this.out.length < FULL_OUTPUT) {
      const out = new Uint8Array(Math.min(FULL_OUTPUT, 4 * this.out.length))
      out.set(this.out.subarray(0, this.outPos))
      this.out = out
    } else if (this.pending === 0) {
      const moved = this.outPos - HISTORY
      this.out.copyWithin(0, moved, this.outPos)
      this.historyStart = Math.max(0, this.historyStart - moved)
      this.outPos = this.taken = HISTORY
    }
  }

  /** Puts whole bytes read ahead back, so that input.pos is the byte after the one in use. */
  private alignToByte(): void {
    this.input.pos -= this.bits >> 3
    this.hold = 0
    this.bits = 0
  }

  private endBlock(): void {
    if (this.lastBlock) {
      this.alignToByte()
      this.mode = 'done'
    } else this.mode = 'block'
  }

  /** `count` bits, or -1 (state to be restored by the caller) when the input at hand ends before. */
  private takeBits(count: number): number {
    const input = this.input
    while (this.bits < count) {
      if (input.pos >= input.end) return -1
      this.hold |= input.bytes[input.pos++]! << this.bits
      this.bits += 8
    }
    const value = this.hold & ((1 << count) - 1)
    this.hold >>>= count
    this.bits -= count
    return value
  }

  private readBlockHeader(): InflateState | null {
    const { hold, bits } = this
    const pos = this.input.pos
    if (this.tryBlockHeader()) return null
    this.hold = hold
    this.bits = bits
    this.input.pos = pos
    return 'need-input'
  }

  private tryBlockHeader(): boolean {
    const head = this.takeBits(3)
    if (head < 0) return false
    const type = head >> 1
    if (type === 3) throw new InflateDamage('a block type that does not exist')
    if (type === 0 && !this.readStoredHeader()) return false
    if (type === 1) {
      this.literals = FIXED.literals
      this.distances = FIXED.distances
      this.mode = 'codes'
    }
    if (type === 2 && !this.readDynamicHeader()) return false
    this.lastBlock = (head & 1) === 1
    if (this.mode === 'stored' && this.storedLeft === 0) this.endBlock()
    return true
  }

  private readStoredHeader(): boolean {
    this.alignToByte()
    const input = this.input
    if (input.end - input.pos < 4) return false
    const [a, b, c, d] = input.bytes.subarray(input.pos, input.pos + 4) as unknown as [number, number, number, number]
    if ((a ^ c) !== 255 || (b ^ d) !== 255) throw new InflateDamage('a stored block whose two lengths disagree')
    input.pos += 4
    this.storedLeft = a | (b << 8)
    this.mode = 'stored'
    return true
  }

  private copyStored(): InflateState | null {
    const input = this.input
    const count = Math.min(this.storedLeft, input.end - input.pos, this.out.length - this.outPos)
    this.out.set(input.bytes.subarray(input.pos, input.pos + count), this.outPos)
    input.pos += count
    this.outPos += count
    this.storedLeft -= count
    if (this.storedLeft === 0) this.endBlock()
    else if (input.pos === input.end) return 'need-input'
    else return 'output-full'
    return null
  }

  private readDynamicHeader(): boolean {
    const counts = this.takeBits(14)
    if (counts < 0) return false
    const literalCount = (counts & 31) + 257
    const distanceCount = ((counts >> 5) & 31) + 1
    if (literalCount > 286 || distanceCount > 30) throw new InflateDamage('a code table with too many symbols')
    const { lengths, lengthCode } = this
    lengths.fill(0, 0, 19)
    for (let i = 0; i < (counts >> 10) + 4; i++) {
      const length = this.takeBits(3)
      if (length < 0) return false
      lengths[CODE_LENGTH_ORDER[i]!] = length
    }
    if (!buildHuffmanCode(lengthCode, lengths, 0, 19)) throw new InflateDamage('a code table that makes no code')
    if (!this.readCodeLengths(literalCount + distanceCount)) return false
    if (lengths[256] === 0) throw new InflateDamage('a block without an end code')
    const ok =
      buildHuffmanCode(this.ownLiterals, lengths, 0, literalCount) &&
      buildHuffmanCode(this.ownDistances, lengths, literalCount, literalCount + distanceCount)
    if (!ok) throw new InflateDamage('a code table that makes no code')
    this.literals = this.ownLiterals
    this.distances = this.ownDistances
    this.mode = 'codes'
    return true
  }

  private readCodeLengths(total: number): boolean {
    const { lengths } = this
    for (let i = 0; i < total;) {
      const symbol = this.takeSymbol(this.lengthCode)
      if (symbol < 0) return false
      if (symbol < 16) {
        lengths[i++] = symbol
        continue
      }
      if (symbol === 16 && i === 0) throw new InflateDamage('a code table that repeats nothing')
      const extra = this.takeBits(symbol === 16 ? 2 : symbol === 17 ? 3 : 7)
      if (extra < 0) return false
      const end = i + extra + (symbol === 18 ? 11 : 3)
      if (end > total) throw new InflateDamage('a code table that is too long')
      lengths.fill(symbol === 16 ? lengths[i - 1]! : 0, i, end)
      i = end
    }
    return true
  }

  /** One symbol, or -1 when the input at hand ends before it is known. */
  private takeSymbol(code: HuffmanCode): number {
    const input = this.input
    for (;;) {
      const entry = decodeLong(code, this.hold, this.bits)
      if (entry >= 0) {
        this.hold >>>= entry & 15
        this.bits -= entry & 15
        return entry >> 4
      }
      if (entry === -2) throw new InflateDamage('a code that does not exist')
      if (input.pos >= input.end) return -1
      this.hold |= input.bytes[input.pos++]! << this.bits
      this.bits += 8
    }
  }

  private readCodes(): InflateState | null {
    for (;;) {
      if (this.outPos > this.out.length - LONGEST_MATCH) return 'output-full'
      if (this.readCodesFast()) {
        this.endBlock()
        return null
      }
      if (this.outPos > this.out.length - LONGEST_MATCH) return 'output-full'
      const { hold, bits } = this
      const pos = this.input.pos
      const step = this.readCodeCareful()
      if (step === 'end') {
        this.endBlock()
        return null
      }
      if (step === 'short') {
        this.hold = hold
        this.bits = bits
        this.input.pos = pos
        return 'need-input'
      }
    }
  }

  /** One symbol near the end of the input at hand. */
  private readCodeCareful(): 'next' | 'end' | 'short' {
    const symbol = this.takeSymbol(this.literals)
    if (symbol < 0) return 'short'
    if (symbol < 256) {
      this.out[this.outPos++] = symbol
      return 'next'
    }
    if (symbol === 256) return 'end'
    if (symbol > 285) throw new InflateDamage('a length that does not exist')
    const lengthExtra = this.takeBits(LENGTH_EXTRA[symbol - 257]!)
    if (lengthExtra < 0) return 'short'
    const distanceSymbol = this.takeSymbol(this.distances)
    if (distanceSymbol < 0) return 'short'
    if (distanceSymbol > 29) throw new InflateDamage('a distance that does not exist')
    const distanceExtra = this.takeBits(DISTANCE_EXTRA[distanceSymbol]!)
    if (distanceExtra < 0) return 'short'
    this.copyMatch(LENGTH_BASE[symbol - 257]! + lengthExtra, DISTANCE_BASE[distanceSymbol]! + distanceExtra)
    return 'next'
  }

  private copyMatch(length: number, distance: number): void {
    const { out } = this
    let to = this.outPos
    let from = to - distance
    if (from < this.historyStart) throw new InflateDamage('a reference to before the start of the data')
    for (let i = 0; i < length; i++) out[to++] = out[from++]!
    this.outPos = to
  }

  /**
   * The same with at least 8 bytes of input and room for a longest match, so that nothing is checked per bit. True at the
   * end of the block. Locals are written back before anything is thrown.
   */
  private readCodesFast(): boolean {
    const { input, out, literals, distances, historyStart } = this
    const { bytes } = input
    const inLimit = input.end - 8
    const outLimit = out.length - LONGEST_MATCH
    const literalFast = literals.fast
    const distanceFast = distances.fast
    let { pos } = input
    let { hold, bits, outPos } = this
    let ended = false
    let damage = ''
    while (pos <= inLimit && outPos <= outLimit) {
      // 15 bits decode any code; two bytes on top of at most 14 bits stay within 31.
      if (bits < 15) {
        hold |= (bytes[pos]! | (bytes[pos + 1]! << 8)) << bits
        pos += 2
        bits += 16
      }
      let entry = literalFast[hold & FAST_MASK]!
      if (entry === 0) {
        entry = decodeLong(literals, hold, bits)
        if (entry < 0) {
          damage = 'a code that does not exist'
          break
        }
      }
      hold >>>= entry & 15
      bits -= entry & 15
      const symbol = entry >> 4
      if (symbol < 256) {
        out[outPos++] = symbol
        continue
      }
      if (symbol === 256) {
        ended = true
        break
      }
      if (symbol > 285) {
        damage = 'a length that does not exist'
        break
      }
      if (bits < 15) {
        hold |= (bytes[pos]! | (bytes[pos + 1]! << 8)) << bits
        pos += 2
        bits += 16
      }
      const lengthBits = LENGTH_EXTRA[symbol - 257]!
      const length = LENGTH_BASE[symbol - 257]! + (hold & ((1 << lengthBits) - 1))
      hold >>>= lengthBits
      bits -= lengthBits
      if (bits < 15) {
        hold |= (bytes[pos]! | (bytes[pos + 1]! << 8)) << bits
        pos += 2
        bits += 16
      }
      entry = distanceFast[hold & FAST_MASK]!
      if (entry === 0) {
        entry = decodeLong(distances, hold, bits)
        if (entry < 0) {
          damage = 'a code that does not exist'
          break
        }
      }
      hold >>>= entry & 15
      bits -= entry & 15
      const distanceSymbol = entry >> 4
      if (distanceSymbol > 29) {
        damage = 'a distance that does not exist'
        break
      }
      if (bits < 15) {
        hold |= (bytes[pos]! | (bytes[pos + 1]! << 8)) << bits
        pos += 2
        bits += 16
      }
      const distanceBits = DISTANCE_EXTRA[distanceSymbol]!
      const distance = DISTANCE_BASE[distanceSymbol]! + (hold & ((1 << distanceBits) - 1))
      hold >>>= distanceBits
      bits -= distanceBits
      let from = outPos - distance
      if (from < historyStart) {
        damage = 'a reference to before the start of the data'
        break
      }
      const end = outPos + length
      while (outPos < end) out[outPos++] = out[from++]!
    }
    input.pos = pos
    this.hold = hold
    this.bits = bits
    this.outPos = outPos
    if (damage) throw new InflateDamage(damage)
    return ended
  }
}
