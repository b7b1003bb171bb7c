/**
 * `npm run verify:build -- FILE`: is this file the build of this commit? Rebuilds what is committed, in a folder of its own, and
 * compares byte by byte. Status 0: it is; 1: it is not, and where it differs is said; 2: it could not be found out.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { installPackages } from '../prepare.mjs'
import { sourceHash } from '../source-hash.mjs'
import { compareBuild } from './compare-build.mjs'
import { RELEASED, sha256 } from './release.mjs'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Everything that is released, built from the committed tree: name to bytes; and the hash of its sources, which reports name. */
export function buildCommitted(tell = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'rarebit-verify-'))
  try {
    const archive = spawnSync('git', ['archive', '--format=tar', 'HEAD'], { cwd: root, maxBuffer: 1 << 30 })
    if (archive.status !== 0) throw new Error(`git archive: ${archive.stderr}`)
    const unpacked = spawnSync('tar', ['-x', '-C', folder], { input: archive.stdout })
    if (unpacked.status !== 0) throw new Error(`tar: ${unpacked.stderr}`)
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir')
    tell('Building what is committed')
    const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 })
    if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`)
    const files = new Map(RELEASED.map((name) => [name, readFileSync(join(folder, 'dist', name))]))
    return { files, build: sourceHash(folder) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function main([file]) {
  if (!file || !existsSync(file)) {
    console.error(
      file ? `${file} is not there` : 'usage: npm run verify:build -- FILE   (rarebit.html, rarebit-extension.zip, ...)'
    )
    return 2
  }
  if (!(await installPackages())) return 2
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).stdout.trim()
  const bytes = readFileSync(file)
  const { files, build } = buildCommitted(console.log)
  console.log(`Build   ${build}  (in reports: the sources of commit ${commit})`)
  console.log(`SHA-256 ${sha256(bytes)}  ${file}`)
  const { same, text } = compareBuild(file, bytes, files)
  console.log(same ? `It is ${text} of commit ${commit}, byte for byte.` : `It is not the build of commit ${commit}: ${text}`)
  return same ? 0 : 1
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.exitCode = await main(process.argv.slice(2))
  } catch (error) {
    console.error(`It could not be found out: ${error.message}`)
    process.exitCode = 2
  }
}
