/**
 * What "ask this cluster" sends: one ES|QL search through the analyst's own session, as Kibana itself would send it. Built here as
 * plain data, so that exactly what is shown is what goes out.
 */
import type { Question } from '../ports.ts'

/** Rows asked for at most: the cluster must not be made to work for more than is looked at. */
export const MAX_ASKED_ROWS = 1000

const HEADERS = {
  'content-type': 'application/json',
  'kbn-xsrf': 'rarebit',
  'x-elastic-internal-origin': 'Kibana',
  'elastic-api-version': '1'
}

/** A read-only search between two times; the query carries its own LIMIT. */
export function esqlQuestion(query: string, time: { from: string; to: string }): Question {
  const range = (field: string) => ({ range: { [field]: { gte: time.from, lte: time.to, format: 'strict_date_optional_time' } } })
  const missing = { bool: { must_not: { exists: { field: 'event.ingested' } } } }
  const inTime = {
    bool: { minimum_should_match: 1, should: [range('event.ingested'), { bool: { filter: [missing, range('@timestamp')] } }] }
  }
  const params = { query, locale: 'en', filter: { bool: { filter: [inTime] } }, dropNullColumns: true }
  return { method: 'POST', path: '/internal/search/esql_async', headers: HEADERS, body: JSON.stringify({ params }) }
}

/** Asks for a search that is still running. */
export function pollQuestion(id: string): Question {
  const body = JSON.stringify({ params: { wait_for_completion_timeout: '30s' } })
  return { method: 'POST', path: `/internal/search/esql_async/${encodeURIComponent(id)}`, headers: HEADERS, body }
}

/** Ends a search that is still running. */
export function endQuestion(id: string): Question {
  return { method: 'DELETE', path: `/internal/search/esql_async/${encodeURIComponent(id)}`, headers: HEADERS, body: null }
}

/** The query with a LIMIT, where it has none at its end. */
export function withLimit(query: string): string {
  return /\|\s*limit\s+\d+\s*$/i.test(query.trimEnd()) ? query : `${query.trimEnd()}\n| LIMIT ${MAX_ASKED_ROWS}`
}

/** How often the keys of an alert occurred, and where: the cut query without its window, counted. */
export function baselineQuery(cutQuery: string): string {
  const withoutTail = cutQuery
    .split('\n| ')
    .filter((command) => !/^LIMIT \d+$/.test(command) && !command.startsWith('WHERE COALESCE(event.ingested, @timestamp) >='))
    .join('\n| ')
  return `${withoutTail}\n| STATS events = COUNT(*), hosts = COUNT_DISTINCT(host.name), first_seen = MIN(@timestamp), last_seen = MAX(@timestamp)`
}
