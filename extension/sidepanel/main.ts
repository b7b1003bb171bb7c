/** The side panel: the same app at 360 px. Closing the panel ends it, so a full tab is one press away. */
import { startEngine } from '../../engine/worker/start.ts'
import { mountApp } from '../../ui/app/mount.ts'
import { sealPage } from '../../ui/app/seal.ts'
import { SOURCE_HASH } from '../../ui/build-identity.ts'
import { saveByLink } from '../../ui/ports.ts'
import { startProofWorker } from '../../ui/prove/start-worker.ts'
import { feedOfAddress, handOverTab } from '../tab-in-address.ts'

sealPage(window)
const app = mountApp(document.querySelector('#app')!, startEngine(), {
  place: 'sidepanel',
  version: chrome.runtime.getManifest().version,
  build: SOURCE_HASH,
  startProofWorker,
  saveFile: saveByLink,
  ...feedOfAddress(),
  openFullTab: () => void openFullTab()
})

/** The same beside the same tab: what was heard and said is kept first, so that it is there as well. */
async function openFullTab(): Promise<void> {
  await app.beside?.keep()
  await handOverTab()
  await chrome.tabs.create({ url: chrome.runtime.getURL('extension/analyzer/index.html') })
}
