/**
 * Shape checks of what comes out of a page. A page that was there before the scripts can take part in the handover, so what the
 * relay is told may be forged; and a taken-over tab may send the panel anything. What does not fit is no message.
 */
import type { BodyHead, FromPage, PageFacts } from '../messages.ts'
import type { CaptureMessage } from './wire.ts'

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null
const isText = (value: unknown): value is string => typeof value === 'string'
const isTextOrNull = (value: unknown) => value === null || isText(value)
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

const HEAD: Readonly<Record<keyof BodyHead, (value: unknown) => boolean>> = {
  id: isCount,
  method: isText,
  url: isText,
  requestBody: isTextOrNull,
  context: isTextOrNull,
  status: isCount,
  contentType: isText,
  at: Number.isFinite
}

/** Only what a head may say, in its types: a page must not pass for an answer that the analyst asked for. Null when it is none. */
export function readHead(value: unknown): BodyHead | null {
  if (!isObject(value)) return null
  const head: Json = {}
  for (const [name, fits] of Object.entries(HEAD)) {
    if (!fits(value[name])) return null
    head[name] = value[name]
  }
  return head as unknown as BodyHead
}

/** What the page's world told the relay; null when it is nothing that capture.iife.ts says. */
export function readCaptureMessage(value: unknown): CaptureMessage | null {
  if (!isObject(value)) return null
  if (value['type'] === 'open') return isCount(value['open']) ? { type: 'open', open: value['open'] } : null
  const head = readHead(value['head'])
  if (!head) return null
  if (value['type'] === 'missed') {
    const why = value['why']
    return why === 'too-large' || why === 'unreadable' ? { type: 'missed', head, why } : null
  }
  const chunks = value['chunks']
  if (value['type'] !== 'body' || !Array.isArray(chunks)) return null
  return chunks.every((chunk) => chunk instanceof ArrayBuffer) ? { type: 'body', head, chunks } : null
}

const FACTS: Readonly<Record<keyof PageFacts, (value: unknown) => boolean>> = {
  version: isTextOrNull,
  basePath: isText,
  serverBasePath: isText,
  airgapped: (value) => value === null || typeof value === 'boolean'
}
const isFacts = (value: unknown) => isObject(value) && Object.entries(FACTS).every(([name, fits]) => fits(value[name]))
const isMissed = ({ head, why }: Json) => readHead(head) !== null && ['too-large', 'unreadable', 'backlog'].includes(String(why))

/** What makes a message of its type one: `part` is looked at where parts are put together. */
const FROM_PAGE: Readonly<Record<FromPage['type'], (message: Json) => boolean>> = {
  hello: ({ url, page, late }) => isText(url) && isFacts(page) && typeof late === 'boolean',
  location: ({ url }) => isText(url),
  part: () => true,
  missed: isMissed,
  answer: ({ id, status, body }) => isCount(id) && isCount(status) && isText(body),
  failed: ({ id, message }) => isCount(id) && isText(message)
}

/** What the relay told the panel; null when it is nothing that a relay says. */
export function readFromPage(value: unknown): FromPage | null {
  if (!isObject(value)) return null
  const type = String(value['type'])
  return Object.hasOwn(FROM_PAGE, type) && FROM_PAGE[type as FromPage['type']](value) ? (value as unknown as FromPage) : null
}
