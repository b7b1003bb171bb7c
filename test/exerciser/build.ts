/**
 * Events for a rule, from its last condition back to its first: a row behind an aggregation is demanded, that makes a number
 * of rows before it, each with demands of its own, down to the events.
 */
import type { Expression } from '../../engine/language/ast.ts'
import { dead, type Demand, demandKey, type FieldValue, type Kind, valueFor } from './demands.ts'
import { isDate, isNumber, type Kinds, storedField } from './kinds.ts'
import { length, type Language, oneOf, rlike, shortest } from './languages.ts'
import {
  type Cell,
  column,
  columnsIn,
  type Condition,
  contains,
  type Extracted,
  keyOf,
  type Level,
  type Leveled
} from './levels.ts'
import { type Assignment, decided, type NumericGoal, search, shares } from './numeric.ts'
import { searched } from './regex-languages.ts'
import { Solver } from './solver.ts'

export type Event = Map<string, FieldValue>

export interface Task {
  rule: Leveled
  kinds: Kinds
  /** The condition that must not hold; null when all must. */
  broken: Condition | null
  /** It fails for every row; else for the first of each group alone. */
  everywhere: boolean
  /** Conditions that need not hold. */
  idle: ReadonlySet<Condition>
  seed: number
  /** Numbers of groups by place: kept of the events that fire, the start for those that do not. */
  numbers: Map<string, Assignment>
}

/** What one row must be like. `soft`: left out when it contradicts the rest; `firm`: before what leaves a choice. */
type Request =
  | { kind: 'value'; expression: Expression; demand: Demand; soft?: true }
  | { kind: 'holds'; expression: Expression; want: boolean; soft?: true; firm?: true; broken?: true }

const MOST_EVENTS = 3000

/** Events that should give a row of the rule's last level; throws Dead when no way was found. */
export function buildEvents(task: Task): Event[] {
  return rows({ ...task, firing: task.broken === null, row: 0 }, task.rule.levels.length - 1, [], '')
}

interface RowsTask extends Task {
  /** These are the events that fire. */
  firing: boolean
  /** Of its group. */
  row: number
}

function rows(task: RowsTask, at: number, requests: readonly Request[], path: string): Event[] {
  const level = task.rule.levels[at]!
  const numbers = numericCells(task, at)
  const dates = new Set([...numbers].filter(([, date]) => date).map(([name]) => name))
  const kinds = (name: string) => kindOfColumn(task, at, name)
  const solver = new Solver(new Set(numbers.keys()), dates, kinds, at === 0, task.seed, task.seed > 4 ? task.row : 0)
  const firm = meet(solver, requests, level.conditions, task)
  if (at === 0) return [event(task, solver.demands)]
  const cells = [...level.cells.values()]
  const numbersBefore = task.firing ? null : (task.numbers.get(path) ?? null)
  const near = (goals: readonly NumericGoal[]) => search({ cells, goals, dates, start: numbersBefore }, task.seed)
  const assignment = near(solver.numeric) ?? (firm < solver.numeric.length ? near(solver.numeric.slice(0, firm)) : null)
  if (!assignment) dead()
  if (task.firing) task.numbers.set(path, assignment)
  const children = split(level, task.rule.levels[at - 1]!, solver.demands, assignment, task.seed)
  if (children.length > MOST_EVENTS) dead()
  const brokenIn = (row: number) => (task.everywhere || row === 0 ? task.broken : null)
  const alike = new Map<string, Event>()
  return children.flatMap((child, i) => {
    const row = { ...task, row: i, broken: brokenIn(i) }
    if (at > 1) return rows(row, at - 1, child, `${path}/${i}`)
    // Of events that are asked for alike, one is made.
    const key = `${row.broken ? 'broken' : ''} ${task.seed > 4 ? i : ''} ${child.map(requestKey).join('\n')}`
    const made = alike.get(key) ?? rows(row, 0, child, path)[0]!
    alike.set(key, made)
    return [new Map(made)]
  })
}

const requestKey = (request: Request): string =>
  request.kind === 'value'
    ? `${keyOf(request.expression)} ${demandKey(request.demand)} ${request.soft}`
    : `${keyOf(request.expression)} ${request.want} ${request.soft} ${request.firm}`

/** Answers how many of the numeric goals must be reached: the others come from soft requests. */
function meet(
  solver: Solver,
  requests: readonly Request[],
  conditions: readonly Condition[],
  { broken, idle, seed }: Task
): number {
  let firm = 0
  const goals: Request[] = conditions
    .filter((condition) => !idle.has(condition))
    .map((condition) => ({
      kind: 'holds',
      expression: condition.expression,
      want: condition !== broken,
      ...(condition === broken && { broken: true as const })
    }))
  // With some seeds what should not be decides before what leaves a choice.
  const late = seed % 4 === 3 ? 3.1 : 6
  for (const request of [...requests, ...goals].sort((a, b) => weight(a, late) - weight(b, late))) {
    const work = (exact: boolean) => () =>
      request.kind === 'value'
        ? solver.value(request.expression, request.demand)
        : solver.solve(request.expression, request.want, exact)
    if ((request.soft && solver.possible(work(true))) || solver.possible(work(false)) || lesserVariant(solver, request))
      firm = request.soft ? firm : solver.numeric.length
    else if (!request.soft) dead()
  }
  return firm
}

/** What kind of value a column of a level holds: that of the field it comes from. */
function kindOfColumn(task: Task, at: number, name: string): Kind {
  if (at === 0) return task.kinds(name)
  const { cells, keys, below } = task.rule.levels[at]!
  const cell = cells.get(name)
  const source = cell ? cell.argument : (keys.get(name) ?? below.get(name) ?? column(name))
  const first = [...columnsIn(source)][0]
  return first === undefined ? 'number' : kindOfColumn(task, at - 1, first)
}

/** Where there are not so many different values, an earlier one. */
function lesserVariant(solver: Solver, request: Request): boolean {
  if (request.kind !== 'value' || request.demand.kind !== 'variant') return false
  const { expression } = request
  for (let index = Math.min(request.demand.index, 8) - 1; index >= 0; index--)
    if (solver.possible(() => solver.value(expression, { kind: 'variant', index }))) return true
  return false
}

/** What leaves the fewest ways comes first. */
function weight(request: Request, late: number): number {
  if (request.kind === 'value') {
    if (request.demand.kind === 'present' && ways(request.expression) > 1) return 3.2
    if (request.demand.kind !== 'variant') return request.soft ? 2.5 : 0
    // Another branch of a CASE decides on other conditions; another value of a field goes by them.
    return request.expression.type === 'column' ? 4 : 3
  }
  if (request.broken) return 0.5
  if (!request.soft && request.firm) return 2
  return request.soft ? late : ways(request.expression)
}

const ways = (node: Expression): number => (/"logical"|"CASE"/i.test(keyOf(node)) ? 3.5 : 1)

function event({ rule, kinds }: Task, demands: ReadonlyMap<string, readonly Demand[]>): Event {
  const result: Event = new Map()
  for (const name of new Set(['@timestamp', ...[...rule.fields].map((field) => storedField(field).name), ...demands.keys()])) {
    const asked = demands.get(name)
    const own = name === '_index' && asked ? [...asked, { kind: 'text' as const, language: rlike(rule.indices) }] : asked
    // What the engine says of an event itself is not written into it, unless it is asked for.
    if (!own && rule.metadata.has(name)) continue
    result.set(name, valueFor(name, kinds(name), own ?? []))
  }
  return result
}

/** Cells that hold numbers, and whether these are dates. */
function numericCells(task: Task, at: number): Map<string, boolean> {
  const result = new Map<string, boolean>()
  if (at === 0) return result
  const below = numericCells(task, at - 1)
  const dates = new Set([...below].filter(([, date]) => date).map(([name]) => name))
  for (const { name, aggregate, argument, filter } of task.rule.levels[at]!.cells.values()) {
    if (/^(COUNT|COUNT_DISTINCT|SUM|AVG|MEDIAN|PERCENTILE)$/.test(aggregate)) result.set(name, false)
    else if (/^(MIN|MAX|FIRST|LAST)$/.test(aggregate)) {
      const date = argument !== null && isDate(argument, task.kinds, dates)
      if (date || (argument ? isNumber(argument, task.kinds, below) : filter !== null)) result.set(name, date)
    }
  }
  return result
}

// ---- one row behind an aggregation, as the rows before it ----

/** Groups that are rows of another group differ in a key. */
function ownKey(level: Level, under: Level, row: number): Request[] {
  if (under.kind !== 'stats' || level.kind !== 'stats') return []
  const outer = new Set([...level.keys.values()].flatMap((key) => [...columnsIn(key)]))
  const free = [...under.keys].filter(([name, key]) => !outer.has(name) && key.type === 'column').at(-1)
  return free ? [{ kind: 'value', expression: column(free[0]), demand: { kind: 'variant', index: row }, soft: true }] : []
}

/** Rows of different kinds come to one group: a key that is computed is the same text in all of them. */
function sharedKeys(level: Level, ranges: readonly Range[], seed: number): Request[] {
  const filters = ranges.filter(({ filter }) => filter !== null).length
  if (filters < (seed % 2 === 1 ? 1 : 2)) return []
  return [...level.keys.values()]
    .filter((key) => key.type !== 'column' && !/"DATE_TRUNC"/i.test(keyOf(key)))
    .flatMap((expression) => {
      const sample = shortest([...partLanguagesIn(expression), length(8, 64), rlike('[A-Za-z0-9]*')])
      return sample === null
        ? []
        : [{ kind: 'value', expression, demand: { kind: 'text', language: oneOf([sample]) }, soft: true } as const]
    })
}

/** Languages of the parts that GROK takes out within an expression. */
function partLanguagesIn(node: unknown): Language[] {
  if (Array.isArray(node)) return node.flatMap(partLanguagesIn)
  if (typeof node !== 'object' || node === null) return []
  const { type, how, pattern, name } = node as Extracted
  if (type !== 'extracted') return Object.values(node).flatMap(partLanguagesIn)
  const own = how === 'grok' ? searched(pattern).parts.get(name) : undefined
  return own === undefined ? [] : [rlike(own)]
}

/** Rows that a filter of aggregates picks. */
interface Range {
  filter: Expression | null
  cells: Cell[]
  size: number
  start: number
  /** Whether its filter looks at nothing but numbers the rows are given. */
  decided: boolean
  /** By what is summed: each row's number. */
  shares: Map<string, number[]>
  /** The range whose filter its own filter contains. */
  within: Range | null
}

function split(
  level: Level,
  under: Level,
  demands: ReadonlyMap<string, readonly Demand[]>,
  numbers: Assignment,
  seed: number
): Request[][] {
  const ranges = rangesOf(level, demands, numbers)
  const helpers = level.kind === 'inline' && seed % 2 === 1 ? 2 : 1
  const count = Math.max(helpers, rowCount(ranges, numbers, seed))
  place(ranges, count)
  const shared = sharedKeys(level, ranges, seed)
  return Array.from({ length: count }, (_, row) => {
    const requests: Request[] = [...shared, ...ownKey(level, under, row)]
    for (const [name, list] of demands) for (const demand of list) requests.push(...ofColumn(level, name, demand, row))
    // Of rows that no kind asks for, the seed says which they are last.
    for (const range of seed % 2 === 1 ? [...ranges].reverse() : ranges)
      requests.push(...ofRange(range, demands, numbers, row, level.kind === 'inline' && seed % 2 === 1))
    return requests
  })
}

function rangesOf(level: Level, demands: ReadonlyMap<string, readonly Demand[]>, numbers: Assignment): Range[] {
  const byFilter = new Map<string, Range>()
  for (const cell of level.cells.values()) {
    if (!numbers.has(cell.name) && !demands.has(cell.name)) continue
    const key = keyOf(cell.filter)
    const range: Range = byFilter.get(key) ?? {
      filter: cell.filter,
      cells: [],
      size: 0,
      start: 0,
      decided: false,
      shares: new Map(),
      within: null
    }
    byFilter.set(key, range)
    range.cells.push(cell)
    range.size = Math.max(range.size, sizeFor(cell, range.cells, demands.get(cell.name), numbers))
  }
  const ranges = [...byFilter.values()]
  const given = [...level.cells.values()].filter(({ name }) => numbers.has(name))
  for (const range of ranges) {
    range.within = ranges.find((other) => contains(range.filter, other.filter)) ?? null
    range.decided = range.filter !== null && decided(range.filter, given)
  }
  return ranges
}

/** Rows a cell needs. */
function sizeFor(cell: Cell, others: readonly Cell[], demands: readonly Demand[] | undefined, numbers: Assignment): number {
  const value = numbers.get(cell.name)
  if (demands) {
    if (demands.some(({ kind }) => kind === 'null')) return 0
    return Math.max(1, demands.filter(({ kind }) => kind === 'any').length)
  }
  if (value === undefined) return 0
  if (/^COUNT/.test(cell.aggregate) || (cell.aggregate === 'SUM' && cell.argument === null)) return value
  const apart = others.some(
    (other) =>
      other !== cell &&
      keyOf(other.argument) === keyOf(cell.argument) &&
      numbers.get(other.name) !== value &&
      /^(MIN|MAX|FIRST|LAST)/.test(other.aggregate)
  )
  return apart ? 2 : 1
}

function rowCount(ranges: readonly Range[], numbers: Assignment, seed: number): number {
  const whole = ranges.find(({ filter }) => filter === null)
  const all = whole?.cells.find(({ aggregate, argument }) => aggregate === 'COUNT' && argument === null)
  if (all && numbers.has(all.name)) return numbers.get(all.name)!
  const filtered = ranges.filter(({ filter, within }) => filter !== null && !within).map(({ size }) => size)
  const together = seed % 3 === 2 ? Math.max(0, ...filtered) : filtered.reduce((sum, size) => sum + size, 0)
  return Math.max(1, whole?.size ?? 0, together)
}

/** Ranges one behind the other; where they do not fit, they overlap at the end. */
function place(ranges: readonly Range[], count: number): void {
  let next = 0
  for (const range of ranges) {
    if (range.filter === null) range.size = count
    else if (!range.within) {
      range.start = Math.max(0, Math.min(next, count - range.size))
      next = range.start + range.size
    }
  }
  for (const range of ranges) if (range.within) range.start = range.within.start
}

/** A demand on a key, or on a column that INLINE STATS keeps. */
function ofColumn(level: Level, name: string, demand: Demand, row: number): Request[] {
  if (level.cells.has(name)) return []
  const key = level.keys.get(name)
  if (key) return [{ kind: 'value', expression: key, demand }]
  if (level.kind !== 'inline') {
    if (demand.kind !== 'null') dead()
    return []
  }
  return row === 0 ? [{ kind: 'value', expression: level.below.get(name) ?? column(name), demand }] : []
}

function ofRange(
  range: Range,
  demands: ReadonlyMap<string, readonly Demand[]>,
  numbers: Assignment,
  row: number,
  helper: boolean
): Request[] {
  const at = row - range.start
  const inside = at >= 0 && at < range.size
  const requests: Request[] = []
  if (range.filter && !range.decided)
    requests.push({ kind: 'holds', expression: range.filter, want: inside, ...(inside ? { firm: true } : { soft: true }) })
  if (!inside) return requests
  for (const cell of range.cells) {
    const own = demands.get(cell.name)
    // Beside the row itself, another row may give INLINE STATS a value.
    if (own) requests.push(...ofValues(cell, own, helper ? at - 1 : at))
    const value = numbers.get(cell.name)
    if (value !== undefined && cell.argument) requests.push(...ofNumber(cell, cell.argument, value, at))
  }
  requests.push(...ofSpread(range, numbers, at))
  return requests
}

/** Of several values that one aggregate must have, each row gives one. */
function ofValues({ argument, aggregate }: Cell, demands: readonly Demand[], at: number): Request[] {
  // One row that is true makes the greatest true.
  if (!argument || at < 0 || (aggregate === 'MAX' && at > 0)) return []
  const anys = demands.filter(({ kind }) => kind === 'any')
  const chosen = anys[at % Math.max(anys.length, 1)]
  return demands
    .filter((demand) => demand.kind !== 'any' || demand === chosen)
    .map((demand) => ({ kind: 'value', expression: argument, demand, ...(aggregate === 'MAX' && { soft: true as const }) }))
}

function ofNumber(cell: Cell, argument: Expression, value: number, at: number): Request[] {
  const nothing: Request = { kind: 'value', expression: argument, demand: { kind: 'null' } }
  if (cell.aggregate === 'COUNT') return at < value ? [] : [nothing]
  if (cell.aggregate !== 'COUNT_DISTINCT') return []
  if (value === 0) return [nothing]
  return value > 1 ? [{ kind: 'value', expression: argument, demand: { kind: 'variant', index: at % value }, soft: true }] : []
}

/** Sums, means and ends: each row's own share. */
function ofSpread(range: Range, numbers: Assignment, at: number): Request[] {
  const byArgument = new Map<string, Cell[]>()
  for (const cell of range.cells)
    if (!/^COUNT/.test(cell.aggregate) && numbers.has(cell.name) && cell.argument)
      byArgument.set(keyOf(cell.argument), [...(byArgument.get(keyOf(cell.argument)) ?? []), cell])
  return [...byArgument.values()].map((cells) => ({
    kind: 'value',
    expression: cells[0]!.argument!,
    demand: share(cells, numbers, range, at)
  }))
}

/** What one row's number must be; of a single end, the other rows are only on its right side. */
function share(cells: readonly Cell[], numbers: Assignment, range: Range, at: number): Demand {
  const { size } = range
  const key = keyOf(cells[0]!.argument)
  const all = range.shares.get(key) ?? shares(cells, numbers, size)
  range.shares.set(key, all)
  const value = all[at]!
  const [{ aggregate }] = cells as [Cell]
  if (cells.length === 1 && /^(MIN|FIRST)$/.test(aggregate) && at > 0)
    return { kind: 'number', key: `>= ${value}`, holds: (n) => n >= value, near: value }
  if (cells.length === 1 && /^(MAX|LAST)$/.test(aggregate) && at < size - 1)
    return { kind: 'number', key: `<= ${value}`, holds: (n) => n <= value, near: value }
  return { kind: 'number', key: `== ${value}`, holds: (n) => n === value, near: value }
}
