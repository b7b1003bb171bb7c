/** The side panel: the same app at 360 px. Closing the panel ends it, so a full tab is one press away. */
import { startEngine } from '../../engine/worker/client.ts'
import { mountApp } from '../../ui/app/mount.ts'
import { sealPage } from '../../ui/app/seal.ts'
import { saveByLink } from '../../ui/ports.ts'

sealPage(window)
mountApp(document.querySelector('#app')!, startEngine(), {
  place: 'sidepanel',
  version: chrome.runtime.getManifest().version,
  saveFile: saveByLink,
  openFullTab: () => void chrome.tabs.create({ url: chrome.runtime.getURL('extension/analyzer/index.html') })
})
