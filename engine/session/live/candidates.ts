/**
 * Candidates: events that may stand behind an alert although the page loaded them without a field that the rule needs.
 *
 * In: the rows of the candidate query, which lets an absent key pass. Out: the events whose loaded keys are the alert's, with the
 * keys that told so. An event of which everything needed was loaded is none: of it the rule itself tells.
 */
import type { QueryResult, SourceRef } from '../types.ts'
import type { LiveStore } from './live-store.ts'
import type { AlertCase, Candidates } from './live-types.ts'

/** `file` is the index of the heard input among those the query read. */
export function candidatesAmong(found: AlertCase, answer: QueryResult, store: LiveStore, file: number): Candidates {
  const keys = found.candidateKeys
  const needed = found.notLoaded.map(({ field }) => field)
  const places = new Map(answer.columns.map(({ name }, i) => [name, i]))
  const isAbsent = (row: number, name: string) => (answer.values[row]![places.get(name) ?? -1] ?? null) === null
  const sources: SourceRef[] = []
  const compared = new Set<string>()
  for (const [row, [source]] of answer.sources.entries()) {
    if (!source || source.file !== file) continue
    const lacks = (field: string) => store.lacks(source.event, field)
    const loaded = keys.filter((name) => !lacks(name))
    // An absent key that was loaded is null: another group.
    if (loaded.length === 0 || loaded.some((name) => isAbsent(row, name)) || !needed.some(lacks)) continue
    sources.push(source)
    for (const name of loaded) compared.add(name)
  }
  return { sources, keys: keys.filter((name) => compared.has(name)) }
}
