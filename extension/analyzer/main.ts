/** The analyzer page: the app in a tab of its own. */
import { startEngine } from '../../engine/worker/start.ts'
import { mountApp } from '../../ui/app/mount.ts'
import { sealPage } from '../../ui/app/seal.ts'
import { SOURCE_HASH } from '../../ui/build-identity.ts'
import { saveByLink } from '../../ui/ports.ts'
import { startProofWorker } from '../../ui/prove/start-worker.ts'

sealPage(window)
mountApp(document.querySelector('#app')!, startEngine(), {
  place: 'page',
  version: chrome.runtime.getManifest().version,
  build: SOURCE_HASH,
  startProofWorker,
  saveFile: saveByLink
})
