/** An alert in view: its rule, row, keys, margins and window, the same finding in other alerts, and the queries for its events. */
import { parseQuery } from '../../language/parser.ts'
import type { QueryNode } from '../../language/ast.ts'
import { lintRule } from '../../lint/lint-query.ts'
import { type Rule } from '../../rules/rule.ts'
import { isoTime, parseFrom } from '../../rules/schedule.ts'
import { readThresholds, thresholdText } from '../../rules/thresholds.ts'
import { QueryError } from '../prepare.ts'
import type { CellValue } from '../types.ts'
import { AlertDocument } from './alert-document.ts'
import { type AlertKey, candidateQuery, contributingQuery, firstStats, keyNames } from './alert-query.ts'
import type { LiveStore } from './live-store.ts'
import type { AlertCase, FieldKnowledge } from './live-types.ts'

/** What of a session an alert needs. */
export interface AlertHost {
  /** Adds the rule, or finds the one with the same text. */
  ruleKey(rule: Rule): string
  /** Columns of the rule's result and fields it reads; throws QueryError when it cannot run. */
  shape(rule: Rule): Promise<{ columns: readonly string[]; fields: readonly string[] }>
}

/** Everything that can be said of an alert; null when it was not heard. */
export async function alertCase(store: LiveStore, id: string, host: AlertHost): Promise<AlertCase | null> {
  const heard = store.alertLine(id)
  if (!heard) return null
  const index = store.alertDocuments().find((document) => document.id === id)?.index ?? null
  const document = new AlertDocument(index, id, heard.line, heard.whole)
  const read = document.rule()
  const empty: AlertCase = { ...EMPTY, alert: document.info() }
  if ('problem' in read) return { ...empty, problem: read.problem }
  const { rule } = read
  const known = { ...empty, query: rule.query, lint: lintRule(rule), retired: rule.retired, window: windowOf(document, rule) }
  const { query } = parseQuery(rule.query)
  try {
    const shape = await host.shape(rule)
    return {
      ...known,
      ruleKey: host.ruleKey(rule),
      ...rowOf(document, query!, shape.columns),
      ...eventsOf(store, document, query!, known.window, shape.fields)
    }
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    return { ...known, problem: error.message }
  }
}

const EMPTY: Omit<AlertCase, 'alert'> = {
  ruleKey: null,
  problem: null,
  query: null,
  lint: [],
  retired: null,
  aggregating: false,
  window: null,
  row: [],
  missingKeys: [],
  thresholds: [],
  same: [],
  cutQuery: null,
  candidateQuery: null,
  candidateKeys: [],
  notLoaded: []
}

function windowOf(document: AlertDocument, rule: Rule): AlertCase['window'] {
  const run = document.runMillis()
  const from = parseFrom(rule.from)
  if (run === null || !from) return null
  return { from: isoTime(from.startOf(run)), to: isoTime(run), field: rule.timestampOverride ?? '@timestamp' }
}

function rowOf(
  document: AlertDocument,
  query: QueryNode,
  columns: readonly string[]
): Pick<AlertCase, 'row' | 'thresholds' | 'aggregating'> {
  const found = firstStats(query)
  const keys = new Set(found ? keyNames(found.stats) : [])
  const value = (name: string): CellValue => (document.fields.get(name) ?? null) as CellValue
  const row = columns
    .filter((name) => document.fields.has(name))
    .map((name) => ({ name, value: value(name), key: keys.has(name) }))
  return {
    aggregating: found !== null,
    row: [...row.filter(({ key }) => key), ...row.filter(({ key }) => !key)],
    // A margin needs the value: the alerts table does not load computed columns.
    thresholds: readThresholds(query)
      .filter(({ column }) => document.fields.has(column))
      .map((threshold) => ({
        column: threshold.column,
        operator: threshold.operator,
        limit: threshold.limit,
        value: value(threshold.column),
        text: thresholdText(threshold, value(threshold.column))
      }))
  }
}

function eventsOf(
  store: LiveStore,
  document: AlertDocument,
  query: QueryNode,
  window: AlertCase['window'],
  fields: readonly string[]
): Pick<AlertCase, 'missingKeys' | 'same' | 'cutQuery' | 'candidateQuery' | 'candidateKeys' | 'notLoaded'> {
  const found = firstStats(query)
  const names = found ? keyNames(found.stats) : []
  // Kibana drops null columns, so in a whole alert an absent key is null; in the table's it was perhaps not loaded.
  const missingKeys = document.whole ? [] : names.filter((name) => !document.fields.has(name))
  const keys: AlertKey[] = names
    .filter((name) => !missingKeys.includes(name))
    .map((name) => ({ name, value: (document.fields.get(name) ?? null) as CellValue }))
  const notLoaded: FieldKnowledge[] = fields.map((field) => store.knowledgeOf(field)).filter(({ notLoaded }) => notLoaded > 0)
  const candidates = candidateQuery(query, keys, window, (field) => store.knowledgeOf(field).notLoaded > 0)
  return {
    missingKeys,
    same: sameFinding(store, document, names),
    cutQuery: contributingQuery(query, keys, window),
    candidateQuery: candidates?.text ?? null,
    candidateKeys: candidates?.keys ?? [],
    notLoaded
  }
}

/** Alerts of one rule whose keys are equal: an alert's id holds the place of its row, so ids tell nothing. */
function sameFinding(store: LiveStore, document: AlertDocument, names: readonly string[]): AlertCase['same'] {
  const rule = document.info().ruleUuid
  if (names.length === 0 || rule === null) return []
  const keysOf = (alert: AlertDocument) =>
    JSON.stringify(
      names.map((name) => alert.fields.get(name) ?? null),
      withBigInts
    )
  const keys = keysOf(document)
  return store
    .alertDocuments()
    .map((other) => AlertDocument.of(other))
    .filter((other) => other !== null)
    .filter((other) => other.id !== document.id && other.text('kibana.alert.rule.uuid') === rule && keysOf(other) === keys)
    .map((other) => other.info())
}

const withBigInts = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)
