/**
 * RandomAccessBytes over a path of the terminal host.
 *
 * readSync straight into the given view (which may lie in kernel memory): in Node this beats every asynchronous way, and
 * the terminal has nothing else to do meanwhile.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { SourceError, type ByteStream, type RandomAccessBytes } from '../../engine/source/bytes.ts'

const REASONS = new Map([
  ['ENOENT', 'there is no such file'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EISDIR', 'it is a directory; name the files in it'],
  ['EMFILE', 'too many files are open']
])

/** Opens a file for reading. Throws SourceError for a missing, forbidden or unsuitable path; nothing stays open. */
export function openNodeFile(path: string, name = path): RandomAccessBytes {
  const size = withFile(path, name, (handle) => {
    const status = fstatSync(handle)
    if (status.isDirectory()) throw new SourceError(`${name} cannot be read: ${REASONS.get('EISDIR')}`)
    if (!status.isFile())
      throw new SourceError(`${name} cannot be read: it is not a regular file; copy its content to a file first`)
    return status.size
  })
  return {
    name,
    size,
    open: (start = 0, end = size) => new NodeFileStream(path, name, start, end),
    readRange: async (start, length) =>
      withFile(path, name, (handle) => {
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - start)))
        let filled = 0
        while (filled < bytes.length) {
          const count = readSync(handle, bytes, filled, bytes.length - filled, start + filled)
          if (count === 0) break
          filled += count
        }
        return bytes.subarray(0, filled)
      })
  }
}

function withFile<T>(path: string, name: string, use: (handle: number) => T): T {
  let handle: number | null = null
  try {
    handle = openSync(path, 'r')
    return use(handle)
  } catch (error) {
    throw asSourceError(name, error)
  } finally {
    if (handle !== null) closeSync(handle)
  }
}

function asSourceError(name: string, error: unknown, byte: number | null = null): unknown {
  if (error instanceof SourceError) return error
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') return error
  return new SourceError(`${name} cannot be read: ${REASONS.get(code) ?? (error as Error).message}`, byte)
}

class NodeFileStream implements ByteStream {
  private handle: number | null = null

  constructor(
    private readonly path: string,
    private readonly name: string,
    private pos: number,
    private readonly end: number
  ) {}

  async read(into: Uint8Array): Promise<number> {
    const length = Math.min(into.length, this.end - this.pos)
    if (length <= 0) return 0
    try {
      this.handle ??= openSync(this.path, 'r')
      const count = readSync(this.handle, into, 0, length, this.pos)
      this.pos += count
      return count
    } catch (error) {
      throw asSourceError(this.name, error, this.pos)
    }
  }

  close(): void {
    if (this.handle !== null) closeSync(this.handle)
    this.handle = null
    this.pos = this.end
  }
}
