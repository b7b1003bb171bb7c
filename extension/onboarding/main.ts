/** The page that opens once after installation: what Rarebit does, in three steps. */
import { mount } from 'svelte'
import { sealPage } from '../../ui/app/seal.ts'
import '../../ui/app/tokens.css'
import '../../ui/app/base.css'
import { startLanguage } from '../../ui/text/language.svelte.ts'
import OnboardingView from '../../ui/views/OnboardingView.svelte'

sealPage(window)
startLanguage()
mount(OnboardingView, {
  target: document.querySelector('#app')!,
  props: {
    openAnalyzer: () => void chrome.tabs.create({ url: chrome.runtime.getURL('extension/analyzer/index.html') })
  }
})
