/**
 * Full-text conditions as data: what KQL, QSTR, MATCH and `:` ask of a document, resolved for the types of its fields.
 *
 * A test holds for a document when some value of the field passes it; a field without values passes none. So the whole query
 * is true or false, never null. Fields are numbered: the number is a place in the `fields` of the bound expression.
 */
import type { Value } from '../data/data-type.ts'
import type { Analyzer } from '../patterns/analyzers.ts'

export type FullTextQuery =
  | { type: 'all' }
  | { type: 'none' }
  | { type: 'and'; operands: FullTextQuery[] }
  | { type: 'or'; operands: FullTextQuery[] }
  /** minimum_should_match: at least so many of them. */
  | { type: 'at-least'; count: number; operands: FullTextQuery[] }
  | { type: 'not'; operand: FullTextQuery }
  | { type: 'field'; field: number; test: FieldTest }

export type FieldTest =
  /** Any value at all. */
  | { type: 'exists' }
  /** A value of the field's own type: number, boolean, address, date, version, whole keyword. */
  | { type: 'equal'; value: Value }
  | { type: 'range'; from: RangeEnd | null; to: RangeEnd | null }
  /** Dates as written, `now` and rounding included: worked out when the time of the run is known. */
  | { type: 'date-range'; from: DateEnd | null; to: DateEnd | null }
  /** An address within `block`, which may be one address. */
  | { type: 'network'; block: string }
  /** Some token of the analyzed value passes one of the terms. */
  | { type: 'terms'; analyzer: Analyzer; terms: Term[] }
  /** The tokens stand in this order, `slop` moves apart at most; the last one may be a beginning. */
  | { type: 'phrase'; analyzer: Analyzer; tokens: string[]; slop: number; lastIsPrefix: boolean }

export interface RangeEnd {
  value: Value
  inclusive: boolean
}

export interface DateEnd {
  text: string
  inclusive: boolean
}

export type Term =
  | { type: 'exact'; text: string }
  | { type: 'prefix'; text: string }
  /** `*` any run, `?` one character, backslash escapes. */
  | { type: 'wildcard'; pattern: string; caseInsensitive: boolean }
  | { type: 'fuzzy'; text: string; distance: number; prefixLength: number; transpositions: boolean }
  | { type: 'caseless'; text: string }
  /** Between two texts, in the order of their code points. */
  | { type: 'range'; from: RangeEnd | null; to: RangeEnd | null }
