/**
 * The records of a zip file: parsing only, no reading. Numbers are little-endian; a 32-bit field of all ones means that the
 * zip64 extra field has the value.
 */
import { decodeMemberName } from './zip-name.ts'

export const LOCAL_SIGNATURE = 0x04034b50
export const CENTRAL_SIGNATURE = 0x02014b50
export const END_SIGNATURE = 0x06054b50
export const DESCRIPTOR_SIGNATURE = 0x08074b50
const ZIP64_END_SIGNATURE = 0x06064b50
const ZIP64_LOCATOR_SIGNATURE = 0x07064b50

export const LOCAL_BYTES = 30
export const CENTRAL_BYTES = 46
export const END_BYTES = 22
export const FLAG_ENCRYPTED = 1
export const FLAG_DESCRIPTOR = 8
const ALL_ONES = 0xffffffff

/** One file as a central or local header states it. */
export interface ZipEntry {
  name: string
  flags: number
  method: number
  crc: number
  compressedSize: number
  size: number
  /** Central: where the local header is said to be. Local: unused. */
  headerOffset: number
  /** Bytes of this header with its variable parts. */
  headerBytes: number
}

/** Where the central directory is said to be. */
export interface ZipEnd {
  entries: number
  directoryBytes: number
  directoryOffset: number
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** A header of the central directory at `at`, or null when there is none or it is cut. */
export function parseCentral(bytes: Uint8Array, at: number): ZipEntry | null {
  const view = viewOf(bytes)
  if (at + CENTRAL_BYTES > bytes.length || view.getUint32(at, true) !== CENTRAL_SIGNATURE) return null
  const nameBytes = view.getUint16(at + 28, true)
  const extraBytes = view.getUint16(at + 30, true)
  const headerBytes = CENTRAL_BYTES + nameBytes + extraBytes + view.getUint16(at + 32, true)
  if (at + headerBytes > bytes.length) return null
  const entry: ZipEntry = {
    name: decodeMemberName(bytes.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes)),
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    compressedSize: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    headerOffset: view.getUint32(at + 42, true),
    headerBytes
  }
  const extra = at + CENTRAL_BYTES + nameBytes
  applyZip64(entry, bytes.subarray(extra, extra + extraBytes), true)
  return entry
}

/** A local header at `at`, or null. */
export function parseLocal(bytes: Uint8Array, at: number): ZipEntry | null {
  const view = viewOf(bytes)
  if (at + LOCAL_BYTES > bytes.length || view.getUint32(at, true) !== LOCAL_SIGNATURE) return null
  const nameBytes = view.getUint16(at + 26, true)
  const extraBytes = view.getUint16(at + 28, true)
  const headerBytes = LOCAL_BYTES + nameBytes + extraBytes
  const entry: ZipEntry = {
    name: decodeMemberName(bytes.subarray(at + LOCAL_BYTES, at + LOCAL_BYTES + nameBytes)),
    flags: view.getUint16(at + 6, true),
    method: view.getUint16(at + 8, true),
    crc: view.getUint32(at + 14, true),
    compressedSize: view.getUint32(at + 18, true),
    size: view.getUint32(at + 22, true),
    headerOffset: 0,
    headerBytes
  }
  const extra = at + LOCAL_BYTES + nameBytes
  applyZip64(entry, bytes.subarray(extra, extra + extraBytes), false)
  return entry
}

function applyZip64(entry: ZipEntry, extra: Uint8Array, central: boolean): void {
  const view = viewOf(extra)
  for (let at = 0; at + 4 <= extra.length;) {
    const length = view.getUint16(at + 2, true)
    if (view.getUint16(at, true) === 1) {
      let place = at + 4
      const end = Math.min(place + length, extra.length)
      const take = (given: number): number => {
        if (given !== ALL_ONES || place + 8 > end) return given
        place += 8
        return Number(view.getBigUint64(place - 8, true))
      }
      entry.size = take(entry.size)
      entry.compressedSize = take(entry.compressedSize)
      if (central) entry.headerOffset = take(entry.headerOffset)
      return
    }
    at += 4 + length
  }
}

/** The end record at `at` of `tail`, with the zip64 one before it when there is one; `tailStart` is the tail's place. */
export function parseEnd(tail: Uint8Array, at: number, tailStart: number): ZipEnd & { position: number } {
  const view = viewOf(tail)
  const end = {
    entries: view.getUint16(at + 10, true),
    directoryBytes: view.getUint32(at + 12, true),
    directoryOffset: view.getUint32(at + 16, true),
    position: tailStart + at
  }
  const locator = at - 20
  if (locator < 56 || view.getUint32(locator, true) !== ZIP64_LOCATOR_SIGNATURE) return end
  // The record stands directly before its locator unless it carries an extensible part; the stated place is tried too.
  const stated = Number(view.getBigUint64(locator + 8, true)) - tailStart
  for (const place of [locator - 56, stated]) {
    if (place < 0 || place + 56 > tail.length || view.getUint32(place, true) !== ZIP64_END_SIGNATURE) continue
    return {
      entries: Number(view.getBigUint64(place + 32, true)),
      directoryBytes: Number(view.getBigUint64(place + 40, true)),
      directoryOffset: Number(view.getBigUint64(place + 48, true)),
      position: tailStart + place
    }
  }
  return end
}
