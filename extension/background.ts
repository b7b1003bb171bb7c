/** The service worker: one duty, opening the panel. `open` must be called synchronously inside the user's gesture. */
chrome.action.onClicked.addListener((tab) => {
  void chrome.sidePanel.open({ windowId: tab.windowId })
})
