/**
 * Puts the parts of a body together. The relay sends one body after another, each part by part in order; whatever comes in
 * another way (a part left out, sent twice, of another count, too large, no bytes) was not sent by it, and the body is dropped.
 *
 * In: `part` messages, untrusted. Out: whole bodies, and the heads of those that were dropped.
 */
import type { FeedHandlers } from '../../ui/ports.ts'
import { joined } from '../bytes.ts'
import { readHead } from '../content/heard-message.ts'
import { MAX_BODY_BYTES } from '../content/wire.ts'
import { type BodyHead, PART_BYTES } from '../messages.ts'

const MAX_PARTS = Math.ceil(MAX_BODY_BYTES / PART_BYTES)

export class BodyParts {
  /** The body whose parts come just now. */
  private open: { head: BodyHead; parts: number; have: Uint8Array[] } | null = null
  /** The body that was dropped last: it is told once, however many parts of it follow. */
  private dropped: number | null = null

  constructor(private readonly handlers: Pick<FeedHandlers, 'heard' | 'missed'>) {}

  /** Takes one part in. */
  add({ head: told, part, parts, data }: { head: unknown; part: unknown; parts: unknown; data: unknown }): void {
    const head = readHead(told)
    if (!head) return this.drop(null)
    if (part === 0) this.begin(head, parts)
    if (this.open?.head.id !== head.id) return this.drop(head)
    const { have, parts: count } = this.open
    const bytes = have.length === part && parts === count ? bytesOf(data, have.length === count - 1) : null
    if (!bytes) return this.drop(head)
    have.push(bytes)
    if (have.length < count) return
    this.handlers.heard({ head: this.open.head, bytes: joined(have) })
    this.open = null
  }

  /** The port closed: what was begun comes again from its first part, or never. */
  clear(): void {
    this.open = null
    this.dropped = null
  }

  private begin(head: BodyHead, parts: unknown): void {
    if (this.open?.head.id === head.id) return
    this.drop(null)
    if (isCount(parts)) this.open = { head, parts, have: [] }
  }

  /** Lets go of the body that is begun, and of the one that `head` speaks of. */
  private drop(head: BodyHead | null): void {
    const open = this.open
    this.open = null
    for (const one of open && head && open.head.id !== head.id ? [open.head, head] : [open?.head ?? head]) {
      if (!one || one.id === this.dropped) continue
      this.dropped = one.id
      this.handlers.missed({ head: one, why: 'unreadable' })
    }
  }
}

const isCount = (parts: unknown): parts is number => Number.isInteger(parts) && Number(parts) >= 1 && Number(parts) <= MAX_PARTS

/** The bytes of a part; null when they are none, or not as many as the relay puts there: every part but the last is full. */
function bytesOf(data: unknown, last: boolean): Uint8Array | null {
  const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : typeof data === 'string' ? bytesOfBase64(data) : null
  return bytes && (last ? bytes.length <= PART_BYTES : bytes.length === PART_BYTES) ? bytes : null
}

function bytesOfBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
