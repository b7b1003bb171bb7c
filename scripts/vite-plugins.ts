/** Vite plugins that more than one build needs: kernels as bytes in the code, a word where they are missing, no preloading. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const KERNELS = fileURLToPath(new URL('../wasm/build/kernels.wasm', import.meta.url))
const SUFFIX = '.wasm?bytes'

/**
 * `import bytes from '....wasm?bytes'` gives the file as a Uint8Array from base64 in the code. So every host has its kernels
 * at hand, and no host needs `fetch` to get at them.
 */
export function wasmBytes(): Plugin {
  return {
    name: 'rarebit:wasm-bytes',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith(SUFFIX)) return null
      const base64 = readFileSync(id.slice(0, -'?bytes'.length)).toString('base64')
      return `export default Uint8Array.from(atob(${JSON.stringify(base64)}), (character) => character.charCodeAt(0))`
    }
  }
}

/** Says what to do instead of an unresolved file deep in a bundle. */
export function kernelsArePresent(): Plugin {
  return {
    name: 'rarebit:kernels-are-present',
    buildStart() {
      if (!existsSync(KERNELS)) this.error('wasm/build/kernels.wasm is missing: run `npm run build:wasm` first')
    }
  }
}

/** A module loaded later is loaded when it is wanted: Vite's helper would add link elements that fetch ahead. */
export function noPreload(): Plugin {
  return {
    name: 'rarebit:no-preload',
    enforce: 'pre',
    load(id) {
      return id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load()' : null
    }
  }
}
