/** Action lines of the bulk API: what they are told by, and what they say of the document that follows. */

export interface BulkAction {
  name: 'index' | 'create' | 'update' | 'delete'
  index: string | null
  id: string | null
}

const NAMES = ['index', 'create', 'update', 'delete'] as const
const FIRST_LETTERS = new Set(NAMES.map((name) => name.charCodeAt(0)))
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

const DECODER = new TextDecoder()

/** The action in bytes[start, end), or null when the line is none. */
export function parseAction(bytes: Uint8Array, start: number, end: number): BulkAction | null {
  if (end - start > LONGEST_ACTION || bytes[start] !== 123 || !beginsLikeAction(bytes, start + 1, end)) return null
  const text = DECODER.decode(bytes.subarray(start, end))
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

/** A quote and the first letter of an action's name: most documents are told apart by this. */
function beginsLikeAction(bytes: Uint8Array, from: number, end: number): boolean {
  let i = from
  while (i < end && bytes[i]! <= 32) i++
  return bytes[i] === 34 && FIRST_LETTERS.has(bytes[i + 1]!)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null
}
