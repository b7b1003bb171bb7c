/**
 * Builds the command line to one file, dist-terminal/rarebit.js: engine, kernels (as base64 in the code) and all packages
 * in it, nothing beside it but Node.
 */
import { defineConfig } from 'vite'
import { wasmBytes } from './scripts/vite-plugins.ts'

export default defineConfig({
  plugins: [wasmBytes()],
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
