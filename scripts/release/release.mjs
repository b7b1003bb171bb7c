/**
 * What is released, written into dist/ beside the unpacked extension: rarebit.html, the extension as a zip, the bill of
 * materials, the licences, and the SHA-256 of each.
 *
 * Holds: two builds of one commit give the same bytes, whatever the folder, the time, the zone and the version of Node.
 */
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { zipSync } from 'fflate'
import { billOfMaterials } from './bill-of-materials.mjs'
import { licencesText } from './licences.mjs'
import { buildOneFile } from './one-file.mjs'

/** Names of the released files in dist/; everything else in there is the extension. */
export const RELEASED = ['rarebit.html', 'rarebit-extension.zip', 'rarebit.cdx.json', 'licences.txt']
const SUMS = 'SHA256SUMS'

/** Writes the released files; the extension must have been built. Answers their sums as written. */
export async function buildRelease(root) {
  const folder = join(root, 'dist')
  for (const name of [...RELEASED, SUMS]) await rm(join(folder, name), { force: true })
  const licences = licencesText(root)
  const files = new Map([
    ['rarebit.html', await buildOneFile(root, licences)],
    ['rarebit-extension.zip', await zipFolder(folder, new Map([['licences.txt', licences]]))],
    ['rarebit.cdx.json', billOfMaterials(root)],
    ['licences.txt', licences]
  ])
  for (const name of RELEASED) await writeFile(join(folder, name), files.get(name))
  const sums = RELEASED.map((name) => `${sha256(files.get(name))}  ${name}\n`).join('')
  await writeFile(join(folder, SUMS), sums)
  return sums
}

/** SHA-256 in hex. */
export function sha256(content) {
  return createHash('sha256').update(content).digest('hex')
}

/**
 * All files below `folder`, and some more, sorted by name and with one fixed time. Source maps stay out: nobody who runs the
 * extension needs them, and one names ids that the bundler makes from the folder's path.
 */
async function zipFolder(folder, more) {
  const files = new Map(more)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.map')) continue
    const path = join(entry.parentPath, entry.name)
    files.set(relative(folder, path).replaceAll('\\', '/'), await readFile(path))
  }
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, content]) => [name, Buffer.from(content)])
  // Local parts of a date are what a zip keeps: the earliest it knows, in every zone.
  return zipSync(Object.fromEntries(sorted), { level: 9, mtime: new Date(1980, 0, 1) })
}
