/**
 * What the engine says in a small vocabulary, in the language in use: stages of a run, margins of thresholds, what rarity is
 * compared with, why an event matched. Whatever is not of that vocabulary is shown as the engine wrote it.
 */
import type { CellValue } from '../../engine/worker/api.ts'
import { language } from '../text/language.ts'
import { text, type PlainKey } from '../text/text.ts'
import { cellText } from './cell.ts'

const STAGES: ReadonlyMap<string, PlainKey> = new Map([
  ['finding the time range', 'stage.range'],
  ['reading', 'stage.reading'],
  ['finding what is loaded', 'stage.survey'],
  ['hashing the files', 'stage.hashing'],
  ['counting rarity', 'stage.rarity'],
  ['looking for near misses', 'stage.near'],
  ['reading the events', 'stage.events']
])

const SEVERITIES: ReadonlyMap<string, PlainKey> = new Map([
  ['low', 'severity.low'],
  ['medium', 'severity.medium'],
  ['high', 'severity.high'],
  ['critical', 'severity.critical']
])

/** A rule's severity. */
export function severityWords(severity: string): string {
  const key = SEVERITIES.get(severity)
  return key ? text(key) : severity
}

/** What is being done. */
export function stageWords(stage: string): string {
  const key = STAGES.get(stage)
  if (key) return text(key)
  const pass = /^reading \((\d+) of (\d+)\)$/.exec(stage)
  return pass ? text('stage.readingPass', { pass: pass[1]!, passes: pass[2]! }) : stage
}

const MARGINS = new Map([
  ['<', 'margin.below'],
  ['<=', 'margin.atMost'],
  ['>', 'margin.above'],
  ['>=', 'margin.atLeast'],
  ['==', 'margin.exactly'],
  ['!=', 'margin.not']
] as const)

interface Margin {
  operator: string
  limit: CellValue
  value: CellValue
  text: string
}

/** A value beside its limit. In English as the engine has it, with the thing that is counted; the phrase without it elsewhere. */
export function marginWords(margin: Margin): string {
  const key = MARGINS.get(margin.operator as '<')
  if (language() === 'en' || key === undefined) return margin.text
  const value = margin.value === null ? text('value.null') : cellText(margin.value)
  return text(key, { value, limit: cellText(margin.limit) })
}

/** What a finding is compared with. */
export function basisWords(basis: string): string {
  if (basis === 'events') return text('basis.events')
  const parent = /^process starts under ([^]*)$/.exec(basis)?.[1]
  return parent === undefined ? basis : text('basis.startsUnder', { parent })
}

/** Which condition let an event through. */
export function matchedWords(summary: string): string {
  if (summary === 'matched by every condition') return text('matched.byAll')
  const columns = /^matched by ([^]*)$/.exec(summary)?.[1]
  return columns === undefined ? summary : text('matched.by', { columns })
}
