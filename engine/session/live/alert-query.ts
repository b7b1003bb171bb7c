/**
 * Queries about an alert: its rule cut before the first aggregation and held to the alert's keys and window. The same text runs
 * here, in Discover and on the cluster, so it is written for Elasticsearch.
 */
import type { Command, QueryNode, StatsCommand } from '../../language/ast.ts'
import { outputName } from '../../language/output-name.ts'
import { printCommand } from '../../language/printer.ts'
import { esqlString } from '../../rules/quoting.ts'
import { quotedName } from '../../language/token.ts'
import type { CellValue } from '../types.ts'

/** Rows shown of contributing events; the query says so itself. */
export const MAX_CONTRIBUTING = 1000

export interface AlertKey {
  name: string
  value: CellValue
}

export interface AlertWindow {
  from: string
  to: string
}

/** The aggregation whose groups are the alerts; null when the rule has none. */
export function firstStats(query: QueryNode): { at: number; stats: StatsCommand } | null {
  const at = query.commands.findIndex((command) => command.type === 'stats' && !command.inline)
  const stats = query.commands[at]
  return stats?.type === 'stats' ? { at, stats } : null
}

/** Names of the group keys as result columns. */
export const keyNames = (stats: StatsCommand): string[] => stats.groupings.map((grouping) => outputName(grouping))

/** The events behind a row: what the rule does before it aggregates, then the row's keys. */
export function contributingQuery(query: QueryNode, keys: readonly AlertKey[], window: AlertWindow | null): string | null {
  const found = firstStats(query)
  const [source] = query.commands
  if (!found || source?.type !== 'from') return null
  // Keys that are computed in BY need their column before they can be compared.
  const computed = found.stats.groupings.filter(({ name, expression }) => name !== null && expression.type !== 'column')
  return piped([
    fromText(source),
    window && `WHERE ${inWindow(window)}`,
    ...query.commands.slice(1, found.at).map((command) => printCommand(command)),
    computed.length > 0 && printCommand({ type: 'eval', fields: computed, span: found.stats.span } satisfies Command),
    ...keys.map(({ name, value }) => `WHERE ${keyCondition(name, value)}`),
    `LIMIT ${MAX_CONTRIBUTING}`
  ])
}

/**
 * Events that have the keys, whatever else the rule asks: for events that were loaded without some fields. `isPartial` tells
 * whether some event was loaded without a field; what such an event lacks is no reason to leave it out.
 */
export function candidateQuery(
  query: QueryNode,
  keys: readonly AlertKey[],
  window: AlertWindow | null,
  isPartial: (field: string) => boolean
): { text: string; keys: string[] } | null {
  const found = firstStats(query)
  const [source] = query.commands
  if (!found || source?.type !== 'from') return null
  const columns = new Set(
    found.stats.groupings.flatMap(({ expression }) => (expression.type === 'column' ? [expression.name] : []))
  )
  const usable = keys.filter(({ name, value }) => columns.has(name) && value !== null)
  if (usable.length === 0) return null
  const orAbsent = (condition: string, column: string, field: string) =>
    isPartial(field) ? `${condition} OR ${column} IS NULL` : condition
  const text = piped([
    fromText(source),
    window && `WHERE ${orAbsent(inWindow(window), ARRIVED, '@timestamp')}`,
    ...usable.map(({ name, value }) => `WHERE ${orAbsent(keyCondition(name, value), quotedName(name), name)}`),
    `LIMIT ${MAX_CONTRIBUTING}`
  ])
  return { text, keys: usable.map(({ name }) => name) }
}

const piped = (commands: readonly (string | false | null)[]) => commands.filter((command) => Boolean(command)).join('\n| ')

/** The source with the names of the documents, so that answers are known again. */
function fromText(source: Extract<Command, { type: 'from' }>): string {
  const names = new Set(source.metadata.map(({ name }) => name))
  const wanted = ['_id', '_index', '_version'].filter((name) => !names.has(name)).map((name) => ({ name, span: source.span }))
  return printCommand({ ...source, metadata: [...source.metadata, ...wanted] })
}

/** As detection rules see time: when the event arrived, else when it happened. */
const ARRIVED = 'COALESCE(event.ingested, @timestamp)'

/** Both ends included. */
const inWindow = ({ from, to }: AlertWindow) => `${ARRIVED} >= ${esqlString(from)} AND ${ARRIVED} <= ${esqlString(to)}`

function keyCondition(name: string, value: CellValue): string {
  const column = quotedName(name)
  if (value === null) return `${column} IS NULL`
  const literals = (Array.isArray(value) ? value : [value]).map((one) =>
    typeof one === 'string' ? esqlString(one) : String(one)
  )
  // A group has one value of a key; several come from an alert whose rule put values together behind it.
  return literals.length === 1 ? `${column} == ${literals[0]}` : `${column} IN (${literals.join(', ')})`
}
