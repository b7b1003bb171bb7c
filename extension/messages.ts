/**
 * What the panel and the content script of its tab say over a runtime port.
 *
 * Bodies travel in parts: a message has a size limit, and a part at a time leaves the page its frames. Where the browser does
 * not carry ArrayBuffers over such ports (the key `message_serialization` is new), parts are base64 text; the first message
 * finds out which.
 */
import type { BodyHead, PageFacts, Question } from '../ui/ports.ts'

export type { BodyHead, PageFacts }

/** Name of the port: a content script answers no other. */
export const LISTEN_PORT = 'rarebit-listen'
/** Set in the isolated world of a page where a relay answers: a second one stays silent. */
export const RELAY_MARK = 'rarebitRelay'
/** Bytes of a part. */
export const PART_BYTES = 256 << 10

/** A question with its number: answers come back in any order. */
export interface AskRequest extends Question {
  id: number
}

export type FromPage =
  | { type: 'hello'; url: string; page: PageFacts; late: boolean; probe: unknown }
  | { type: 'location'; url: string }
  | { type: 'part'; head: BodyHead; part: number; parts: number; data: unknown }
  | { type: 'missed'; head: BodyHead; why: 'too-large' | 'unreadable' | 'backlog' }
  | { type: 'answer'; id: number; status: number; body: string }
  | { type: 'failed'; id: number; message: string }

export type FromPanel = { type: 'start'; binary: boolean } | { type: 'ask'; request: AskRequest } | { type: 'abort'; id: number }

/** What the service worker does when asked. */
export type ToBackground =
  | { type: 'register'; origin: string; fromLoad: boolean }
  | { type: 'unregister'; origin: string }
  | { type: 'inject'; tabId: number }
