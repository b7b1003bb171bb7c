/** Options of full-text functions: the map behind their arguments, checked by name and type. */
import type { MapExpression } from '../../language/ast.ts'
import { parseFuzziness } from '../../patterns/fuzzy.ts'
import { DEFAULT_MATCH, type MatchOptions } from './field-queries.ts'

export type OptionValue = string | number | boolean
export type Options = ReadonlyMap<string, OptionValue>

/** An option that a function does not have, or whose value it cannot take. */
export class OptionError extends Error {}

type OptionType = 'text' | 'whole' | 'number' | 'boolean' | 'fuzziness' | 'minimum'

/** Options that change which rows match, and those that only rank them. */
const MATCH: Record<string, OptionType> = {
  analyzer: 'text',
  auto_generate_synonyms_phrase_query: 'boolean',
  boost: 'number',
  fuzziness: 'fuzziness',
  fuzzy_rewrite: 'text',
  fuzzy_transpositions: 'boolean',
  lenient: 'boolean',
  max_expansions: 'whole',
  minimum_should_match: 'minimum',
  operator: 'text',
  prefix_length: 'whole',
  zero_terms_query: 'text'
}

/** What each function takes. */
export const OPTION_TYPES: ReadonlyMap<string, Record<string, OptionType>> = new Map([
  ['MATCH', MATCH],
  ['MULTI_MATCH', { ...MATCH, slop: 'whole', tie_breaker: 'number', type: 'text' }],
  ['MATCH_PHRASE', { analyzer: 'text', boost: 'number', slop: 'whole', zero_terms_query: 'text' }],
  ['KQL', { boost: 'number', case_insensitive: 'boolean', default_field: 'text', time_zone: 'text' }],
  [
    'QSTR',
    {
      allow_leading_wildcard: 'boolean',
      allow_wildcard: 'boolean',
      analyze_wildcard: 'boolean',
      analyzer: 'text',
      auto_generate_synonyms_phrase_query: 'boolean',
      boost: 'number',
      default_field: 'text',
      default_operator: 'text',
      enable_position_increments: 'boolean',
      fields: 'text',
      fuzziness: 'fuzziness',
      fuzzy_max_expansions: 'whole',
      fuzzy_prefix_length: 'whole',
      fuzzy_rewrite: 'text',
      fuzzy_transpositions: 'boolean',
      lenient: 'boolean',
      max_determinized_states: 'whole',
      minimum_should_match: 'minimum',
      phrase_slop: 'number',
      quote_analyzer: 'text',
      quote_field_suffix: 'text',
      rewrite: 'text',
      tie_breaker: 'number',
      time_zone: 'text',
      type: 'text'
    }
  ]
])

/** Options we know but do not follow: refused instead of answered otherwise. */
const REFUSED: ReadonlySet<string> = new Set(['analyzer', 'time_zone', 'quote_field_suffix', 'fields', 'quote_analyzer'])

/** The options of a call. Throws OptionError. */
export function readOptions(name: string, call: string, map: MapExpression | null): Options {
  const options = new Map<string, OptionValue>()
  const types = OPTION_TYPES.get(name)!
  for (const { key, value } of map?.entries ?? []) {
    const type = Object.hasOwn(types, key) ? types[key]! : null
    if (type === null)
      throw new OptionError(`Invalid option [${key}] in [${call}], expected one of [${Object.keys(types).join(', ')}]`)
    if (REFUSED.has(key)) throw new OptionError(`the option [${key}] of the function [${name}] is not run by this version yet`)
    const given =
      value.type === 'string'
        ? value.value
        : value.type === 'boolean'
          ? value.value
          : value.type === 'number'
            ? Number(value.text)
            : null
    const read = given === null ? null : typed(given, type)
    if (read === null) throw new OptionError(`Invalid option [${key}] in [${call}], cannot cast [${String(given)}] to [${type}]`)
    options.set(key, read)
  }
  return options
}

function typed(given: OptionValue, type: OptionType): OptionValue | null {
  const text = String(given)
  switch (type) {
    case 'text':
    case 'minimum':
      return text
    case 'fuzziness':
      return parseFuzziness(text) ? text : null
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : null
    case 'whole':
      return /^\d{1,9}$/.test(text) ? Number(text) : null
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : null
  }
}

/** What the options say of a match. `max_expansions` bounds terms of an index, of which there is none here: every near term counts. */
export function matchOptions(options: Options): MatchOptions {
  const text = (name: string) => (options.has(name) ? String(options.get(name)) : null)
  const fuzziness = text('fuzziness')
  return {
    operator: text('operator')?.toLowerCase() === 'and' ? 'and' : 'or',
    fuzziness: fuzziness === null ? null : parseFuzziness(fuzziness),
    prefixLength: Number(options.get('prefix_length') ?? DEFAULT_MATCH.prefixLength),
    transpositions: options.get('fuzzy_transpositions') !== false,
    minimumShouldMatch: text('minimum_should_match'),
    zeroTerms: text('zero_terms_query')?.toLowerCase() === 'all' ? 'all' : 'none'
  }
}
