/** From a run and what was asked about its findings to a ReportModel. */
import type {
  CellValue,
  EventText,
  Finding,
  InputHash,
  MatchExplanation,
  NearMissGroup,
  Rarity,
  RuleInfo,
  RunResult
} from '../../engine/worker/api.ts'
import { cellText, cellValues } from '../format/cell.ts'
import { rerunCommand } from './command.ts'
import type { ReportFinding, ReportMark, ReportModel, ReportStep } from './model.ts'

export type ReportRuleInfo = Pick<RuleInfo, 'id' | 'name' | 'retired'> & Partial<RuleInfo>

/** What is known beyond the run; every part may be absent. */
export interface ReportParts {
  rule: ReportRuleInfo
  result: RunResult
  /** Ids of the findings to report, in their order; all when absent. */
  findingIds?: readonly string[]
  rarity?: ReadonlyMap<string, Rarity>
  /** Only events of this time. */
  window?: { from: string; to: string } | null
  hashes?: readonly InputHash[]
  why?: ReadonlyMap<string, MatchExplanation>
  events?: ReadonlyMap<string, readonly EventText[]>
  steps?: ReadonlyMap<string, readonly ReportStep[]>
  marks?: ReadonlyMap<string, ReportMark>
  /** By `file:byte`. */
  eventMarks?: ReadonlyMap<string, ReportMark>
  nearMisses?: readonly NearMissGroup[] | null
  timeRange?: { start: string; end: string } | null
  tool?: { version: string; build: string | null }
  createdAt?: string
}

/** Puts the parts together. */
export function buildReport(parts: ReportParts): ReportModel {
  const { rule, result } = parts
  const wanted = parts.findingIds
    ? parts.findingIds.flatMap((id) => result.findings.find((finding) => finding.id === id) ?? [])
    : result.findings
  const window = parts.window ?? null
  const head = {
    createdAt: parts.createdAt ?? new Date().toISOString(),
    redacted: null,
    tool: parts.tool ?? { version: '', build: null },
    rule: ruleOf(rule),
    run: {
      mode: result.mode,
      fromTime: window?.from ?? null,
      toTime: window?.to ?? null,
      runCount: result.runCount,
      runs: result.runs,
      cancelled: result.cancelled,
      stages: result.stages,
      elapsedMillis: result.elapsedMillis
    },
    inputs: result.inputs.map((input, index) => ({
      ...input,
      sha256: parts.hashes?.find(({ inputs }) => inputs.includes(index))?.sha256 ?? null
    })),
    columns: result.columns,
    findingCount: result.findings.length,
    findings: wanted.map((finding) => findingOf(finding, parts)),
    nearMisses: parts.nearMisses ? [...parts.nearMisses] : null,
    warnings: result.warnings,
    notes: result.notes,
    timeRange: parts.timeRange ?? null
  }
  return { ...head, command: rerunCommand(head) }
}

function ruleOf(rule: ReportRuleInfo): ReportModel['rule'] {
  return {
    id: rule.id,
    name: rule.name,
    version: rule.version ?? null,
    builtIn: rule.builtIn ?? false,
    severity: rule.severity ?? null,
    description: rule.description ?? '',
    query: rule.query ?? '',
    from: rule.from ?? '',
    interval: rule.interval ?? '',
    maxSignals: rule.maxSignals ?? 0,
    techniques: rule.techniques ?? [],
    retired: rule.retired
  }
}

function findingOf(finding: Finding, parts: ReportParts): ReportFinding {
  const { id, row, keys, eventCount, firstSeen, lastSeen, hosts, users, thresholds, droppedByKibana, sources, truncated } =
    finding
  return {
    id,
    row,
    keys,
    eventCount,
    firstSeen,
    lastSeen,
    hosts,
    users,
    rarity: parts.rarity?.get(id) ?? null,
    thresholds,
    runs: finding.runs.map((run) => parts.result.runs[run]?.run ?? null),
    droppedByKibana,
    sources,
    sourcesTruncated: truncated,
    why: parts.why?.get(id) ?? null,
    events: (parts.events?.get(id) ?? []).map((event) => ({
      source: event.source,
      time: timeOf(event.fields),
      fields: event.fields,
      text: event.fields.length === 0 ? event.text : null,
      mark: parts.eventMarks?.get(`${event.source.file}:${event.source.byte}`) ?? null
    })),
    steps: [...(parts.steps?.get(id) ?? [])],
    mark: parts.marks?.get(id) ?? null
  }
}

function timeOf(fields: readonly { name: string; value: CellValue }[]): string | null {
  const value = fields.find(({ name }) => name === '@timestamp')?.value ?? null
  const first = cellValues(value)[0]
  return first === undefined ? null : cellText(first)
}
