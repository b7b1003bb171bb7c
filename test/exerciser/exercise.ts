/**
 * One rule exercised: events that make it fire, and for each of its top-level conditions the nearest events that do not and
 * that would without that condition. Both are the engine's word: nothing counts that was not run.
 */
import { createHash } from 'node:crypto'
import { buildEvents, type Event, type Task } from './build.ts'
import { Dead, type FieldValue, type Kind } from './demands.ts'
import { type Kinds, kindsOf, storedField } from './kinds.ts'
import { column, columnsIn, type Condition, type Leveled, levelsOf, without } from './levels.ts'
import { rowCount } from './run-query.ts'

export interface NearMiss {
  condition: Condition
  /** Null: none was found. */
  events: Event[] | null
  /** Fields in which they differ from the events that fire; null when their number differs. */
  changed: string[] | null
  /** Conditions that fail as well, whatever the events: this one cannot fail alone. */
  together: Condition[]
}

export interface Exercise {
  rule: Leveled
  fires: Event[] | null
  misses: NearMiss[]
}

/** Ways that are tried. */
const SEEDS = 9

export async function exerciseRule(query: string): Promise<Exercise> {
  const rule = levelsOf(query)
  return new Exerciser(rule).run()
}

const fires = async (text: string, events: readonly Event[]) => (await rowCount(text, events)) > 0

class Exerciser {
  private readonly kinds: Kinds
  private readonly numbers: Task['numbers'] = new Map()
  private base: Event[] | null = null
  private seed = 0

  constructor(private readonly rule: Leveled) {
    this.kinds = kindsOf(rule)
  }

  async run(): Promise<Exercise> {
    for (let seed = 0; seed < SEEDS && !this.base; seed++) {
      const events = this.propose(null, [], seed)
      if (!events || !(await fires(this.rule.text, events))) continue
      this.base = events
      this.seed = seed
    }
    const misses: NearMiss[] = []
    if (this.base) for (const condition of this.rule.conditions) misses.push(await this.nearMiss(condition))
    return { rule: this.rule, fires: this.base, misses }
  }

  private propose(broken: Condition | null, idle: readonly Condition[], seed: number, everywhere = true): Event[] | null {
    try {
      return buildEvents({
        rule: this.rule,
        kinds: this.kinds,
        broken,
        everywhere,
        idle: new Set(idle),
        seed,
        numbers: this.numbers
      })
    } catch (failure) {
      if (failure instanceof Dead) return null
      throw failure
    }
  }

  private async nearMiss(condition: Condition): Promise<NearMiss> {
    const events = await this.missing(condition, [])
    if (events) return { condition, events, changed: differing(this.base!, events), together: [] }
    // Does it fail only together with others: those on the same fields, or any?
    let together = this.related(condition)
    let company = together.length > 0 ? await this.missing(condition, together) : null
    if (!company) {
      together = this.rule.conditions.filter((other) => other !== condition)
      company = await this.missing(condition, together)
    }
    for (const other of company ? together : []) {
      const fewer = together.filter((one) => one !== other)
      const found = await this.missing(condition, fewer)
      if (found) [together, company] = [fewer, found]
    }
    if (company) return { condition, events: company, changed: differing(this.base!, company), together }
    return { condition, events: null, changed: null, together: [] }
  }

  /** Events that fail for the condition, and fire once it and `idle` are taken out. */
  private async missing(condition: Condition, idle: readonly Condition[]): Promise<Event[] | null> {
    const kept = without(this.rule, idle)
    const other = without(this.rule, [condition, ...idle])
    const tried = new Set<string>()
    const spares = async (events: readonly Event[]) => {
      const key = createHash('sha1')
        .update(JSON.stringify(events.map((event) => [...event])))
        .digest('base64')
      if (tried.has(key)) return false
      tried.add(key)
      return !(await fires(kept, events)) && (await fires(other, events))
    }
    for (const seed of [this.seed, ...[0, 1, 2, 3, 5].filter((seed) => seed !== this.seed)])
      for (const everywhere of this.rule.levels.length > 1 ? [true, false] : [true]) {
        const events = this.propose(condition, idle, seed, everywhere)
        if (events && (await spares(events))) return nearer(this.base!, events, spares)
      }
    for (const events of patches(sourceFields(this.rule, condition), this.kinds, this.base!))
      if (await spares(events)) return events
    return null
  }

  /** Other conditions on the same fields of events, or on the same groups. */
  private related(condition: Condition): Condition[] {
    const own = sourceFields(this.rule, condition)
    return this.rule.conditions.filter(
      (other) =>
        other !== condition &&
        ((condition.level > 0 && other.level === condition.level) ||
          [...sourceFields(this.rule, other)].some((name) => own.has(name)))
    )
  }
}

/** Takes back each change that is not needed. */
async function nearer(
  base: readonly Event[],
  events: Event[],
  spares: (events: readonly Event[]) => Promise<boolean>
): Promise<Event[]> {
  const changed = differing(base, events)
  if (changed === null || changed.length < 2) return events
  let nearest = events
  for (const name of changed) {
    const back = nearest.map((event, i) => withValue(event, name, base[i]!.get(name) ?? null))
    if (await spares(back)) nearest = back
  }
  return nearest
}

function withValue(event: Event, name: string, value: FieldValue): Event {
  const copy = new Map(event)
  copy.set(name, value)
  return copy
}

function differing(base: readonly Event[], events: readonly Event[]): string[] | null {
  if (base.length !== events.length) return null
  const names = new Set([...base, ...events].flatMap((event) => [...event.keys()]))
  const same = (a: FieldValue | undefined, b: FieldValue | undefined) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
  return [...names].filter((name) => base.some((event, i) => !same(event.get(name), events[i]!.get(name))))
}

/** Values a field is given instead, by its kind; null for none at all. */
const INSTEAD: Record<Kind, FieldValue[]> = {
  text: [null, 'other', ''],
  number: [null, 0, 1, 1000],
  date: [null, '2020-01-01T00:00:00.000Z', '2025-06-01T11:59:59.000Z'],
  boolean: [null, true, false],
  ip: [null, '127.0.0.1', '10.0.0.1'],
  geo_point: [null]
}

/** The events that fire with one field changed, or one event taken away, or all of them repeated. */
function* patches(names: Iterable<string>, kinds: Kinds, base: readonly Event[]): Generator<Event[]> {
  for (const name of names) for (const value of INSTEAD[kinds(name)]) yield base.map((event) => withValue(event, name, value))
  if (base.length > 1) {
    yield base.slice(1)
    yield base.slice(0, -1)
  }
  for (const times of [2, 5, 20, 110]) if (base.length * times <= 1200) yield Array.from({ length: times }, () => base).flat()
}

/** Fields of events that a condition goes back to. */
function sourceFields(rule: Leveled, { expression, level }: Condition): Set<string> {
  let names: ReadonlySet<string> = columnsIn(expression)
  for (let at = level; at > 0; at--) {
    const { cells, keys, below } = rule.levels[at]!
    const before = new Set<string>()
    for (const name of names) {
      const cell = cells.get(name)
      const sources = cell ? [cell.argument, cell.filter] : [keys.get(name) ?? below.get(name) ?? column(name)]
      for (const source of sources) for (const column of columnsIn(source)) before.add(column)
    }
    names = before
  }
  return new Set([...names].map((name) => storedField(name).name))
}
