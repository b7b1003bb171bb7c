/**
 * Detection: what an input is, from its first bytes alone; never asked, never told by its name.
 *
 * In:   the head of the decompressed input, cut anywhere (64 KiB or more). Out: a Detection.
 * Holds: a damaged first line, blank lines or garbage between lines do not hide what the others are. UTF-8 is assumed unless
 *        the head is clearly UTF-16; a line with invalid UTF-8 costs itself only.
 */
import { parseAction } from './bulk-action.ts'
import { readHeader, rowEnd, separatorLine, separatorName } from './csv-format.ts'
import { knownFile } from './file-magic.ts'
import { isInterpreted, parseRecord } from './readers/audit-log-line.ts'
import { isWholeLine, rootKeys, shapeOf, skipSpace, valueEnd } from './json-outline.ts'
import { NEED_MORE } from './json-value.ts'
import type { Detection, DocumentShape, InputKind } from './record-reader.ts'
import { ResponseOutline } from './response-outline.ts'
import { headToUtf8, type Encoding } from './text-encoding.ts'

/** Bytes of an input that are worth looking at. */
export const DETECTION_BYTES = 262144
/** Lines looked at when the first does not tell. */
const LINES_TRIED = 200

const LF = 10
const CR = 13
const OPEN_BRACE = 123
const OPEN_BRACKET = 91

type Finding = { kind: InputKind; shape: DocumentShape; description: string }

const DESCRIPTIONS: Record<InputKind, string> = {
  ndjson: 'one JSON document a line',
  'hits-ndjson': 'one hit of a search a line',
  'json-array': 'a JSON array of documents',
  'json-concatenated': 'JSON documents one after another',
  'search-response': 'a search response',
  bulk: 'a file for the bulk API: an action line, then its document',
  csv: 'CSV with a header of field names',
  'audit-log': 'Linux audit records, joined to events',
  empty: 'empty',
  unknown: 'not an event log'
}

const ENCODING_NAMES: Record<Encoding, string> = {
  'utf-8': '',
  'utf-16le': ', UTF-16',
  'utf-16be': ', UTF-16 big-endian',
  'latin-1': ', Latin-1'
}

/** Says what the input beginning with `head` is. */
export function detect(head: Uint8Array): Detection {
  const { encoding, bomBytes } = detectEncoding(head)
  const body = head.subarray(bomBytes)
  const text = encoding === 'utf-16le' || encoding === 'utf-16be' ? headToUtf8(body, encoding) : body
  const finding = find(text)
  const description = `${finding.description}${ENCODING_NAMES[encoding]}`
  const detection: Detection = { kind: finding.kind, shape: finding.shape, encoding, bomBytes, description }
  if (!text.includes(LF) && endsLinesWithCr(text)) detection.lineEnd = 'cr'
  return detection
}

/** A head with CR but no LF at all; one CR at the very end may be half of a CRLF. */
function endsLinesWithCr(text: Uint8Array): boolean {
  const first = text.indexOf(CR)
  return first >= 0 && first < text.length - 1
}

function detectEncoding(head: Uint8Array): { encoding: Encoding; bomBytes: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bomBytes: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bomBytes: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bomBytes: 2 }
  // Without a mark: text that is mostly ASCII has a zero in every second byte.
  const zeros: [number, number] = [0, 0]
  const looked = Math.min(head.length, 4096) & ~1
  for (let i = 0; i < looked; i++) if (head[i] === 0) zeros[(i & 1) as 0 | 1]++
  const half = looked / 2
  if (half >= 2 && zeros[1] > 0.7 * half && zeros[0] < 0.05 * half) return { encoding: 'utf-16le', bomBytes: 0 }
  if (half >= 2 && zeros[0] > 0.7 * half && zeros[1] < 0.05 * half) return { encoding: 'utf-16be', bomBytes: 0 }
  return { encoding: 'utf-8', bomBytes: 0 }
}

function found(kind: InputKind, shape: DocumentShape = 'plain', description = DESCRIPTIONS[kind]): Finding {
  return { kind, shape, description: shape === 'plain' || kind === 'hits-ndjson' ? description : describeHits(kind, description) }
}

function describeHits(kind: InputKind, description: string): string {
  return kind === 'json-array' ? 'a JSON array of hits' : kind === 'json-concatenated' ? 'hits one after another' : description
}

function find(text: Uint8Array): Finding {
  const start = skipSpace(text, 0, text.length)
  if (start === text.length) return found('empty')
  const magic = knownFile(text)
  if (magic) return found('unknown', 'plain', magic)
  const first = text[start]!
  const direct = first === OPEN_BRACE ? findFromObject(text, start) : first === OPEN_BRACKET ? findFromArray(text, start) : null
  return direct ?? findFromLines(text, start) ?? findAuditLog(text, start) ?? findCsv(text, start) ?? unknown(text)
}

function findFromArray(text: Uint8Array, start: number): Finding | null {
  const element = skipSpace(text, start + 1, text.length)
  if (element === text.length) return found('json-array')
  if (text[element] === OPEN_BRACE) return found('json-array', shapeOf(text, element, text.length))
  return text[element] === 93 ? found('json-array') : null
}

function findFromObject(text: Uint8Array, start: number): Finding | null {
  const end = valueEnd(text, start, text.length)
  if (end > 0) return findFromWhole(text, start, end)
  if (end !== NEED_MORE) return null
  // The head ends inside the first value.
  if (holdsHits(text, start, text.length) || looksLikeResponse(text, start)) return response(text, start)
  const lined = hasLineEnd(text, start, text.length)
  return document(lined ? 'json-concatenated' : 'ndjson', shapeOf(text, start, text.length))
}

/** The first value is complete: what follows it tells one-a-line from one-after-another. */
function findFromWhole(text: Uint8Array, start: number, end: number): Finding {
  if (holdsHits(text, start, end) || looksLikeResponse(text, start)) return response(text, start)
  if (parseAction(text, start, end) && isFollowedByDocument(text, start, end)) return found('bulk', 'hit-source')
  const shape = shapeOf(text, start, end)
  if (hasLineEnd(text, start, end)) return document('json-concatenated', shape)
  let next = end
  while (next < text.length && (text[next] === 32 || text[next] === 9)) next++
  const endsLine = next === text.length || text[next] === LF || text[next] === CR
  // One object a line is followed by a line end; a comma or another object is the other form; anything else is damage.
  return document(endsLine || (text[next] !== 44 && text[next] !== OPEN_BRACE) ? 'ndjson' : 'json-concatenated', shape)
}

function document(kind: 'ndjson' | 'json-concatenated', shape: DocumentShape): Finding {
  return found(kind === 'ndjson' && shape !== 'plain' ? 'hits-ndjson' : kind, shape)
}

function isFollowedByDocument(text: Uint8Array, start: number, end: number): boolean {
  const action = parseAction(text, start, end)
  const next = skipSpace(text, end, text.length)
  return action?.name === 'delete' || next === text.length || text[next] === OPEN_BRACE
}

function hasLineEnd(text: Uint8Array, start: number, end: number): boolean {
  const part = text.subarray(start, end)
  return part.includes(LF) || part.includes(CR)
}

/** Whether the array of hits of a search response begins in the head. */
function holdsHits(text: Uint8Array, start: number, end: number): boolean {
  return hitsStart(text, start, end) >= 0
}

function hitsStart(text: Uint8Array, start: number, end: number): number {
  const outline = new ResponseOutline()
  for (let i = start; i < end; i++) if (outline.feed(text[i]!)) return i + 1
  return -1
}

/** A response whose hits stand behind the head (large aggregations first). */
function looksLikeResponse(text: Uint8Array, start: number): boolean {
  const keys = rootKeys(text, start, text.length)
  if (keys.has('took') && (keys.has('timed_out') || keys.has('_shards') || keys.has('aggregations'))) return true
  return keys.get('rawResponse') === OPEN_BRACE || (keys.get('response') === OPEN_BRACE && keys.has('is_partial'))
}

function response(text: Uint8Array, start: number): Finding {
  const at = hitsStart(text, start, text.length)
  const first = at < 0 ? text.length : skipSpace(text, at, text.length)
  const shape = text[first] === OPEN_BRACE ? shapeOf(text, first, text.length) : 'hit-source'
  return found('search-response', shape === 'plain' ? 'hit-source' : shape)
}

/** The first lines do not tell: one that is a whole document does. */
function findFromLines(text: Uint8Array, from: number): Finding | null {
  let at = from
  for (let tried = 0; tried < LINES_TRIED && at < text.length; tried++) {
    const end = lineEndFrom(text, at)
    const start = skipSpace(text, at, end)
    if (isWholeLine(text, start, end)) {
      if (parseAction(text, start, end)) return found('bulk', 'hit-source')
      return holdsHits(text, start, end) ? response(text, start) : document('ndjson', shapeOf(text, start, end))
    }
    // A brace alone in the first column opens a pretty-printed document.
    if (text[at] === OPEN_BRACE && skipSpace(text, at + 1, end) === end && valueEnd(text, at, text.length) > 0)
      return document('json-concatenated', shapeOf(text, at, text.length))
    at = end + 1
  }
  return null
}

/** One line that is a record of the audit log tells; damaged ones and what `ausearch` prints between events do not hide it. */
function findAuditLog(text: Uint8Array, from: number): Finding | null {
  let interpreted = false
  for (let tried = 0, at = from; tried < LINES_TRIED && at < text.length; tried++) {
    const end = lineEndFrom(text, at)
    const start = skipSpace(text, at, end)
    const line = AUDIT_HEAD.decode(text.subarray(start, Math.min(end, start + AUDIT_HEAD_BYTES)))
    if (parseRecord(line)) return found('audit-log')
    interpreted ||= isInterpreted(line)
    at = end + 1
  }
  return interpreted ? found('unknown', 'plain', INTERPRETED) : null
}

const AUDIT_HEAD = new TextDecoder('latin1')
const AUDIT_HEAD_BYTES = 512
const INTERPRETED =
  'audit records as "ausearch -i" prints them for the eye, which cannot be read back; use audit.log or "ausearch --raw"'

function lineEndFrom(text: Uint8Array, from: number): number {
  for (let i = from; i < text.length; i++) if (text[i] === LF || text[i] === CR) return i
  return text.length
}

function findCsv(text: Uint8Array, start: number): Finding | null {
  let at = start
  let end = rowEnd(text, at, text.length)
  const forced = separatorLine(text.subarray(at, end < 0 ? text.length : end))
  if (forced !== null && end >= 0) {
    at = skipSpace(text, end, text.length)
    end = rowEnd(text, at, text.length)
  }
  if (end < 0) end = text.length
  const nextStart = skipSpace(text, end, text.length)
  const nextEnd = rowEnd(text, nextStart, text.length)
  const next = nextStart < text.length ? text.subarray(nextStart, nextEnd < 0 ? text.length : nextEnd) : null
  const header = readHeader(text.subarray(at, end), next, forced)
  return header && found('csv', 'plain', `${DESCRIPTIONS.csv}, separated by ${separatorName(header.separator)}`)
}

function unknown(text: Uint8Array): Finding {
  let controls = 0
  const looked = Math.min(text.length, 4096)
  for (let i = 0; i < looked; i++) if (text[i]! < 32 && text[i] !== 9 && text[i] !== LF && text[i] !== CR) controls++
  const binary = controls > looked / 100
  return found(
    'unknown',
    'plain',
    binary ? 'binary data' : 'text in none of the known forms (JSON, CSV with field names, Linux audit records)'
  )
}
