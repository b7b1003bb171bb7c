/**
 * What the two content scripts say to each other over the private MessagePort, and what is listened to.
 *
 * Both scripts are bundled each for itself, so this file holds constants and types only.
 */

import type { BodyHead } from '../../ui/ports.ts'

export type { BodyHead }

/** Name of the one synchronous event that hands the port over. It carries nothing and is taken before any script of the page. */
export const HANDOVER = 'rarebit-port'
/** Dispatched by the isolated world when it starts: which of the two scripts the browser runs first is not promised. */
export const READY = 'rarebit-ready'
/** Dispatched inside the handover when copies are wanted from the page's load on. */
export const FROM_LOAD = 'rarebit-from-load'

/** Bodies above this are not copied; the panel is told. */
export const MAX_BODY_BYTES = 64 << 20

/** Routes of Kibana whose answers hold events, alerts or rules: matched at the end of the path, so base path and space do not matter. */
const ROUTES: readonly RegExp[] = [
  /\/internal\/search\/[A-Za-z0-9_]+(?:\/[^/]+)?$/,
  /\/internal\/bsearch$/,
  /\/api\/detection_engine\/rules$/,
  /\/api\/detection_engine\/signals\/search$/
]

/** Whether an answer from this path is worth a copy. */
export function isListenedTo(pathname: string): boolean {
  for (let i = 0; i < ROUTES.length; i++) if (ROUTES[i]!.test(pathname)) return true
  return false
}

export type CaptureMessage =
  | { type: 'body'; head: BodyHead; chunks: ArrayBuffer[] }
  | { type: 'missed'; head: BodyHead; why: 'too-large' | 'unreadable' }
  /** How many answers the page waits for or reads just now. */
  | { type: 'open'; open: number }

/** From the isolated world to the page's: copy, or be inert. */
export interface CaptureCommand {
  armed: boolean
}
