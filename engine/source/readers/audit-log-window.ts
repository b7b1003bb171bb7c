/**
 * AuditWindow: joins the records of an event, which stand between those of others.
 *
 * In:   records in the order of the file. Out: events, each once, in the order of their first records; told beforehand, in
 *       the order of time, to whoever follows processes.
 * Holds: an event is complete when its node's records have gone on by two seconds (the end mark EOE is never awaited), when
 *       so many bytes or events follow it, or at the end. The clock of a node moves far only when two records in a row say
 *       so: a damaged time costs its own record only. Every node has a clock of its own.
 */
import type { AuditRecord } from './audit-log-line.ts'

const WINDOW_MILLIS = 2000
/** Log text behind an event's first record; with its arguments in hexadecimal the longest event has some 4 MiB. */
const WINDOW_BYTES = 8 << 20
const MOST_OPEN = 32_768
const MOST_NODES = 256
/** How far back an event is put in its place in time; beyond, order is not worth the search. */
const MOST_STEPS_BACK = 64
const COMPACT_AT = 1024
const RECORDS_AWAITED = 32

export interface RecordText {
  type: string
  body: string
}

export interface AuditEvent {
  timeMillis: number
  serial: number
  node: AuditNode
  records: RecordText[]
  line: number
  startByte: number
  /** Exclusive; of its last record. */
  endByte: number
  /** Told in the order of time; nothing more is joined to it. */
  settled: boolean
  /** Its time is taken for a damaged one once its node has had this many records. */
  givenUpAt: number
  /** What the follower made of it when it was settled. */
  result: string | null
}

/** One host's records in this file; `follower` is what the reader keeps of it. */
export class AuditNode<Follower = unknown> {
  clock = NaN
  records = 0
  /** The event whose time is far from the clock, until the next record says whether the clock moves. */
  doubted: AuditEvent | null = null
  /** Events that are not settled, by time; the first ones up to `front` are. */
  waiting: AuditEvent[] = []
  front = 0

  constructor(
    readonly name: string | null,
    readonly follower: Follower
  ) {}
}

export class AuditWindow<Follower> {
  private readonly nodes = new Map<string | null, AuditNode<Follower>>()
  private latest: AuditNode<Follower> | null = null
  private readonly open = new Map<string, AuditEvent>()
  private queue: AuditEvent[] = []
  private head = 0

  constructor(
    private readonly newFollower: () => Follower,
    private readonly settle: (event: AuditEvent, follower: Follower) => string | null
  ) {}

  /** Takes in the record at these places; `follower` of its node is answered. */
  add(record: AuditRecord, line: number, startByte: number, endByte: number): Follower {
    const { node: name, timeMillis, serial, type, body } = record
    const node = this.latest?.name === name ? this.latest : this.nodeOf(name)
    const key = keyOf(name, timeMillis, serial)
    let event = this.open.get(key)
    if (event) event.endByte = endByte
    else {
      event = {
        timeMillis,
        serial,
        node,
        records: [],
        line,
        startByte,
        endByte,
        settled: false,
        givenUpAt: Infinity,
        result: null
      }
      this.open.set(key, event)
      this.queue.push(event)
      insertByTime(node, event)
    }
    event.records.push({ type, body })
    this.moveClock(node, event)
    return node.follower
  }

  /** The node of that name; beyond a bound the one heard of longest ago is forgotten. */
  private nodeOf(name: string | null): AuditNode<Follower> {
    const node = this.nodes.get(name) ?? new AuditNode(name, this.newFollower())
    this.nodes.delete(name)
    this.nodes.set(name, node)
    if (this.nodes.size > MOST_NODES) this.nodes.delete(this.nodes.keys().next().value as string | null)
    return (this.latest = node)
  }

  /** The next complete event, or null. `atByte` is how far the file was read; `ended`: nothing follows. */
  next(atByte: number, ended: boolean): AuditEvent | null {
    const event = this.queue[this.head]
    if (!event) return null
    if (!event.settled && !this.complete(event, atByte, ended)) return null
    this.head++
    if (this.head >= COMPACT_AT && this.head * 2 > this.queue.length) {
      this.queue = this.queue.slice(this.head)
      this.head = 0
    }
    return event
  }

  private complete(event: AuditEvent, atByte: number, ended: boolean): boolean {
    const node = event.node as AuditNode<Follower>
    if (ended) this.settleFront(node, Infinity)
    else if (node.clock - event.timeMillis > WINDOW_MILLIS) this.settleFront(node, node.clock - WINDOW_MILLIS)
    const pressed = atByte - event.startByte > WINDOW_BYTES || this.queue.length - this.head > MOST_OPEN
    if (!event.settled && (node.records > event.givenUpAt || pressed || node.clock - event.timeMillis > WINDOW_MILLIS))
      this.settleOne(event)
    return event.settled
  }

  /** Settles the node's events before `beforeMillis`, in the order of time. */
  private settleFront(node: AuditNode<Follower>, beforeMillis: number): void {
    const { waiting } = node
    for (; node.front < waiting.length; node.front++) {
      const event = waiting[node.front]!
      if (!event.settled && event.timeMillis >= beforeMillis) break
      this.settleOne(event)
    }
    if (node.front < COMPACT_AT || node.front * 2 <= waiting.length) return
    node.waiting = waiting.slice(node.front)
    node.front = 0
  }

  private settleOne(event: AuditEvent): void {
    if (event.settled) return
    event.settled = true
    const { node, timeMillis, serial } = event
    this.open.delete(keyOf(node.name, timeMillis, serial))
    event.result = this.settle(event, (node as AuditNode<Follower>).follower)
    event.records = []
  }

  private moveClock(node: AuditNode<Follower>, event: AuditEvent): void {
    const { clock, doubted } = node
    const { timeMillis } = event
    node.records++
    if (Number.isNaN(clock)) node.clock = timeMillis
    else if (Math.abs(timeMillis - clock) <= WINDOW_MILLIS) {
      node.clock = Math.max(clock, timeMillis)
      reject(node)
    } else if (doubted && doubted.timeMillis > clock === timeMillis > clock) this.jump(node, doubted, event)
    // A record that comes late stood between the two: damage does not write the same time twice.
    else if (timeMillis > clock && event.records.length > 1) this.jump(node, event, event)
    else {
      reject(node)
      node.doubted = event
    }
  }

  /** Two records in a row are far away on the same side: time has gone there, to the nearer of the two. */
  private jump(node: AuditNode<Follower>, doubted: AuditEvent, event: AuditEvent): void {
    const { clock } = node
    const nearer = Math.abs(doubted.timeMillis - clock) < Math.abs(event.timeMillis - clock) ? doubted : event
    // Backwards (another boot, files put together): what was open belongs to the time before.
    if (nearer.timeMillis < clock) {
      const stays = [doubted, event]
      for (const open of node.waiting.slice(node.front)) if (!stays.includes(open)) this.settleOne(open)
      node.waiting = node.waiting.filter((open) => !open.settled)
      node.front = 0
    }
    const other = nearer === doubted ? event : doubted
    const together = Math.abs(other.timeMillis - nearer.timeMillis) <= WINDOW_MILLIS
    node.clock = together ? Math.max(other.timeMillis, nearer.timeMillis) : nearer.timeMillis
    node.doubted = together ? null : other
  }
}

/** The doubted event's time did not come: it waits a little for a second record. */
function reject(node: AuditNode): void {
  if (node.doubted) node.doubted.givenUpAt = node.records + RECORDS_AWAITED
  node.doubted = null
}

function keyOf(node: string | null, timeMillis: number, serial: number): string {
  return `${timeMillis}:${serial} ${node ?? ''}`
}

function insertByTime(node: AuditNode, event: AuditEvent): void {
  const { waiting } = node
  let at = waiting.length
  for (let steps = 0; at > node.front && steps < MOST_STEPS_BACK && isBefore(event, waiting[at - 1]!); steps++) at--
  if (at === waiting.length) waiting.push(event)
  else waiting.splice(at, 0, event)
}

function isBefore(a: AuditEvent, b: AuditEvent): boolean {
  return a.timeMillis < b.timeMillis || (a.timeMillis === b.timeMillis && a.serial < b.serial)
}
