/** The built-in samples, part of the bundle as text: choosing one fetches nothing. */
import manyHosts from '../samples/many-hosts.csv?raw'
import quietDay from '../samples/quiet-day.ndjson?raw'
import webShell from '../samples/web-shell.ndjson?raw'
import type { NamedBlob } from '../ports.ts'
import type { PlainKey } from '../text/text.ts'

export interface Sample {
  id: string
  title: PlainKey
  note: PlainKey
  fileName: string
  text: string
}

export const SAMPLES: readonly Sample[] = [
  {
    id: 'web-shell',
    title: 'sample.webShell',
    note: 'sample.webShell.note',
    fileName: 'sample-web-shell.ndjson',
    text: webShell
  },
  {
    id: 'quiet-day',
    title: 'sample.quietDay',
    note: 'sample.quietDay.note',
    fileName: 'sample-quiet-day.ndjson',
    text: quietDay
  },
  {
    id: 'many-hosts',
    title: 'sample.manyHosts',
    note: 'sample.manyHosts.note',
    fileName: 'sample-many-hosts.csv',
    text: manyHosts
  }
]

/** A sample as if it had been dropped. */
export function sampleFile(sample: Sample): NamedBlob {
  return { name: sample.fileName, blob: new Blob([sample.text]) }
}
