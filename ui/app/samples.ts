/** The built-in samples, part of the package: read when one is chosen, from a script of ours and never from the network. */
import type { NamedBlob } from '../ports.ts'
import type { PlainKey } from '../text/text.ts'

export interface Sample {
  id: string
  title: PlainKey
  note: PlainKey
  fileName: string
  text(): Promise<string>
}

export const SAMPLES: readonly Sample[] = [
  {
    id: 'web-shell',
    title: 'sample.webShell',
    note: 'sample.webShell.note',
    fileName: 'sample-web-shell.ndjson',
    text: async () => (await import('../samples/web-shell.ndjson?raw')).default
  },
  {
    id: 'web-shell-audit',
    title: 'sample.auditLog',
    note: 'sample.auditLog.note',
    fileName: 'sample-web-shell.audit.log',
    text: async () => (await import('../samples/web-shell.audit.log?raw')).default
  },
  {
    id: 'quiet-day',
    title: 'sample.quietDay',
    note: 'sample.quietDay.note',
    fileName: 'sample-quiet-day.ndjson',
    text: async () => (await import('../samples/quiet-day.ndjson?raw')).default
  },
  {
    id: 'many-hosts',
    title: 'sample.manyHosts',
    note: 'sample.manyHosts.note',
    fileName: 'sample-many-hosts.csv',
    text: async () => (await import('../samples/many-hosts.csv?raw')).default
  }
]

/** A sample as if it had been dropped. */
export async function sampleFile(sample: Sample): Promise<NamedBlob> {
  return { name: sample.fileName, blob: new Blob([await sample.text()]) }
}
