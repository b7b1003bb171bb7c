/**
 * What the app asks of its surroundings. The extension's pages, the one-file page and tests each hand in their own.
 */
export interface NamedBlob {
  name: string
  blob: Blob
}

export interface HostPorts {
  /** Where the app runs: decides which controls make sense. */
  place: 'page' | 'sidepanel'
  /** Version shown in the about line. */
  version: string
  saveFile(name: string, blob: Blob): void
  /** Opens the app in a tab of its own; absent where it is one. */
  openFullTab?(): void
}

/** Saves by a Blob URL and a link that is clicked and forgotten: works without any permission. */
export function saveByLink(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser takes the URL over asynchronously; a minute is ample for a local blob.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
