/**
 * Decoder: the bytes of one answer that Kibana's page received -> documents as lines, and what is known of where they come from.
 *
 * In: untrusted bytes and head. Out: one DecodedBody an answer (a batch of the old route has several). Nothing here throws for
 * what a page may send; what cannot be read is counted and named.
 * A document becomes `{"_index":..,"_id":..,"_version":..,"_source":{..}}` on one line, its values copied verbatim, which the
 * readers know; `fields` of a hit serve as its source, because they hold every value in a list under its full name.
 */
import { inflateLine } from './inflate-line.ts'
import { readAnswer, type Answer } from './answer.ts'
import { type Asked, readRequest, signalsRequest } from './request.ts'
import { elementsOf, isArray, isObject, JsonDamage, memberOf, membersOf, rootSlice, type Slice, textOf } from './json-slices.ts'

/** What is known of an answer besides its body. Everything in it comes from the page. */
export interface BodyHead {
  method: string
  url: string
  requestBody: string | null
  context: string | null
  status: number
  contentType: string
  /** Epoch milliseconds. */
  at: number
  /** Set by the panel alone, for an answer to a question that the analyst sent. */
  fromCluster?: boolean
}

export interface LiveDocument {
  index: string | null
  id: string | null
  /** One line of NDJSON without its end. */
  line: Uint8Array
  /** The source itself, or all fields: what is absent here is absent in the document. */
  whole: boolean
}

export interface DecodedBody {
  asked: Asked
  /** Names known to be loaded when documents are not whole: asked for, or seen in some document. */
  loaded: readonly string[] | null
  documents: LiveDocument[]
  /** Hits that are no documents. */
  unreadable: number
  /** Hits beyond what is looked at. */
  leftOut: number
  running: boolean
  searchId: string | null
  /** Why there is nothing, in words; null when the answer was read. */
  problem: string | null
  /** The rule that a rule page loaded, verbatim. */
  rule: string | null
}

/** Longest line kept, and longest id or index name. */
const MAX_LINE_BYTES = 4 << 20
const MAX_NAME = 512
/** Kibana sends 25 at most. */
const MAX_BATCH = 100
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Requests of searches that were answered with "running", by their id. */
export class SearchMemory {
  private readonly asked = new Map<string, Asked>()

  /** A poll carries no query: the first request of its search says what was asked. */
  resolve(strategy: string, searchId: string | null, body: unknown): Asked {
    return (searchId === null ? undefined : this.asked.get(searchId)) ?? readRequest(strategy, body)
  }

  remember(searchId: string | null, asked: Asked): void {
    if (searchId === null) return
    this.asked.set(searchId, asked)
    if (this.asked.size > 200) this.asked.delete(this.asked.keys().next().value!)
  }
}

type BatchItem = { request?: unknown; options?: { strategy?: unknown } } | null

/** Decodes one body. */
export async function decodeBody(head: BodyHead, bytes: Uint8Array, memory: SearchMemory): Promise<DecodedBody[]> {
  const path = pathOf(head.url)
  const request = parsed(head.requestBody)
  if (head.status >= 400) return [failed(`Kibana answered with status ${head.status}`)]
  if (path.endsWith('/internal/bsearch')) return decodeLines(bytes, request, memory)
  if (path.endsWith('/api/detection_engine/rules')) return [guarded(() => ruleBody(bytes))]
  const search = /\/internal\/search\/([A-Za-z0-9_]+)(?:\/([^/]+))?$/.exec(path)
  const asked = search ? memory.resolve(search[1]!, search[2] ? decoded(search[2]) : null, request) : signalsRequest(request)
  return [guarded(() => answerBody(bytes, asked, memory))]
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : ''
}

/** A page may ask for any path, one with half an escape too. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

const failed = (problem: string, asked = readRequest('', null)): DecodedBody => ({
  asked,
  loaded: null,
  documents: [],
  unreadable: 0,
  leftOut: 0,
  running: false,
  searchId: null,
  problem,
  rule: null
})

function guarded(decode: () => DecodedBody): DecodedBody {
  try {
    return decode()
  } catch (error) {
    if (error instanceof JsonDamage) return failed(`the answer is no whole JSON text: ${error.message}`)
    throw error
  }
}

/** The old batched route: a line an answer, each with the number of its request. */
async function decodeLines(bytes: Uint8Array, request: unknown, memory: SearchMemory): Promise<DecodedBody[]> {
  const batch = (request as { batch?: unknown } | null)?.batch
  const requests = Array.isArray(batch) ? (batch as unknown[]) : []
  const lines = decoder
    .decode(bytes)
    .split('\n')
    .filter((line) => line.trim() !== '')
  const texts = lines.slice(0, MAX_BATCH).map((line) => (line.startsWith('{') ? encoder.encode(line) : inflateLine(line)))
  const bodies = (await Promise.all(texts)).map((text) =>
    text === null ? failed('a line of the batch is damaged') : guarded(() => lineBody(text, requests, memory))
  )
  const more = lines.length - texts.length
  return more > 0 ? [...bodies, failed(`${more} more answers of the batch, of which ${MAX_BATCH} are read`)] : bodies
}

function lineBody(text: Uint8Array, requests: readonly unknown[], memory: SearchMemory): DecodedBody {
  const root = rootSlice(text)
  const one = requests[Number(rawText(text, memberOf(text, root, 'id') ?? undefined))] as BatchItem | undefined
  const asked = readRequest(String(one?.options?.strategy ?? ''), one?.request)
  const result = memberOf(text, root, 'result')
  if (!result) return failed('a request of the batch failed', asked)
  return answerBody(text.subarray(result.start, result.end), asked, memory)
}

function ruleBody(bytes: Uint8Array): DecodedBody {
  const text = decoder.decode(bytes)
  return { ...failed('', readRequest('', null)), problem: null, rule: text.length <= MAX_LINE_BYTES ? text : null }
}

function answerBody(bytes: Uint8Array, asked: Asked, memory: SearchMemory): DecodedBody {
  if (!isObject(bytes, rootSlice(bytes))) return failed('the answer is no JSON object', asked)
  const answer = readAnswer(bytes)
  memory.remember(answer.searchId, asked)
  const { running, searchId, leftOut } = answer
  const body: DecodedBody = { ...failed('', asked), problem: null, running, searchId, leftOut }
  if (answer.error !== null) return { ...body, problem: `Elasticsearch refused: ${answer.error.slice(0, 500)}` }
  // What a running search has so far comes again, whole, with its end.
  if (answer.running) return body
  if (answer.hits) return hitsBody(bytes, answer.hits, body)
  if (answer.table) return tableBody(bytes, answer.table, body)
  return { ...body, problem: 'the answer holds neither hits nor columns' }
}

function hitsBody(bytes: Uint8Array, hits: readonly Slice[], body: DecodedBody): DecodedBody {
  const seen = new Set(body.asked.fields ?? [])
  for (const hit of hits) {
    const document = hitDocument(bytes, hit, body.asked, seen)
    if (document) body.documents.push(document)
    else body.unreadable++
  }
  return { ...body, loaded: body.asked.fields === null ? null : [...seen] }
}

function hitDocument(bytes: Uint8Array, hit: Slice, asked: Asked, seen: Set<string>): LiveDocument | null {
  if (!isObject(bytes, hit)) return null
  const parts = new Map<string, Slice>()
  for (const [name, value] of membersOf(bytes, hit)) if (!parts.has(name)) parts.set(name, value)
  const name = (key: string) => {
    const value = parts.get(key) ? textOf(bytes, parts.get(key)!) : null
    return value !== null && value.length <= MAX_NAME ? value : null
  }
  const source = parts.get('_source')
  const hasSource = source !== undefined && isObject(bytes, source) && source.end - source.start > 2
  const content = hasSource ? source : parts.get('fields')
  if (!content || !isObject(bytes, content) || content.end - content.start > MAX_LINE_BYTES) return null
  if (!hasSource && asked.fields !== null) for (const [field] of membersOf(bytes, content)) seen.add(field)
  const index = name('_index')
  const id = name('_id')
  return {
    index,
    id,
    line: lineOf(index, id, rawText(bytes, parts.get('_version')), bytes.subarray(content.start, content.end)),
    whole: hasSource || asked.fields === null
  }
}

const rawText = (bytes: Uint8Array, slice: Slice | undefined) =>
  slice ? decoder.decode(bytes.subarray(slice.start, slice.end)) : ''

/** The line of a document: its names, and its content verbatim. */
function lineOf(index: string | null, id: string | null, version: string, content: Uint8Array): Uint8Array {
  const names = [
    index !== null && `"_index":${JSON.stringify(index)},`,
    id !== null && `"_id":${JSON.stringify(id)},`,
    /^\d{1,18}$/.test(version) && `"_version":${version},`
  ]
  return oneLine(`{${names.filter(Boolean).join('')}"_source":`, content, '}')
}

/** Line ends stand outside strings in JSON: blanks serve as well. */
function oneLine(before: string, content: Uint8Array, behind: string): Uint8Array {
  const head = encoder.encode(before)
  const line = new Uint8Array(head.length + content.length + behind.length)
  line.set(head)
  line.set(content, head.length)
  line.set(encoder.encode(behind), head.length + content.length)
  for (let i = head.length; i < line.length; i++) if (line[i] === 10 || line[i] === 13) line[i] = 32
  return line
}

/** Rows of an ES|QL answer as documents, where its query did not aggregate; what it did not keep was not loaded. */
function tableBody(bytes: Uint8Array, table: NonNullable<Answer['table']>, body: DecodedBody): DecodedBody {
  const names = table.columns.map(({ name }) => name)
  for (const row of table.rows) {
    const document = rowDocument(bytes, row, names)
    if (document) body.documents.push(document)
    else body.unreadable++
  }
  return { ...body, loaded: table.allColumns }
}

const METADATA = new Set(['_index', '_id', '_version'])

function rowDocument(bytes: Uint8Array, row: Slice, names: readonly string[]): LiveDocument | null {
  if (!isArray(bytes, row)) return null
  const metadata = new Map<string, Slice>()
  const parts: string[] = []
  let column = 0
  for (const cell of elementsOf(bytes, row)) {
    const name = names[column++]
    if (name === undefined) return null
    if (METADATA.has(name)) metadata.set(name, cell)
    else if (bytes[cell.start] !== 0x6e)
      parts.push(`${JSON.stringify(name)}:${decoder.decode(bytes.subarray(cell.start, cell.end))}`)
  }
  if (column !== names.length) return null
  const content = encoder.encode(`{${parts.join(',')}}`)
  if (content.length > MAX_LINE_BYTES) return null
  const text = (name: string) => (metadata.has(name) ? textOf(bytes, metadata.get(name)!) : null)
  const index = text('_index')
  const id = text('_id')
  return { index, id, line: lineOf(index, id, rawText(bytes, metadata.get('_version')), content), whole: false }
}
