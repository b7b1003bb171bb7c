/**
 * Conditions on counts and other numbers of a group: small whole numbers that make them hold, found by changing one or two at
 * a time, from the literals of the conditions themselves. Dates are milliseconds.
 */
import type { Expression } from '../../engine/language/ast.ts'
import { calculate, constantOf, millisOf } from './constants.ts'
import { NOW, USUAL_TIME } from './demands.ts'
import { type Cell, columnsIn, contains, keyOf } from './levels.ts'

export interface NumericGoal {
  /** The cells it reads. */
  cells: readonly string[]
  holds(values: ReadonlyMap<string, number>): boolean
  literals: readonly number[]
  /** Spans in milliseconds that matter. */
  spans: readonly number[]
}

export type Assignment = Map<string, number>

type Value = number | string | boolean | null | undefined

const CALLS = new Set(
  'DATE_DIFF NOW CASE COALESCE ROUND TO_LONG TO_DOUBLE TO_INTEGER TO_INT GREATEST LEAST FLOOR CEIL ABS MV_FIRST MV_MIN MV_MAX MV_LAST CONCAT TO_STRING TO_GEOPOINT ST_DISTANCE'.split(
    ' '
  )
)

/** Whether a condition is about numbers of `cells` alone. */
export function isNumeric(node: Expression, cells: ReadonlySet<string>): boolean {
  const columns = columnsIn(node)
  return columns.size > 0 && [...columns].every((name) => cells.has(name)) && understood(node)
}

function understood(node: unknown): boolean {
  if (Array.isArray(node)) return node.every(understood)
  if (typeof node !== 'object' || node === null) return true
  const { type, name } = node as { type?: string; name?: string }
  if (type === 'call' && !CALLS.has(name!.toUpperCase())) return false
  return type !== 'pattern' && type !== 'extracted' && Object.values(node).every(understood)
}

export function numericGoal(node: Expression, want: boolean): NumericGoal {
  return {
    cells: [...columnsIn(node)],
    holds: (values) => (evaluate(node, values) === true) === want,
    literals: literalsIn(node),
    spans: spansIn(node)
  }
}

function evaluate(node: Expression, values: ReadonlyMap<string, number>): Value {
  const of = (child: Expression | undefined) => (child ? evaluate(child, values) : undefined)
  switch (node.type) {
    case 'column':
      return values.get(node.name)
    case 'cast':
      return of(node.value)
    case 'comparison':
      return compare(node.operator, of(node.left), of(node.right))
    case 'arithmetic': {
      const [left, right] = [of(node.left), of(node.right)]
      if (typeof left !== 'number' || typeof right !== 'number') return undefined
      const result = calculate(node.operator, left, right)
      return node.operator === '/' && whole(node.left) && whole(node.right) ? Math.trunc(result) : result
    }
    case 'logical': {
      const [left, right] = [of(node.left) === true, of(node.right) === true]
      return node.operator === 'and' ? left && right : left || right
    }
    case 'not':
      return of(node.operand) === false
    case 'in':
      return node.items.some((item) => of(item) === of(node.value)) !== node.negated
    case 'is-null':
      return (of(node.value) === null) !== node.negated
    case 'null':
      return null
    case 'call':
      return call(node, of)
    default:
      return constantOf(node) as Value
  }
}

function compare(operator: string, left: Value, right: Value): Value {
  if (left === null || right === null || left === undefined || right === undefined) return undefined
  if (operator === '==') return left === right
  if (operator === '!=') return left !== right
  const [a, b] = [Number(left), Number(right)]
  return operator === '<' ? a < b : operator === '<=' ? a <= b : operator === '>' ? a > b : a >= b
}

function call({ name, args }: Extract<Expression, { type: 'call' }>, of: (node: Expression | undefined) => Value): Value {
  switch (name.toUpperCase()) {
    case 'NOW':
      return NOW
    case 'DATE_DIFF':
      return Math.trunc((Number(of(args[2])) - Number(of(args[1]))) / millisOf(String(of(args[0]))))
    case 'CASE':
      for (let i = 0; i + 1 < args.length; i += 2) if (of(args[i]) === true) return of(args[i + 1])
      return args.length % 2 === 1 ? of(args.at(-1)) : null
    case 'ROUND': {
      const scale = 10 ** Number(of(args[1]) ?? 0)
      return Math.round(Number(of(args[0])) * scale) / scale
    }
    case 'CONCAT':
      return args.map((arg) => String(of(arg))).join('')
    case 'ST_DISTANCE':
      return distance(String(of(args[0])), String(of(args[1])))
    case 'GREATEST':
      return Math.max(...args.map((arg) => Number(of(arg))))
    case 'LEAST':
      return Math.min(...args.map((arg) => Number(of(arg))))
    default:
      return of(args[0])
  }
}

/** Metres between two `POINT(x y)`. */
function distance(from: string, to: string): number {
  const [[x1, y1], [x2, y2]] = [from, to].map((point) =>
    (point.match(/-?[\d.]+/g) ?? []).map((degrees) => (Number(degrees) * Math.PI) / 180)
  ) as [number[], number[]]
  if (![x1, y1, x2, y2].every((value) => value !== undefined && Math.abs(value) <= Math.PI / 2)) return NaN
  const half = Math.sin((y2! - y1!) / 2) ** 2 + Math.cos(y1!) * Math.cos(y2!) * Math.sin((x2! - x1!) / 2) ** 2
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(half))
}

/** Whether ES|QL divides it as a whole number. */
function whole(node: Expression): boolean {
  return !/"kind":"decimal"|TO_DOUBLE|"AVG |"name":"ROUND/i.test(keyOf(node))
}

function literalsIn(node: unknown, found: number[] = []): number[] {
  if (Array.isArray(node)) for (const item of node) literalsIn(item, found)
  else if (typeof node === 'object' && node !== null) {
    const value = constantOf(node as Expression)
    if (typeof value === 'number') found.push(value)
    else for (const [key, child] of Object.entries(node)) if (key !== 'span') literalsIn(child, found)
  }
  return found
}

function spansIn(node: Expression): number[] {
  // A limit that is a date: as far as it is away, and a little more or less.
  const limits = literalsIn(node)
    .filter((n) => n > 1e12)
    .map((n) => Math.abs(USUAL_TIME - n))
  if (limits.length > 0) return limits.flatMap((away) => [away, away + 60_000, away - 60_000])
  const units = [...JSON.stringify(node).matchAll(/"(?:value|unit)":"(millisecond|second|minute|hour|day|week)s?"/g)].map((m) =>
    millisOf(m[1]!)
  )
  if (units.length === 0) return literalsIn(node).filter((n) => n > 0 && n < 1e12)
  return units.flatMap((unit) =>
    literalsIn(node)
      .filter((n) => n < 1e6)
      .flatMap((n) => [n * unit, (n + 1) * unit, (n - 1) * unit])
  )
}

// ---- the search ----

export interface SearchSpace {
  cells: readonly Cell[]
  goals: readonly NumericGoal[]
  /** Cells that hold a date. */
  dates: ReadonlySet<string>
  start: Assignment | null
}

const MOST = 2600

/** Assignments that are looked at before the search gives up. */
const MOST_TRIES = 20_000

/** Numbers under which all goals hold, near `start`; null when none were found. */
export function search(space: SearchSpace, seed: number): Assignment | null {
  const kinds = space.cells.some(({ filter }) => filter !== null)
  return searchWithin(space, seed, true) ?? (kinds ? searchWithin(space, seed, false) : null)
}

/** `apart`: events of different kinds are different events. */
function searchWithin({ cells, goals, dates, start }: SearchSpace, seed: number, apart: boolean): Assignment | null {
  const names = [...new Set(goals.flatMap((goal) => goal.cells))]
  const byName = new Map(cells.map((cell) => [cell.name, cell]))
  const candidates = new Map(names.map((name) => [name, valuesFor(byName.get(name)!, goals, dates.has(name))]))
  const bounds = boundsAmong(
    names.map((name) => byName.get(name)!),
    apart
  )
  /** How much does not hold; once it is `limit`, it is not looked at further. */
  const broken = (values: Assignment, limit: number) => {
    let sum = 0
    budget.left--
    for (const goal of goals) if (!goal.holds(values)) sum++
    // A goal that is reached may cost a bound, which is mended next.
    for (const bound of bounds) if (sum < limit && !bound(values)) sum += 0.3
    return sum
  }
  let random = seed * 7919 + 17
  const budget = { left: MOST_TRIES }
  const next = (count: number) => {
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0
    return Math.floor((random / 4294967296) * count)
  }
  for (let restart = start ? seed % 4 : 0; restart < 40 && budget.left > 0; restart++) {
    const values: Assignment = new Map(names.map((name) => [name, start?.get(name) ?? candidates.get(name)![0]!]))
    if (restart > 0)
      for (const name of names)
        if (!start || next(3) === 0) values.set(name, candidates.get(name)![next(candidates.get(name)!.length)]!)
    let best = broken(values, Infinity)
    for (let round = 0; best > 0 && round < 30 && budget.left > 0; round++) {
      const better = improve(values, names, candidates, broken, best)
      if (better === null) break
      best = better
    }
    if (best === 0) return values
  }
  return null
}

/** Changes the one number, or the two, that help most; null when nothing helps. */
function improve(
  values: Assignment,
  names: readonly string[],
  candidates: ReadonlyMap<string, number[]>,
  broken: (values: Assignment, limit: number) => number,
  before: number
): number | null {
  let best = before
  let change: [string, number][] | null = null
  const attempt = (pairs: [string, number][]) => {
    const old = pairs.map(([name]) => [name, values.get(name)!] as const)
    for (const [name, value] of pairs) values.set(name, value)
    const result = broken(values, best)
    for (const [name, value] of old) values.set(name, value)
    if (result < best) {
      best = result
      change = pairs
    }
  }
  for (const name of names) for (const value of candidates.get(name)!) attempt([[name, value]])
  if (!change && names.length <= 8)
    for (const [i, one] of names.entries())
      for (const other of names.slice(i + 1))
        for (const a of candidates.get(one)!)
          for (const b of candidates.get(other)!)
            attempt([
              [one, a],
              [other, b]
            ])
  if (!change) return null
  for (const [name, value] of change as [string, number][]) values.set(name, value)
  return best
}

/** Values worth trying for a cell, the usual one first, then from small to large. */
function valuesFor(cell: Cell, goals: readonly NumericGoal[], date: boolean): number[] {
  const own = goals.filter((goal) => goal.cells.includes(cell.name))
  if (date) {
    const spans = [...new Set(own.flatMap((goal) => goal.spans))].filter((span) => span > 0)
    const all = spans.reduce((sum, span) => sum + span, 0)
    return [
      USUAL_TIME,
      ...[1, 1000, ...spans, ...spans.map((span) => 2 * span), all].flatMap((away) => [
        USUAL_TIME - away,
        USUAL_TIME + away,
        NOW - away
      ])
    ]
  }
  const literals = [...own, ...goals.filter((goal) => goal.cells.length < 3)].flatMap((goal) => goal.literals)
  const counts = /^(COUNT|COUNT_DISTINCT)$/.test(cell.aggregate) || cell.filter !== null
  const near = literals.flatMap((n) =>
    Number.isInteger(n)
      ? [n, n + 1, n - 1, n * 2, n + 2]
      : [n, Math.ceil(n), Math.floor(n), ...(n > 0 && n < 1 ? [Math.ceil(1 / n), Math.ceil(2 / n)] : [])]
  )
  const usable = [...new Set([1, 2, 3, 0, ...near])].filter((n) => (counts ? Number.isInteger(n) && n >= 0 && n <= MOST : true))
  const sorted = usable.filter((n) => n !== 1).sort((a, b) => Math.abs(a) - Math.abs(b))
  const least = cell.aggregate === 'COUNT' && cell.argument === null && cell.filter === null ? 1 : -Infinity
  return [1, ...sorted].filter((n) => n >= least).slice(0, 40)
}

/** What must hold between aggregates of one group. */
function boundsAmong(cells: readonly Cell[], apart: boolean): ((values: ReadonlyMap<string, number>) => boolean)[] {
  const result: ((values: ReadonlyMap<string, number>) => boolean)[] = []
  const atMost = (a: Cell, b: Cell) => result.push((values) => values.get(a.name)! <= values.get(b.name)!)
  for (const a of cells)
    for (const b of cells) {
      if (a === b) continue
      const wider = b.filter === null || keyOf(a.filter) === keyOf(b.filter) || contains(a.filter, b.filter)
      const counts = wider && (b.aggregate === 'COUNT' || (b.aggregate === 'SUM' && b.argument === null))
      if (counts && (a.aggregate === 'COUNT_DISTINCT' || (a.filter !== null && /COUNT|SUM/.test(a.aggregate)))) atMost(a, b)
      if (
        a.aggregate === 'MIN' &&
        b.aggregate === 'MAX' &&
        keyOf(a.argument) === keyOf(b.argument) &&
        keyOf(a.filter) === keyOf(b.filter)
      )
        atMost(a, b)
    }
  const whole = cells.find((cell) => cell.aggregate === 'COUNT' && cell.argument === null && cell.filter === null)
  // Ends that differ are two rows.
  for (const low of cells.filter((cell) => whole && cell.aggregate === 'MIN'))
    for (const high of cells.filter((cell) => cell.aggregate === 'MAX' && keyOf(cell.argument) === keyOf(low.argument)))
      result.push((values) => values.get(low.name) === values.get(high.name) || values.get(whole!.name)! > 1)
  if (whole && apart) {
    const kinds = new Map<string, Cell[]>()
    const inner = (cell: Cell) => decided(cell.filter!, cells) || cells.some((other) => contains(cell.filter, other.filter))
    for (const cell of cells)
      if (cell.filter && !inner(cell) && /COUNT|SUM/.test(cell.aggregate))
        kinds.set(keyOf(cell.filter), [...(kinds.get(keyOf(cell.filter)) ?? []), cell])
    const size = (values: ReadonlyMap<string, number>, kind: readonly Cell[]) =>
      Math.max(...kind.map((cell) => values.get(cell.name)!))
    result.push((values) => [...kinds.values()].reduce((sum, kind) => sum + size(values, kind), 0) <= values.get(whole.name)!)
  }
  return [...result, ...boundsOfSums(cells), ...boundsOfFilters(cells, whole)]
}

/** Whether a filter of rows looks at nothing but numbers that the rows are given anyway. */
export function decided(filter: Expression, cells: readonly Cell[]): boolean {
  const columns = [...columnsIn(filter)]
  const given = new Set(
    cells
      .filter(({ argument, aggregate }) => argument?.type === 'column' && !/^COUNT/.test(aggregate))
      .map(({ argument }) => (argument as { name: string }).name)
  )
  return columns.length > 0 && columns.every((name) => given.has(name)) && understood(filter)
}

/** How many rows a filter picks, where it looks at numbers the rows are given, must be what its counts say. */
function boundsOfFilters(cells: readonly Cell[], whole: Cell | undefined): ((values: ReadonlyMap<string, number>) => boolean)[] {
  return cells
    .filter((cell) => whole && cell.filter && cell.argument === null && decided(cell.filter, cells))
    .map((cell) => {
      const [name] = columnsIn(cell.filter) as Iterable<string>
      const ends = cells.filter(
        ({ argument, aggregate }) => argument?.type === 'column' && argument.name === name && !/^COUNT/.test(aggregate)
      )
      return (values) => {
        const rows = values.get(whole!.name)!
        if (rows > 300) return false
        const picked = new Map<number, boolean>()
        const picks = (value: number) => {
          if (!picked.has(value)) picked.set(value, evaluate(cell.filter!, new Map([[name!, value]])) === true)
          return picked.get(value)!
        }
        return shares(ends, values, rows).filter(picks).length === values.get(cell.name)
      }
    })
}

/** A sum lies between the least and the greatest of its values, as often as there are rows. */
function boundsOfSums(cells: readonly Cell[]): ((values: ReadonlyMap<string, number>) => boolean)[] {
  const whole = cells.find((cell) => cell.aggregate === 'COUNT' && cell.argument === null && cell.filter === null)
  return cells
    .filter((cell) => cell.aggregate === 'SUM' && cell.argument !== null)
    .map((sum) => {
      const end = (name: string) =>
        cells.find(({ aggregate, argument }) => aggregate === name && keyOf(argument) === keyOf(sum.argument))
      const [low, high] = [end('MIN'), end('MAX')]
      return (values) => {
        const rows = whole ? values.get(whole.name)! : 1
        const [total, least, most] = [values.get(sum.name)!, low && values.get(low.name)!, high && values.get(high.name)!]
        if (!whole) return most === undefined || total >= most
        return (
          total >= rows * (least ?? (/"COUNT /.test(keyOf(sum.argument)) ? 1 : 0)) &&
          (most === undefined || (total <= rows * most && total >= most))
        )
      }
    })
}

/** Numbers of so many rows, of which aggregates are given. */
export function shares(cells: readonly Cell[], numbers: ReadonlyMap<string, number>, size: number): number[] {
  const given = (pattern: RegExp) =>
    cells.filter(({ aggregate }) => pattern.test(aggregate)).map(({ name }) => numbers.get(name)!)[0]
  const [sum, least, most, middle] = [
    given(/^SUM$/),
    given(/^(MIN|FIRST)$/),
    given(/^(MAX|LAST)$/),
    given(/^(AVG|MEDIAN|PERCENTILE)$/)
  ]
  const even = sum === undefined ? (middle ?? least ?? most!) : Math.floor(sum / size)
  const result = Array.from({ length: size }, () => even)
  if (sum !== undefined) for (let i = 0; i < sum - even * size; i++) result[i]!++
  if (least !== undefined) result[0] = least
  if (most !== undefined) result[size - 1] = most
  // What the ends take or give, the rows between them make up for.
  if (sum !== undefined && size > 2) {
    let rest = sum - result.reduce((total, value) => total + value, 0)
    for (let i = 1; rest !== 0 && i < 10_000; i = (i % (size - 2)) + 1) {
      result[i]! += Math.sign(rest)
      rest -= Math.sign(rest)
    }
  }
  return result
}
