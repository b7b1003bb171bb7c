/**
 * The identity of a build: SHA-256 over the names and bytes of everything it is made of, in one order. It stands in the build
 * itself (a hash of the file could not), is the same in every folder, and needs no git; `npm run verify:build` says it for a commit.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

/** What the extension and the one-file page are made of. */
export const SOURCES = [
  'engine',
  'ui',
  'extension',
  'wasm/abi',
  'wasm/host',
  'wasm/assembly',
  'scripts/release',
  'scripts/build-wasm.mjs',
  'scripts/source-hash.mjs',
  'scripts/vite-plugins.ts',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  'vite.standalone.config.ts'
]

/** The hash, in hex, of the files and folders `inputs` below `root`. */
export function sourceHash(root, inputs = SOURCES) {
  const files = inputs.flatMap((input) => filesBelow(join(root, input)))
  const hash = createHash('sha256')
  for (const [name, path] of files.map((file) => [relative(root, file).replaceAll('\\', '/'), file]).sort(byName)) {
    const bytes = readFileSync(path)
    // The length ends the name and says where the bytes end: no two trees give one text.
    hash.update(`${name}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

const byName = ([a], [b]) => (a < b ? -1 : 1)

function filesBelow(path) {
  if (statSync(path).isFile()) return [path]
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
