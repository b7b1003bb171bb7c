/**
 * FieldCatalog: what is known of the fields of the loaded data before a query runs.
 *
 * Dropped files: the field table and a sample of the data; a field in neither is null with a note (CONTRACTS 3).
 * A given mapping (`esql --stdio`): exactly these fields, anything else is an error (`strict`).
 */
import type { DataType } from '../data/data-type.ts'
import type { Schema } from '../data/schema.ts'

/** One of several types a field has. */
export interface FieldVariant {
  type: DataType
  /** As the mappings call it. */
  mappedType: string
  indices: readonly string[]
}

export interface FieldCatalog {
  readonly strict: boolean
  /** Type of a field, or null when nobody knows it. `unsupported` for fields that cannot be columns (nested). */
  field(name: string): DataType | null
  /** The mapping's own type where it says more than `field`: `wildcard`, `constant_keyword`; null when nobody knows the field. */
  mappedType?(name: string): string | null
  /** Of a field that the indices map to several types (`unsupported` then): each type with its indices. */
  variants?(name: string): readonly FieldVariant[] | null
  /** Every field of the data, for `*`, wildcards and queries without KEEP; any order. */
  allFields(): Schema
  /** Names to suggest from. */
  names(): Iterable<string>
}

/** Types of the metadata fields (VERIFIED 4.6). */
export const METADATA_TYPES: ReadonlyMap<string, DataType> = new Map<string, DataType>([
  ['_id', 'keyword'],
  ['_index', 'keyword'],
  ['_version', 'long'],
  ['_ignored', 'keyword'],
  ['_source', '_source'],
  ['_score', 'double'],
  ['_index_mode', 'keyword'],
  ['_tier', 'keyword'],
  ['_size', 'integer']
])
