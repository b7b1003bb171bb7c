/**
 * What a value, a phrase, a wildcard or a range means for a field of a type: the queries Elasticsearch makes of them.
 *
 * A value that the field's type cannot be throws FieldQueryError where Elasticsearch refuses the query; a lenient one then
 * matches nothing.
 */
import { parseDateMath } from '../../data/date-math.ts'
import { type DataType, isDate, type Value } from '../../data/data-type.ts'
import { parseIp } from '../../data/ip.ts'
import { parseCidr } from '../../functions/ip.ts'
import { convertText } from '../../functions/text-values.ts'
import { analyze, normalize } from '../../patterns/analyzers.ts'
import { editsFor, type Fuzziness } from '../../patterns/fuzzy.ts'
import type { FieldTest, FullTextQuery, RangeEnd, Term } from '../../plan/full-text.ts'
import type { SearchField } from './search-fields.ts'

/** A value that cannot be one of the field's type. */
export class FieldQueryError extends Error {}

export interface MatchOptions {
  operator: 'or' | 'and'
  fuzziness: Fuzziness | null
  prefixLength: number
  transpositions: boolean
  minimumShouldMatch: string | null
  zeroTerms: 'none' | 'all'
}

export const DEFAULT_MATCH: MatchOptions = {
  operator: 'or',
  fuzziness: null,
  prefixLength: 0,
  transpositions: true,
  minimumShouldMatch: null,
  zeroTerms: 'none'
}

const NONE: FullTextQuery = { type: 'none' }

function test(field: SearchField, fieldTest: FieldTest): FullTextQuery {
  return { type: 'field', field: field.index, test: fieldTest }
}

/** Any value. */
export const existsQuery = (field: SearchField): FullTextQuery => test(field, { type: 'exists' })

/** A match query: tokens of the field's analyzer, OR of them unless told otherwise; values of other types as they are. */
export function matchQuery(field: SearchField, text: string, options: MatchOptions = DEFAULT_MATCH): FullTextQuery {
  if (!isTextual(field)) return valueQuery(field, text)
  const tokens = [...new Set(analyze(field.analyzer, text))]
  if (tokens.length === 0) return options.zeroTerms === 'all' ? { type: 'all' } : NONE
  const terms = tokens.map((token): Term => {
    const distance = options.fuzziness ? editsFor(options.fuzziness, token) : 0
    if (distance === 0) return { type: 'exact', text: token }
    const { prefixLength, transpositions } = options
    return { type: 'fuzzy', text: token, distance, prefixLength, transpositions }
  })
  const { analyzer } = field
  // Terms are counted over all values of the document, so each is a test of its own where not just one is wanted.
  const one = (term: Term) => test(field, { type: 'terms', analyzer, terms: [term] })
  if (options.operator === 'and') return { type: 'and', operands: terms.map(one) }
  const count = options.minimumShouldMatch === null ? 1 : leastMatches(options.minimumShouldMatch, terms.length)
  if (count <= 1) return test(field, { type: 'terms', analyzer, terms })
  return { type: 'at-least', count, operands: terms.map(one) }
}

/** `2`, `-1`, `75%`, `-25%`; anything else throws. */
function leastMatches(text: string, terms: number): number {
  const wanted = /^\s*(-?\d{1,9})(%?)\s*$/.exec(text)
  if (!wanted) throw new FieldQueryError(`invalid minimum_should_match [${text}]`)
  const amount = Number(wanted[1])
  const part = wanted[2] === '%' ? Math.trunc((Math.abs(amount) * terms) / 100) : Math.abs(amount)
  return Math.max(0, amount < 0 ? terms - part : part)
}

/** A phrase: the tokens in order. */
export function phraseQuery(field: SearchField, text: string, slop = 0, lastIsPrefix = false): FullTextQuery {
  if (!isTextual(field)) return valueQuery(field, text)
  const tokens = analyze(field.analyzer, text)
  if (tokens.length === 0) return NONE
  return test(field, { type: 'phrase', analyzer: field.analyzer, tokens, slop, lastIsPrefix })
}

/** The whole value, as a term of a keyword. */
export function termQuery(field: SearchField, text: string, caseInsensitive: boolean): FullTextQuery {
  const term: Term = caseInsensitive ? { type: 'caseless', text } : { type: 'exact', text }
  return test(field, { type: 'terms', analyzer: 'keyword', terms: [term] })
}

/** A wildcard over whole keywords or over the tokens of text. */
export function wildcardQuery(field: SearchField, pattern: string, caseInsensitive: boolean): FullTextQuery {
  if (!isTextual(field)) {
    throw new FieldQueryError(
      `Can only use wildcard queries on keyword, text and wildcard fields - not on [${field.name}] which is of type [${field.dataType}]`
    )
  }
  const { analyzer } = field
  return test(field, {
    type: 'terms',
    analyzer,
    terms: [{ type: 'wildcard', pattern: normalize(analyzer, pattern), caseInsensitive }]
  })
}

/** Ends of a range as written. */
export interface WrittenRange {
  from: { text: string; inclusive: boolean } | null
  to: { text: string; inclusive: boolean } | null
}

/** Values between two ends. */
export function rangeQuery(field: SearchField, { from, to }: WrittenRange): FullTextQuery {
  if (isDate(field.dataType)) {
    for (const end of [from, to]) if (end) checkDate(end.text)
    return test(field, { type: 'date-range', from, to })
  }
  const end = (at: WrittenRange['from']): RangeEnd | null => at && { value: rangeValue(field, at.text), inclusive: at.inclusive }
  const [low, high] = [end(from), end(to)]
  if (!field.isText) return test(field, { type: 'range', from: low, to: high })
  return test(field, { type: 'terms', analyzer: field.analyzer, terms: [{ type: 'range', from: low, to: high }] })
}

function rangeValue(field: SearchField, text: string): Value {
  if (isTextual(field)) return text
  return typedValue(text, field.dataType)
}

/** One value of a type that is not text. A date is everything it names: a day is the whole day. */
export function valueQuery(field: SearchField, text: string): FullTextQuery {
  const { dataType } = field
  if (isDate(dataType)) {
    checkDate(text)
    const end = { text, inclusive: true }
    return test(field, { type: 'date-range', from: end, to: end })
  }
  if (dataType === 'ip') {
    if (parseIp(text) === null && parseCidr(text) === null) throw new FieldQueryError(`'${text}' is not an IP string literal.`)
    return test(field, { type: 'network', block: text })
  }
  if (dataType === 'geo_point') throw new FieldQueryError(`[${field.name}] is of type [geo_point], which has no terms`)
  return test(field, { type: 'equal', value: typedValue(text, dataType) })
}

function checkDate(text: string): void {
  if (parseDateMath(text, 0n, false) === null) throw new FieldQueryError(`failed to parse date field [${text}]`)
}

function typedValue(text: string, type: DataType): Value {
  const value = convertText(text, type)
  if (value === undefined) {
    throw new FieldQueryError(
      type === 'boolean'
        ? `Can't parse boolean value [${text}], expected [true] or [false]`
        : `failed to create query: For input string: "${text}"`
    )
  }
  return value
}

/** Strings: compared by tokens; versions and addresses are values. */
export function isTextual(field: SearchField): boolean {
  return field.dataType === 'keyword' || field.dataType === 'text'
}
