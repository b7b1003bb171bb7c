/**
 * Builds the extension into dist/ (`npm run build:extension`) and serves it with hot reload (`npm run dev`, into
 * dist-dev/, because the dev server overwrites its outDir with a manifest that any page may probe).
 *
 * `--mode fake` swaps the engine for the small one of test/helpers/fake-engine, into dist-fake/: for work on components.
 */
import { fileURLToPath } from 'node:url'
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'
import manifest from './extension/manifest.ts'
import { buildScript } from './scripts/release/one-file.mjs'
import { sourceHash } from './scripts/source-hash.mjs'
import { kernelsArePresent, noPreload, wasmBytes } from './scripts/vite-plugins.ts'

const root = fileURLToPath(new URL('.', import.meta.url))
const OUT_DIRS: Record<string, string> = { fake: 'dist-fake', development: 'dist-dev' }

export default defineConfig(({ mode }) => ({
  root,
  define: { __SOURCE_HASH__: JSON.stringify(sourceHash(root)) },
  plugins: [
    ...(mode === 'fake' ? [fakeEngine()] : [kernelsArePresent()]),
    wasmBytes(),
    noPreload(),
    svelte({ configFile: false }),
    crx({ manifest: manifest as ManifestV3Export }),
    noAccessibleResources(),
    sealFirst(),
    noTwinChunks()
  ],
  // A checkout may share its packages by a link; the build must not depend on where that points to.
  resolve: { preserveSymlinks: true },
  worker: { format: 'es' as const, plugins: () => [wasmBytes()] },
  build: {
    outDir: OUT_DIRS[mode] ?? 'dist',
    emptyOutDir: true,
    target: 'chrome123',
    // Small files stay files: a data: URL would be refused by the policy (connect-src 'none').
    assetsInlineLimit: 0,
    modulePreload: false as const,
    sourcemap: true,
    // The samples are text in the bundle: half a megabyte that is never fetched later.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      // Names without a hash: nothing is cached by name in an extension, and the hash of the service worker's chunk depended on
      // the folder of the build although its content did not.
      output: { entryFileNames: 'assets/[name].js', chunkFileNames: 'assets/[name].js' },
      input: {
        analyzer: 'extension/analyzer/index.html',
        onboarding: 'extension/onboarding/index.html',
        sidepanel: 'extension/sidepanel/index.html'
      }
    }
  },
  server: { port: 5199, strictPort: true, hmr: { port: 5199 }, cors: { origin: [/^chrome-extension:\/\//] } }
}))

/**
 * The seal as a classic script at the head of every page: it runs while the page is parsed, before any module is. The app's
 * modules call it again, for the dev server, which has no such file.
 */
function sealFirst(): Plugin {
  return {
    name: 'rarebit:seal-first',
    apply: 'build',
    async generateBundle() {
      const { code } = await buildScript(root, 'seal')
      this.emitFile({ type: 'asset', fileName: 'seal.js', source: code })
    },
    transformIndexHtml: () => [{ tag: 'script', attrs: { src: '/seal.js' }, injectTo: 'head-prepend' }]
  }
}

/** crxjs names our chunks as readable by every web page, which would let any page find out that the extension is there. */
function noAccessibleResources(): Plugin {
  const hook = {
    name: 'rarebit:no-accessible-resources',
    // Behind crxjs' own plugin of that kind, which is a post one too and stands before in the list.
    enforce: 'post' as const,
    renderCrxManifest(built: Record<string, unknown>) {
      delete built['web_accessible_resources']
      return built
    }
  }
  return hook as Plugin
}

/** crxjs bundles each content script for itself and leaves the module it came from as a chunk that nothing loads. */
function noTwinChunks(): Plugin {
  return {
    name: 'rarebit:no-twin-chunks',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const [name, chunk] of Object.entries(bundle)) {
          if (chunk.type !== 'chunk' || !chunk.facadeModuleId?.endsWith('.iife.ts')) continue
          delete bundle[name]
          delete bundle[`${name}.map`]
        }
      }
    }
  }
}

function fakeEngine(): Plugin {
  const real = `${root}engine/worker/start.ts`
  const fake = `${root}test/helpers/fake-engine/start.ts`
  return {
    name: 'rarebit:fake-engine',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!source.endsWith('worker/start.ts') || importer === fake) return null
      const found = await this.resolve(source, importer, { ...options, skipSelf: true })
      return found?.id === real ? fake : found
    }
  }
}
