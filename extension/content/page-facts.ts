/** What a Kibana page says about itself in its metadata, as far as Rarebit needs it. */
import type { PageFacts } from '../messages.ts'

const NOTHING: PageFacts = { version: null, basePath: '', serverBasePath: '', airgapped: null }

/** Only these four facts of the page's metadata: it also holds settings of the user. */
export function pageFacts(): PageFacts {
  try {
    const data = JSON.parse(document.querySelector('kbn-injected-metadata')?.getAttribute('data') ?? 'null') as {
      version?: unknown
      basePath?: unknown
      serverBasePath?: unknown
      env?: { airgapped?: unknown }
    } | null
    if (!data) return NOTHING
    const path = (value: unknown) => (typeof value === 'string' && /^(\/[\w.~%-]+)*$/.test(value) ? value : '')
    return {
      version: typeof data.version === 'string' ? data.version.slice(0, 40) : null,
      basePath: path(data.basePath),
      serverBasePath: path(data.serverBasePath),
      airgapped: typeof data.env?.airgapped === 'boolean' ? data.env.airgapped : null
    }
  } catch {
    return NOTHING
  }
}
