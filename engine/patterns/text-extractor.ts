/** TextExtractor: what a compiled pattern of DISSECT or GROK looks like to the operator that runs it. */
import type { Value } from '../data/data-type.ts'
import type { Schema } from '../data/schema.ts'

export interface TextExtractor {
  /** What a match fills, in the order of the command's output columns. */
  readonly fields: Schema
  /** One entry a field (an array for several values, null for none), or null when the text does not match. */
  match(text: string): readonly ExtractedValue[] | null
}

export type ExtractedValue = Value | readonly Value[] | null

/** A pattern as the plan carries it, from which the operator compiles its extractor. */
export type ExtractPattern =
  { kind: 'dissect'; text: string; appendSeparator: string } | { kind: 'grok'; patterns: readonly string[] }
