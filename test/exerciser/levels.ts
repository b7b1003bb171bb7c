/**
 * A rule as levels: the events, and the rows behind each STATS or INLINE STATS. Every expression of a level is written in
 * terms of that level's own columns: fields of events, or keys and aggregates ("cells") of groups.
 */
import type { Command, Expression, StatsCommand } from '../../engine/language/ast.ts'
import { parseQuery, printExpression } from '../../engine/language/index.ts'
import { constantOf } from './constants.ts'
import { quoted } from './regex-languages.ts'

/** A part that GROK or DISSECT takes out of a text. */
export interface Extracted {
  type: 'extracted'
  input: Expression
  pattern: string
  how: 'grok' | 'dissect'
  name: string
}

export interface Condition {
  /** From 1, in the order of the rule's text. */
  number: number
  text: string
  span: Expression['span']
  expression: Expression
  level: number
}

/** One aggregate of a level. */
export interface Cell {
  name: string
  /** Upper case. */
  aggregate: string
  /** In terms of the level below; null for COUNT(*). */
  argument: Expression | null
  /** Only rows for which this holds are aggregated. */
  filter: Expression | null
}

export interface Level {
  kind: 'events' | 'stats' | 'inline'
  /** Expressions of the level below. */
  keys: Map<string, Expression>
  cells: Map<string, Cell>
  conditions: Condition[]
  /** INLINE STATS keeps the columns of the level below. */
  below: Definitions
}

export type Definitions = ReadonlyMap<string, Expression>

export interface Leveled {
  /** The rule up to the first COMPLETION. */
  text: string
  levels: Level[]
  conditions: Condition[]
  /** Fields of events. */
  fields: Set<string>
  /** Every expression over fields. */
  expressions: Expression[]
  metadata: Set<string>
  /** Names of indices it reads, as they are stored: an RLIKE pattern. */
  indices: string
}

export function levelsOf(query: string): Leveled {
  const model = parseQuery(query).query!.commands.find(({ type }) => type === 'completion')
  const text = model ? query.slice(0, model.span.start).replace(/\|\s*$/, '') : query
  const result: Leveled = {
    text,
    levels: [],
    conditions: [],
    fields: new Set(),
    expressions: [],
    metadata: new Set(),
    indices: ''
  }
  let level: Level = { kind: 'events', keys: new Map(), cells: new Map(), conditions: [], below: new Map() }
  let definitions: Definitions = new Map()
  result.levels.push(level)
  for (const command of parseQuery(text).query!.commands) {
    if (command.type === 'from') {
      for (const { name } of command.metadata) result.metadata.add(name)
      result.indices = command.patterns.map(({ text }) => storedNames(text)).join('|')
    }
    if (result.levels.every(({ kind }) => kind !== 'stats')) fieldsOf(command, definitions, result)
    if (command.type === 'where') {
      for (const condition of flatten(command.condition, 'and')) {
        const { start, end } = condition.span
        const expression = countingValues(inline(condition, definitions), level)
        const number = result.conditions.length + 1
        const entry = { number, text: text.slice(start, end), span: condition.span, expression, level: result.levels.length - 1 }
        result.conditions.push(entry)
        level.conditions.push(entry)
      }
    } else if (command.type === 'stats') {
      ;[level, definitions] = aggregated(command, definitions, result.levels.length)
      result.levels.push(level)
    } else definitions = after(command, definitions)
  }
  return result
}

/** Names behind an index pattern: of a data stream's index, or of an alert index. */
function storedNames(pattern: string): string {
  const [prefix, suffix] = pattern.startsWith('.') ? ['\\.internal', '\\-000001'] : ['\\.ds\\-', '\\-2025\\.06\\.01\\-000001']
  const name = pattern.split('*').map(quoted).join('[a-z_.\\-]*')
  return `${prefix}${name}${pattern.endsWith('*') ? '[a-z]\\-default' : ''}${suffix}`
}

/** How many values VALUES gives, is how many differ. */
function countingValues(node: Expression, level: Level): Expression {
  const inner = node.type === 'call' && node.name.toUpperCase() === 'MV_COUNT' ? node.args[0] : undefined
  const cell = inner?.type === 'column' ? level.cells.get(inner.name) : undefined
  if (cell?.aggregate !== 'VALUES') return children(node, (child) => countingValues(child as Expression, level)) as Expression
  const name = cell.name.replace('VALUES', 'COUNT_DISTINCT')
  level.cells.set(name, { ...cell, name, aggregate: 'COUNT_DISTINCT' })
  return column(name)
}

/** The rule with some conditions made true. */
export function without({ text }: Leveled, conditions: readonly Condition[]): string {
  const backwards = [...conditions].sort((a, b) => b.span.start - a.span.start)
  return backwards.reduce((query, { span }) => `${query.slice(0, span.start)}true${query.slice(span.end)}`, text)
}

function aggregated(command: StatsCommand, before: Definitions, at: number): [Level, Definitions] {
  const level: Level = {
    kind: command.inline ? 'inline' : 'stats',
    keys: new Map(),
    cells: new Map(),
    conditions: [],
    below: command.inline ? before : new Map()
  }
  const definitions = new Map<string, Expression>()
  for (const { name, expression, text } of command.groupings) {
    const key = name?.name ?? (expression.type === 'column' ? expression.name : (text ?? printExpression(expression)))
    level.keys.set(key, inline(expression, before))
    definitions.set(key, column(key))
  }
  for (const { name, expression, filter, text } of command.aggregates) {
    const own = filter ? inline(filter, before) : null
    const result = withCells(expression, own, before, level.cells, at)
    definitions.set(name?.name ?? text ?? '', result)
  }
  return [level, definitions]
}

const AGGREGATES = new Set(
  'COUNT COUNT_DISTINCT SUM AVG MIN MAX VALUES FIRST LAST TOP MEDIAN PERCENTILE STD_DEV ST_CENTROID_AGG'.split(' ')
)

/** The expression with each aggregate replaced by a column of the new level. */
function withCells(
  node: Expression,
  filter: Expression | null,
  before: Definitions,
  cells: Map<string, Cell>,
  at: number
): Expression {
  if (node.type === 'call') {
    const inner = node.args[0]
    // How many values there are, is how many differ.
    const counted = node.name.toUpperCase() === 'MV_COUNT' && inner?.type === 'call' && inner.name.toUpperCase() === 'VALUES'
    const call = counted ? inner : node
    const aggregate = counted ? 'COUNT_DISTINCT' : node.name.toUpperCase()
    if (AGGREGATES.has(aggregate)) {
      const argument = call.args[0] && !call.star ? inline(call.args[0], before) : null
      const constant = argument !== null && constantOf(argument) !== undefined
      return cellFor({ name: '', aggregate, argument: constant && aggregate === 'COUNT' ? null : argument, filter }, cells, at)
    }
  }
  return children(node, (child) => withCells(child as Expression, filter, before, cells, at)) as Expression
}

function cellFor(raw: Cell, cells: Map<string, Cell>, at: number): Expression {
  const { argument, filter } = conditional(raw)
  const name = `${raw.aggregate} ${keyOf(argument)} ${keyOf(filter)} @${at}`
  cells.set(name, { name, aggregate: raw.aggregate, argument, filter })
  return column(name)
}

/** `COUNT(CASE(c, x, null))` is `COUNT(x) WHERE c`; `SUM(CASE(c, 1, 0))` is `COUNT(*) WHERE c` but for its name. */
function conditional({ aggregate, argument, filter }: Cell): { argument: Expression | null; filter: Expression | null } {
  if (argument?.type !== 'call' || argument.name.toUpperCase() !== 'CASE' || argument.args.length > 3) return { argument, filter }
  const [test, value, otherwise] = argument.args as [Expression, Expression, Expression | undefined]
  const nothing = otherwise === undefined || otherwise.type === 'null' || (aggregate === 'SUM' && constantOf(otherwise) === 0)
  if (!nothing) return { argument, filter }
  const both = filter ? ({ type: 'logical', operator: 'and', left: filter, right: test, span: test.span } as Expression) : test
  return {
    argument: constantOf(value) !== undefined && aggregate !== 'VALUES' ? (aggregate === 'COUNT_DISTINCT' ? value : null) : value,
    filter: both
  }
}

const keys = new WeakMap<Expression, string>()

/** The same text for expressions that are alike. */
export function keyOf(node: Expression | null): string {
  if (node === null) return '-'
  let key = keys.get(node)
  if (key === undefined) {
    key = JSON.stringify(node, (name, value) => (name === 'span' || name === 'parts' ? undefined : value))
    keys.set(node, key)
  }
  return key
}

// ---- columns that are computed ----

/** The expression with computed columns replaced by what they are computed of. */
export function inline(node: Expression, definitions: Definitions): Expression {
  if (node.type === 'column') return definitions.get(node.name) ?? node
  return children(node, (child) => inline(child as Expression, definitions)) as Expression
}

/** A copy of a node with its child nodes changed. */
function children(node: unknown, change: (child: unknown) => unknown): unknown {
  if (Array.isArray(node)) return node.map((item) => (isNode(item) ? change(item) : children(item, change)))
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, child]) => [
      key,
      key === 'span' ? child : isNode(child) ? change(child) : children(child, change)
    ])
  )
}

const isNode = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'type' in value && !Array.isArray(value)

function after(command: Command, before: Definitions): Definitions {
  const result = new Map(before)
  if (command.type === 'eval')
    for (const { name, expression, text } of command.fields) result.set(name?.name ?? text ?? '', inline(expression, result))
  else if (command.type === 'rename')
    for (const { from, to } of command.renames) result.set(to.text, result.get(from.text) ?? column(from.text))
  else if (command.type === 'grok')
    for (const { value } of command.patterns)
      extract(result, command.input, value, 'grok', /%\{\w+:([^}:]+)|\(\?<([^>=!][^>]*)>/g)
  else if (command.type === 'dissect') extract(result, command.input, command.pattern.value, 'dissect', /%\{\+?([^}?*&][^}]*)\}/g)
  return result
}

function extract(
  result: Map<string, Expression>,
  input: Expression,
  pattern: string,
  how: Extracted['how'],
  names: RegExp
): void {
  const source = inline(input, result)
  for (const found of pattern.matchAll(names)) {
    const name = (found[1] ?? found[2])!.replace(/->$|\/\d+$/g, '')
    const part: Extracted = { type: 'extracted', input: source, pattern, how, name }
    result.set(name, part as unknown as Expression)
  }
}

export const column = (name: string): Expression => ({ type: 'column', name, parts: [], span: { start: 0, end: 0 } })

function fieldsOf(command: Command, definitions: Definitions, { fields, expressions }: Leveled): void {
  if (command.type === 'keep' || command.type === 'drop' || command.type === 'from' || command.type === 'sort') return
  if (command.type === 'rename') return
  const parts: Expression[] =
    command.type === 'where'
      ? [command.condition]
      : command.type === 'eval'
        ? command.fields.map(({ expression }) => expression)
        : command.type === 'stats'
          ? [
              ...command.groupings.map((g) => g.expression),
              ...command.aggregates.flatMap((a) => [a.expression, ...(a.filter ? [a.filter] : [])])
            ]
          : command.type === 'grok' || command.type === 'dissect'
            ? [command.input]
            : command.type === 'mv-expand'
              ? [command.field]
              : []
  let known = definitions
  parts.forEach((part, i) => {
    const whole = inline(part, known)
    expressions.push(whole)
    for (const name of columnsIn(whole)) if (!name.includes(' @')) fields.add(name)
    const field = command.type === 'eval' ? command.fields[i] : null
    if (field?.name) known = new Map(known).set(field.name.name, inline(part, known))
  })
}

const columns = new WeakMap<object, ReadonlySet<string>>()

/** Names of the columns an expression reads. */
export function columnsIn(value: unknown): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return new Set()
  let found = columns.get(value)
  if (!found) columns.set(value, (found = collectColumns(value, new Set())))
  return found
}

function collectColumns(value: unknown, found: Set<string>): Set<string> {
  if (Array.isArray(value)) for (const item of value) collectColumns(item, found)
  else if (typeof value === 'object' && value !== null) {
    const { type, name } = value as { type?: string; name?: string }
    if (type === 'column') found.add(name!)
    else for (const child of Object.values(value)) collectColumns(child, found)
  }
  return found
}

/** Whether a condition is another one with more. */
export function contains(whole: Expression | null, part: Expression | null): boolean {
  if (whole === null || part === null || whole === part) return false
  const [all, some] = [flatten(whole, 'and').map(keyOf), flatten(part, 'and').map(keyOf)]
  return all.length > some.length && some.every((key) => all.includes(key))
}

/** The operands of a chain of one operator. */
export function flatten(node: Expression, operator: 'and' | 'or'): Expression[] {
  const operands: Expression[] = []
  const open = [node]
  while (open.length > 0) {
    const next = open.pop()!
    if (next.type === 'logical' && next.operator === operator) open.push(next.right, next.left)
    else operands.push(next)
  }
  return operands
}
