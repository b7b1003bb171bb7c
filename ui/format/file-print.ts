/**
 * The print of a file: a hash of its size, its head and its tail, known in a moment whatever the size. It finds the case that
 * belongs to a file before the file was read; the hash of the whole then confirms it.
 */
const HEAD_BYTES = 256 * 1024
const TAIL_BYTES = 64 * 1024
const AT_ONCE = 16

/** The print of one file; of one that cannot be read, one that finds nothing. */
export async function filePrint(blob: Blob): Promise<string> {
  try {
    const size = new TextEncoder().encode(`${blob.size}\n`)
    const head = new Uint8Array(await blob.slice(0, HEAD_BYTES).arrayBuffer())
    const tail = new Uint8Array(await blob.slice(Math.max(HEAD_BYTES, blob.size - TAIL_BYTES)).arrayBuffer())
    const bytes = new Uint8Array(size.length + head.length + tail.length)
    bytes.set(size)
    bytes.set(head, size.length)
    bytes.set(tail, size.length + head.length)
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
  } catch {
    return `unreadable-${crypto.randomUUID()}`
  }
}

/** The prints of many files, a few at a time. */
export async function filePrints(blobs: readonly Blob[]): Promise<string[]> {
  const prints: string[] = []
  for (let at = 0; at < blobs.length; at += AT_ONCE) {
    prints.push(...(await Promise.all(blobs.slice(at, at + AT_ONCE).map(filePrint))))
  }
  return prints
}
