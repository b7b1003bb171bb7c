/**
 * LiveStore: what the page beside the panel has loaded so far, as documents by index and id.
 *
 * In: decoded bodies in the order they were heard. Out: events as the bytes of one NDJSON input, alerts by id, and for every
 * batch where it came from. A document that is heard again replaces the earlier one unless it is known less well; the memory
 * of the store is bounded, the documents heard longest ago go first, and how many went is said.
 * Holds: a field that a view did not ask for is "not loaded" for its documents, which is another thing than null.
 */
import type { DecodedBody, LiveDocument } from '../../source/kibana/decode-body.ts'
import type { BatchInfo, FieldKnowledge, LiveView } from './live-types.ts'

/** Bytes of documents kept. */
export const MAX_LIVE_BYTES = 64 << 20
const LF = 10

interface Kept {
  document: LiveDocument
  /** Names loaded when the document is not whole. */
  loaded: ReadonlySet<string> | null
  batch: number
}

const isAlert = ({ index }: LiveDocument) => index !== null && /(^|[.-])alerts-security\.alerts/.test(index)

export class LiveStore {
  readonly batches: BatchInfo[] = []
  /** Documents that went because of the limit. */
  forgotten = 0
  /** Counts up whenever a document comes or goes. */
  version = 0
  private readonly events = new Map<string, Kept>()
  private readonly alerts = new Map<string, Kept>()
  private bytes = 0
  /** The events in the order of their lines, as last written. */
  private written: Kept[] = []

  constructor(private readonly maxBytes = MAX_LIVE_BYTES) {}

  get size(): { events: number; alerts: number; bytes: number } {
    return { events: this.events.size, alerts: this.alerts.size, bytes: this.bytes }
  }

  /** Takes the documents of one answer in; answers what is told of the batch. */
  add(body: DecodedBody, heard: { url: string; at: number; fromCluster?: boolean }): BatchInfo {
    const number = this.batches.length
    const loaded = body.loaded && new Set(body.loaded)
    const batch: BatchInfo = {
      number,
      view: body.asked.view,
      path: URL.canParse(heard.url) ? new URL(heard.url).pathname : '',
      at: heard.at,
      index: body.asked.index,
      query: body.asked.query,
      timeRange: body.asked.timeRange,
      filtered: body.asked.filtered,
      sampled: body.asked.size !== null && body.documents.length >= body.asked.size ? body.asked.size : null,
      whole: body.documents.every(({ whole }) => whole),
      documents: body.documents.length,
      added: 0,
      unreadable: body.unreadable,
      leftOut: body.leftOut,
      problem: body.problem,
      fromCluster: heard.fromCluster === true
    }
    for (const [row, document] of body.documents.entries())
      if (this.put({ document, loaded, batch: number }, row, batch)) batch.added++
    this.batches.push(batch)
    this.forgetOldest()
    return batch
  }

  private put(kept: Kept, row: number, batch: BatchInfo): boolean {
    const { document } = kept
    const map = isAlert(document) ? this.alerts : this.events
    // Rows of ES|QL without an id are known by their place in that query's answer.
    const key = document.id === null ? `row ${row} of ${batch.query ?? batch.path}` : `${document.index ?? ''}\n${document.id}`
    const known = map.get(key)
    if (known && knowsMore(known, kept)) return false
    if (known) {
      this.bytes -= known.document.line.length
      map.delete(key)
    }
    map.set(key, kept)
    this.bytes += document.line.length
    this.version++
    return !known
  }

  private forgetOldest(): void {
    for (const map of [this.events, this.alerts])
      for (const [key, { document }] of map) {
        if (this.bytes <= this.maxBytes) return
        map.delete(key)
        this.bytes -= document.line.length
        this.forgotten++
        this.version++
      }
  }

  /** All events as NDJSON, oldest heard first. */
  eventBytes(): Uint8Array<ArrayBuffer> {
    this.written = [...this.events.values()]
    return joinLines(this.written.map(({ document }) => document.line))
  }

  /** Whether an event, by its ordinal (from 1) in what was last written, was loaded without a field. */
  lacks(event: number, field: string): boolean {
    const kept = this.written[event - 1]
    return kept !== undefined && isUnknown(kept, field)
  }

  /** The view that loaded only some fields of an event; null when all of them are there. */
  partialView(event: number): LiveView | null {
    const kept = this.written[event - 1]
    if (!kept || kept.document.whole || kept.loaded === null) return null
    return this.batches[kept.batch]?.view ?? null
  }

  /** The line of an alert; null when it was not heard. */
  alertLine(id: string): { line: Uint8Array; whole: boolean } | null {
    for (const { document } of this.alerts.values()) if (document.id === id) return { line: document.line, whole: document.whole }
    return null
  }

  /** Every alert heard, newest heard last. */
  alertDocuments(): LiveDocument[] {
    return [...this.alerts.values()].map(({ document }) => document)
  }

  /** Of how many events a field was not loaded. */
  knowledgeOf(field: string): FieldKnowledge {
    let notLoaded = 0
    const views = new Set<string>()
    for (const kept of this.events.values()) {
      if (!isUnknown(kept, field)) continue
      notLoaded++
      views.add(this.batches[kept.batch]!.view)
    }
    return { field, notLoaded, events: this.events.size, views: [...views] as FieldKnowledge['views'] }
  }

  /** Everything, to be kept and given to `restore` later. */
  snapshot(): LiveSnapshot {
    const documents = [...this.events, ...this.alerts].map(([key, { document, loaded, batch }]) => ({
      key,
      document,
      loaded: loaded && [...loaded],
      batch
    }))
    return { batches: this.batches, forgotten: this.forgotten, documents }
  }

  /** Takes a snapshot in; documents heard since then stay. */
  restore(snapshot: LiveSnapshot): void {
    const first = this.batches.length
    this.batches.push(...snapshot.batches.map((batch) => ({ ...batch, number: batch.number + first })))
    this.forgotten += snapshot.forgotten
    for (const { key, document, loaded, batch } of snapshot.documents) {
      const map = isAlert(document) ? this.alerts : this.events
      if (map.has(key)) continue
      map.set(key, { document, loaded: loaded && new Set(loaded), batch: batch + first })
      this.bytes += document.line.length
    }
    this.version++
    this.forgetOldest()
  }

  clear(): void {
    this.events.clear()
    this.alerts.clear()
    this.batches.length = 0
    this.bytes = 0
    this.forgotten = 0
    this.version++
  }
}

/** Plain data; survives structured clone and IndexedDB. */
export interface LiveSnapshot {
  batches: BatchInfo[]
  forgotten: number
  documents: { key: string; document: LiveDocument; loaded: string[] | null; batch: number }[]
}

const isUnknown = ({ document, loaded }: Kept, field: string) => !document.whole && loaded !== null && !loaded.has(field)

function knowsMore(known: Kept, again: Kept): boolean {
  if (again.document.whole) return false
  return known.document.whole || (known.loaded?.size ?? Infinity) > (again.loaded?.size ?? Infinity)
}

function joinLines(lines: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lines.reduce((sum, line) => sum + line.length + 1, 0))
  let at = 0
  for (const line of lines) {
    bytes.set(line, at)
    at += line.length
    bytes[at++] = LF
  }
  return bytes
}
