/**
 * GroupLineage: the events behind each group of an aggregation, as places in the inputs.
 *
 * Per group the first SOURCES_PER_GROUP events are kept as references and all are counted, with the earliest and latest
 * time and a few hosts and users. References stand in flat growable arrays, chained per group, so that a million groups of
 * one event cost a million entries and no objects.
 */
import { addMillis, addText, type Lineage, noFacts, type RowFacts, type VisitSource } from '../data/lineage.ts'

/** References kept per group; the finding says "n more" beyond it. Published in the README. */
export const SOURCES_PER_GROUP = 1000
/** References kept over all groups of one run. */
export const SOURCES_PER_RUN = 4_000_000

const FIELDS = 5

export class GroupLineageStore {
  /** file, line, event, byte, length of each reference. */
  private places = new Float64Array(FIELDS * 1024)
  private next = new Int32Array(1024)
  private count = 0
  private readonly groups: GroupEntry[] = []

  /** Adds the events of a row to a group. Rows of one event that follow each other (MV_EXPAND) count it once. */
  add(group: number, lineage: Lineage, row: number): void {
    const entry = (this.groups[group] ??= newEntry())
    lineage.forEach(row, (file, line, event, byte, length) => {
      if (entry.lastEvent === event && entry.lastFile === file) return
      entry.lastEvent = event
      entry.lastFile = file
      entry.events++
      if (entry.kept >= SOURCES_PER_GROUP || this.count >= SOURCES_PER_RUN) return
      const at = this.append(entry) * FIELDS
      const { places } = this
      places[at] = file
      places[at + 1] = line
      places[at + 2] = event
      places[at + 3] = byte
      places[at + 4] = length
    })
    if (lineage.truncated(row)) entry.cut = true
    lineage.addFacts(row, entry.facts)
  }

  /** A place at the end of the group's chain. */
  private append(entry: GroupEntry): number {
    if (this.count === this.next.length) this.grow()
    const at = this.count++
    this.next[at] = -1
    if (entry.head < 0) entry.head = at
    else this.next[entry.tail] = at
    entry.tail = at
    entry.kept++
    return at
  }

  private grow(): void {
    const next = new Int32Array(this.next.length * 2)
    next.set(this.next)
    this.next = next
    const places = new Float64Array(this.places.length * 2)
    places.set(this.places)
    this.places = places
  }

  forEach(group: number, visit: VisitSource): void {
    const { places } = this
    for (let at = this.groups[group]?.head ?? -1; at >= 0; at = this.next[at]!) {
      const first = at * FIELDS
      visit(places[first]!, places[first + 1]!, places[first + 2]!, places[first + 3]!, places[first + 4]!)
    }
  }

  entry(group: number): GroupEntry {
    return (this.groups[group] ??= newEntry())
  }
}

interface GroupEntry {
  head: number
  tail: number
  kept: number
  /** Events that entered the group. */
  events: number
  lastFile: number
  lastEvent: number
  /** Some row already came with fewer references than events. */
  cut: boolean
  facts: RowFacts
}

function newEntry(): GroupEntry {
  return { head: -1, tail: -1, kept: 0, events: 0, lastFile: -1, lastEvent: -1, cut: false, facts: noFacts() }
}

/** Lineage of aggregated rows: row i is group `groups[i]`. */
export class GroupLineage implements Lineage {
  constructor(
    private readonly store: GroupLineageStore,
    private readonly groups: Int32Array
  ) {}

  gather(rows: Int32Array): Lineage {
    return new GroupLineage(
      this.store,
      Int32Array.from(rows, (row) => this.groups[row]!)
    )
  }

  forEach(row: number, visit: VisitSource): void {
    this.store.forEach(this.groups[row]!, visit)
  }

  truncated(row: number): boolean {
    const entry = this.store.entry(this.groups[row]!)
    return entry.cut || entry.events > entry.kept
  }

  eventCount(row: number): number {
    return this.store.entry(this.groups[row]!).events
  }

  addFacts(row: number, into: RowFacts): void {
    const { facts } = this.store.entry(this.groups[row]!)
    addMillis(into, facts.firstMillis)
    addMillis(into, facts.lastMillis)
    for (const host of facts.hosts) addText(into.hosts, host)
    for (const user of facts.users) addText(into.users, user)
  }
}
