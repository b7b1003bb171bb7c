/**
 * Zip archives: what is in them and streams over their members. Nothing is ever written, so names cannot do harm.
 *
 * In:   RandomAccessBytes. Out: members with a problem where one cannot be read, and notes for the analyst.
 * Holds: the central directory is believed only where a local header agrees; where it is missing or broken (a cut file)
 *        the local headers are walked from the start. Members whose data overlaps an earlier one's are refused (the
 *        pattern of zip bombs). At most MAX_MEMBERS are listed.
 */
import { SourceError, type ByteStream, type RandomAccessBytes } from './bytes.ts'
import { formatCount } from './bytes-text.ts'
import { crc32 } from './crc32.ts'
import { NATIVE_FROM_BYTES, NativeFirstStream } from './decompress.ts'
import { DeflateStream, StoredStream } from './deflate-stream.ts'
import { isNoise } from './zip-name.ts'
import {
  CENTRAL_SIGNATURE,
  END_BYTES,
  END_SIGNATURE,
  FLAG_ENCRYPTED,
  parseCentral,
  parseEnd,
  parseLocal,
  viewOf,
  type ZipEntry
} from './zip-records.ts'
import { walkLocalHeaders } from './zip-walk.ts'

/** Members listed of one archive; more are counted in a note. */
export const MAX_MEMBERS = 10_000
/** Longest central directory read. */
const MAX_DIRECTORY_BYTES = 64 << 20
/** The end record is searched in this many last bytes (a comment has at most 65,535). */
const TAIL_BYTES = 262144

export interface ZipMember {
  name: string
  size: number
  compressedSize: number
  method: number
  /** Null when the header does not know it. */
  crc: number | null
  /** First byte of the data. */
  dataStart: number
  /** Why it cannot be read; null when it can. */
  problem: string | null
}

export interface ZipListing {
  members: ZipMember[]
  notes: string[]
}

const METHODS = new Map([
  [1, 'shrunk'],
  [6, 'imploded'],
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [93, 'Zstandard'],
  [95, 'XZ'],
  [97, 'WavPack'],
  [98, 'PPMd'],
  [99, 'AES encryption']
])

/** Whether bytes begin as a zip file does. */
export function looksLikeZip(head: Uint8Array): boolean {
  if (head.length < 4 || head[0] !== 0x50 || head[1] !== 0x4b) return false
  return (head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6) || (head[2] === 7 && head[3] === 8)
}

/** Lists an archive; null when neither an end record nor a local header is found. */
export async function listZip(bytes: RandomAccessBytes): Promise<ZipListing | null> {
  const central = await listCentral(bytes)
  if (central) return central
  const walked = await walkLocalHeaders(bytes, MAX_MEMBERS)
  if (!walked) return null
  const members = walked.members
    .filter((member) => !isNoise(member.name))
    .map((member) => ({ ...member, problem: methodProblem(member) }))
  const note = `the archive's directory is missing or damaged (a cut file?); ${formatCount(walked.members.length)} of its files were found by their own headers`
  return { members: markOverlaps(members), notes: [note, ...walked.notes] }
}

async function listCentral(bytes: RandomAccessBytes): Promise<ZipListing | null> {
  const tailStart = Math.max(0, bytes.size - TAIL_BYTES)
  const tail = await bytes.readRange(tailStart, bytes.size - tailStart)
  const view = viewOf(tail)
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) !== END_SIGNATURE) continue
    const listing = await listFromEnd(bytes, parseEnd(tail, at, tailStart))
    if (listing) return listing
  }
  return null
}

type End = ReturnType<typeof parseEnd>

async function listFromEnd(bytes: RandomAccessBytes, end: End): Promise<ZipListing | null> {
  if (end.entries === 0 && end.directoryBytes === 0) return { members: [], notes: [] }
  if (end.directoryBytes > MAX_DIRECTORY_BYTES) return null
  // Something may stand before the archive: the directory is taken where it must end, then where it is said to begin.
  for (const start of new Set([end.position - end.directoryBytes, end.directoryOffset])) {
    if (start < 0 || start >= bytes.size) continue
    const directory = await bytes.readRange(start, Math.min(end.position - start, MAX_DIRECTORY_BYTES))
    if (directory.length >= 4 && viewOf(directory).getUint32(0, true) === CENTRAL_SIGNATURE)
      return readDirectory(bytes, directory, end, start - end.directoryOffset)
  }
  return null
}

async function readDirectory(bytes: RandomAccessBytes, directory: Uint8Array, end: End, shift: number): Promise<ZipListing> {
  const members: ZipMember[] = []
  const notes: string[] = []
  let entries = 0
  let listed = 0
  for (let at = 0; ; entries++) {
    const entry = parseCentral(directory, at)
    if (!entry) break
    at += entry.headerBytes
    if (isNoise(entry.name)) continue
    if (++listed <= MAX_MEMBERS) members.push(await locate(bytes, entry, shift))
  }
  if (listed > MAX_MEMBERS)
    notes.push(
      `the archive has ${formatCount(listed)} files; the first ${formatCount(MAX_MEMBERS)} are read, unpack it to read all`
    )
  if (entries !== end.entries)
    notes.push(`the archive states ${formatCount(end.entries)} entries, ${formatCount(entries)} were found`)
  return { members: markOverlaps(members), notes }
}

/** Finds the local header of an entry, with the shift of a prefixed archive or without. */
async function locate(bytes: RandomAccessBytes, entry: ZipEntry, shift: number): Promise<ZipMember> {
  const member: ZipMember = { ...pick(entry), dataStart: 0, problem: methodProblem(entry) }
  for (const place of new Set([entry.headerOffset + shift, entry.headerOffset])) {
    if (place < 0 || place >= bytes.size) continue
    const local = parseLocal(await bytes.readRange(place, 30), 0)
    if (!local) continue
    member.dataStart = place + local.headerBytes
    return member
  }
  member.problem ??= 'its data was not found in the archive: the archive is damaged'
  return member
}

function pick(entry: ZipEntry): Omit<ZipMember, 'dataStart' | 'problem'> {
  return { name: entry.name, size: entry.size, compressedSize: entry.compressedSize, method: entry.method, crc: entry.crc }
}

function methodProblem(entry: { flags: number; method: number }): string | null {
  if (entry.flags & FLAG_ENCRYPTED) return 'it is encrypted; unpack the archive with its password and add the file'
  if (entry.method === 0 || entry.method === 8) return null
  const name = METHODS.get(entry.method)
  return `its compression method ${entry.method}${name ? ` (${name})` : ''} is not supported; unpack the archive and add the file`
}

function markOverlaps(members: ZipMember[]): ZipMember[] {
  const readable = members.filter((member) => member.problem === null && member.compressedSize > 0)
  const byPlace = [...readable].sort((a, b) => a.dataStart - b.dataStart)
  let end = 0
  for (const member of byPlace) {
    if (member.dataStart < end) member.problem = `its data overlaps another file's, as in zip bombs; it is not read`
    else end = member.dataStart + member.compressedSize
  }
  return members
}

/** Opens a stream over a member's content. Throws SourceError when it has a problem. */
export function openMember(bytes: RandomAccessBytes, member: ZipMember, nativeFrom = NATIVE_FROM_BYTES): ByteStream {
  if (member.problem !== null) throw new SourceError(member.problem)
  const { crc, size, dataStart, compressedSize } = member
  const dataEnd = Math.min(bytes.size, dataStart + compressedSize)
  if (member.method === 0) return new StoredStream(bytes.open(dataStart, dataEnd), { crc, size })
  const openOwn = (): ByteStream => new DeflateStream(bytes.open(dataStart, bytes.size), { crc, size })
  if (compressedSize < nativeFrom || crc === null || dataEnd < dataStart + compressedSize) return openOwn()
  return new CheckedNative(bytes, member, openOwn)
}

/** The platform's decoder has no checksum for raw DEFLATE: it is kept here; a mismatch is then worded by our decoder. */
class CheckedNative implements ByteStream {
  private crc = 0
  private readonly inner: NativeFirstStream

  constructor(bytes: RandomAccessBytes, member: ZipMember, openOwn: () => ByteStream) {
    const open = (): ByteStream => bytes.open(member.dataStart, member.dataStart + member.compressedSize)
    this.inner = new NativeFirstStream(
      'deflate-raw',
      open,
      async (given) => given === member.size && this.crc === member.crc,
      openOwn
    )
  }

  async read(into: Uint8Array): Promise<number> {
    const count = await this.inner.read(into)
    this.crc = crc32(this.crc, into, 0, count)
    return count
  }

  close(): void {
    this.inner.close()
  }
}
