/**
 * StepContext: what the investigation guide knows of one finding, and the pieces of ES|QL its steps are made of.
 *
 * Values come from a log and are hostile: they enter queries only through `esqlString` and `esqlEquals`, host commands only
 * through `shellWord`. A condition on a field that no loaded event has is left out: it would make every row null.
 */
import type { CellValue } from '../../data/cell-value.ts'
import type { InvestigationStep } from '../investigation-step.ts'
import { type CommandParts, commandParts } from '../command-parts.ts'
import { esqlEquals, shellWord } from '../quoting.ts'

export interface StepContext {
  /** The finding's row by column. */
  row: ReadonlyMap<string, CellValue>
  hosts: readonly string[]
  users: readonly string[]
  /** ISO times of the first and last event behind the row; null when the events carry none. */
  t0: string | null
  t1: string | null
  /** Of the row's events: process.entity_id and process.parent.entity_id, process.pid and process.parent.pid. */
  entityIds: readonly string[]
  parentEntityIds: readonly string[]
  pids: readonly number[]
  parentPids: readonly number[]
  parentExecutable: string | null
  parentName: string | null
  workingDirectory: string | null
  commandLine: string | null
  eventCount: number
  /** All fields of the first source event. */
  firstEvent: ReadonlyMap<string, CellValue>
  /** "matched by process.parent.name": from the match explanation; null while it is not known. */
  matchedBy: string | null
  /** Events that carry the field: 0 = none, null = not counted yet. */
  presence(field: string): number | null
  /** Values of event.dataset in the loaded data; null = not collected yet. */
  datasets: readonly string[] | null
}

/** The context with what several steps derive from it. */
export interface BoundContext extends StepContext {
  parts: CommandParts
  /** False only when the field is known to be in no event. */
  has(field: string): boolean
}

export type StepMaker = (context: BoundContext) => InvestigationStep

/** Derives what several steps need, once. */
export function bindContext(context: StepContext): BoundContext {
  return { ...context, parts: commandParts(context.commandLine ?? ''), has: (field) => context.presence(field) !== 0 }
}

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE

/** The ISO time moved by `millis`; null stays null. */
export function moved(time: string | null, millis: number): string | null {
  const at = time === null ? NaN : Date.parse(time)
  return Number.isNaN(at) ? null : new Date(at + millis).toISOString()
}

/** `@timestamp >= "..." AND @timestamp <= "..."`; a missing end is left out. */
export function between(context: BoundContext, from: string | null, to: string | null): (string | null)[] {
  if (!context.has('@timestamp')) return []
  return [from && `@timestamp >= "${from}"`, to && `@timestamp <= "${to}"`]
}

/** `column == value(s)`, null when there is no value or no event has the column. */
export function matching(context: BoundContext, column: string, values: readonly (string | number)[]): string | null {
  return context.has(column) ? esqlEquals(column, values) : null
}

export function onHost(context: BoundContext): string | null {
  return matching(context, 'host.name', context.hosts)
}

export function byUser(context: BoundContext): string | null {
  return matching(context, 'user.name', context.users)
}

/**
 * Process starts, merged documents and audit records (`executed`) included: `==` on several values would be null. The
 * condition is left out when the data has no such field.
 */
export function isStart(context: BoundContext): string | null {
  return context.has('event.action') ? 'MV_CONCAT(event.action, ",") LIKE "*exec*"' : null
}

/** File events of creation or change, by whichever of the two fields the data has. */
export function isFileChange(context: BoundContext): string | null {
  const field = context.has('event.type') ? 'event.type' : context.has('event.action') ? 'event.action' : null
  if (field === null) return null
  const words = field === 'event.type' ? ['creation', 'change'] : ['creat', 'modif', 'overwrite', 'rename']
  return anyOf(words.map((word) => `MV_CONCAT(${field}, ",") LIKE "*${word}*"`))
}

export function anyOf(conditions: readonly (string | null)[]): string | null {
  const held = conditions.filter((condition) => condition !== null)
  if (held.length === 0) return null
  return held.length === 1 ? held[0]! : `(${held.join(' OR ')})`
}

/** `FROM * | WHERE a AND b | ...`, one command a line; without conditions there is no WHERE. LIMIT is explicit: no warning. */
export function pipeline(conditions: readonly (string | null)[], ...commands: readonly string[]): string {
  const held = conditions.filter((condition) => condition !== null && condition !== '')
  const where = held.length > 0 ? [`WHERE ${held.join('\n    AND ')}`] : []
  return ['FROM *', ...where, ...commands, 'LIMIT 1000'].join('\n| ')
}

/** Columns of which the data has at least one event, `@timestamp` first; never empty. */
export function keep(context: BoundContext, ...columns: readonly string[]): string {
  const present = columns.filter((column) => context.has(column))
  return `KEEP ${(present.length > 0 ? present : ['@timestamp']).join(', ')}`
}

/** `SORT @timestamp`, in its place nothing when the data has no times. */
export function inOrder(context: BoundContext): string[] {
  return context.has('@timestamp') ? ['SORT @timestamp'] : []
}

/** Names the data set that is missing when no event has the field. */
export function missingUnless(context: BoundContext, field: string, what: string): string | null {
  if (context.has(field)) return null
  const loaded = context.datasets !== null && context.datasets.length > 0 ? ` Loaded: ${context.datasets.join(', ')}.` : ''
  return `No loaded event has ${field}: ${what} are not part of the data.${loaded}`
}

/** A time as systemd tools and find read it: `2025-11-17 02:10:01 UTC`. */
export function hostTime(time: string | null): string | null {
  const iso = moved(time, 0)
  return iso === null ? null : `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`
}

/** ` --since ... --until ...` for journalctl, ready to append. */
export function journalRange(from: string | null, to: string | null): string {
  const since = hostTime(from)
  const until = hostTime(to)
  return `${since ? ` --since ${shellWord(since)}` : ''}${until ? ` --until ${shellWord(until)}` : ''}`
}

/** ` -newermt A ! -newermt B` for find, ready to append. */
export function findRange(from: string | null, to: string | null): string {
  const since = hostTime(from)
  const until = hostTime(to)
  return `${since ? ` -newermt ${shellWord(since)}` : ''}${until ? ` ! -newermt ${shellWord(until)}` : ''}`
}

/** "a", "a and b", "a, b and 3 more": for sentences. */
export function listed(values: readonly (string | number)[], most = 3): string {
  const shown = values.slice(0, most).map(String)
  const more = values.length - shown.length
  if (more > 0) return `${shown.join(', ')} and ${more} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/** A command or path in a sentence, shortened. */
export function shortened(text: string | null, most = 120): string {
  if (text === null) return 'unknown'
  const characters = Array.from(text.slice(0, most * 2 + 2))
  return characters.length <= most ? text : `${characters.slice(0, most).join('')}…`
}
