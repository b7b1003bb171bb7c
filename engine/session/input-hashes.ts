/**
 * InputHashes: the SHA-256 of the files that were opened, as they are on disk: what names an input in reports and sessions.
 *
 * In:   files as they are added, each with the inputs it became (an archive becomes several).
 * Out:  one InputHash a file, in the order they were added.
 * Holds: work done is kept when it is interrupted, so that hashing can give way to every question and go on afterwards.
 */
import { Sha256 } from '../functions/sha256.ts'
import { SourceError, type ByteStream, type RandomAccessBytes } from '../source/bytes.ts'
import { type OpenedInput, openInputs } from '../source/open-input.ts'
import type { InputHash, ScanProgress } from './types.ts'

/** Small enough that a question waits a few milliseconds at most. */
const PIECE_BYTES = 1 << 20

interface HashedFile {
  bytes: RandomAccessBytes
  inputs: readonly OpenedInput[]
  hash: Sha256
  done: number
  sha256: string | null
  problem: string | null
}

export class InputHashes {
  private files: HashedFile[] = []
  private running: { paused: boolean } | null = null
  private tail: Promise<unknown> = Promise.resolve()

  /** `inputs` tells the inputs as they are numbered now. */
  constructor(private readonly inputs: () => readonly OpenedInput[]) {}

  /** Opens files and notes which inputs each became. */
  async open(files: readonly RandomAccessBytes[]): Promise<OpenedInput[]> {
    const opened: OpenedInput[] = []
    for (const file of files) {
      const unfolded = await openInputs([file])
      this.add(file, unfolded)
      opened.push(...unfolded)
    }
    return opened
  }

  /** Notes a file and the inputs it became. */
  add(bytes: RandomAccessBytes, inputs: readonly OpenedInput[]): void {
    this.files.push({ bytes, inputs, hash: new Sha256(), done: 0, sha256: null, problem: null })
  }

  /** Forgets all files. */
  clear(): void {
    this.pause()
    this.files = []
  }

  /** Makes the pending `run` answer with what it has. */
  pause(): void {
    if (this.running) this.running.paused = true
  }

  /** Hashes what is not hashed yet; what was paused goes on where it stopped. Two calls do not read a file twice. */
  run(progress: (at: ScanProgress) => void): Promise<InputHash[]> {
    const turn = this.tail.then(() => this.hashAll(progress)).then(() => this.known())
    this.tail = turn.catch(() => undefined)
    return turn
  }

  private async hashAll(progress: (at: ScanProgress) => void): Promise<void> {
    const signal = { paused: false }
    this.running = signal
    const { files } = this
    const bytesTotal = files.reduce((sum, { bytes }) => sum + bytes.size, 0)
    const piece = new Uint8Array(PIECE_BYTES)
    try {
      for (const file of files) {
        if (signal.paused) return
        if (file.sha256 !== null || file.problem !== null) continue
        await hashFile(file, piece, signal, () =>
          progress({ bytesRead: files.reduce((sum, { done }) => sum + done, 0), bytesTotal, events: 0, rows: 0 })
        )
      }
    } finally {
      this.running = null
    }
  }

  private known(): InputHash[] {
    const inputs = this.inputs()
    return this.files.map(({ bytes, inputs: own, sha256, problem }) => ({
      name: bytes.name,
      byteLength: bytes.size,
      inputs: own.map((input) => inputs.indexOf(input)).filter((index) => index >= 0),
      sha256,
      problem
    }))
  }
}

/** One file from where it was left; ends early when paused. What cannot be read is said, not thrown. */
async function hashFile(file: HashedFile, piece: Uint8Array, signal: { paused: boolean }, told: () => void): Promise<void> {
  let stream: ByteStream | null = null
  try {
    stream = file.bytes.open(file.done)
    while (!signal.paused) {
      const count = await stream.read(piece)
      if (count === 0) {
        file.sha256 = file.hash.hex()
        return
      }
      file.hash.update(piece.subarray(0, count))
      file.done += count
      told()
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    file.problem = error.message
  } finally {
    stream?.close()
  }
}
