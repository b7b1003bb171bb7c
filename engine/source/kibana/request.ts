/**
 * What the page asked for, read from the request it sent: which view, which index, which fields, which stretch of time, and
 * whether a filter of the page makes the answer narrower than that. All of it is only used to say so.
 */
export type LiveView = 'alerts' | 'document' | 'timeline' | 'discover' | 'esql' | 'signals' | 'other'

export interface Asked {
  view: LiveView
  /** Index pattern, or FROM's text; null when the request does not say. */
  index: string | null
  /** ES|QL text. */
  query: string | null
  /** Fields that were asked for; null: all of them. */
  fields: readonly string[] | null
  timeRange: { from: string; to: string } | null
  /** A condition of the page beside the time range and its standing ones. */
  filtered: boolean
  /** Documents the page asked for at most. */
  size: number | null
}

const NOTHING: Asked = { view: 'other', index: null, query: null, fields: null, timeRange: null, filtered: false, size: null }

type Json = Record<string, unknown>
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const at = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((inner, name) => (isJson(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined), value)
const text = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, 10_000) : null)
const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Reads a request of a search strategy. `body` is what the page sent (any JSON). */
export function readRequest(strategy: string, body: unknown): Asked {
  const params = at(body, 'params')
  // 8.x nests the search in `body`; later versions do not.
  const search = isJson(at(params, 'body')) ? at(params, 'body') : params
  const query = at(search, 'query')
  switch (strategy) {
    case 'privateRuleRegistryAlertsSearchStrategy':
      return {
        ...NOTHING,
        view: 'alerts',
        fields: fieldNames(at(body, 'fields')),
        ...conditions(at(body, 'query')),
        size: number(at(body, 'pagination', 'pageSize'))
      }
    case 'timelineSearchStrategy':
    case 'timelineEqlSearchStrategy':
      return at(body, 'factoryQueryType') === 'eventsDetails'
        ? { ...NOTHING, view: 'document', index: text(at(body, 'indexName')) }
        : timeline(body)
    case 'esql_async':
    case 'esql':
      return { ...NOTHING, view: 'esql', query: text(query), ...conditions(at(params, 'filter')) }
    case 'ese':
    case 'es': {
      const one = list(at(query, 'bool', 'filter')).some((clause) => isJson(at(clause, 'ids')))
      const wanted = at(search, '_source') === true || at(params, '_source') === true ? null : fieldNames(at(search, 'fields'))
      return {
        ...NOTHING,
        view: one ? 'document' : 'discover',
        index: text(at(params, 'index')),
        fields: wanted,
        ...conditions(query),
        size: number(at(search, 'size'))
      }
    }
    default:
      return { ...NOTHING }
  }
}

/** Rule events by plain search: whole sources. */
export const signalsRequest = (body: unknown): Asked => ({
  ...NOTHING,
  view: 'signals',
  ...conditions(at(body, 'query')),
  size: number(at(body, 'size'))
})

function timeline(body: unknown): Asked {
  const range = at(body, 'timerange')
  const from = text(at(range, 'from'))
  const to = text(at(range, 'to'))
  return {
    ...NOTHING,
    view: 'timeline',
    index: list(at(body, 'defaultIndex'))
      .filter((name) => typeof name === 'string')
      .join(','),
    fields: [...(fieldNames(at(body, 'fieldRequested')) ?? []), ...(fieldNames(at(body, 'fields')) ?? [])],
    timeRange: from !== null && to !== null ? { from, to } : null,
    filtered: conditions(parsed(text(at(body, 'filterQuery')))).filtered,
    size: number(at(body, 'pagination', 'querySize'))
  }
}

function parsed(value: string | null): unknown {
  try {
    return JSON.parse(value ?? 'null')
  } catch {
    return null
  }
}

/** Names of a `fields` list; null when it holds the star. */
function fieldNames(value: unknown): string[] | null {
  const names = list(value).map((field) => (typeof field === 'string' ? field : text(at(field, 'field'))))
  return names.includes('*') ? null : names.filter((name) => name !== null)
}

/** The time range among the clauses of a bool query, and whether there are clauses that Kibana does not always send. */
function conditions(query: unknown): Pick<Asked, 'timeRange' | 'filtered'> {
  let timeRange: Asked['timeRange'] = null
  let filtered = list(at(query, 'bool', 'should')).length > 0 || list(at(query, 'bool', 'must_not')).length > 0
  for (const clause of [...list(at(query, 'bool', 'filter')), ...list(at(query, 'bool', 'must'))]) {
    const range = at(clause, 'range')
    const bounds = isJson(range) ? Object.values(range)[0] : null
    const from = text(at(bounds, 'gte'))
    const to = text(at(bounds, 'lte'))
    if (from !== null && to !== null) timeRange ??= { from, to }
    else if (!isStanding(clause)) filtered = true
  }
  return { timeRange, filtered }
}

/** Building-block alerts are hidden by every page of Security; `match_all` and index terms narrow nothing. */
function isStanding(clause: unknown): boolean {
  return (
    at(clause, 'bool', 'must_not', 'exists', 'field') === 'kibana.alert.building_block_type' || isJson(at(clause, 'match_all'))
  )
}
