/** Is a dropped file a rule or data? Decided by name where the ending is ours alone, else by the first record. */
import type { NamedBlob } from '../ports.ts'

const RULE_ENDINGS = /\.(toml|esql)$/i
const LOOK_BYTES = 64 * 1024
const RULES_MAX_BYTES = 32 * 1024 * 1024

/** True for TOML and .esql files and for JSON whose first record is a rule (`query` with a language or a rule id). */
export async function looksLikeRules({ name, blob }: NamedBlob): Promise<boolean> {
  if (blob.size > RULES_MAX_BYTES) return false
  if (RULE_ENDINGS.test(name)) return true
  if (!/\.(ndjson|jsonl?|txt)$/i.test(name)) return false
  return looksLikeRuleText(await blob.slice(0, LOOK_BYTES).text())
}

/** The same question for the beginning of a text. */
export function looksLikeRuleText(head: string): boolean {
  const start = head.trimStart().slice(0, 1)
  if (start !== '{') return false
  // An event can hold any of these words in a value; a rule has them as its own keys and no time of its own.
  const line = head.trimStart().split('\n', 1)[0]!
  const record = parseRecord(line) ?? parseRecord(head)
  if (!record) return false
  const keys = new Set(Object.keys(record))
  return (
    keys.has('query') && (keys.has('language') || keys.has('rule_id') || record['type'] === 'esql') && !keys.has('@timestamp')
  )
}

function parseRecord(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
