/**
 * What a search answer holds, whatever it is wrapped in: hits, or columns and rows. The shape is sniffed, never the version:
 * Elasticsearch's own body, the async one around it, and Kibana's wrapper around either look different at the top only.
 */
import { elementsOf, isArray, isObject, isTrue, memberOf, membersOf, rootSlice, type Slice, textOf } from './json-slices.ts'

export interface Answer {
  /** The search goes on: what is here is partial and will come again. */
  running: boolean
  /** Name by which the search is asked for again. */
  searchId: string | null
  /** Elasticsearch's reason, when the answer is an error with status 200. */
  error: string | null
  hits: Slice[] | null
  /** Hits or rows beyond MAX_ROWS. */
  leftOut: number
  table: { columns: { name: string; type: string }[]; allColumns: string[]; rows: Slice[] } | null
}

/** Hits or rows of one answer that are looked at. */
export const MAX_ROWS = 20_000
const WRAPPERS = new Set(['rawResponse', 'response', 'result'])
/** Wrapper, async body, answer: no version nests deeper. */
const MAX_WRAPPERS = 3

/** Reads one answer; throws JsonDamage where it is no JSON. */
export function readAnswer(bytes: Uint8Array): Answer {
  const answer: Answer = { running: false, searchId: null, error: null, hits: null, leftOut: 0, table: null }
  readLevel(bytes, rootSlice(bytes), answer, MAX_WRAPPERS)
  return answer
}

function readLevel(bytes: Uint8Array, level: Slice, answer: Answer, left: number): void {
  if (!isObject(bytes, level) || left < 0) return
  const found = new Map<string, Slice>()
  for (const [name, value] of membersOf(bytes, level)) if (!found.has(name)) found.set(name, value)
  const at = (name: string) => found.get(name)
  const flag = (name: string) => at(name) !== undefined && isTrue(bytes, at(name)!)
  answer.running ||= flag('is_running') || flag('isRunning')
  answer.searchId ??= at('id') ? textOf(bytes, at('id')!) : null
  if (at('error')) answer.error ??= reasonOf(bytes, at('error')!)
  const columns = at('columns')
  const values = at('values')
  if (columns && values && isArray(bytes, columns) && isArray(bytes, values))
    answer.table ??= tableOf(bytes, columns, at('all_columns'), firstRows(bytes, values, answer))
  const hits = at('hits')
  if (hits && isObject(bytes, hits)) {
    const list = memberOf(bytes, hits, 'hits')
    if (list && isArray(bytes, list)) answer.hits ??= firstRows(bytes, list, answer)
  }
  for (const name of WRAPPERS) if (at(name)) readLevel(bytes, at(name)!, answer, left - 1)
}

function tableOf(bytes: Uint8Array, columns: Slice, all: Slice | undefined, rows: Slice[]): Answer['table'] {
  const named = firstElements(bytes, columns).map((column) => ({
    name: memberText(bytes, column, 'name') ?? '',
    type: memberText(bytes, column, 'type') ?? ''
  }))
  const allColumns = all
    ? firstElements(bytes, all).map((column) => memberText(bytes, column, 'name') ?? '')
    : named.map(({ name }) => name)
  return { columns: named, allColumns, rows }
}

const firstElements = (bytes: Uint8Array, array: Slice) => firstRows(bytes, array, { leftOut: 0 })

/** The elements that are looked at; the others are counted. */
function firstRows(bytes: Uint8Array, array: Slice, counted: { leftOut: number }): Slice[] {
  const list: Slice[] = []
  for (const element of elementsOf(bytes, array))
    if (list.length < MAX_ROWS) list.push(element)
    else counted.leftOut++
  return list
}

function memberText(bytes: Uint8Array, object: Slice, name: string): string | null {
  const value = isObject(bytes, object) ? memberOf(bytes, object, name) : null
  return value && textOf(bytes, value)
}

function reasonOf(bytes: Uint8Array, error: Slice): string {
  return textOf(bytes, error) ?? memberText(bytes, error, 'reason') ?? memberText(bytes, error, 'type') ?? 'unknown error'
}
