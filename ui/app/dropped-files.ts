/** Files out of a drop or a paste, folders walked. Bounded, so that dropping a whole disk ends. */
import type { NamedBlob } from '../ports.ts'

/** A clone of the public rule repository has some 4,000. */
const MAX_FILES = 10_000

/** Every file of a transfer; a file of a folder is named by its path. */
export async function filesOf(transfer: DataTransfer): Promise<NamedBlob[]> {
  // Entries must be taken before the first await: the transfer is emptied when the event handler returns.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null)
  const plain = [...transfer.files]
  if (!entries.some((entry) => entry?.isDirectory)) return plain.map((file) => ({ name: file.name, blob: file }))
  const found: NamedBlob[] = []
  const waiting = entries.filter((entry) => entry !== null)
  while (waiting.length > 0 && found.length < MAX_FILES) {
    const entry = waiting.shift()!
    if (entry.isDirectory) waiting.push(...(await childrenOf(entry as FileSystemDirectoryEntry)))
    else found.push({ name: entry.fullPath.replace(/^\//, ''), blob: await fileOf(entry as FileSystemFileEntry) })
  }
  return found
}

const fileOf = (entry: FileSystemFileEntry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject))

/** readEntries answers in portions and must be asked until it has none left. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const children: FileSystemEntry[] = []
  while (children.length < MAX_FILES) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (portion.length === 0) break
    children.push(...portion)
  }
  return children
}
