/** The side panel: the same app at 360 px. Closing the panel ends it, so a full tab is one press away. */
import { startEngine } from '../../engine/worker/start.ts'
import { mountApp } from '../../ui/app/mount.ts'
import { sealPage } from '../../ui/app/seal.ts'
import { SOURCE_HASH } from '../../ui/build-identity.ts'
import { saveByLink } from '../../ui/ports.ts'
import { startProofWorker } from '../../ui/prove/start-worker.ts'
import { KibanaFeed } from './kibana-feed.ts'

sealPage(window)
// The service worker writes the tab into the panel's address; without one this is the app alone.
const parameters = new URLSearchParams(location.search)
const tabId = Number(parameters.get('tab'))
mountApp(document.querySelector('#app')!, startEngine(), {
  place: 'sidepanel',
  version: chrome.runtime.getManifest().version,
  build: SOURCE_HASH,
  startProofWorker,
  saveFile: saveByLink,
  ...(tabId > 0 && { feed: new KibanaFeed(tabId, parameters.get('url')) }),
  openFullTab: () => void chrome.tabs.create({ url: chrome.runtime.getURL('extension/analyzer/index.html') })
})
