/** What the investigation guide is told of a finding: its row, its events and what fields the loaded data has. */
import type { StepContext } from '../rules/investigation-guide.ts'
import type { SchemaSample } from '../source/schema-sample.ts'
import type { CellValue, EventText, Field, Finding, MatchExplanation } from './types.ts'

/** What is known of the fields of the data; a field that an incomplete count has not seen may still be there. */
export interface KnownPresence {
  fields: SchemaSample
  complete: boolean
}

/** Gathers the context; `events` are the first source events of the finding. */
export function stepContext(
  finding: Finding,
  columns: readonly Field[],
  events: readonly EventText[],
  match: MatchExplanation | null,
  presence: KnownPresence
): StepContext {
  const row = new Map<string, CellValue>(columns.map(({ name }, i) => [name, finding.row[i] ?? null]))
  const fields = events.map((event) => new Map(event.fields.map(({ name, value }) => [name, value])))
  const firstEvent = fields[0] ?? new Map<string, CellValue>()
  const text = (name: string): string | null => {
    const value = row.get(name) ?? firstEvent.get(name) ?? null
    return typeof value === 'string' ? value : null
  }
  const texts = (name: string) => distinct(fields.map((event) => event.get(name))).filter((value) => typeof value === 'string')
  const numbers = (name: string) =>
    distinct(fields.map((event) => event.get(name)))
      .map(Number)
      .filter(Number.isSafeInteger)
  return {
    row,
    hosts: finding.hosts,
    users: finding.users,
    t0: finding.firstSeen,
    t1: finding.lastSeen,
    entityIds: texts('process.entity_id'),
    parentEntityIds: texts('process.parent.entity_id'),
    pids: numbers('process.pid'),
    parentPids: numbers('process.parent.pid'),
    parentExecutable: text('process.parent.executable'),
    parentName: text('process.parent.name'),
    workingDirectory: text('process.working_directory'),
    commandLine: text('process.command_line'),
    eventCount: finding.eventCount,
    firstEvent,
    matchedBy: match?.summary ?? null,
    presence: (name) => presence.fields.fields.get(name)?.seen ?? (presence.complete ? 0 : null),
    datasets: presence.fields.indexNames
  }
}

function distinct(values: readonly (CellValue | undefined)[]): (string | number | bigint)[] {
  const flat = values.flatMap((value) => (Array.isArray(value) ? value : [value])) as (CellValue | undefined)[]
  const known = flat.filter((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
  return [...new Set(known as (string | number | bigint)[])]
}
