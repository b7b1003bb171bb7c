/**
 * Opens what was dropped or named: compressed files and archives unfold, each input is recognised, and one that cannot be
 * read says why. Nothing here throws for what a file holds.
 *
 * In:   RandomAccessBytes of the host. Out: one OpenedInput a file, or one an archive member (`archive.zip!path`).
 * Limits: three layers of gzip, two of zip; an archive inside something compressed is held in memory up to 256 MiB.
 */
import { SourceError, type ByteStream, type RandomAccessBytes } from './bytes.ts'
import { formatCount } from './bytes-text.ts'
import { openGunzip } from './decompress.ts'
import { DETECTION_BYTES, detect } from './detect.ts'
import { looksLikeGzip } from './gzip.ts'
import { bytesOf } from './hosts/memory-bytes.ts'
import { readRanges, type ByteRange } from './read-ranges.ts'
import type { Detection } from './record-reader.ts'
import { listZip, looksLikeZip, openMember, type ZipMember } from './zip.ts'

/** Heads start small: an archive may hold ten thousand tiny files. */
const FIRST_HEAD_BYTES = 16384
const MAX_GZIP_LAYERS = 3
const MAX_ZIP_LAYERS = 2
const MAX_ARCHIVE_IN_MEMORY = 256 << 20
/** From here on a ratio is worth a note: no log compresses like this. */
const BOMB_RATIO = 200
const BOMB_BYTES = 16 << 20

export interface OpenedInput {
  /** Archive members are `archive.zip!path`. */
  name: string
  /** Size on disk (compressed when it is); for archive members the uncompressed size. */
  byteLength: number
  /** Size of the decompressed bytes where it is known (stated, for archive members); null behind gzip. */
  contentLength: number | null
  /** Null when nothing of it could be read. */
  detection: Detection | null
  /** "one JSON document a line, gzip". */
  description: string
  /** Why it cannot be read and what to do, to be shown beside the name; null when it can. */
  problem: string | null
  /** Things to know that do not keep it from being read; grows while it is read. */
  notes: string[]
  /** A stream over the decompressed bytes from their start; may be called many times. */
  openStream(): Promise<ByteStream>
  /** Reads ranges of the decompressed bytes again, in the order asked: at random in plain files, in one pass otherwise. */
  readRanges(ranges: readonly ByteRange[]): Promise<Uint8Array[]>
}

/** Content on its way through the layers. */
interface Content {
  name: string
  byteLength: number
  /** `, gzip` and so on. */
  layers: string
  notes: string[]
  open(): ByteStream
  /** Null once it is compressed. */
  random: RandomAccessBytes | null
  gzipLayers: number
  zipLayers: number
}

/** Opens every file; the order is kept, archive members stand where their archive stood. */
export async function openInputs(files: readonly RandomAccessBytes[]): Promise<OpenedInput[]> {
  const inputs: OpenedInput[] = []
  for (const file of files) {
    inputs.push(
      ...(await unfold({
        name: file.name,
        byteLength: file.size,
        layers: '',
        notes: [],
        open: () => file.open(),
        random: file,
        gzipLayers: 0,
        zipLayers: 0
      }))
    )
  }
  return inputs
}

async function unfold(content: Content): Promise<OpenedInput[]> {
  const { head, failure } = await readHead(content)
  if (head.length === 0 && failure) return [unreadable(content, failure.message)]
  if (looksLikeGzip(head) && content.gzipLayers < MAX_GZIP_LAYERS) return unfold(gunzipped(content))
  if (looksLikeZip(head)) return unfoldZip(content)
  const detection = detect(head)
  // Something may stand before an archive (a self-extractor, a mail part).
  if (detection.kind === 'unknown' && content.random && content.zipLayers < MAX_ZIP_LAYERS) {
    const listing = await listZip(content.random).catch(() => null)
    if (listing && listing.members.length > 0) return unfoldMembers(content, content.random, listing)
  }
  return [recognised(content, detection)]
}

/** The first bytes, and the failure that ended them when they are fewer than asked. */
async function readHead(content: Content): Promise<{ head: Uint8Array; failure: SourceError | null }> {
  let head = new Uint8Array(FIRST_HEAD_BYTES)
  let filled = 0
  let stream: ByteStream | null = null
  try {
    stream = content.open()
    for (;;) {
      const count = await stream.read(head.subarray(filled))
      filled += count
      if (count === 0 || filled === DETECTION_BYTES) break
      if (filled === head.length) head = doubled(head)
    }
    return { head: head.subarray(0, filled), failure: null }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return { head: head.subarray(0, filled), failure: error }
  } finally {
    stream?.close()
  }
}

function doubled(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * bytes.length)
  larger.set(bytes)
  return larger
}

function gunzipped(content: Content): Content {
  const { random, byteLength } = content
  const lastBytes = random && (() => random.readRange(Math.max(0, random.size - 4), 4))
  const source = { open: content.open, size: random ? random.size : null, lastBytes }
  const open = (): ByteStream => new RatioStream(openGunzip(source), byteLength, content.notes)
  return { ...content, open, layers: `${content.layers}, gzip`, random: null, gzipLayers: content.gzipLayers + 1 }
}

async function unfoldZip(content: Content): Promise<OpenedInput[]> {
  if (content.zipLayers >= MAX_ZIP_LAYERS)
    return [unreadable(content, 'an archive inside an archive inside an archive; unpack it first')]
  let random: RandomAccessBytes
  try {
    random = content.random ?? (await loadArchive(content))
    const listing = await listZip(random)
    if (!listing) return [unreadable(content, 'the archive is damaged: none of its files was found')]
    return await unfoldMembers(content, random, listing)
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return [unreadable(content, error.message)]
  }
}

async function loadArchive(content: Content): Promise<RandomAccessBytes> {
  const parts: Uint8Array[] = []
  let total = 0
  const stream = content.open()
  try {
    for (;;) {
      const part = new Uint8Array(1 << 20)
      const count = await stream.read(part)
      if (count === 0) break
      parts.push(part.subarray(0, count))
      total += count
      if (total > MAX_ARCHIVE_IN_MEMORY)
        throw new SourceError('an archive of more than 256 MiB inside compressed data; unpack it first')
    }
  } catch (error) {
    // A damaged layer: what was decoded of the archive before it is still walked.
    if (!(error instanceof SourceError) || total === 0 || total > MAX_ARCHIVE_IN_MEMORY) throw error
    content.notes.push(error.message)
  } finally {
    stream.close()
  }
  const bytes = new Uint8Array(total)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytesOf(content.name, bytes)
}

async function unfoldMembers(
  content: Content,
  random: RandomAccessBytes,
  listing: { members: ZipMember[]; notes: string[] }
): Promise<OpenedInput[]> {
  if (listing.members.length === 0) return [unreadable(content, 'the archive holds no files')]
  const notes = [...content.notes, ...listing.notes]
  const names = new Map<string, number>()
  const inputs: OpenedInput[] = []
  for (const [i, member] of listing.members.entries()) {
    const name = uniqueName(`${content.name}!${member.name === '' ? `#${i + 1}` : member.name}`, names)
    const inner: Content = {
      name,
      byteLength: member.size,
      layers: `${content.layers}, zip`,
      notes: i === 0 ? [...notes] : [],
      open: () => openMember(random, member),
      random: null,
      gzipLayers: content.gzipLayers,
      zipLayers: content.zipLayers + 1
    }
    inner.open = () => new RatioStream(openMember(random, member), member.compressedSize, inner.notes)
    inputs.push(...(member.problem === null ? await unfold(inner) : [unreadable(inner, member.problem)]))
  }
  return inputs
}

/** Archives may hold a name twice; the second is shown as `name (2)`. */
function uniqueName(name: string, names: Map<string, number>): string {
  const count = (names.get(name) ?? 0) + 1
  names.set(name, count)
  return count === 1 ? name : `${name} (${count})`
}

function recognised(content: Content, detection: Detection): OpenedInput {
  const { kind } = detection
  const problem =
    kind === 'empty' ? 'the file is empty' : kind === 'unknown' ? `this is not an event log: ${detection.description}` : null
  return {
    name: content.name,
    byteLength: content.byteLength,
    contentLength: content.gzipLayers > 0 ? null : content.byteLength,
    detection,
    description: `${detection.description}${content.layers}`,
    problem,
    notes: content.notes,
    openStream: async () => content.open(),
    readRanges: (ranges) => readRanges(content, ranges)
  }
}

function unreadable(content: Content, why: string): OpenedInput {
  // Hosts name the file in their messages; here the name is shown beside the problem.
  const own = `${content.name} cannot be read: `
  const problem = `it cannot be read: ${why.startsWith(own) ? why.slice(own.length) : why}`
  return {
    name: content.name,
    byteLength: content.byteLength,
    contentLength: null,
    detection: null,
    description: `unreadable${content.layers}`,
    problem,
    notes: content.notes,
    openStream: () => Promise.reject(new SourceError(problem)),
    readRanges: () => Promise.reject(new SourceError(problem))
  }
}

/** Notes a ratio that only a bomb has; the bytes pass through as they are. */
class RatioStream implements ByteStream {
  private given = 0
  private noted = false

  constructor(
    private readonly inner: ByteStream,
    private readonly compressedBytes: number,
    private readonly notes: string[]
  ) {}

  async read(into: Uint8Array): Promise<number> {
    const count = await this.inner.read(into)
    this.given += count
    if (!this.noted && this.given > BOMB_BYTES && this.given > BOMB_RATIO * this.compressedBytes) this.note()
    return count
  }

  close(): void {
    this.inner.close()
  }

  private note(): void {
    this.noted = true
    const note = `its content is more than ${formatCount(BOMB_RATIO)} times its compressed size: a decompression bomb?`
    if (!this.notes.includes(note)) this.notes.push(note)
  }
}
