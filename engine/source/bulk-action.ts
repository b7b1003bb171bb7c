/** Action lines of the bulk API: what they are told by, and what they say of the document that follows. */

export interface BulkAction {
  name: 'index' | 'create' | 'update' | 'delete'
  index: string | null
  id: string | null
}

const NAMES = ['index', 'create', 'update', 'delete'] as const
/** What an action may say; anything else in it makes the line a document. */
const PROPERTIES = new Set([
  '_index',
  '_id',
  '_type',
  '_routing',
  'routing',
  'require_alias',
  'require_data_stream',
  'dynamic_templates',
  'pipeline',
  'version',
  'version_type',
  '_version',
  '_version_type',
  'if_seq_no',
  'if_primary_term',
  'retry_on_conflict',
  'list_executed_pipelines'
])
/** Longer lines are documents. */
const LONGEST_ACTION = 4096
const START = /^\{\s*"(?:index|create|update|delete)"\s*:\s*\{/

/** The action in bytes[start, end), or null when the line is none. */
export function parseAction(bytes: Uint8Array, start: number, end: number): BulkAction | null {
  if (end - start > LONGEST_ACTION || bytes[start] !== 123) return null
  const text = new TextDecoder().decode(bytes.subarray(start, end))
  if (!START.test(text)) return null
  let line: unknown
  try {
    line = JSON.parse(text)
  } catch {
    return null
  }
  const [entry, another] = Object.entries(line as Record<string, unknown>)
  const name = NAMES.find((known) => known === entry?.[0])
  if (!entry || another || !name) return null
  const properties = new Map(Object.entries(entry[1] as Record<string, unknown>))
  for (const property of properties.keys()) if (!PROPERTIES.has(property)) return null
  return { name, index: textOf(properties.get('_index')), id: textOf(properties.get('_id')) }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null
}
