/** Why a rule has nothing to show, in words of the catalogue. */
import type { RuleOutcome } from '../../engine/worker/api.ts'
import { text, type PlainKey } from '../text/text.ts'

const REASONS: ReadonlyMap<string, PlainKey> = new Map([
  ['no-match', 'rules.reason.noMatch'],
  ['fields-missing', 'rules.reason.fieldsMissing'],
  ['source-absent', 'rules.reason.sourceAbsent'],
  ['needs-alerts', 'rules.reason.needsAlerts']
])

/** One line for the list. */
export function reasonWords({ status, reason }: RuleOutcome): string {
  const key = REASONS.get(reason ?? '')
  if (key) return text(key)
  return text(status === 'refused' ? 'rules.reason.refused' : 'rules.reason.stopped')
}

/** Indexes that FROM names, as written; empty when the query does not begin with FROM. */
export function fromOf(query: string): string {
  const match = /^\s*from\s+([^|]*?)(?:\s+metadata\b[^|]*)?(?:\||$)/i.exec(query.replaceAll(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, ' '))
  return match?.[1]?.replaceAll(/\s+/g, ' ').trim() ?? ''
}
