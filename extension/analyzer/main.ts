/** The analyzer page: the app in a tab of its own; opened from a side panel it hears the same page. */
import { startEngine } from '../../engine/worker/start.ts'
import { mountApp } from '../../ui/app/mount.ts'
import { sealPage } from '../../ui/app/seal.ts'
import { SOURCE_HASH } from '../../ui/build-identity.ts'
import { saveByLink } from '../../ui/ports.ts'
import { startProofWorker } from '../../ui/prove/start-worker.ts'
import { feedOfAddress, takeOverTab } from '../tab-in-address.ts'

sealPage(window)
await takeOverTab()
mountApp(document.querySelector('#app')!, startEngine(), {
  place: 'page',
  version: chrome.runtime.getManifest().version,
  build: SOURCE_HASH,
  startProofWorker,
  saveFile: saveByLink,
  ...feedOfAddress()
})
