/**
 * Findings: the rows of a rule's result with what the row does not say: the events behind it, when, where, by which margin.
 *
 * The same group keys in several runs of the schedule are one finding.
 */
import type { Batch } from '../data/batch.ts'
import { formatIsoMillis } from '../data/iso-date.ts'
import { factsOf, type Lineage, noFacts } from '../data/lineage.ts'
import type { Schema } from '../data/schema.ts'
import { outputName } from '../language/output-name.ts'
import type { QueryNode } from '../language/ast.ts'
import { readThresholds, type Threshold, thresholdText } from '../rules/thresholds.ts'
import { cellRows } from './cells.ts'
import type { CellValue, Finding, SourceRef } from './types.ts'

/** What of a query shapes its findings. */
export interface FindingShape {
  schema: Schema
  /** Names of the result columns that tell rows apart. */
  keys: string[]
  thresholds: Threshold[]
}

/** Derives the shape from the query and its result columns. */
export function findingShape(query: QueryNode, schema: Schema): FindingShape {
  const names = schema.map(({ name }) => name)
  const stats = query.commands.findLast((command) => command.type === 'stats')
  const groupings = stats?.type === 'stats' ? stats.groupings.map((grouping) => outputName(grouping)) : []
  const kept = groupings.filter((name) => names.includes(name))
  const identity = kept.length > 0 ? kept : names.includes('_id') ? ['_id'] : names
  return { schema, keys: identity, thresholds: readThresholds(query) }
}

/** References to the events behind a row, distinct and in input order. */
export function sourcesOf(lineage: Lineage | null, row: number): SourceRef[] {
  const sources: SourceRef[] = []
  lineage?.forEach(row, (file, line, event, byte, length) => sources.push({ file, line, event, byte, length }))
  sources.sort((a, b) => a.file - b.file || a.event - b.event)
  return sources.filter((source, i) => i === 0 || source.event !== sources[i - 1]!.event || source.file !== sources[i - 1]!.file)
}

/** One row of one run as a finding. */
function rowFinding(
  shape: FindingShape,
  row: CellValue[],
  lineage: Lineage | null,
  at: number,
  run: number,
  dropped: boolean
): Finding {
  const value = (name: string): CellValue => row[shape.schema.findIndex((field) => field.name === name)] ?? null
  const keys = shape.keys.map((name) => ({ name, value: value(name) }))
  const facts = lineage ? factsOf(lineage, at) : noFacts()
  const iso = (millis: number | null) => (millis === null ? null : formatIsoMillis(BigInt(millis)))
  return {
    id: findingId(keys.map((key) => key.value)),
    row,
    keys,
    runs: [run],
    eventCount: lineage?.eventCount(at) ?? 0,
    firstSeen: iso(facts.firstMillis),
    lastSeen: iso(facts.lastMillis),
    hosts: [...facts.hosts],
    users: [...facts.users],
    sources: sourcesOf(lineage, at),
    truncated: lineage?.truncated(at) ?? false,
    droppedByKibana: dropped,
    thresholds: shape.thresholds.map((threshold) => ({
      column: threshold.column,
      operator: threshold.operator,
      limit: threshold.limit,
      value: value(threshold.column),
      text: thresholdText(threshold, value(threshold.column))
    }))
  }
}

/** Findings of all runs. `maxSignals`: rows of a run beyond it are marked as ones Kibana would have dropped. */
export function collectFindings(shape: FindingShape, runs: readonly { rows: Batch }[], maxSignals: number): Finding[] {
  const findings = new Map<string, Finding>()
  for (const [run, { rows }] of runs.entries()) {
    for (const [at, row] of cellRows(rows).entries()) {
      const finding = rowFinding(shape, row, rows.lineage, at, run, at >= maxSignals)
      const known = findings.get(finding.id)
      if (known) mergeFinding(known, finding)
      else findings.set(finding.id, finding)
    }
  }
  return [...findings.values()]
}

/** Adds what another run saw of the same group; events of overlapping windows count once as far as references tell. */
function mergeFinding(known: Finding, again: Finding): void {
  known.runs.push(...again.runs.filter((run) => !known.runs.includes(run)))
  const seen = new Set(known.sources.map(({ file, event }) => `${file}:${event}`))
  const fresh = again.sources.filter(({ file, event }) => !seen.has(`${file}:${event}`))
  known.sources.push(...fresh)
  known.eventCount =
    known.truncated || again.truncated ? Math.max(known.eventCount, again.eventCount, known.sources.length) : known.sources.length
  known.truncated ||= again.truncated
  known.droppedByKibana &&= again.droppedByKibana
  if (again.firstSeen !== null && (known.firstSeen === null || again.firstSeen < known.firstSeen))
    known.firstSeen = again.firstSeen
  if (again.lastSeen !== null && (known.lastSeen === null || again.lastSeen > known.lastSeen)) known.lastSeen = again.lastSeen
  known.hosts = [...new Set([...known.hosts, ...again.hosts])]
  known.users = [...new Set([...known.users, ...again.users])]
}

/** A short stable name for a group: two 32-bit FNV-1a hashes of the keys' JSON. */
function findingId(keys: readonly CellValue[]): string {
  const text = JSON.stringify(keys, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
  const hash = (seed: number) => {
    let state = seed
    for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193)
    return (state >>> 0).toString(16).padStart(8, '0')
  }
  return hash(0x811c9dc5) + hash(0x1b873593)
}
