/**
 * Finds the members of a zip file without its directory, by walking the local headers from the start: cut archives, and
 * archives that were written as a stream and never finished.
 *
 * Where a header does not state the size (a data descriptor follows), deflated data is decoded to its end and stored data
 * is searched for the descriptor that agrees with its length.
 */
import { SourceError, type ByteStream, type RandomAccessBytes } from './bytes.ts'
import { formatCount } from './bytes-text.ts'
import { DeflateStream } from './deflate-stream.ts'
import {
  DESCRIPTOR_SIGNATURE,
  FLAG_DESCRIPTOR,
  FLAG_ENCRYPTED,
  LOCAL_BYTES,
  LOCAL_SIGNATURE,
  parseLocal,
  viewOf,
  type ZipEntry
} from './zip-records.ts'

/** The first local header is searched in this many bytes. */
const SEARCH_BYTES = 1 << 20
const HEADER_BYTES = LOCAL_BYTES + 2 * 65536

export interface WalkedMember {
  name: string
  flags: number
  method: number
  crc: number | null
  compressedSize: number
  size: number
  dataStart: number
}

/** The members from the first local header on; null when there is none. */
export async function walkLocalHeaders(
  bytes: RandomAccessBytes,
  limit: number
): Promise<{ members: WalkedMember[]; notes: string[] } | null> {
  let at = await findSignature(bytes, 0, Math.min(bytes.size, SEARCH_BYTES), LOCAL_SIGNATURE)
  if (at < 0) return null
  const members: WalkedMember[] = []
  const notes: string[] = []
  while (at >= 0 && at < bytes.size) {
    const entry = parseLocal(await bytes.readRange(at, HEADER_BYTES), 0)
    if (!entry || at + entry.headerBytes > bytes.size) break
    if (members.length === limit) {
      notes.push(`the archive has more than ${formatCount(limit)} files; unpack it to read all`)
      break
    }
    const member = await measure(bytes, entry, at + entry.headerBytes)
    members.push(member.member)
    at = member.next
  }
  return { members, notes }
}

async function measure(
  bytes: RandomAccessBytes,
  entry: ZipEntry,
  dataStart: number
): Promise<{ member: WalkedMember; next: number }> {
  const { name, flags, method, crc, compressedSize, size } = entry
  const member: WalkedMember = { name, flags, method, crc, compressedSize, size, dataStart }
  const known = !(flags & FLAG_DESCRIPTOR) || compressedSize > 0
  if (known) {
    const next = dataStart + compressedSize
    return { member, next: flags & FLAG_DESCRIPTOR ? await afterDescriptor(bytes, next) : next }
  }
  member.crc = null
  if (method === 8 && !(flags & FLAG_ENCRYPTED)) await measureDeflated(bytes, member)
  else await measureStored(bytes, member)
  return { member, next: await afterDescriptor(bytes, dataStart + member.compressedSize) }
}

async function measureDeflated(bytes: RandomAccessBytes, member: WalkedMember): Promise<void> {
  const stream = new DeflateStream(bytes.open(member.dataStart), { crc: null, size: null })
  const scratch = new Uint8Array(65536)
  try {
    while ((await stream.read(scratch)) > 0);
    member.crc = stream.content.crc
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
  } finally {
    stream.close()
  }
  member.compressedSize = stream.consumed
  member.size = stream.content.size
}

/** Searches the descriptor whose stated size is the distance walked; without one the data goes on to the end. */
async function measureStored(bytes: RandomAccessBytes, member: WalkedMember): Promise<void> {
  const { dataStart } = member
  member.compressedSize = member.size = bytes.size - dataStart
  for (let at = dataStart; at < bytes.size; at++) {
    at = await findSignature(bytes, at, bytes.size, DESCRIPTOR_SIGNATURE)
    if (at < 0) return
    const view = viewOf(await bytes.readRange(at, 12))
    if (view.byteLength < 12 || view.getUint32(8, true) !== at - dataStart) continue
    member.crc = view.getUint32(4, true)
    member.compressedSize = member.size = at - dataStart
    return
  }
}

/** A descriptor has 12 to 24 bytes, with or without a signature: the next header is looked for behind it. */
async function afterDescriptor(bytes: RandomAccessBytes, at: number): Promise<number> {
  const near = await findSignature(bytes, at, Math.min(bytes.size, at + 28), LOCAL_SIGNATURE)
  return near < 0 ? bytes.size : near
}

/** Place of a 32-bit signature whose first byte lies in [start, end), or -1. */
async function findSignature(bytes: RandomAccessBytes, start: number, end: number, signature: number): Promise<number> {
  const stream: ByteStream = bytes.open(start, Math.min(bytes.size, end + 3))
  const chunk = new Uint8Array(65536)
  let window = 0
  let place = start
  try {
    for (;;) {
      const count = await stream.read(chunk)
      if (count === 0) return -1
      for (let i = 0; i < count; i++, place++) {
        window = (window >>> 8) | (chunk[i]! << 24)
        if (window >>> 0 === signature && place - start >= 3) return place - 3
      }
    }
  } finally {
    stream.close()
  }
}
