/**
 * LiveFeed: hearing as the session offers it. Bodies go in; what is loaded, an alert in view and the events as an input come out.
 */
import { parseQuery } from '../../language/parser.ts'
import { decodeBody, type BodyHead, type DecodedBody, SearchMemory } from '../../source/kibana/decode-body.ts'
import { AlertDocument } from './alert-document.ts'
import { type AlertHost, alertCase } from './alert-case.ts'
import { type LiveSnapshot, LiveStore } from './live-store.ts'
import type { AlertCase, BatchInfo, FieldKnowledge, LiveSummary } from './live-types.ts'

export type { BodyHead, LiveSnapshot }

/** Name of the input that the heard events are. */
export const LIVE_INPUT = 'loaded by Kibana.ndjson'

/** Batches that a summary lists, the newest. */
const MAX_TOLD_BATCHES = 100

export class LiveFeed {
  readonly store = new LiveStore()
  private readonly memory = new SearchMemory()

  constructor(private readonly host: AlertHost) {}

  /** Takes one answer in; answers what is told of its batches. Nothing a page sends makes it throw. */
  async hear(head: BodyHead, bytes: Uint8Array): Promise<BatchInfo[]> {
    const bodies = await decodeBody(head, bytes, this.memory)
    // A running search comes again; a rule page says nothing that its alerts do not carry.
    return bodies.filter(({ running, rule }) => !running && rule === null).map((body) => this.store.add(eventsOnly(body), head))
  }

  summary(): LiveSummary {
    const { events, bytes } = this.store.size
    const alerts = this.store
      .alertDocuments()
      .map((document) => AlertDocument.of(document)?.info())
      .filter((info) => info !== undefined)
    const { batches, forgotten } = this.store
    return { events, alerts, batches: batches.slice(-MAX_TOLD_BATCHES), heard: batches.length, bytes, forgotten }
  }

  alert(id: string): Promise<AlertCase | null> {
    return alertCase(this.store, id, this.host)
  }

  /** Of the fields a query reads: those that some events were loaded without. */
  notLoaded(fields: readonly string[]): FieldKnowledge[] {
    return fields.map((field) => this.store.knowledgeOf(field)).filter(({ notLoaded }) => notLoaded > 0)
  }
}

/** Rows of an ES|QL query that aggregates are no events, and must not be counted as such. */
function eventsOnly(body: DecodedBody): DecodedBody {
  const { query } = body.asked
  if (query === null || body.documents.length === 0) return body
  const aggregates = parseQuery(query).query?.commands.some((command) => command.type === 'stats' && !command.inline)
  return aggregates ? { ...body, documents: [] } : body
}
