/**
 * One event for the eye: its record's text as a list of dotted fields in document order.
 *
 * Holds: nothing throws for what the text holds; of a broken record the fields before the break are given. Whole numbers stay
 *       exact (bigint beyond 2^53), fractions that a double would change stay as the text they were written in.
 */
import { decodeText, type PathNode, PathTree, walkRecord } from './flatten.ts'
import type { DocumentShape } from './record-reader.ts'
import { ScalarKind } from './record-scanner.ts'

export type EventScalar = null | boolean | number | bigint | string
export interface EventField {
  name: string
  /** An array when the field has several values. */
  value: EventScalar | EventScalar[]
}

const METADATA = new Set(['_id', '_index', '_version', '_ignored'])

/**
 * The fields of a record: those of its document, and the metadata beside it. A record that is no hit (the document line of
 * a bulk file) is taken as a document whatever the shape says.
 */
export function flattenRecord(text: string, shape: DocumentShape): EventField[] {
  const bytes = new TextEncoder().encode(text)
  const fields = fieldsOf(bytes, shape)
  return shape === 'plain' || fields.document ? fields.list : fieldsOf(bytes, 'plain').list
}

function fieldsOf(bytes: Uint8Array, shape: DocumentShape): { list: EventField[]; document: boolean } {
  const values = new Map<string, EventScalar[]>()
  let document = false
  const add = (node: PathNode, value: EventScalar) => {
    if (node.inDocument) document = true
    if (node.isDocument || !(node.inDocument || METADATA.has(node.path))) return
    const known = values.get(node.path)
    if (known) known.push(value)
    else values.set(node.path, [value])
  }
  walkRecord(bytes, 0, bytes.length, new PathTree(shape), {
    scalar: (node, kind, start, end, escaped) =>
      add(
        node,
        scalarOf(kind, () => decodeText(bytes, start, end, escaped))
      ),
    key: (node) => {
      if (node.isDocument) document = true
    }
  })
  return { list: Array.from(values, ([name, all]) => ({ name, value: cellOf(all) })), document }
}

/** Nulls vanish beside values, as they do in columns. */
function cellOf(values: EventScalar[]): EventScalar | EventScalar[] {
  const kept = values.filter((value) => value !== null)
  return kept.length === 0 ? null : kept.length === 1 ? kept[0]! : kept
}

function scalarOf(kind: ScalarKind | null, text: () => string): EventScalar {
  if (kind === null) return null
  if (kind === ScalarKind.True) return true
  if (kind === ScalarKind.False) return false
  return kind === ScalarKind.Number ? numberOf(text()) : text()
}

function numberOf(literal: string): number | bigint | string {
  const value = Number(literal)
  if (/^-?\d+$/.test(literal)) {
    if (Number.isSafeInteger(value)) return value
    // Hostile digits are not worth a big integer.
    return literal.length > 40 ? literal : BigInt(literal)
  }
  const digits = literal.replace(/^-?0*\.?0*|[eE].*$|\./g, '')
  return Number.isFinite(value) && digits.length <= 15 ? value : literal
}
