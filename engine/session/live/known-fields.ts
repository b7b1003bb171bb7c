/**
 * Null or not loaded: puts the difference into what is shown of heard events.
 *
 * In: near misses and events as they were read from the input that the store wrote. Out: the same, a value that the page never
 * loaded marked as such, an event that was loaded in part with the view that loaded it. Events of files are left as they are.
 */
import type { EventText, NearMissGroup } from '../types.ts'
import type { LiveStore } from './live-store.ts'

/** Near misses with every unknown value marked; `file` is the index of the heard input. */
export function markUnknownValues(groups: readonly NearMissGroup[], store: LiveStore, file: number): NearMissGroup[] {
  return groups.map((group) => ({
    ...group,
    events: group.events.map((event) => ({
      ...event,
      values: event.values.map((pair) =>
        pair.value === null && event.source.file === file && store.lacks(event.source.event, pair.name)
          ? { ...pair, notLoaded: true as const }
          : pair
      )
    }))
  }))
}

/** Events with the view that loaded only some of their fields. */
export function markPartial(events: readonly EventText[], store: LiveStore, file: number): EventText[] {
  return events.map((event) => {
    const view = event.source.file === file ? store.partialView(event.source.event) : null
    return view === null ? event : { ...event, partial: view }
  })
}
