/**
 * Bodies on their way to the panel: cut into parts, one part for each idle moment of the page, once the page has the answers it
 * waits for.
 *
 * In: bodies as they were heard. Out: `part` messages in order, one body after the other. What waits is bounded.
 */
import { joined } from '../bytes.ts'
import { type BodyHead, type FromPage, PART_BYTES } from '../messages.ts'

/** Bodies heard before a panel connects (only with "listen from page load") and those waiting to be passed on. */
const MAX_BYTES = 96 << 20
/** Nothing is passed on while the page waits for an answer or has just got one: the next question often follows at once. */
const QUIET_MILLIS = 30
/** But no longer than this. */
const MAX_WAIT_MILLIS = 1000

interface Waiting {
  head: BodyHead
  bytes: Uint8Array<ArrayBuffer>
  part: number
  since: number
}

export class PartQueue {
  private readonly waiting: Waiting[] = []
  private bytes = 0
  private running = false
  private binary = false
  private sending = false
  /** Answers the page waits for, and when that last changed. */
  private open = 0
  private openSince = 0
  private later: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly tell: (message: FromPage) => void) {}

  /** Takes a body in; answers whether there was room. */
  add(head: BodyHead, chunks: readonly ArrayBuffer[]): boolean {
    const size = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0)
    if (this.bytes + size > MAX_BYTES) return false
    const bytes = chunks.length === 1 ? new Uint8Array(chunks[0]!) : joined(chunks)
    this.waiting.push({ head, bytes, part: 0, since: performance.now() })
    this.bytes += size
    this.pump()
    return true
  }

  /** A panel listens: parts flow; `binary` where every port carries bytes. A body that a panel of before had begun starts anew. */
  start(binary: boolean): void {
    this.binary = binary
    if (!this.running && this.waiting[0]) this.waiting[0].part = 0
    this.running = true
    this.pump()
  }

  stop(): void {
    this.running = false
  }

  clear(): void {
    this.waiting.length = 0
    this.bytes = 0
  }

  /** The page waits for that many answers. */
  pageWaits(open: number): void {
    this.open = open
    this.openSince = performance.now()
    this.pump()
  }

  /** Milliseconds until the next part may go. */
  private waitMillis(): number {
    const now = performance.now()
    const quiet = this.open > 0 ? Infinity : this.openSince + QUIET_MILLIS - now
    return Math.min(quiet, this.waiting[0]!.since + MAX_WAIT_MILLIS - now)
  }

  private get due(): boolean {
    return this.running && this.waiting.length > 0
  }

  private pump(): void {
    if (this.sending || !this.due) return
    const wait = this.waitMillis()
    clearTimeout(this.later)
    if (wait > 0) {
      this.later = setTimeout(() => this.pump(), wait)
      return
    }
    this.sending = true
    requestIdleCallback(
      () => {
        this.sending = false
        if (this.due && this.waitMillis() <= 0) this.passPart(this.waiting[0]!)
        this.pump()
      },
      { timeout: 1000 }
    )
  }

  private passPart(body: Waiting): void {
    const { head, bytes, part } = body
    const parts = Math.max(1, Math.ceil(bytes.length / PART_BYTES))
    const slice = bytes.slice(part * PART_BYTES, (part + 1) * PART_BYTES)
    body.part++
    this.tell({ type: 'part', head, part, parts, data: this.binary ? slice.buffer : base64(slice) })
    // Telling may have cleared the queue: the panel went, or the extension.
    if (body.part < parts || this.waiting[0] !== body) return
    this.waiting.shift()
    this.bytes -= bytes.length
  }
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(text)
}
