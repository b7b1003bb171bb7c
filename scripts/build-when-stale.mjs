/**
 * Builds only what changed: a step is fresh when the hash of its inputs is that of its last run and its output is there.
 * Stamps lie in node_modules/.cache/rarebit, so a clean install builds everything once; one folder a checkout, because
 * checkouts may share their packages.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildKernels } from './build-wasm.mjs'
import { SOURCES, sourceHash } from './source-hash.mjs'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFolder = join(root, 'node_modules/.cache/rarebit', createHash('sha256').update(root).digest('hex').slice(0, 12))

/** What a change of makes each product stale, and what it builds. */
const PRODUCTS = {
  terminal: {
    inputs: [
      'engine',
      'ui',
      'wasm/abi',
      'wasm/host',
      'wasm/assembly',
      'package.json',
      'package-lock.json',
      'scripts/vite-plugins.ts',
      'vite.terminal.config.ts'
    ],
    output: 'dist-terminal/rarebit.js'
  },
  extension: {
    inputs: SOURCES,
    output: 'dist/manifest.json'
  },
  /** Stands in the extension's folder, which every build of the extension empties. */
  release: {
    inputs: SOURCES,
    output: 'dist/SHA256SUMS'
  }
}

/** Builds dist-terminal/ if it is stale; answers whether something was built. */
export function buildTerminalWhenStale({ force = false } = {}) {
  return whenStale('terminal', force, async () => {
    const { buildTerminal } = await import('./build-terminal.mjs')
    await buildTerminal()
  })
}

/** Builds dist/ if it is stale; answers whether something was built. */
export function buildExtensionWhenStale({ force = false } = {}) {
  return whenStale('extension', force, async () => {
    await buildKernels()
    const { build } = await import('vite')
    await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  })
}

/** Writes what is released into dist/ if it is stale: the one-file page, the zip, their sums. The extension stands there already. */
export function buildReleaseWhenStale({ force = false } = {}) {
  return whenStale('release', force, async () => {
    await buildKernels()
    const { buildRelease } = await import('./release/release.mjs')
    await buildRelease(root)
    // A build that holds a way out is none.
    const { assertNoWayOut } = await import('./release/bundle-gate.mjs')
    assertNoWayOut(join(root, 'dist'))
  })
}

async function whenStale(name, force, build) {
  const { inputs, output } = PRODUCTS[name]
  const fingerprint = sourceHash(root, inputs)
  const stamp = join(stampFolder, `${name}.sha256`)
  const last = await readFile(stamp, 'utf8').catch(() => '')
  if (!force && last === fingerprint && existsSync(join(root, output))) return false
  await build()
  await mkdir(stampFolder, { recursive: true })
  await writeFile(stamp, fingerprint)
  return true
}
