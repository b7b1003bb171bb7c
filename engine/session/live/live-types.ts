/** Plain types of what was heard beside a Kibana page; they cross the worker boundary as they are. */
import type { LiveView } from '../../source/kibana/request.ts'
import type { CellValue, LintFinding, SourceRef } from '../types.ts'

export type { LiveView }

/** One answer that the page received. */
export interface BatchInfo {
  number: number
  view: LiveView
  /** Path of the request: base path, space and route. */
  path: string
  /** Epoch milliseconds. */
  at: number
  index: string | null
  /** ES|QL text of the page's query. */
  query: string | null
  timeRange: { from: string; to: string } | null
  /** The page had a filter of its own. */
  filtered: boolean
  /** Set when the answer is as long as was asked for: there may be more. */
  sampled: number | null
  /** Documents with all their fields. */
  whole: boolean
  documents: number
  /** Documents that had not been heard before. */
  added: number
  /** Hits that are no documents, and hits beyond what is looked at of one answer. */
  unreadable: number
  leftOut: number
  problem: string | null
  /** Answer to a question that the analyst sent, not something the page loaded. */
  fromCluster: boolean
}

/** How far a field is known: null is one thing, "this view did not ask for it" another. */
export interface FieldKnowledge {
  field: string
  /** Events that were loaded without it. */
  notLoaded: number
  events: number
  views: LiveView[]
}

export interface AlertInfo {
  id: string
  index: string | null
  time: string | null
  ruleName: string | null
  ruleUuid: string | null
  ruleType: string | null
  severity: string | null
  /** What tells alerts of one rule apart, where their rows have it. */
  host: string | null
  command: string | null
  /** All its fields are loaded, the computed columns too. */
  whole: boolean
  /** Its rule is written in ES|QL and the alert carries the text. */
  esql: boolean
}

export interface LiveSummary {
  events: number
  alerts: AlertInfo[]
  /** The newest; `heard` counts all. */
  batches: BatchInfo[]
  heard: number
  bytes: number
  forgotten: number
}

/** An alert with what can be said of it from what the page has loaded. */
export interface AlertCase {
  alert: AlertInfo
  /** Key of its rule in the session; null when it is no ES|QL rule or its text cannot be read. */
  ruleKey: string | null
  /** Why there is no rule or why its query cannot run; null when it can. */
  problem: string | null
  query: string | null
  lint: LintFinding[]
  retired: { date: string; reason: string; successors: string[] } | null
  aggregating: boolean
  /** Window of the run that made the alert, both ends included, and the field it looks at first. */
  window: { from: string; to: string; field: string } | null
  /** The result row as far as the alert has it, keys first. */
  row: { name: string; value: CellValue; key: boolean }[]
  /** Key columns that the alert, as loaded, does not have. */
  missingKeys: string[]
  thresholds: { column: string; operator: string; limit: CellValue; value: CellValue; text: string }[]
  /** Other loaded alerts of the same rule with the same keys. */
  same: AlertInfo[]
  /** The query cut before its first STATS, with keys and window: its rows are the events behind the alert. */
  cutQuery: string | null
  /** By the keys alone, for events that were loaded without fields of the conditions; lets keys pass that were not loaded. */
  candidateQuery: string | null
  /** Keys that the candidate query compares. */
  candidateKeys: string[]
  /** Fields the rule reads that some events were loaded without. */
  notLoaded: FieldKnowledge[]
}

/** Events that may stand behind an alert: each was loaded without a field that its rule reads. */
export interface Candidates {
  sources: SourceRef[]
  /** Keys of the alert that were loaded, of one of them at least, and compared. */
  keys: string[]
}
