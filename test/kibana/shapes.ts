/**
 * Kibana's wire shapes around documents: what the browser of each version receives from its search routes.
 *
 * `wrapped` is 8.15 to 8.17, `raw` is 8.18 and 9.x, `bsearch` the batched XHR of earlier 8.x; ES|QL answers are columns and
 * rows. Kept apart from the server so that tests of the decoders can call them.
 */
import { deflateSync, constants } from 'node:zlib'
import type { Cell, Doc } from './scenario.ts'

export type Json = Record<string, unknown>

/** `fields` as the search API answers them: every value an array. */
export function fieldsOf(doc: Doc, wanted: (name: string) => boolean = () => true): Json {
  const entries = Object.entries(doc.fields).filter(([name]) => wanted(name))
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value : [value]]))
}

/** `_source` with nested objects, as the agent sent it; alerts keep flat names. */
export function sourceOf(doc: Doc): Json {
  if (doc.index.includes('alerts')) return { ...doc.fields }
  const root: Json = {}
  for (const [name, value] of Object.entries(doc.fields)) {
    const parts = name.split('.')
    let at = root
    for (const part of parts.slice(0, -1)) at = (at[part] ??= {}) as Json
    at[parts.at(-1)!] = value
  }
  return root
}

export const hit = (doc: Doc, body: Json): Json => ({ _index: doc.index, _id: doc.id, _version: 1, _score: null, ...body })

const SHARDS = { total: 4, successful: 4, skipped: 0, failed: 0 }
const searchResponse = (hits: Json[], total: unknown = hits.length): Json => ({
  took: 7,
  timed_out: false,
  _shards: SHARDS,
  hits: { total, max_score: null, hits }
})

/** The wrapper of 8.15 to 8.17, and of the security strategies in every version. */
export const wrapped = (rawResponse: Json, more: Json = {}): Json => ({
  id: 'Fm9uZQ==',
  isPartial: false,
  isRunning: false,
  isRestored: false,
  rawResponse,
  total: 4,
  loaded: 4,
  ...more
})

/** Elasticsearch's async search body, verbatim. */
export const raw = (response: Json, more: Json = {}): Json => ({
  id: 'Fm9uZQ==',
  is_partial: false,
  is_running: false,
  start_time_in_millis: 1_795_428_400_000,
  expiration_time_in_millis: 1_795_428_460_000,
  response,
  ...more
})

/** Discover's documents. */
export const documents = (docs: readonly Doc[]): Json => searchResponse(docs.map((doc) => hit(doc, { fields: fieldsOf(doc) })))

/** The alerts table: fields it asked for and rule fields, but never the computed columns. */
export const alertsTable = (docs: readonly Doc[]): Json =>
  wrapped(searchResponse(docs.map((doc) => hit(doc, { fields: fieldsOf(doc, (name) => !name.startsWith('Esql.')) }))))

/** The flyout's document: source and all fields, twice. */
export function flyoutDetails(doc: Doc): Json {
  const full = hit(doc, { _source: sourceOf(doc), fields: fieldsOf(doc), _seq_no: 4, _primary_term: 1 })
  const data = Object.entries(fieldsOf(doc)).map(([field, values]) => ({
    category: field.split('.')[0],
    field,
    values: (values as Cell[]).map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))),
    originalValue: values,
    isObjectArray: false
  }))
  return wrapped(searchResponse([full]), {
    data,
    ecs: { _id: doc.id, _index: doc.index },
    inspect: { dsl: ['{}'] },
    rawEventData: full
  })
}

const TIMELINE_FIELDS = new Set([
  '@timestamp',
  'message',
  'event.action',
  'event.category',
  'event.dataset',
  'event.ingested',
  'host.name',
  'process.args',
  'process.command_line',
  'process.entity_id',
  'process.executable',
  'process.name',
  'process.parent.executable',
  'process.parent.name',
  'user.name'
])

/** Timeline's page of events: partial documents. */
export function timelineEvents(docs: readonly Doc[], page: number, size: number): Json {
  const shown = docs.slice(0, (page + 1) * size)
  const edges = shown.map((doc) => ({
    node: { _id: doc.id, _index: doc.index, ecs: { _id: doc.id }, data: [] },
    cursor: { value: doc.fields['@timestamp'], tiebreaker: null }
  }))
  const hits = shown.map((doc) => hit(doc, { fields: fieldsOf(doc, (name) => TIMELINE_FIELDS.has(name)) }))
  return wrapped(searchResponse(hits, docs.length), {
    edges,
    totalCount: docs.length,
    pageInfo: { activePage: page, querySize: size }
  })
}

/** One line of the batched route: base64 of a flushed deflate stream, or plain JSON. */
export function bsearchLine(id: number, result: Json, compress: boolean): string {
  const text = JSON.stringify({ id, result })
  return compress ? deflateSync(text, { finishFlush: constants.Z_SYNC_FLUSH }).toString('base64') : text
}

const DATE = new Set(['@timestamp', 'event.ingested'])
const typeOf = (name: string, value: Cell) =>
  DATE.has(name) ? 'date' : typeof value === 'number' ? 'long' : typeof value === 'boolean' ? 'boolean' : 'keyword'

/** Columns and row-major values of `FROM` over documents, columns in the order of their names. */
export function esqlAnswer(docs: readonly Doc[], wanted: (name: string) => boolean = () => true): Json {
  const names = [...new Set(docs.flatMap((doc) => Object.keys(doc.fields)))].filter(wanted).sort()
  const columns = names.map((name) => {
    const value = docs.map((doc) => doc.fields[name]).find((v) => v !== undefined)!
    return { name, type: typeOf(name, Array.isArray(value) ? value[0]! : value) }
  })
  const cell = (value: Cell | Cell[] | undefined) => (Array.isArray(value) && value.length === 1 ? value[0]! : (value ?? null))
  return esqlBody(
    columns,
    docs.map((doc) => names.map((name) => cell(doc.fields[name])))
  )
}

/** The body around columns and values. */
export const esqlBody = (columns: Json[], values: unknown[][]): Json => ({
  id: 'FmVzcWw=',
  took: 14,
  is_partial: false,
  is_running: false,
  documents_found: values.length,
  values_loaded: values.length * columns.length,
  all_columns: columns,
  columns,
  values
})
