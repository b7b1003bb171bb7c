/**
 * Builds the command line to one file, dist-terminal/rarebit.js: engine, kernels (as base64 in the code) and all packages
 * in it, nothing beside it but Node.
 */
import { readFileSync } from 'node:fs'
import { defineConfig, type Plugin } from 'vite'

/** `import bytes from '....wasm?bytes'` gives the file as a Uint8Array from base64 in the code. */
function inlineWasm(): Plugin {
  const suffix = '.wasm?bytes'
  return {
    name: 'inline-wasm',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith(suffix)) return null
      const base64 = readFileSync(id.slice(0, -'?bytes'.length)).toString('base64')
      return `export default Uint8Array.from(atob(${JSON.stringify(base64)}), (character) => character.charCodeAt(0))`
    }
  }
}

export default defineConfig({
  plugins: [inlineWasm()],
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'ui/terminal/main.ts',
    outDir: 'dist-terminal',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      output: { format: 'es', entryFileNames: 'rarebit.js', codeSplitting: false, banner: '#!/usr/bin/env node' }
    }
  }
})
