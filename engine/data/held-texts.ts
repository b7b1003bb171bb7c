/**
 * HeldTexts: the distinct strings of rows that are held for long, as flat memory instead of objects.
 *
 * A string costs its characters (one byte each while they are ASCII, else two) and about 13 bytes of bookkeeping, so that
 * ten million command lines fit where as many JavaScript strings in a Map would not. Codes are dense and in order of first
 * appearance. Texts come back exactly, lone surrogates included.
 */
import type { Dictionary } from './dictionary.ts'

const SEED = 0x811c9dc5
const PRIME = 0x01000193
const FIRST_SLOTS = 1024
/** Arguments of one call: far below what an engine's stack takes. */
const DECODE_AT_ONCE = 4096

export class HeldTexts implements Dictionary {
  private narrow = new Uint8Array(4096)
  private wide = new Uint16Array(0)
  private narrowLength = 0
  private wideLength = 0
  /** Where a text starts in its array; `isWide` says in which. */
  private starts = new Float64Array(256)
  private lengths = new Uint32Array(256)
  private isWide = new Uint8Array(256)
  private hashes = new Int32Array(256)
  private slots = new Int32Array(FIRST_SLOTS).fill(-1)
  private count = 0
  /** Codes of the entries of dictionaries met before: an entry of the scan's dictionary is interned once, not once a row. */
  private readonly known = new WeakMap<Dictionary, { codes: Int32Array }>()

  get size(): number {
    return this.count
  }

  /** Bytes taken by everything in here. */
  get byteLength(): number {
    const { narrow, wide, starts, lengths, isWide, hashes, slots } = this
    return [narrow, wide, starts, lengths, isWide, hashes, slots].reduce((sum, array) => sum + array.byteLength, 0)
  }

  /** Code of an entry of another dictionary. */
  codeOf(dictionary: Dictionary, entry: number): number {
    let known = this.known.get(dictionary)
    if (!known) this.known.set(dictionary, (known = { codes: new Int32Array(0) }))
    if (entry >= known.codes.length) {
      const codes = new Int32Array(Math.max(entry + 1, known.codes.length * 2, 64)).fill(-1)
      codes.set(known.codes)
      known.codes = codes
    }
    let code = known.codes[entry]!
    if (code < 0) code = known.codes[entry] = this.intern(dictionary.text(entry))
    return code
  }

  /** Code of a text, added when new. */
  intern(text: string): number {
    let hash = SEED
    let narrow = true
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit > 0x7f) narrow = false
      hash = Math.imul(hash ^ unit, PRIME)
    }
    // The low bits choose the slot, so the high ones are mixed down.
    hash ^= hash >>> 15
    const mask = this.slots.length - 1
    let slot = hash & mask
    for (let code = this.slots[slot]!; code >= 0; code = this.slots[slot]!) {
      if (this.hashes[code] === hash && this.equals(code, text, narrow)) return code
      slot = (slot + 1) & mask
    }
    this.slots[slot] = this.count
    this.add(text, hash, narrow)
    if (this.count * 2 > this.slots.length) this.growSlots()
    return this.count - 1
  }

  text(code: number): string {
    const length = this.lengths[code]!
    const start = this.starts[code]!
    const units: Uint8Array | Uint16Array = this.isWide[code] ? this.wide : this.narrow
    let text = ''
    for (let from = 0; from < length; from += DECODE_AT_ONCE) {
      const part = units.subarray(start + from, start + Math.min(length, from + DECODE_AT_ONCE))
      text += String.fromCharCode.apply(null, part as unknown as number[])
    }
    return text
  }

  private equals(code: number, text: string, narrow: boolean): boolean {
    if (this.lengths[code] !== text.length || (this.isWide[code] === 0) !== narrow) return false
    const start = this.starts[code]!
    const units: Uint8Array | Uint16Array = narrow ? this.narrow : this.wide
    for (let i = 0; i < text.length; i++) if (units[start + i] !== text.charCodeAt(i)) return false
    return true
  }

  private add(text: string, hash: number, narrow: boolean): void {
    const code = this.count++
    if (code === this.lengths.length) this.growEntries()
    const start = narrow ? this.narrowLength : this.wideLength
    this.starts[code] = start
    this.lengths[code] = text.length
    this.isWide[code] = narrow ? 0 : 1
    this.hashes[code] = hash
    if (narrow) {
      this.narrow = withRoom(this.narrow, start, text.length)
      this.narrowLength += text.length
    } else {
      this.wide = withRoom(this.wide, start, text.length)
      this.wideLength += text.length
    }
    const units: Uint8Array | Uint16Array = narrow ? this.narrow : this.wide
    for (let i = 0; i < text.length; i++) units[start + i] = text.charCodeAt(i)
  }

  private growEntries(): void {
    const size = this.lengths.length * 2
    this.starts = enlarged(this.starts, new Float64Array(size))
    this.lengths = enlarged(this.lengths, new Uint32Array(size))
    this.isWide = enlarged(this.isWide, new Uint8Array(size))
    this.hashes = enlarged(this.hashes, new Int32Array(size))
  }

  private growSlots(): void {
    const slots = new Int32Array(this.slots.length * 2).fill(-1)
    const mask = slots.length - 1
    for (let code = 0; code < this.count; code++) {
      let slot = this.hashes[code]! & mask
      while (slots[slot]! >= 0) slot = (slot + 1) & mask
      slots[slot] = code
    }
    this.slots = slots
  }
}

function enlarged<Values extends Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array>(
  old: Values,
  into: Values
): Values {
  into.set(old as never)
  return into
}

/** The array with room for `length` more units at `start`; it grows by half, so that little of it stands empty. */
function withRoom<Units extends Uint8Array | Uint16Array>(units: Units, start: number, length: number): Units {
  if (start + length <= units.length) return units
  const size = Math.max(start + length, Math.ceil(units.length * 1.5), 4096)
  const into = (units instanceof Uint8Array ? new Uint8Array(size) : new Uint16Array(size)) as Units
  return enlarged(units.subarray(0, start) as Units, into)
}
