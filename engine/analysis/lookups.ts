/**
 * LookupCatalog: the tables that LOOKUP JOIN and ENRICH may name, as far as the analyzer must know them.
 *
 * An enrich policy is a table of the policy's name: its match field is the one given with the table, else the first column.
 * Only policies of type `match` are meant (equal values); ranges and shapes are not known here.
 */
import type { Schema } from '../data/schema.ts'

export interface LookupInfo {
  fields: Schema
  /** For ENRICH: the field that is compared. */
  matchField: string
}

export interface LookupCatalog {
  /** Null when there is no table of that name. */
  find(name: string): LookupInfo | null
  names(): Iterable<string>
}

export const NO_LOOKUPS: LookupCatalog = { find: () => null, names: () => [] }
