/**
 * The one-file page: the app of the extension's analyzer in a single HTML file, opened from a disk or a stick. Its host hands in
 * what needs no browser API of an extension: the engine's worker comes out of the file, files are saved by a link.
 */
import { connectEngine, TrustedWorker } from '../../engine/worker/client.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { mountApp } from '../app/mount.ts'
import { SOURCE_HASH } from '../build-identity.ts'
import { saveByLink } from '../ports.ts'
import { text } from '../text/text.ts'
import { unpackScript } from './packed.ts'

const target = document.querySelector('#app')!

async function start(): Promise<void> {
  const worker = new TrustedWorker(await unpackScript('engine'), { name: 'rarebit-engine' })
  target.replaceChildren()
  mountApp(target, connectEngine(worker), {
    place: 'page',
    version: packageJson.version,
    build: SOURCE_HASH,
    saveFile: saveByLink,
    startProofWorker: async () => new TrustedWorker(await unpackScript('proof'), { name: 'rarebit-proof' })
  })
}

start().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error)
  target.replaceChildren(text('standalone.failed', { reason }))
})
