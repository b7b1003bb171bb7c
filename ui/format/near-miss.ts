/** Near misses that are alike told once: a job that runs every twenty minutes is one line with a count. */
import type { NearMissEvent } from '../../engine/worker/api.ts'
import { cellText } from './cell.ts'

export interface NearMissLine {
  event: NearMissEvent
  count: number
  first: string | null
  last: string | null
  hosts: string[]
}

/** Events with the same command and the same values of the condition's columns, in order of first sight. */
export function nearMissLines(events: readonly NearMissEvent[]): NearMissLine[] {
  const lines = new Map<string, NearMissLine>()
  for (const event of events) {
    const key = JSON.stringify([
      event.commandLine,
      event.values.map(({ name, value, notLoaded }) => [name, cellText(value), notLoaded])
    ])
    const line = lines.get(key) ?? { event, count: 0, first: event.time, last: event.time, hosts: [] }
    line.count++
    if (event.time && (!line.first || event.time < line.first)) line.first = event.time
    if (event.time && (!line.last || event.time > line.last)) line.last = event.time
    if (event.host && !line.hosts.includes(event.host)) line.hosts.push(event.host)
    lines.set(key, line)
  }
  return [...lines.values()]
}
