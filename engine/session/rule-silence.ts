/**
 * Why a rule that ran found nothing: alerts it needs are not loaded, nothing is from its indexes, conditions can never hold
 * because no event has their fields, or simply no event matched. The first of these that holds is the reason.
 */
import { logicalIndexName } from '../source/index-pattern.ts'
import { whyNever } from './missing-fields.ts'
import type { PreparedQuery } from './prepare.ts'
import type { MissingKnowledge, RuleReason } from './types.ts'

/** What the scan saw. */
export interface SeenData {
  /** Events of an index that the rule's FROM names. */
  matched: number
  events: number
  /** Events that name no index: they were taken for every pattern. */
  nameless: number
  indexes: ReadonlySet<string>
  /** Of the fields that the rules name: those some event has. */
  present: ReadonlySet<string>
}

/** Alerts of the detection engine, whatever space: `.alerts-security.alerts-default`. */
const ALERT_INDEX = /^-?\.(?:internal\.)?alerts-security/
const ALERT_FIELD = /^kibana\.alert\./

/** The reason for no row. */
export function whyNothing(prepared: PreparedQuery, seen: SeenData): { reason: RuleReason; missing: MissingKnowledge | null } {
  if (wantsAlerts(prepared) && !hasAlerts(seen)) return { reason: 'needs-alerts', missing: null }
  if (seen.matched === 0 && seen.nameless === 0 && seen.events > 0) return { reason: 'source-absent', missing: null }
  const { events, indexes, present } = seen
  const has = (name: string) => name.startsWith('_') || present.has(name)
  const missing = whyNever(prepared, { events, complete: true, indexNames: [...indexes], has })
  return { reason: missing.cannotFire && missing.cannotFire.fields.length > 0 ? 'fields-missing' : 'no-match', missing }
}

function wantsAlerts({ analyzed }: PreparedQuery): boolean {
  const from = analyzed.nodes[0]
  return from?.type === 'from' && from.patterns.some((pattern) => ALERT_INDEX.test(pattern) && !pattern.startsWith('-'))
}

function hasAlerts({ indexes, present }: SeenData): boolean {
  for (const name of indexes) if (ALERT_INDEX.test(logicalIndexName(name))) return true
  for (const field of present) if (ALERT_FIELD.test(field)) return true
  return false
}
