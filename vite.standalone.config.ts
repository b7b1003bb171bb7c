/**
 * Builds the scripts of the one-file page, one a mode, each to a single script that needs no other: `page`, `engine` and
 * `proof` (the workers), `seal` (what runs first). scripts/release/one-file.mjs puts them into one HTML file.
 *
 * Holds: nothing of the extension's build is in here, and nothing is left as an address to load.
 */
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'
import { sourceHash } from './scripts/source-hash.mjs'
import { kernelsArePresent, noPreload, wasmBytes } from './scripts/vite-plugins.ts'

const root = fileURLToPath(new URL('.', import.meta.url))
const ENTRIES: Record<string, string> = {
  page: 'ui/standalone/main.ts',
  engine: 'engine/worker/worker.ts',
  proof: 'ui/prove/worker.ts',
  seal: 'ui/app/seal-first.ts'
}

export default defineConfig(({ mode }) => ({
  root,
  publicDir: false as const,
  define: { __SOURCE_HASH__: JSON.stringify(sourceHash(root)) },
  plugins: [kernelsArePresent(), wasmBytes(), noPreload(), packedSamples(), svelte({ configFile: false })],
  resolve: { preserveSymlinks: true },
  build: {
    outDir: `dist-standalone/${mode}`,
    target: ['chrome123', 'firefox140'],
    cssCodeSplit: false,
    modulePreload: false as const,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: ENTRIES[mode] ?? '',
      output: { format: 'iife' as const, codeSplitting: false, entryFileNames: `${mode}.js` }
    }
  }
}))

/** A sample is in the file already, gzipped: its module unpacks it there. */
function packedSamples(): Plugin {
  const pattern = /\/ui\/samples\/[^/]+\?raw$/
  return {
    name: 'rarebit:packed-samples',
    enforce: 'pre',
    load(id) {
      if (!pattern.test(id)) return null
      const name = JSON.stringify(basename(id.slice(0, -'?raw'.length)))
      // A promise where the type says string: whoever imports it lazily awaits it in the same breath.
      return `import { unpackText } from '${root}ui/standalone/packed.ts'\nexport default unpackText(${name})`
    }
  }
}
