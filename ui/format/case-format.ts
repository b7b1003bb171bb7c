/**
 * A case as plain data: what is kept of an analysis, in the browser and in a file. The data itself is never part of it, only
 * the names, sizes and hashes that tell the same files again.
 *
 * `readCase` takes anything (an old record, a file somebody sent) and gives a whole case or the reason why not; what does not
 * fit is left out and counted, so that one bad note costs no other. Bounds hold for every list and text.
 */
import type { QueryRun } from '../state/query-desk.svelte.ts'

export const CASE_VERSION = 2
export const CASE_KIND = 'rarebit-case'
/** A case file larger than this is refused unread. */
export const MAX_CASE_BYTES = 32 * 1024 * 1024

export interface CaseInput {
  name: string
  byteLength: number
  /** Hash of size, head and tail: known as soon as a file is opened. */
  print: string
  /** Of the whole file; null until it was counted. */
  sha256: string | null
}

export interface CaseMark {
  star: boolean
  tags: readonly string[]
  note: string
}

/** Where an event stands: in the file with this print, in which member of it, at which byte. */
export interface EventPlace {
  print: string
  /** Name within an archive; empty for a plain file. */
  member: string
  byte: number
}

export interface CaseSettings {
  /** The rule on screen by id, or by name where it has none; null for the built-in one. */
  rule: { id: string | null; name: string } | null
  mode: 'whole' | 'replay'
  sort: 'rarity' | 'count' | 'time'
  filter: string
  only: string | null
  ruleFilter: string
  query: string
  limited: boolean
  /** Prints of the files that are tables for LOOKUP JOIN and ENRICH. */
  tables: string[]
}

export interface CaseData {
  id: string
  /** Epoch milliseconds. */
  createdAt: number
  savedAt: number
  inputs: CaseInput[]
  /** Files of rules that were added, as texts. */
  rules: { name: string; text: string }[]
  settings: CaseSettings
  findings: [key: string, mark: CaseMark][]
  events: [place: EventPlace, mark: CaseMark][]
  steps: [finding: string, marks: [step: string, mark: { done: boolean; note: string }][]][]
  history: QueryRun[]
}

export type ReadCase =
  | { read: CaseData; leftOut: number }
  /** `newer`: written by a later version of Rarebit; `foreign`: not a case at all. */
  | { refused: 'newer' | 'foreign' }

const LIMITS = {
  inputs: 10_000,
  rules: 10_000,
  marks: 100_000,
  steps: 500,
  history: 100,
  tags: 20,
  name: 4096,
  tag: 60,
  note: 20_000,
  query: 200_000,
  ruleText: 8 * 1024 * 1024
} as const

export const DEFAULT_SETTINGS: CaseSettings = {
  rule: null,
  mode: 'whole',
  sort: 'rarity',
  filter: '',
  only: null,
  ruleFilter: '',
  query: '',
  limited: true,
  tables: []
}

type Loose = Readonly<Record<string, unknown>>
/** From version n to n + 1, at index n. */
export type Migration = (old: Loose) => Loose

/** Version 1 knew steps only, as the panel beside Kibana still keeps them. */
const MIGRATIONS: readonly Migration[] = [
  (old) => old,
  ({ marks, ...old }) => ({ ...old, steps: marks, findings: [], events: [] })
]

/** Whether anything in a case is the analyst's own, so that it is worth keeping. */
export function hasWork(data: CaseData): boolean {
  const { rules, findings, events, steps, history, settings } = data
  const asked = settings.rule !== null || settings.mode !== 'whole' || settings.filter !== '' || settings.only !== null
  return (
    asked || rules.length + findings.length + events.length + history.length > 0 || steps.some(([, marks]) => marks.length > 0)
  )
}

/** The file form. */
export function caseText(data: CaseData): string {
  return `${JSON.stringify({ kind: CASE_KIND, version: CASE_VERSION, ...data }, null, 1)}\n`
}

/** Whether a file says it is a case, by its first bytes; reading it decides. */
export function looksLikeCase(head: string): boolean {
  return /^\uFEFF?\s*\{\s*"kind"\s*:\s*"rarebit-case"/.test(head)
}

/** Reads the file form. */
export function readCaseText(text: string): ReadCase {
  try {
    return readCase(JSON.parse(text))
  } catch {
    return { refused: 'foreign' }
  }
}

/** Reads anything as a case; `migrations` are those of older versions. */
export function readCase(value: unknown, migrations: readonly Migration[] = MIGRATIONS, version = CASE_VERSION): ReadCase {
  if (!isObject(value) || own(value, 'kind') !== CASE_KIND) return { refused: 'foreign' }
  const from = own(value, 'version')
  if (typeof from !== 'number' || !Number.isInteger(from) || from < 1) return { refused: 'foreign' }
  if (from > version) return { refused: 'newer' }
  let loose: Loose = value
  for (let at = from; at < version; at++) loose = migrations[at]?.(loose) ?? loose
  return new Reading().case(loose)
}

/** Reads with the bounds above and counts what was left out. */
class Reading {
  leftOut = 0

  case(loose: Loose): ReadCase {
    const id = own(loose, 'id')
    const inputs = this.list(own(loose, 'inputs'), LIMITS.inputs, (one) => this.input(one))
    if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id) || inputs.length === 0) return { refused: 'foreign' }
    const savedAt = time(own(loose, 'savedAt'))
    const data: CaseData = {
      id,
      createdAt: time(own(loose, 'createdAt')),
      savedAt,
      inputs,
      rules: this.list(own(loose, 'rules'), LIMITS.rules, (one) => this.rule(one)),
      settings: settingsOf(own(loose, 'settings')),
      findings: this.list(own(loose, 'findings'), LIMITS.marks, (one) => this.pair(one, findingKeyOf, markOf)),
      events: this.list(own(loose, 'events'), LIMITS.marks, (one) => this.pair(one, placeOf, markOf)),
      steps: this.list(own(loose, 'steps'), LIMITS.marks, (one) =>
        this.pair(one, findingKeyOf, (marks) =>
          this.list(marks, LIMITS.steps, (step) => this.pair(step, (name) => text(name, LIMITS.name), stepMarkOf))
        )
      ),
      history: this.list(own(loose, 'history'), LIMITS.history, runOf)
    }
    return { read: data, leftOut: this.leftOut }
  }

  private list<Item>(value: unknown, most: number, read: (one: unknown) => Item | null): Item[] {
    if (!Array.isArray(value)) return []
    const items: Item[] = []
    for (const one of value.slice(0, most)) {
      const item = read(one)
      if (item === null) this.leftOut++
      else items.push(item)
    }
    this.leftOut += Math.max(0, value.length - most)
    return items
  }

  private pair<Key, Value>(
    one: unknown,
    key: (part: unknown) => Key | null,
    value: (part: unknown) => Value | null
  ): [Key, Value] | null {
    if (!Array.isArray(one)) return null
    const [first, second] = [key(one[0]), value(one[1])]
    return first === null || second === null ? null : [first, second]
  }

  private input(one: unknown): CaseInput | null {
    if (!isObject(one)) return null
    const name = text(own(one, 'name'), LIMITS.name)
    const byteLength = own(one, 'byteLength')
    const print = text(own(one, 'print'), 100)
    const sha256 = own(one, 'sha256')
    if (name === null || print === null || typeof byteLength !== 'number' || !(byteLength >= 0)) return null
    return { name, byteLength, print, sha256: typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) ? sha256 : null }
  }

  private rule(one: unknown): { name: string; text: string } | null {
    if (!isObject(one)) return null
    const [name, ruleText] = [text(own(one, 'name'), LIMITS.name), text(own(one, 'text'), LIMITS.ruleText)]
    return name === null || ruleText === null ? null : { name, text: ruleText }
  }
}

const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value)
const own = (value: Loose, name: string): unknown => (Object.hasOwn(value, name) ? value[name] : undefined)
const text = (value: unknown, most: number): string | null => (typeof value === 'string' && value.length <= most ? value : null)
const time = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.min(value, 8.64e15) : 0
const oneOf = <Name extends string>(value: unknown, names: readonly Name[], fallback: Name): Name =>
  names.find((name) => name === value) ?? fallback

const findingKeyOf = (value: unknown) => text(value, 2 * LIMITS.name)

function markOf(value: unknown): CaseMark | null {
  if (!isObject(value)) return null
  const tags = own(value, 'tags')
  const kept = Array.isArray(tags)
    ? tags.filter((tag): tag is string => typeof tag === 'string' && tag !== '' && tag.length <= LIMITS.tag)
    : []
  const note = own(value, 'note')
  const mark = {
    star: own(value, 'star') === true,
    tags: [...new Set(kept)].slice(0, LIMITS.tags),
    note: typeof note === 'string' ? note.slice(0, LIMITS.note) : ''
  }
  return mark.star || mark.tags.length > 0 || mark.note !== '' ? mark : null
}

function stepMarkOf(value: unknown): { done: boolean; note: string } | null {
  if (!isObject(value)) return null
  const note = own(value, 'note')
  return { done: own(value, 'done') === true, note: typeof note === 'string' ? note.slice(0, LIMITS.note) : '' }
}

function placeOf(value: unknown): EventPlace | null {
  if (!isObject(value)) return null
  const [print, member, byte] = [text(own(value, 'print'), 100), text(own(value, 'member'), LIMITS.name), own(value, 'byte')]
  if (print === null || member === null || !Number.isSafeInteger(byte) || (byte as number) < 0) return null
  return { print, member, byte: byte as number }
}

function settingsOf(value: unknown): CaseSettings {
  if (!isObject(value)) return DEFAULT_SETTINGS
  const word = (name: string) => text(own(value, name), LIMITS.query) ?? ''
  const rule = own(value, 'rule')
  const tables = own(value, 'tables')
  const name = isObject(rule) ? text(own(rule, 'name'), LIMITS.name) : null
  return {
    rule: isObject(rule) && name !== null ? { id: text(own(rule, 'id'), LIMITS.name), name } : null,
    mode: oneOf(own(value, 'mode'), ['whole', 'replay'], 'whole'),
    sort: oneOf(own(value, 'sort'), ['rarity', 'count', 'time'], 'rarity'),
    filter: word('filter'),
    only: text(own(value, 'only'), LIMITS.tag + 10),
    ruleFilter: word('ruleFilter'),
    query: word('query'),
    limited: own(value, 'limited') !== false,
    tables: Array.isArray(tables) ? tables.slice(0, 100).filter((print): print is string => text(print, 100) !== null) : []
  }
}

function runOf(value: unknown): QueryRun | null {
  if (!isObject(value)) return null
  const query = text(own(value, 'text'), LIMITS.query)
  const rows = own(value, 'rows')
  if (query === null) return null
  return {
    text: query,
    limited: own(value, 'limited') !== false,
    startedMillis: time(own(value, 'startedMillis')),
    elapsedMillis: time(own(value, 'elapsedMillis')),
    outcome: oneOf(own(value, 'outcome'), ['done', 'cancelled', 'refused', 'failed'], 'failed'),
    rows: typeof rows === 'number' && rows >= 0 ? rows : null
  }
}
